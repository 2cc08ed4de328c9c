"""A composed text as slots for paragraphs, and a draft laid beside them. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from newsletter.outlining.composing import Piece
from newsletter.outlining.entries import Entries, text_of
from newsletter.outlining.resemblance import words_beyond
from newsletter.provenance import words_of

# With the empty lines behind it, so that a person's own are kept.
_PARAGRAPH = re.compile(r"^(?:[^\n]*\S[^\n]*(?:\n|\Z))+(?:[^\S\n]*\n)*", re.MULTILINE)
type Atom = str | int  # what cannot be torn apart: an entry, or a status that was cut anew


class Slot(NamedTuple):
    """A paragraph of a composed text. `name` is the same in two texts where its place is."""

    name: tuple[tuple[str, ...], int]
    text: str
    atoms: frozenset[Atom]


class Beside(NamedTuple):
    """A draft beside the slots it was made of."""

    paragraphs: list[list[str] | None]  # instead of each slot; None where it stands unchanged
    added: dict[int, list[str]]  # behind the slot with this number, -1 for the beginning
    foreign: list[list[str]]  # words of a paragraph that are not from the slots it stands for


def slots_of(
    pieces: Iterable[Piece], atoms: Mapping[str, Atom], known: frozenset[str] | None = None
) -> list[Slot]:
    """`known`: only paragraphs that are among these."""
    found: list[Slot] = []
    counts: dict[tuple[str, ...], int] = {}
    for piece in pieces:
        for text in paragraphs_of(piece.markdown):
            number = counts[piece.keys] = counts.get(piece.keys, -1) + 1
            if known is None or text in known:
                own = frozenset(atoms.get(key, key) for key in piece.keys)
                found.append(Slot((piece.keys, number), text, own))
    return found


def atoms_of(before: Entries, after: Entries) -> dict[str, Atom]:
    """Each entry by itself, but for parts that were split or made whole: these by status."""
    cuts = [{(e.key, e.words, e.start): e for e in text_of(side)} for side in (before, after)]
    had = {entry.status for entry in cuts[0].values()}
    recut = {e.status for cut, e in cuts[1].items() if cut not in cuts[0] and e.status in had}
    return {
        entry.key: entry.status
        for entry in (*before, *after)
        if entry.status is not None and entry.status in recut
    }


def paragraphs_of(markdown: str) -> list[str]:
    return [found.rstrip() for found in _PARAGRAPH.findall(markdown)]


def lay_beside(slots: Sequence[Slot], draft: str) -> Beside:
    written = _PARAGRAPH.findall(draft)
    paragraphs: list[list[str] | None] = [None] * len(slots)
    added: dict[int, list[str]] = {}
    foreign: list[list[str]] = []
    texts = [slot.text for slot in slots]
    matcher = SequenceMatcher(None, texts, [each.rstrip() for each in written], autojunk=False)
    for kind, first, last, start, end in matcher.get_opcodes():
        own = written[start:end]
        if kind == "equal":
            continue
        if kind == "insert":
            added[first - 1] = own
        else:
            paragraphs[first:last] = _dealt(own, last - first)
        known = [words_of(text) for text in texts[first:last]]
        foreign += (words_beyond(each, known) for each in own)
    return Beside(paragraphs, added, foreign)


def _dealt(own: list[str], places: int) -> list[list[str]]:
    """One for each place, the rest with the last; what was deleted leaves its place empty."""
    dealt = [[each] for each in own[:places]] + [[] for _ in range(places - len(own))]
    dealt[-1] += own[places:]
    return dealt
