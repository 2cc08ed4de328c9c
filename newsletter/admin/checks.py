"""What an editor should know of a text before it goes out: its length, its outline, the blanks
and pictures to see to, each with the line where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from selectolax.lexbor import LexborHTMLParser

from newsletter import drafting, rendering


@dataclass(frozen=True)
class Place:
    """Something in the text, and the line it begins in (from 1; 0 where it was not found)."""

    text: str
    line: int
    level: int = 0


@dataclass(frozen=True)
class Checks:
    words: int
    minutes: int
    outline: list[Place]
    blanks: list[Place]
    lost: list[Place]
    undescribed: list[Place]

    @classmethod
    def of(cls, body: str) -> Self:
        page = LexborHTMLParser(rendering.preview_html(body))
        headings = [
            (node.text().strip(), int((node.tag or "h2")[1])) for node in page.css("h1, h2, h3")
        ]
        levels = [level for _, level in headings]
        bare = [
            node.attributes.get("src") or ""
            for node in page.css("img")
            if not (node.attributes.get("alt") or "").strip()
        ]
        return cls(
            words=rendering.words(body),
            minutes=rendering.minutes(body),
            outline=[
                Place(place.text, place.line, level)
                for place, level in zip(
                    places(body, (text for text, _ in headings), "#"), levels, strict=True
                )
            ],
            blanks=places(body, drafting.blanks(body), "[blank:"),
            lost=places(body, drafting.lost_pictures(body), "[lost picture:"),
            undescribed=places(body, bare, "!["),
        )


def places(body: str, texts: Iterable[str], mark: str) -> list[Place]:
    """Where each text stands, in their order: behind the mark, in the same line."""
    found, begin = [], 0
    for text in texts:
        first_words = re.escape(text.split("\n")[0][:40])
        match = re.compile(rf"{re.escape(mark)}[^\n]*?{first_words}").search(body, begin)
        line = body.count("\n", 0, match.start()) + 1 if match else 0
        found.append(Place(text, line))
        begin = match.end() if match else begin
    return found
