"""What changed between two texts, word by word. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

WORDS = re.compile(r"\s+|\w+|[^\w\s]")

# A line together with the empty ones behind it, so that these are no landmarks of their own.
LINE = re.compile(r"[^\n]*\n+|[^\n]+")
SHOWN = 2  # paragraphs before and behind a change, where the others between are folded away
MOST_WORDS = 2000  # and spaces of a stretch; comparing longer ones word by word takes seconds

type Pieces = list[str]


@dataclass(frozen=True)
class Change:
    """A stretch of text that stayed, came or went."""

    kind: str  # "same", "added" or "removed"
    text: str

    @property
    def fold(self) -> Fold | None:
        """Of much that stayed only what stands next to the changes has to be read."""
        paragraphs = self.text.split("\n\n")
        count = len(paragraphs) - 2 * SHOWN
        if self.kind != "same" or count <= SHOWN:
            return None
        pieces = paragraphs[:SHOWN], paragraphs[SHOWN:-SHOWN], paragraphs[-SHOWN:]
        before, between, behind = map("\n\n".join, pieces)
        return Fold(before, between, behind, count)


@dataclass(frozen=True)
class Fold:
    before: str
    between: str
    behind: str
    count: int  # paragraphs between


def compare(old: str, new: str) -> list[Change]:
    """Lines first, and words only within lines that differ: quick on long texts, too."""
    found: list[Change] = []
    for change in _between(LINE.findall(old), LINE.findall(new), _by_words):
        if found and found[-1].kind == change.kind:
            found[-1] = Change(change.kind, found[-1].text + change.text)
        elif change.text:
            found.append(change)
    return found


def words_changed(old: str, new: str) -> tuple[int, int]:
    """How many words came, and how many went. One that only moved did neither.

    Counted in lines that differ alone: a list of revisions asks for fifty of these.
    """
    lines = Counter(old.splitlines()), Counter(new.splitlines())
    before, after = _words(lines[0] - lines[1]), _words(lines[1] - lines[0])
    return (after - before).total(), (before - after).total()


def _words(lines: Counter[str]) -> Counter[str]:
    return Counter(re.findall(r"\w+", "\n".join(lines.elements())))


def _between(
    old: Pieces, new: Pieces, replaced: Callable[[Pieces, Pieces], Iterator[Change]]
) -> Iterator[Change]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            yield Change("same", "".join(old[a:b]))
        else:
            yield from replaced(old[a:b], new[c:d])


def _by_words(old: Pieces, new: Pieces) -> Iterator[Change]:
    before, after = (WORDS.findall("".join(lines)) for lines in (old, new))
    if max(len(before), len(after)) <= MOST_WORDS:
        yield from _between(before, after, _whole)
    elif len(old) == len(new) > 1:
        for line, other in zip(old, new, strict=True):
            yield from _by_words([line], [other])
    else:
        yield from _whole(old, new)


def _whole(old: Pieces, new: Pieces) -> Iterator[Change]:
    yield Change("removed", "".join(old))
    yield Change("added", "".join(new))
