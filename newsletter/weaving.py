"""Putting a change of one part into a text that a person may have edited since. Pure.

Works on paragraphs, the stretches between empty lines. A paragraph is known again when it
stands in the text word for word; only a counter at its edge may have been taken off.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

LONGEST_COUNTER = 12
_EMPTY_LINES = re.compile(r"\n[ \t]*\n\s*")
_COUNTER_BEFORE = re.compile(r"[(\[]?\d{1,3}\s?(?:/\s?\d{0,3})?[)\]]?[:.–—-]?\s+")
_COUNTER_AFTER = re.compile(r"\s+[(\[]?\d{1,3}\s?/\s?\d{0,3}[)\]]?\s*")


class NotFound(Exception):
    """The words that a change is about do not stand in the text."""


def edited(body: str, before: str, after: str) -> str:
    """With what differs between two versions of a part, and nothing else."""
    paragraphs, old, new = _paragraphs(body), _paragraphs(before), _paragraphs(after)
    try:
        place, cut = _place(paragraphs, old)
    except NotFound:
        return _edited_in_pieces(paragraphs, old, new)
    paragraphs[place : place + len(old)] = _cut_alike(new, cut)
    return "\n\n".join(filter(None, paragraphs))


def _edited_in_pieces(paragraphs: list[str], old: list[str], new: list[str]) -> str:
    """Where a person changed some of the part: only its differing paragraphs have to be there."""
    for kind, i, j, k, m in reversed(SequenceMatcher(None, old, new, False).get_opcodes()):
        if kind == "insert":
            at = _end_of(paragraphs, old[:i]) if i else _start_of(paragraphs, old)
            paragraphs[at:at] = new[k:m]
        elif kind != "equal":
            place, cut = _place(paragraphs, old[i:j])
            paragraphs[place : place + j - i] = _cut_alike(new[k:m], cut)
    return "\n\n".join(filter(None, paragraphs))


def removed(body: str, before: str) -> str:
    """Without a part, as far as it stands there."""
    paragraphs, old = _paragraphs(body), _paragraphs(before)
    place, _ = _place(paragraphs, old)
    return "\n\n".join(paragraphs[:place] + paragraphs[place + len(old) :])


def inserted(body: str, addition: str, *, after: Sequence[str]) -> str:
    """With a new part behind the first of `after` that stands there, else at the end."""
    paragraphs = _paragraphs(body)
    for text in after:
        try:
            at = _end_of(paragraphs, _paragraphs(text))
        except NotFound:
            continue
        return "\n\n".join([*paragraphs[:at], addition.strip(), *paragraphs[at:]])
    return "\n\n".join([*paragraphs, addition.strip()])


def _paragraphs(text: str) -> list[str]:
    return [part for part in _EMPTY_LINES.split(text.strip()) if part]


def _start_of(paragraphs: Sequence[str], wanted: Sequence[str]) -> int:
    for paragraph in wanted:
        try:
            return _place(paragraphs, [paragraph])[0]
        except NotFound:
            continue
    raise NotFound


def _end_of(paragraphs: Sequence[str], wanted: Sequence[str]) -> int:
    return _start_of(paragraphs, wanted[::-1]) + 1


def _place(paragraphs: Sequence[str], wanted: Sequence[str]) -> tuple[int, tuple[str, str]]:
    """Where a run of paragraphs begins, and the counters that were taken off its two ends."""
    if not wanted:
        raise NotFound
    whole = "\n\n".join(wanted)
    for at in range(len(paragraphs) - len(wanted) + 1):
        there = "\n\n".join(paragraphs[at : at + len(wanted)])
        if (cut := _counters_around(whole, there)) is not None:
            return at, cut
    raise NotFound


def _counters_around(whole: str, there: str) -> tuple[str, str] | None:
    if there == whole:
        return "", ""
    if not there or there not in whole or len(whole) - len(there) > 2 * LONGEST_COUNTER:
        return None
    before, _, after = whole.partition(there)
    fits = (not before or _COUNTER_BEFORE.fullmatch(before)) and (
        not after or _COUNTER_AFTER.fullmatch(after)
    )
    return (before, after) if fits else None


def _cut_alike(new: list[str], cut: tuple[str, str]) -> list[str]:
    """Without the counters that were taken off the old words, whatever they say now."""
    if new and cut[0]:
        new[0] = _COUNTER_BEFORE.sub("", new[0], count=1) if _begins(new[0]) else new[0]
    if new and cut[1]:
        end = list(_COUNTER_AFTER.finditer(new[-1]))
        if end and end[-1].end() == len(new[-1]):
            new[-1] = new[-1][: end[-1].start()]
    return new


def _begins(text: str) -> bool:
    return _COUNTER_BEFORE.match(text) is not None
