"""What proposals are made of: the paragraphs of a text, and what each says and came from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Self

from selectolax.lexbor import LexborHTMLParser

from newsletter import provenance
from newsletter.models import Post, Revision
from newsletter.provenance import Origin, words_of
from threads.models import Status
from threads.text.html import CUT_LINK, to_html

REFERENCE = re.compile(r"\s?\[\^[^\[\]\s]+\]")
DEFINITION = re.compile(r"\[\^([^\]\s]+)\]:")
PICTURES = ("![", "[![", "[lost picture:")
LINE_END = "\u2028"
LINE_ENDS = re.compile(r"(?=<br>|</li>)")


@dataclass(frozen=True)
class Link:
    words: str
    url: str

    @property
    def is_bare(self) -> bool:
        """An address that is shown as it is, or the beginning of one."""
        return "." in self.words and self.words.rstrip("…") in self.url


@dataclass(frozen=True)
class Block:
    """A paragraph in the sense of `threads.text.paragraphs`. `words` are without markup, with
    "…" for addresses; they have a line to each line that the author ended."""

    kind: str
    markdown: str
    first: int
    last: int
    status: Status | None
    words: str
    links: tuple[Link, ...]

    @classmethod
    def of(cls, origin: Origin) -> Self:
        it = origin.paragraph
        page = LexborHTMLParser(LINE_ENDS.sub(LINE_END, to_html(it.markdown)))
        links = []
        for node in page.css("a"):
            link = Link(node.text(), node.attributes.get("href") or "")
            if link.url.startswith("http"):
                links.append(link)
            if link.is_bare:
                node.replace_with("…")
        lines = CUT_LINK.sub("…", REFERENCE.sub("", page.text())).split(LINE_END)
        words = "\n".join(filter(None, (" ".join(line.split()) for line in lines)))
        return cls(it.kind, it.markdown, it.first, it.last, origin.status, words, tuple(links))

    @property
    def level(self) -> int:
        """Of a heading; 0 of all else."""
        if self.kind != "heading":
            return 0
        return len(self.markdown) - len(self.markdown.lstrip("#")) or 2

    @property
    def length(self) -> int:
        """In words; about two signs make one where no spaces are written."""
        return (len(words_of(self.words)) + len(self.words.split())) // 2

    @property
    def speaks(self) -> bool:
        """It is prose, and not only a picture or a sign."""
        return self.kind == "paragraph" and any(map(str.isalnum, self.words))

    @property
    def goes_on(self) -> bool:
        """It announces what follows, so that nothing may come between."""
        return self.words.endswith((":", "："))


@dataclass(frozen=True)
class Section:
    """What stands under one heading; before the first heading there is none."""

    heading: Block | None
    blocks: list[Block]


@dataclass(frozen=True)
class Material:
    post: Post
    title: str
    body: str
    blocks: list[Block]

    @classmethod
    def of(cls, post: Post, revision: Revision) -> Self:
        blocks = map(Block.of, provenance.of(post, revision.body))
        return cls(post, revision.title, revision.body, list(blocks))

    @cached_property
    def sections(self) -> list[Section]:
        found = [Section(None, [])]
        for block in self.blocks:
            if block.level:
                found.append(Section(block, []))
            else:
                found[-1].blocks.append(block)
        return [section for section in found if section.blocks]

    def text_of(self, section: Section) -> str:
        """From the first line of its text to the last, blanks in between included."""
        return "\n".join(self.lines[section.blocks[0].first - 1 : section.blocks[-1].last])

    @cached_property
    def lines(self) -> list[str]:
        return self.body.split("\n")

    @cached_property
    def end(self) -> int:
        """The line behind which a last section goes: footnotes stay below it."""
        last = self.blocks[-1].last if self.blocks else 0
        notes = (n for n in range(last, len(self.lines)) if DEFINITION.match(self.lines[n]))
        return next(notes, len(self.lines))

    def own(self, block: Block) -> bool:
        """Written by the editor, as far as there are parts that it could have come from."""
        has_parts = any(each.status for each in self.blocks)
        return has_parts and block.kind == "paragraph" and block.status is None

    def answered(self, block: Block) -> bool:
        """Behind it the editor wrote something already, so that nothing need be asked there."""
        after = (each for each in self.blocks if each.first > block.last)
        following = next((each for each in after if each.kind in ("paragraph", "heading")), None)
        return following is not None and self.own(following)

    def behind(self, block: Block) -> int:
        """The line behind it and its pictures."""
        last = block.last
        for number in range(block.last, len(self.lines)):
            if self.lines[number].startswith(PICTURES):
                last = number + 1
            elif self.lines[number].strip():
                break
        return last

    def run_from(self, start: int, step: int) -> Iterator[Block]:
        """The paragraphs around a place, forwards or backwards, that came from one part."""
        at = start
        while 0 <= at < len(self.blocks):
            block = self.blocks[at]
            same = at == start or (block.status and block.status == self.blocks[start].status)
            if block.level or not same:
                return
            yield block
            at += step
