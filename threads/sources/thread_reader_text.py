"""A Thread Reader page that was saved or copied as text.

Paragraphs of a status have an empty line between them, statuses only a line break. But the
lines of a list follow each other with a line break too, and so does the word `Image`, which
stands where a picture was and belongs to the status above it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime

from threads.sources.base import Span, SpanKind
from threads.sources.thread_reader_page import Page, Part

_HEAD = re.compile(r"\b(?P<count>\d{1,5}) (?:tweets?|posts?)\b.{1,9}\b\d+ min read")
_LONGEST_HEAD = 200

# What follows the thread, the surest sign of its end first.
_CHROME = tuple(
    re.compile(rf"^\s*{line}")
    for line in (
        r"Missing some Tweet in this thread\?",
        r"This Thread may be Removed Anytime!",
        r"Try unrolling a thread yourself!",
        r"Did Thread Reader help you today\?",
        r"More from @\w{1,15}$",
        r"Keep Current with \S",
    )
)
_SURE = _CHROME[:4]
_PROFILE = re.compile(r"^(?P<name>.+) Profile picture$")
_KEEP = re.compile(r"^Keep Current with (?P<name>.+)$")
_HANDLE = re.compile(r"^@(?P<handle>\w{1,15})$", re.ASCII)
_MORE = re.compile(r"^More from @(?P<handle>\w{1,15})$", re.ASCII)
_READ = re.compile(r"^Read \d+ (?:tweets?|posts?)$")

_PICTURE = "Image"
_PICTURES = re.compile(rf"^\s*(?:{_PICTURE}\s*)+$")
_NOT_BEFORE_A_PICTURE = re.compile(r"[A-Z_#@/-]")  # as in `UIImage`, `self-Image`
_BULLET = re.compile(r"^\s*(?:[•◦▪●‣⁃·→➡↳✓✔✅❌☑▶►]|[*–—-]\s)")
_NUMBER = re.compile(r"^\s*\(?\d{1,3}[.)]\s")

# Which kind of line goes on with the status above it: (kind of the line above, its own). What
# a line break means cannot be known for certain, so the first of these rules that gives as
# many statuses as the page's head says is taken.
_GOES_ON = (
    {("bullet", "bullet"), ("number", "number"), ("number", "bullet"), ("bullet", "number")},
    {("bullet", "bullet"), ("number", "number"), ("number", "bullet")},
    {("bullet", "bullet"), ("number", "bullet")},
    {("bullet", "bullet"), ("number", "number"), ("number", "bullet"), ("text", "bullet")},
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def looks_like_page(text: str) -> bool:
    lines = text.split("\n")
    return _head(lines) is not None or any(sure.match(line) for line in lines for sure in _SURE)


def read_text(text: str) -> Page:
    lines = [line.rstrip() for line in text.split("\n")]
    page = Page()
    head = _head(lines)
    start = 0 if head is None else head + 1
    end = _end(lines, start)
    if head is not None:
        _read_head(page, lines[head], lines[max(0, head - 4) : head])
    _read_foot(page, [line.strip() for line in lines[end:]])
    statuses = _cut(_body(lines[start:end]), page.count)
    page.parts = [_part(status, number) for number, status in enumerate(statuses, 1)]
    return page


def _head(lines: Sequence[str]) -> int | None:
    for number, line in enumerate(lines):
        if len(line) < _LONGEST_HEAD and _HEAD.search(line):
            return number
    return None


def _end(lines: Sequence[str], start: int) -> int:
    for chrome in _CHROME:
        for number in range(start, len(lines)):
            if chrome.match(lines[number]):
                return number
    return len(lines)


def _read_head(page: Page, head: str, above: Sequence[str]) -> None:
    if found := _HEAD.search(head):
        page.count = int(found["count"])
        page.date = head[: found.start()].strip(" •·|,-")
        page.posted_at = _day(page.date)
    for line in map(str.strip, above):
        if handle := _HANDLE.match(line):
            page.handle = handle["handle"]
        elif profile := _PROFILE.match(line):
            page.name = profile["name"]


def _day(date: str) -> datetime | None:
    """Only with its year: which one it was is not to be guessed."""
    words = re.findall(r"[A-Za-z]{3,9}|\d+", date)
    months = [_MONTHS.index(word[:3].lower()) + 1 for word in words if word[:3].lower() in _MONTHS]
    years = [int(word) for word in words if len(word) == 4 and word.isdecimal()]
    days = [int(word) for word in words if len(word) <= 2 and word.isdecimal()]
    try:
        return datetime(years[0], months[0], days[0], tzinfo=UTC)
    except (IndexError, ValueError):
        return None


def _read_foot(page: Page, lines: Sequence[str]) -> None:
    """The author's name and handle, and how the previews of other threads begin."""
    beginning = None
    for number, line in enumerate(lines):
        if keep := _KEEP.match(line):
            page.name = page.name or keep["name"]
        elif more := _MORE.match(line):
            page.handle = page.handle or more["handle"]
            beginning = number + 1
        elif beginning is not None and _READ.match(line):
            shown = [line for line in lines[beginning:number] if line]
            page.previews += shown[1:2]  # after the date
            beginning = number + 1


