"""The statuses of a thread as one text.

Every word of a status is in the text, or in the list of what was left out and why.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from threads.text import joining, numbering
from threads.text.blocks import Block, Kind, blocks_of, numbered_item, with_other_sign
from threads.text.headings import heading
from threads.text.passages import passages_of
from threads.text.trimming import LeftOut, Part, Reason, Trimmed, is_section, trimmed, untrimmed

TOP_LEVEL = 2  # of headings in a post, whose title is the first


@dataclass(frozen=True, slots=True)
class Merged:
    markdown: str
    left_out: list[LeftOut]


def whole(part: Part) -> str:
    """A single status, with nothing left out."""
    return _written(_blocks(untrimmed(part)))


def one_of(parts: Sequence[Part], at: int) -> str:
    """A status by itself, as it reads in its thread: without its counter."""
    return _written(_blocks(trimmed(parts)[at]))


def merge(parts: Sequence[Part], *, title: str = "", level: int = 2) -> Merged:
    """The parts of a thread as one text. Its headings are of this level.

    A first paragraph that says no more than the title is left out. Below a heading of its
    own, where the title stands right above it, its first sentence is, too.
    """
    pieces = trimmed(parts)
    lower_case = joining.writes_lower_case([piece.body.text for piece in pieces])
    blocks: list[Block] = []
    speaker = None
    for piece, more in zip(pieces, _blocks_by_part(pieces, level), strict=True):
        marks = joining.append(blocks, more, lower_case=lower_case)
        for mark in marks.before:
            (speaker or piece).note(mark, Reason.CONTINUATION)
        for mark in marks.after:
            piece.note(mark, Reason.CONTINUATION)
        if piece.body.text.strip():
            speaker = piece
    if title and len(blocks) > 1 and _same_words(blocks[0], title):
        pieces[0].note(blocks.pop(0).words, Reason.TITLE)
    elif title and level > TOP_LEVEL and (rest := _after_sentence(blocks[:1], title)):
        blocks[0] = rest
        pieces[0].note(title, Reason.TITLE)
    return Merged(_written(blocks), [entry for piece in pieces for entry in piece.left_out])


def _blocks_by_part(pieces: Sequence[Trimmed], level: int) -> Iterator[list[Block]]:
    """The blocks of each part, with headings or a list where the parts are numbered points."""
    runs = numbering.points([piece.first_line() for piece in pieces])
    sections = _places(run for run in runs if all(is_section(pieces[at]) for at in run))
    items = _places(run for run in runs if all(pieces[at].is_one_line() for at in run))
    for at, piece in enumerate(pieces):
        if at in sections:
            yield _section(piece, level)
        elif at in items and not piece.part.is_markdown:
            yield [numbered_item(piece.body.stripped())]
        else:
            yield _blocks(piece)


def _places(runs: Iterable[range]) -> set[int]:
    return {at for run in runs for at in run}


def _blocks(piece: Trimmed) -> list[Block]:
    made = passages_of(piece.body.text) if piece.part.is_markdown else blocks_of(piece.body)
    before = [Block(Kind.OTHER, markdown) for markdown in piece.part.before]
    return before + made + [Block(_kind(markdown), markdown) for markdown in piece.part.after]


def _kind(markdown: str) -> Kind:
    return Kind.OTHER if markdown.startswith(">") else Kind.PICTURE


def _section(piece: Trimmed, level: int) -> list[Block]:
    body = piece.body.stripped()
    end = len(body.text.partition("\n")[0])
    title = heading(body.between(0, end), level, is_markdown=piece.part.is_markdown)
    return [title, *_blocks(replace(piece, body=body.without(0, end)))]


def _same_words(block: Block, title: str) -> bool:
    return block.words.strip(" .").casefold() == title.strip(" .").casefold()


def _after_sentence(opening: Sequence[Block], title: str) -> Block | None:
    """What follows in a paragraph that begins with the title as a sentence."""
    for block in opening:
        rest = block.markdown.removeprefix(f"{title} ")
        is_sentence = title.endswith((".", "!", "?")) and rest != block.markdown
        # A letter means nothing at the start of a block; any sign might.
        if block.kind is Kind.PARAGRAPH and is_sentence and rest[:1].isalpha():
            return replace(block, markdown=rest, words=block.words.removeprefix(title).lstrip())
    return None


def _written(blocks: Sequence[Block]) -> str:
    """The blocks as Markdown. Of two numbered lists in a row the second needs another sign."""
    written: list[str] = []
    sign = ""
    for block in blocks:
        markdown = block.markdown
        if block.kind is Kind.NUMBERS:
            markdown, sign = with_other_sign(markdown, sign)
        else:
            sign = ""
        written.append(markdown)
    return "\n\n".join(written)
