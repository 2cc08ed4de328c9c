"""Numbers that authors put on the parts of a thread: "3/12" to count them, "3." for points."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

FEWEST_POINTS = 3
MANY = 4  # so many that count up may even change their minds about the total

# With a total, open ("3/", "3/n"), or without one in brackets.
_COUNT = re.compile(
    r"""
      (?: (?P<open> [(\[] ) \s? )?
      (?P<number> \d{1,3} )
      (?: \s? / (?: \s? (?P<total> \d{1,3} | \?\? | [nNxX?∞] ) )? | (?= \s?[)\]] ) )
      (?: \s? (?P<close> [)\]] ) )?
    """,
    re.VERBOSE,
)
_POINT = re.compile(r"(?P<number>[1-9]\d{0,2})\\?[.)]\s+(?=\S)")
_PAIRS = {None: None, "(": ")", "[": "]"}


@dataclass(frozen=True, slots=True)
class Count:
    """What looks like a counter: where it stands, and what it says."""

    part: int  # from 0
    start: int
    end: int
    number: int
    total: int | None


def counts_in(part: int, text: str, start: int, end: int) -> list[Count]:
    """What looks like a counter at either end of a stretch of the text."""
    found = []
    if (match := _COUNT.match(text, start, end)) and _stands_alone(match, text, start, end):
        found.append(_count(part, match, match.start(), _after_sign(text, match.end(), end)))
    for match in _COUNT.finditer(text, max(start, end - 12), end):
        stop = match.end() + (text[match.end() : end] in (".", ":"))
        alone = _stands_alone(match, text, start, end) and match.start() > start
        if stop == end and alone:
            found.append(_count(part, match, match.start(), end))
    return found


def counters(counts: Iterable[Count]) -> list[Count]:
    """Those that count up over the thread, as each part says what comes after the last.

    Where the author lost count and went on from another number, both runs are counters.
    "24/7" at the end of a part is none, for nothing counts on from it.
    """
    runs: Mapping[int, list[Count]] = defaultdict(list)
    for count in counts:
        runs[count.number - count.part].append(count)
    return [count for run in runs.values() for count in _counting(run)]


def _counting(run: list[Count]) -> list[Count]:
    parts = {count.part for count in run}
    totals = Counter(count.total for count in run if count.total)
    if len(parts) < MANY and totals:
        usual = totals.most_common(1)[0][0]
        run = [count for count in run if count.total in (None, usual)]
        parts = {count.part for count in run}
    if len(parts) < 2 or 2 * len(parts) < max(parts) - min(parts) + 1:
        return []
    return run


def point(line: str) -> re.Match[str] | None:
    """The number of a point at the start of a line: "3. ", also as Markdown escapes it."""
    return _POINT.match(line)


def points(lines: Sequence[str]) -> list[range]:
    """Runs of consecutive parts whose first lines are numbered 1 to n, n being at least 3."""
    numbers = [int(match["number"]) if (match := point(line)) else 0 for line in lines]
    # Within a run, number and place go up together, so that their difference is the same.
    keyed = groupby(enumerate(numbers), lambda pair: (pair[1] > 0, pair[1] - pair[0]))
    runs = [[place for place, _ in run] for (is_point, _), run in keyed if is_point]
    return [
        range(run[0], run[-1] + 1)
        for run in runs
        if numbers[run[0]] == 1 and len(run) >= FEWEST_POINTS
    ]


def points_of_all(texts: Sequence[str]) -> list[Count]:
    """The numbers "1.", "2." … where every part has one."""
    found = [point(text) for text in texts]
    counts = [
        Count(place, match.start(), match.end(), int(match["number"]), None)
        for place, match in enumerate(found)
        if match and int(match["number"]) == place + 1
    ]
    return counts if len(counts) == len(texts) >= FEWEST_POINTS else []


def _stands_alone(match: re.Match[str], text: str, start: int, end: int) -> bool:
    """Not a part of a word, a date or an address, and its brackets are a pair."""
    if _PAIRS[match["open"]] != match["close"]:
        return False
    before = text[match.start() - 1] if match.start() > start else " "
    after = text[match.end()] if match.end() < end else " "
    opens = before.isspace() or (not match["open"] and before in "🧵👇.!?…。！？") or match["open"]
    return bool(opens) and (
        after.isspace() or after in ":.–—-🧵👇" or bool(match["close"] and after != "(")
    )


def _after_sign(text: str, at: int, end: int) -> int:
    """Past the sign and the spaces that part a counter from the words."""
    match = re.compile(r"\s*(?:[:.–—](?=\s)|-(?=\s))?\s*").match(text, at, end)
    return match.end() if match else at


def _count(part: int, match: re.Match[str], start: int, end: int) -> Count:
    total = match["total"] or ""
    return Count(part, start, end, int(match["number"]), int(total) if total.isdecimal() else None)