def _body(lines: Sequence[str]) -> Sequence[str]:
    start, end = 0, len(lines)
    while start < end and not lines[start]:
        start += 1
    while end > start and lines[end - 1].strip() in {"", "• • •"}:
        end -= 1
    return lines[start:end]


def _cut(lines: Sequence[str], count: int | None) -> list[list[str]]:
    for goes_on in _GOES_ON:
        statuses = _cut_by(goes_on, lines)
        if count in {None, len(statuses)}:
            return statuses
    return _cut_by(_GOES_ON[0], lines)


def _cut_by(goes_on: set[tuple[str, str]], lines: Sequence[str]) -> list[list[str]]:
    statuses: list[list[str]] = []
    above = "empty"
    for line in lines:
        kind = _kind(line)
        stays = "empty" in {above, kind} or kind == "picture" or (above, kind) in goes_on
        if not (stays and statuses):
            statuses.append([])
        statuses[-1].append(line)
        above = kind
    return statuses


def _kind(line: str) -> str:
    if not line:
        return "empty"
    if _PICTURES.match(line):
        return "picture"
    if _BULLET.match(line):
        return "bullet"
    return "number" if _NUMBER.match(line) else "text"


def _part(lines: Sequence[str], number: int) -> Part:
    """The status without the word `Image`, and where that stood."""
    text, places = _without_pictures(lines)
    end, glued = _without_glued(text)
    places = [min(place, end) for place in places] + [end] * glued
    spans = (
        Span(
            place,
            place,
            SpanKind.LOST_PICTURE,
            f"part {number}, picture {n}" if n > 1 else f"part {number}",
        )
        for n, place in enumerate(places, 1)
    )
    return Part(text[:end], tuple(spans))


def _without_pictures(lines: Sequence[str]) -> tuple[str, list[int]]:
    """Without the lines that are only pictures; the places of these, once for each."""
    kept: list[str] = []
    places: list[int] = []
    size = 0  # of the kept lines, each with its line break
    for line in lines:
        if _kind(line) == "picture":
            while kept and not kept[-1]:
                kept.pop()
                size -= 1
            places += [max(0, size - 1)] * line.count(_PICTURE)
            if kept:
                kept.append("")
                size += 1
        elif line or (kept and kept[-1]):
            kept.append(line)
            size += len(line) + 1
    return "\n".join(kept).rstrip(), places


def _without_glued(text: str) -> tuple[int, int]:
    """Where the text ends without the pictures after its last word, and how many they are."""
    end, pictures = len(text), 0
    while text.endswith(_PICTURE, 0, end):
        before = end - len(_PICTURE)
        if before and _NOT_BEFORE_A_PICTURE.match(text[before - 1]):
            break
        pictures += 1
        end = before
        while end and text[end - 1].isspace():
            end -= 1
    return end, pictures
