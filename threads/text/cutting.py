"""Where a pasted text is cut into parts: nothing is lost but the empty lines between them, and
the lines of dashes where these are what parts them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby, pairwise


class Cut(StrEnum):
    RULES = "rules"
    BLANK_LINES = "blank_lines"
    COUNTERS = "counters"
    ONE_PIECE = "one_piece"


@dataclass(frozen=True, slots=True)
class _Counter:
    line: int
    number: int
    style: tuple[str, str]  # all counters of a thread have the same brackets and the same total


_SHAPE = r"(?P<open>[(\[]?)(?P<number>\d{1,3})/(?P<total>\d{1,3}|[nNxX]|)[)\]]?"
_LEADING = re.compile(rf"\s*(?:[^\w\s(\[]{{1,3}}\s?)?{_SHAPE}(?=\s|$)", re.ASCII)
_TRAILING = re.compile(rf"(?:^|.*\s){_SHAPE}\s*$", re.ASCII)
_LONGEST_COUNTER = 20
_RULE = re.compile(r" {0,3}([-*_])(?:[ \t]*\1){2,}\s*")  # as in Markdown
_FENCE = re.compile(r" {0,3}(?:```|~~~)")
_WIDE = 3  # empty lines: Typefully puts as many between posts


def guess_cut(text: str) -> Cut:
    """The way that gives the most parts, of those that an author can only have meant."""
    lines = _lines(text)
    inner = [line for line in _rules(lines) if 0 < line < len(lines) - 1]
    wide = [at for size, at in _gaps(lines) if size >= _WIDE]
    counters = max(_leading_run(lines), _trailing_run(lines), key=len)
    meant = [(inner, Cut.RULES), (wide, Cut.BLANK_LINES), (counters[1:], Cut.COUNTERS)]
    borders, how = max(meant, key=lambda way: len(way[0]))
    if borders:
        return how
    return Cut.BLANK_LINES if "" in lines else Cut.ONE_PIECE


def cut(text: str, how: Cut | None = None) -> list[str]:
    """The parts, none of them empty."""
    lines = _lines(text)
    how = how or guess_cut(text)
    places = []
    if how is Cut.RULES:
        places = _rules(lines)
        for place in places:
            lines[place] = ""
    elif how is Cut.BLANK_LINES:
        places = _after_largest_gaps(lines)
    elif how is Cut.COUNTERS:
        places = _at_counters(lines)
    borders = [0, *places, len(lines)]
    parts = (without_empty_edges("\n".join(lines[a:b])) for a, b in pairwise(borders))
    return [part for part in parts if part]


def without_empty_edges(text: str) -> str:
    """Without empty lines before and after, but with the first line's indentation."""
    text = text.rstrip()
    indented = text[len(text) - len(text.lstrip()) :]
    before = text[: len(text) - len(indented)]
    return before.rpartition("\n")[2] + indented


def _lines(text: str) -> list[str]:
    text = without_empty_edges(text.replace("\r\n", "\n").replace("\r", "\n"))
    return [line if line.strip() else "" for line in text.split("\n")]


def _after_largest_gaps(lines: Sequence[str]) -> list[int]:
    """Where the text goes on after three empty lines and more, if that occurs, else after two
    and more, else after any: posts are often put apart by more than their own paragraphs are.
    """
    gaps = [(min(size, _WIDE), at) for size, at in _gaps(lines)]
    largest = max((size for size, _ in gaps), default=0)
    return [at for size, at in gaps if size == largest]


def _gaps(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """How many lines are empty, and where the text goes on after them."""
    at = 0
    for empty, group in groupby(lines, key=lambda line: line == ""):
        size = len(list(group))
        at += size
        if empty:
            yield size, at


def _rules(lines: Sequence[str]) -> list[int]:
    """Lines of dashes after an empty one: right below words they make a heading of them."""
    rules, fenced, above = [], False, ""
    for number, line in enumerate(lines):
        fenced ^= bool(_FENCE.match(line))
        if not fenced and not above and _RULE.fullmatch(line):
            rules.append(number)
        above = line
    return rules


def _at_counters(lines: Sequence[str]) -> list[int]:
    """Before the counters that open their parts, or after those that close them."""
    opening, closing = _leading_run(lines), _trailing_run(lines)
    if opening and (len(opening) > len(closing) or opening[0] == 0 or closing[-1] < len(lines) - 1):
        return opening
    return [line + 1 for line in closing]


def _leading_run(lines: Sequence[str]) -> list[int]:
    return _run(_found(lines, _LEADING))


def _trailing_run(lines: Sequence[str]) -> list[int]:
    ends = [line.rstrip()[-_LONGEST_COUNTER:] for line in lines]
    return _run(_found(ends, _TRAILING))


def _found(lines: Sequence[str], pattern: re.Pattern[str]) -> list[_Counter]:
    matches = ((line, pattern.match(text)) for line, text in enumerate(lines))
    return [
        _Counter(line, int(found["number"]), (found["open"], found["total"].lower()))
        for line, found in matches
        if found
    ]


def _run(counters: Iterable[_Counter]) -> list[int]:
    """The lines of the longest run that counts up from 1, or from 2 where the first has none."""
    runs: dict[tuple[str, str], list[_Counter]] = {}
    for counter in counters:
        run = runs.setdefault(counter.style, [])
        if counter.number == (run[-1].number + 1 if run else 1) or (
            not run and counter.number == 2
        ):
            run.append(counter)
    longest = max(runs.values(), key=len, default=[])
    return [counter.line for counter in longest] if len(longest) > 1 else []
