"""The rows of a long JSON list, one at a time, whatever stands before the list.

X's files are scripts: `window.YTD.tweets.part0 = [ … ]`. They are never run, only read.
"""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Callable, Iterator
from typing import Any

import ijson

from threads.sources.base import SourceFormatError

HEAD = 4096
_ASSIGNMENT = re.compile(rb"\s*(?:window\.[\w.]+\s*=\s*)?\[")
_OTHER_ENCODINGS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def rows(open_: Callable[[], io.BufferedReader], name: str) -> Iterator[Any]:
    with open_() as file:
        feed = _Feed(file, name)
        try:
            yield from ijson.items(feed, "item", use_float=True)
        except ijson.JSONError as error:
            raise _damaged(open_, name, feed.given - feed.last, error) from error


def _damaged(
    open_: Callable[[], io.BufferedReader], name: str, before: int, error: Exception
) -> SourceFormatError:
    """With the place, which the parser does not tell: found by reading on byte by byte."""
    with open_() as file:
        feed = _Feed(file, name, slowly_from=before)
        try:
            for _ in ijson.basic_parse(feed):
                pass
        except ijson.JSONError:
            pass
    reason = str(error)
    if "UTF8" in reason:
        what = "is not in UTF-8"
    elif "premature EOF" in reason or "incomplete" in reason.lower():
        what = "breaks off"
    else:
        what = "is damaged"
    return SourceFormatError(
        f"{name} {what} at line {feed.line}, column {feed.column}. Nothing was imported; "
        "take the file from the archive again, or download a new one."
    )


class _Feed:
    """What the parser reads from: the file from its list on, with the place it has come to."""

    def __init__(self, file: io.BufferedReader, name: str, slowly_from: int | None = None) -> None:
        self._file = file
        self._slowly_from = slowly_from
        self.given = self.last = 0
        self.line, self.column = 1, 0
        self._count(file.read(_before_the_list(file.peek(HEAD)[:HEAD], name)))

    def read(self, size: int) -> bytes:
        if self._slowly_from is not None and self.given >= self._slowly_from:
            size = min(size, 1)
        data = self._file.read(size)
        self._count(data)
        return data

    def _count(self, data: bytes) -> None:
        self.given += len(data)
        self.last = len(data)
        self.line += data.count(b"\n")
        end = data.rfind(b"\n")
        self.column = len(data) - end - 1 if end >= 0 else self.column + len(data)


def _before_the_list(head: bytes, name: str) -> int:
    if not head.strip():
        raise SourceFormatError(f"{name} is empty.")
    if head.startswith(_OTHER_ENCODINGS) or b"\0" in head[:100]:
        raise SourceFormatError(
            f"{name} is not in UTF-8, but perhaps in UTF-16. Take it from the archive unchanged."
        )
    found = _ASSIGNMENT.match(head.removeprefix(codecs.BOM_UTF8))
    if not found:
        raise SourceFormatError(f"{name} does not begin like a file of an X archive.")
    return found.end() - 1 + (len(head) - len(head.removeprefix(codecs.BOM_UTF8)))
