"""What an editor should know of a text while writing it: its length, its outline, the blanks
and pictures to see to, each with the line where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from newsletter import rendering
from threads.text.document import Document, Place

OUTLINED = 3  # levels of headings


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
        return cls.on(Document(body))

    @classmethod
    def on(cls, document: Document) -> Self:
        words = rendering.words_in(document.html)
        return cls(
            words=words,
            minutes=rendering.minutes_for(words),
            outline=[place for place in document.headings if place.level <= OUTLINED],
            blanks=document.blanks,
            lost=document.lost_pictures,
            undescribed=[
                Place(picture.address, picture.line)
                for picture in document.pictures
                if not picture.alt
            ],
        )
