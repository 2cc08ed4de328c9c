"""Chosen parts of threads as one text, in any order: what `merge` does for all parts of one.

A thread is trimmed as a whole, whatever is chosen of it: a counter is known by the others.
Sentences run on only from a part to the one behind it in its thread.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple, Self

from threads.text import joining
from threads.text.blocks import Block
from threads.text.merge import Shape, blocks_in, leave_title, shapes_of, written
from threads.text.spans import Marked
from threads.text.trimming import LeftOut, Part, Reason, Trimmed, trimmed, warned_once

LEVEL, LEVEL_BELOW_HEADING = 2, 3

_BORDER = re.compile(r"(?<=[.!?…])[\"'”’»)\]*_]*\s+(?=\S)|(?<=[。！？])(?=\S)|\n\s*(?=\S)")
_PAIRED = "*_`~"
_SIGNS = re.compile(rf"([{_PAIRED}])\1*|[\[\]()]")


@dataclass(frozen=True, slots=True)
class Source:
    """A thread that parts are chosen from."""

    pieces: Sequence[Trimmed]
    warnings: Sequence[tuple[str, ...]]
    shapes: Sequence[Shape]
    lower_case: bool

    @classmethod
    def of(cls, parts: Sequence[Part]) -> Self:
        pieces = trimmed(list(warned_once(parts)))
        return cls(
            pieces,
            [part.before for part in parts],
            shapes_of(pieces),
            joining.writes_lower_case([piece.body.text for piece in pieces]),
        )

    def words(self, at: int) -> str:
        """What is left of the part, in the source's own format."""
        return self.pieces[at].body.text

    def cuts(self, at: int) -> list[int]:
        """Where the part's words can be split: before its sentences, but for the first."""
        piece = self.pieces[at]
        text = piece.body.text
        start = len(text) - len(text.lstrip())
        ends = [match.end() for match in _BORDER.finditer(text.rstrip())]
        return [end for end in _between(piece, ends) if end > start]


@dataclass(frozen=True, slots=True)
class Pick:
    """A part, or only these of its `words`, which began at `start` when they were chosen."""

    source: Source
    at: int
    words: str = ""
    start: int = 0
    joined: bool = False  # it goes on in the paragraph before

    def follows(self, before: Pick) -> bool:
        """Whether the thread itself goes on from one to the other."""
        is_next = self.source is before.source and self.at == before.at + 1
        return is_next and before.is_end() and self.is_start()

    def is_start(self) -> bool:
        return not self.source.words(self.at)[: self._place()[0]].strip()

    def is_end(self) -> bool:
        return not self.source.words(self.at)[self._place()[1] :].strip()

    def piece(self) -> Trimmed:
        """Media stand behind the last words of a part, and warnings before its first."""
        whole = self.source.pieces[self.at]
        warning = self.source.warnings[self.at] if self.is_start() else ()
        part = replace(whole.part, before=warning, after=whole.part.after if self.is_end() else ())
        start, end = self._place()
        body = whole.body.between(start, end) if end >= 0 else Marked(self.words)
        return replace(whole, part=part, body=body if self.words else whole.body)

    def shape(self) -> Shape:
        return self.source.shapes[self.at] if self.is_start() else Shape.PROSE

    def _place(self) -> tuple[int, int]:
        """Where its words are in the part; an end of -1 where its author changed them since."""
        text = self.source.words(self.at)
        if not self.words:
            return 0, len(text)
        moved = not text.startswith(self.words, self.start)
        start = text.find(self.words) if moved else self.start
        return (start, start + len(self.words)) if start >= 0 else (self.start, -1)


class Picked(NamedTuple):
    """The blocks of a text, each with the numbers of the picks that it was made of."""

    blocks: list[tuple[str, tuple[int, ...]]]
    left_out: list[LeftOut]


def pick(picks: Sequence[Pick], *, title: str = "", below_heading: bool = False) -> Picked:
    """One text under a title: the post's, or that of a heading above it."""
    level = LEVEL_BELOW_HEADING if below_heading else LEVEL
    left_out = _trimmings(picks)
    blocks = _in_order(picks, level, left_out)
    if said := leave_title(blocks, title, level):
        left_out.append(LeftOut(_status(picks[0]), said, Reason.TITLE))
    marked = zip(written(blocks), (block.picks for block in blocks), strict=True)
    return Picked(list(marked), left_out)


def alone(chosen: Pick) -> str:
    """What the pick says by itself."""
    piece = chosen.piece()
    return "\n\n".join(written(_blocks(piece.part, piece.body, Shape.PROSE, LEVEL)))


def _in_order(picks: Sequence[Pick], level: int, left_out: list[LeftOut]) -> list[Block]:
    """What follows another part in its thread joins it, and nothing else does by itself."""
    done: list[Block] = []
    run: list[Block] = []
    speaker = before = None
    for number, (chosen, piece) in enumerate(_warned(picks)):
        if chosen.joined:
            done, run = [], done + run
        elif not before or not chosen.follows(before):
            done, run = done + run, []
        blocks = _blocks(piece.part, piece.body, chosen.shape(), level)
        marks = joining.append(
            run,
            [replace(block, picks=(number,)) for block in blocks],
            lower_case=chosen.source.lower_case,
            forced=chosen.joined,
        )
        said_before = _status(speaker or chosen)
        left_out += (LeftOut(said_before, mark, Reason.CONTINUATION) for mark in marks.before)
        left_out += (LeftOut(_status(chosen), mark, Reason.CONTINUATION) for mark in marks.after)
        speaker = chosen if piece.body.text.strip() else speaker
        before = chosen
    return done + run


@lru_cache(maxsize=4096)
def _blocks(part: Part, body: Marked, shape: Shape, level: int) -> tuple[Block, ...]:
    """Kept, as a text is made anew with each part that is moved in it."""
    return tuple(blocks_in(Trimmed(part, body), shape, level))


def _warned(picks: Sequence[Pick]) -> Iterator[tuple[Pick, Trimmed]]:
    pieces = [chosen.piece() for chosen in picks]
    parts = warned_once(piece.part for piece in pieces)
    for chosen, piece, part in zip(picks, pieces, parts, strict=True):
        yield chosen, replace(piece, part=part)


def _trimmings(picks: Sequence[Pick]) -> list[LeftOut]:
    pieces = {(id(each.source), each.at): each.source.pieces[each.at] for each in picks}
    return [entry for piece in pieces.values() for entry in piece.left_out]


def _status(chosen: Pick) -> str:
    return chosen.source.pieces[chosen.at].part.status


def _between(piece: Trimmed, places: Sequence[int]) -> Iterator[int]:
    """Those where nothing that belongs together is cut: a link, a word in italics."""
    seen = Counter[str]()
    for start, place in pairwise([0, *places]):
        seen.update(found[0][0] for found in _SIGNS.finditer(piece.body.text[start:place]))
        if any(span.start < place < span.end for span in piece.body.spans):
            continue
        pairs_open = any(seen[sign] % 2 for sign in _PAIRED)
        brackets_open = seen["["] > seen["]"] or seen["("] > seen[")"]
        if not piece.part.is_markdown or not (pairs_open or brackets_open):
            yield place
