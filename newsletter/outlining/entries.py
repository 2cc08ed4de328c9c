"""What an outline says, and how it is changed: each verb makes a new list of entries. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from itertools import pairwise
from typing import Any, Self

from threads.text.names import shown_name

START = ""  # instead of a key: before all others
LONGEST_HEADING = 200

type Entries = Sequence[Entry]


class Refused(Exception):
    """Says to an editor why the outline stays as it is."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A part or a heading; see `Outline` for what each field says."""

    key: str
    status: int | None = None
    heading: str = ""
    words: str = ""
    start: int = 0
    joined: bool = False
    dropped: bool = False

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> Self:
        return cls(**kept)

    def written(self) -> dict[str, Any]:
        """Without what goes without saying."""
        usual = {each.name: each.default for each in fields(self)}
        return {name: value for name, value in asdict(self).items() if value != usual[name]}

    def end(self, whole: str) -> int:
        return self.start + len(self.words) if self.words else len(whole)


def text_of(entries: Entries) -> list[Entry]:
    """What stands in the post, without what was set aside."""
    return [entry for entry in entries if not entry.dropped]


def placed(entries: Entries) -> set[int]:
    return {entry.status for entry in text_of(entries) if entry.status is not None}


def dropped(entries: Entries) -> set[int]:
    return {entry.status for entry in entries if entry.dropped and entry.status is not None}


def key_of(status: int, start: int = 0) -> str:
    return f"s{status}-{start}" if start else f"s{status}"


def place(entries: Entries, status: int, after: str | None = None) -> list[Entry]:
    """A part behind the entry with this key; at the end where none is named."""
    if status in placed(entries):
        raise Refused("This part is placed already.")
    new = Entry(key_of(status), status=status)
    return _inserted(take_back(entries, status), [new], after)


def place_all(entries: Entries, statuses: Iterable[int]) -> list[Entry]:
    """Those of them that nothing was decided about, at the end."""
    decided = placed(entries) | dropped(entries)
    new = [Entry(key_of(each), status=each) for each in statuses if each not in decided]
    return _inserted(entries, new, None)


def add_heading(entries: Entries, heading: str, key: str, after: str | None = None) -> list[Entry]:
    return _inserted(entries, [Entry(key, heading=_heading(heading))], after)


def rename(entries: Entries, key: str, heading: str) -> list[Entry]:
    at = _place(entries, key)
    return _with(entries, at, replace(entries[at], heading=_heading(heading)))


def move(entries: Entries, key: str, after: str | None) -> list[Entry]:
    moved = entries[_place(entries, key)]
    if after == key:
        return list(entries)
    return _joins_kept(entries, _inserted(remove(entries, key), [moved], after))


def step(entries: Entries, key: str, by: int) -> list[Entry]:
    """One place up (-1) or down (1), as far as there is one."""
    text = text_of(entries)
    at = _place(text, key)
    to = max(0, min(len(text) - 1, at + by))
    others = [entry.key for entry in text if entry.key != key]
    return move(entries, key, others[to - 1] if to else START)


def remove(entries: Entries, key: str) -> list[Entry]:
    at = _place(entries, key)
    return _joins_kept(entries, [*entries[:at], *entries[at + 1 :]])


def drop(entries: Entries, status: int) -> list[Entry]:
    """A part is set aside: it is neither in the post nor left to be decided about."""
    others = [entry for entry in entries if entry.status != status]
    return _joins_kept(entries, [*others, Entry(key_of(status), status=status, dropped=True)])


def take_back(entries: Entries, status: int) -> list[Entry]:
    """It is left to be decided about again."""
    return [entry for entry in entries if not (entry.dropped and entry.status == status)]


def split(entries: Entries, key: str, cut: int, whole: str) -> list[Entry]:
    """A part in two, at this place in the words of the `whole` part."""
    at = _place(entries, key)
    entry = entries[at]
    if entry.status is None or not entry.start < cut < entry.end(whole):
        raise Refused("It cannot be split there.")
    first = replace(entry, words=whole[entry.start : cut].rstrip())
    words = whole[cut : entry.end(whole)].rstrip()
    second = Entry(key_of(entry.status, cut), status=entry.status, words=words, start=cut)
    return [*entries[:at], first, second, *entries[at + 1 :]]


def join(entries: Entries, key: str, whole: str) -> list[Entry]:
    """With what stands before it: one paragraph, or, where it was split from it, one part."""
    text = text_of(entries)
    at = _place(text, key)
    entry = text[at]
    before = text[at - 1] if at else None
    if entry.status is None or before is None or before.status is None:
        raise Refused("There is no part right before it that it could be joined with.")
    between = whole[before.end(whole) : entry.start].strip()
    if before.status != entry.status or before.start >= entry.start or between:
        return _with(entries, _place(entries, key), replace(entry, joined=True))
    words = whole[before.start : entry.end(whole)]
    is_all = words.strip() == whole.strip()
    one = replace(before, words="" if is_all else words, start=0 if is_all else before.start)
    return [one if each is before else each for each in entries if each is not entry]


def part_again(entries: Entries, key: str) -> list[Entry]:
    at = _place(entries, key)
    return _with(entries, at, replace(entries[at], joined=False))


def _heading(words: str) -> str:
    heading = shown_name(words)[:LONGEST_HEADING]
    if not heading:
        raise Refused("A heading needs words.")
    return heading


def _place(entries: Entries, key: str) -> int:
    for at, entry in enumerate(entries):
        if entry.key == key:
            return at
    raise Refused("It is not in the outline any more.")


def _with(entries: Entries, at: int, entry: Entry) -> list[Entry]:
    return [*entries[:at], entry, *entries[at + 1 :]]


def _inserted(entries: Entries, new: Entries, after: str | None) -> list[Entry]:
    text = text_of(entries)
    at = len(text) if after is None else 0 if after == START else _place(text, after) + 1
    aside = [entry for entry in entries if entry.dropped]
    return _joins_kept(entries, [*text[:at], *new, *text[at:], *aside])


def _joins_kept(before: Entries, after: Entries) -> list[Entry]:
    """What was joined to another part is joined to no other one now."""
    was, now = _before(before), _before(after)
    return [
        replace(entry, joined=entry.joined and was.get(entry.key) == now.get(entry.key))
        for entry in after
    ]


def _before(entries: Entries) -> dict[str, str]:
    text = text_of(entries)
    return {entry.key: before.key for before, entry in pairwise(text)}
