"""A text that several questions are asked of: parsed once, whatever is wanted of it.

Places are lines of the Markdown, from 1; 0 where a thing stands in none, such as a note that
the parser moved.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from markdown_it.token import Token

from threads.text.html import BLANK, LOST_PICTURE, cut_links_in, parsed, rendered

BREAKS = {"softbreak", "hardbreak"}
BEGUN_LINK = re.compile(r"\[([^\[\]]+)\]\((?:url|https?://)\)")  # as the desk's tools begin one


@dataclass(frozen=True, slots=True)
class Place:
    """Something in the text, and the line it begins in."""

    text: str
    line: int
    level: int = 0  # of a heading


@dataclass(frozen=True, slots=True)
class Picture:
    address: str
    alt: str
    line: int


class Document:
    def __init__(self, markdown: str) -> None:
        self.markdown = markdown
        self._tokens = parsed(markdown)

    @cached_property
    def html(self) -> str:
        """For readers."""
        return rendered(self._tokens)

    @cached_property
    def preview(self) -> str:
        """For editors, who see blanks and lost pictures in their places."""
        noted = self.blanks or self.lost_pictures
        return rendered(self._tokens, preview=True) if noted else self.html

    @cached_property
    def headings(self) -> list[Place]:
        return [
            Place(_words(content), _line(token), int(token.tag[1]))
            for token, content in self._after("heading_open")
        ]

    @cached_property
    def blanks(self) -> list[Place]:
        """The questions that an editor must answer before the text can be published."""
        return [
            Place(match[1], _line(token, match.start()))
            for token in self._lines()
            for match in BLANK.finditer(token.content)
        ]

    @cached_property
    def lost_pictures(self) -> list[Place]:
        found = ((token, LOST_PICTURE.fullmatch(token.content)) for token in self._lines())
        return [Place(match[1], _line(token)) for token, match in found if match]

    @cached_property
    def links(self) -> list[Place]:
        """Where the text leads to, each time it does."""
        return [
            Place(str(child.attrGet("href") or ""), line)
            for child, line in self._inline()
            if child.type == "link_open"
        ]

    @cached_property
    def pictures(self) -> list[Picture]:
        return [
            Picture(str(child.attrGet("src") or ""), child.content.strip(), line)
            for child, line in self._inline()
            if child.type == "image"
        ]

    @cached_property
    def cut_links(self) -> list[Place]:
        """Addresses that were cut off at their source, each where it is written first."""
        found, begin = [], 0
        for address in cut_links_in(self._tokens):
            begin = max(begin, self.markdown.find(address, begin))
            found.append(Place(address, self.markdown.count("\n", 0, begin) + 1))
        return found

    @cached_property
    def begun_links(self) -> list[Place]:
        """What is written as a link, but leads nowhere yet: readers see its marks."""
        return [
            Place(match[1], line)
            for child, line in self._inline()
            if child.type == "text"
            for match in BEGUN_LINK.finditer(child.content)
        ]

    def _lines(self) -> Iterator[Token]:
        return (token for token in self._tokens if token.type == "inline")

    def _after(self, kind: str) -> Iterator[tuple[Token, Token]]:
        for index, token in enumerate(self._tokens):
            if token.type == kind:
                yield token, self._tokens[index + 1]

    def _inline(self) -> Iterator[tuple[Token, int]]:
        """What stands within lines, and in which of them."""
        for token in self._lines():
            line = _line(token)
            for child in token.children or []:
                line += bool(line) and child.type in BREAKS
                yield child, line


def _line(token: Token, position: int = 0) -> int:
    if token.map is None:
        return 0
    return token.map[0] + 1 + token.content.count("\n", 0, position)


def _words(content: Token) -> str:
    return "".join(child.content or " " for child in content.children or [] if not child.nesting)
