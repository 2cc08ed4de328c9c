"""Putting a change of one part into a text that a person may have edited since. Pure.

Works on paragraphs, the stretches between empty lines. A paragraph is known again when it
stands in the text word for word; only a counter at its edge may have been taken off. All that
stands around it stays as it is, to the last space.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

LONGEST_COUNTER = 12
_PARAGRAPH = re.compile(r"^.*\S.*(?:\n.*\S.*)*", re.MULTILINE)
_COUNTER_BEFORE = re.compile(r"[(\[]?\d{1,3}\s?(?:/\s?\d{0,3})?[)\]]?[:.–—-]?\s+")
_COUNTER_AFTER = re.compile(r"\s+[(\[]?\d{1,3}\s?/\s?\d{0,3}[)\]]?\s*")


class NotFound(Exception):
    """The words that a change is about do not stand in the text."""


def edited(body: str, before: str, after: str) -> str:
    """With what differs between two versions of a part, and nothing else."""
    old, new = _paragraphs(before), _paragraphs(after)
    try:
        place, cut = _place(_paragraphs(body), old)
    except NotFound:
        return _edited_in_pieces(body, old, new)
    return replaced(body, place, len(old), _cut_alike(new, cut))


def _edited_in_pieces(body: str, old: list[str], new: list[str]) -> str:
    """Where a person changed some of the part: only its differing paragraphs have to be there."""
    for kind, i, j, k, m in reversed(SequenceMatcher(None, old, new, False).get_opcodes()):
        paragraphs = _paragraphs(body)
        if kind == "insert":
            at = _end_of(paragraphs, old[:i]) if i else _start_of(paragraphs, old)
            body = replaced(body, at, 0, new[k:m])
        elif kind != "equal":
            place, cut = _place(paragraphs, old[i:j])
            body = replaced(body, place, j - i, _cut_alike(new[k:m], cut))
    return body


def removed(body: str, before: str) -> str:
    """Without a part, as far as it stands there."""
    old = _paragraphs(before)
    place, _ = _place(_paragraphs(body), old)
    return replaced(body, place, len(old), [])


def inserted(body: str, addition: str, *, after: str) -> str:
    """With a new part behind the one that it follows."""
    at = _end_of(_paragraphs(body), _paragraphs(after))
    return replaced(body, at, 0, [addition.strip()])


def replaced(body: str, at: int, count: int, new: Sequence[str]) -> str:
    """With other paragraphs in the place of so many, from this one on."""
    places = [match.span() for match in _PARAGRAPH.finditer(body)]
    before = body[: places[at - 1][1]] if at else ""
    behind = body[places[at + count][0] :] if at + count < len(places) else ""
    return "\n\n".join(filter(None, [before, *new, behind]))


def _paragraphs(text: str) -> list[str]:
    return _PARAGRAPH.findall(text)


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
