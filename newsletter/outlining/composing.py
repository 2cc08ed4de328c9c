"""From the entries of an outline to Markdown, and which entries each paragraph is from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from newsletter.outlining.entries import Entries, Entry, text_of
from threads.text.escaping import literal
from threads.text.picking import Pick, Source, pick
from threads.text.trimming import LeftOut

type Places = Mapping[int, tuple[Source, int]]  # of each status in its thread


class Piece(NamedTuple):
    """A block of the text, and the keys of the entries that it says."""

    keys: tuple[str, ...]
    markdown: str


@dataclass(frozen=True)
class Composition:
    pieces: list[Piece]
    left_out: list[LeftOut]

    @property
    def text(self) -> str:
        return "\n\n".join(piece.markdown for piece in self.pieces)


@dataclass
class _Section:
    heading: Entry | None = None
    parts: list[Entry] = field(default_factory=list)


def compose(entries: Entries, places: Places, title: str) -> Composition:
    """The text under this title. A part that is not there any more says nothing."""
    pieces: list[Piece] = []
    left_out: list[LeftOut] = []
    for section in _sections(text_of(entries)):
        parts = [entry for entry in section.parts if entry.status in places]
        if section.heading:
            words = literal(section.heading.heading, at_start=False)
            pieces.append(Piece((section.heading.key,), f"## {words}"))
        found = pick(
            [pick_of(entry, places) for entry in parts],
            title=section.heading.heading if section.heading else title,
            below_heading=section.heading is not None,
        )
        pieces += (
            Piece(tuple(parts[number].key for number in numbers), markdown)
            for markdown, numbers in found.blocks
        )
        left_out += found.left_out
    return Composition(pieces, left_out)


def pick_of(entry: Entry, places: Places) -> Pick:
    """Of an entry whose part is there."""
    source, at = places[entry.status or 0]
    return Pick(source, at, entry.words, entry.start, entry.joined)


def _sections(text: Iterable[Entry]) -> Iterator[_Section]:
    section = _Section()
    for entry in text:
        if entry.heading:
            yield section
            section = _Section(entry)
        else:
            section.parts.append(entry)
    yield section
