"""A draft brought up to its changed outline, around whatever a person wrote. Pure.

The draft is laid beside what the old outline says. A paragraph that says the same follows the
new outline: it moves, goes, comes. All else is a person's: it stays where it is, word for word,
and the part that it was made from is *held*: it neither moves nor goes nor comes a second time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import chain
from typing import NamedTuple

from newsletter.outlining.composing import Composition, Piece, Places, compose
from newsletter.outlining.entries import Entries, text_of
from newsletter.outlining.resemblance import stands_in, words_beyond

# With the empty lines behind it, so that a person's own are kept.
_PARAGRAPH = re.compile(r"(?:[^\n]*\S[^\n]*(?:\n|$))+(?:[^\S\n]*\n)*")
_BETWEEN = "\n\n"

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


def follow(
    draft: str, composed: str, before: Entries, after: Entries, places: Places, title: str
) -> tuple[Composition, str]:
    """What the changed outline says, and the draft that follows it. `composed` is what last went
    into the draft: as long as nobody changed that, the draft says what the outline says."""
    new = compose(after, places, title)
    if draft == composed:
        return new, new.text
    atoms = atoms_of(before, after)
    old = compose(before, places, title)
    # What the source says in another way by now never stood in the draft.
    known = frozenset(paragraphs_of(composed))
    slots = slots_of(old.pieces, atoms, known)
    return new, redraft(slots, slots_of(new.pieces, atoms), draft)


def redraft(old: Sequence[Slot], new: Sequence[Slot], draft: str) -> str:
    beside = lay_beside(old, draft)
    held = _held(old, new, beside)
    still_there = frozenset(chain.from_iterable(slot.atoms for slot in new))
    names = SequenceMatcher(None, [s.name for s in old], [s.name for s in new], autojunk=False)
    written = list(beside.added.get(-1, ()))
    for kind, first, last, new_first, new_last in names.get_opcodes():
        for at in range(first, last):
            slot = old[at]
            stays = kind == "equal" or slot.atoms <= still_there
            follows = new[new_first + at - first].text if kind == "equal" else None
            written += _instead(slot, beside.paragraphs[at], held, stays, follows)
            written += beside.added.get(at, ())
        if kind != "equal":
            arrived = (slot for slot in new[new_first:new_last] if not slot.atoms & held)
            written += (slot.text for slot in arrived)
    return _joined(written)


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
        foreign += (words_beyond(each, texts[first:last]) for each in own)
    return Beside(paragraphs, added, foreign)


def _dealt(own: list[str], places: int) -> list[list[str]]:
    """One for each place, the rest with the last; what was deleted leaves its place empty."""
    dealt = [[each] for each in own[:places]] + [[] for _ in range(places - len(own))]
    dealt[-1] += own[places:]
    return dealt


def _held(old: Sequence[Slot], new: Sequence[Slot], beside: Beside) -> frozenset[Atom]:
    known = frozenset(chain.from_iterable(slot.atoms for slot in old))
    held = {
        atom
        for slot, instead in zip(old, beside.paragraphs, strict=True)
        if instead is not None
        for atom in slot.atoms
    }
    for slot in new:
        if slot.atoms - known and any(stands_in(slot.text, each) for each in beside.foreign):
            held |= slot.atoms
    return _together(held, [slot.atoms for slot in (*old, *new)])


def _together(held: set[Atom], groups: Sequence[frozenset[Atom]]) -> frozenset[Atom]:
    """And all that stands in one paragraph with it, before or after."""
    more = held.union(*(group for group in groups if group & held))
    return frozenset(held) if more == held else _together(more, groups)


def _instead(
    slot: Slot,
    paragraphs: list[str] | None,
    held: frozenset[Atom],
    stays: bool,
    follows: str | None,
) -> Iterator[str]:
    """What stands in the place of an old paragraph; `follows` is what is to stand there."""
    if paragraphs is not None:
        yield from paragraphs
    elif slot.atoms & held:
        if stays:
            yield slot.text
    elif follows is not None:
        yield follows


def _joined(written: Iterable[str]) -> str:
    text = "".join(
        each if each.endswith(_BETWEEN) else each.rstrip("\n") + _BETWEEN for each in written
    )
    return text.rstrip("\n")
