"""Another order for the whole outline, by time or by theme. Pure.

A heading goes with the part below it, and what is joined to a part goes with it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from math import log, sqrt
from typing import Any

from newsletter.outlining.entries import Entries, Entry, text_of
from newsletter.provenance import words_of

type Group = list[Entry]


def by_time(entries: Entries, times: Mapping[int, Any]) -> list[Entry]:
    """The earliest first; what has no time stays with what stood before it."""
    groups, rest = _groups(entries)
    last: Any = None
    keyed = []
    for group in groups:
        last = times.get(_status(group)) or last
        keyed.append((last, group))
    timeless = [group for time, group in keyed if time is None]
    timed = sorted((each for each in keyed if each[0] is not None), key=lambda each: each[0])
    return _in_a_row([*timeless, *(group for _, group in timed)], rest)


def by_theme(entries: Entries, texts: Mapping[int, str]) -> list[Entry]:
    """From the first part on, always the one that shares most of its rare words."""
    groups, rest = _groups(entries)
    likeness = _likeness({_status(group): _words(group, texts) for group in groups})
    chain, left = groups[:1], groups[1:]
    while left:
        last = _status(chain[-1])
        # Of equals, the first: as they stood.
        nearest = max(left, key=lambda group: likeness(last, _status(group)))
        left.remove(nearest)
        chain.append(nearest)
    return _in_a_row(chain, rest)


def _likeness(words: Mapping[int, set[str]]) -> Callable[[int, int], float]:
    counts = Counter(word for each in words.values() for word in each)
    weight = {word: log(len(words) / count) for word, count in counts.items()}
    whole = {key: sum(weight[word] for word in each) for key, each in words.items()}

    def likeness(one: int, other: int) -> float:
        shared = sum(weight[word] for word in words[one] & words[other])
        return shared / (sqrt(whole[one] * whole[other]) or 1)

    return likeness


def _groups(entries: Entries) -> tuple[list[Group], Group]:
    """What moves as one; and the headings at the end, with what was set aside."""
    groups: list[Group] = []
    waiting: Group = []
    for entry in text_of(entries):
        if entry.heading:
            waiting.append(entry)
        elif groups and not waiting and _goes_with(entry, groups[-1]):
            groups[-1].append(entry)
        else:
            groups.append([*waiting, entry])
            waiting = []
    return groups, [*waiting, *(entry for entry in entries if entry.dropped)]


def _goes_with(entry: Entry, group: Group) -> bool:
    return entry.joined or entry.status == group[-1].status


def _status(group: Group) -> int:
    return next(entry.status for entry in group if entry.status is not None)


def _words(group: Group, texts: Mapping[int, str]) -> set[str]:
    told = (texts.get(entry.status or 0, "") for entry in group)
    return {word for text in told for word in words_of(text)}


def _in_a_row(groups: list[Group], rest: Group) -> list[Entry]:
    return [entry for group in [*groups, rest] for entry in group]
