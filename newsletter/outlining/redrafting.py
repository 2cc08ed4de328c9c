"""A draft brought up to its changed outline, around whatever a person wrote. Pure.

The draft is laid beside what the old outline says. A paragraph that says the same follows the
new outline: it moves, goes, comes. All else is a person's: it stays where it is, word for word,
and the part that it was made from is *held*: it neither moves nor goes nor comes a second time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import chain

from newsletter.outlining.composing import Composition, Places, compose
from newsletter.outlining.entries import Entries
from newsletter.outlining.resemblance import stands_in
from newsletter.outlining.slots import (
    Atom,
    Beside,
    Slot,
    atoms_of,
    lay_beside,
    paragraphs_of,
    slots_of,
)

_BETWEEN = "\n\n"


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
    written = list(beside.added.get(-1, ()))
    # What a person wrote behind it all ends the text: a last word, further reading, footnotes.
    ending = beside.added.get(len(old) - 1, ()) if old else ()
    for at, to in _paired(old, new, held):
        if at is None:
            written += [new[to].text] if to is not None and not new[to].atoms & held else []
            continue
        stays = to is not None or old[at].atoms <= still_there
        follows = None if to is None else new[to].text
        written += _instead(old[at], beside.paragraphs[at], held, stays, follows)
        written += beside.added.get(at, ()) if at < len(old) - 1 else ()
    return _joined([*written, *ending])


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


def _paired(
    old: Sequence[Slot], new: Sequence[Slot], held: frozenset[Atom]
) -> Iterator[tuple[int | None, int | None]]:
    """Which old slot is which new one. Of two that changed places it is the held one that moved,
    so that it can be left where it was."""
    free_old, free_new = (
        [at for at, slot in enumerate(side) if not slot.atoms & held] for side in (old, new)
    )
    free = _matched([old[at] for at in free_old], [new[at] for at in free_new])
    firm = [(free_old[i], free_new[j]) for i, j in free if i is not None and j is not None]
    first = start = 0
    for at, to in [*firm, (len(old), len(new))]:
        for i, j in _matched(old[first:at], new[start:to]):
            yield None if i is None else first + i, None if j is None else start + j
        if at < len(old):
            yield at, to
        first, start = at + 1, to + 1


def _matched(old: Sequence[Slot], new: Sequence[Slot]) -> Iterator[tuple[int | None, int | None]]:
    names = [[slot.name for slot in side] for side in (old, new)]
    matcher = SequenceMatcher(None, names[0], names[1], autojunk=False)
    for kind, first, last, start, end in matcher.get_opcodes():
        if kind == "equal":
            yield from zip(range(first, last), range(start, end), strict=True)
        else:
            yield from ((at, None) for at in range(first, last))
            yield from ((None, at) for at in range(start, end))


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
