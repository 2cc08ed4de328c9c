"""The rows of a long JSON list, one at a time, whatever stands before the list.

X's files are scripts: `window.YTD.tweets.part0 = [ … ]`. They are never run, only read:
`rows` by a parser that knows at every byte where it is, `wrapped_rows` several times as
fast by cutting the file where one row ends and the next begins. Whatever looks unusual to
the quick way is read in the careful one, so both tell the same. Elsewhere the list is a
value of an object, `{"orderedItems": [ … ]}`, which `rows` reads, too.
"""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

import ijson
import msgspec

from threads.sources.base import SourceFormatError

Open = Callable[[], io.BufferedReader]

HEAD = 4096
CHUNK = 256 * 1024
LONGEST_ROW = 4 * 1024**2
_ASSIGNMENT = re.compile(rb"\s*(?:window\.[\w.]+\s*=\s*)?\[")
_OTHER_ENCODINGS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_JSON_SPACE = rb"[ \t\n\r]*"
_END = re.compile(rb"\}[ \t\n\r]*\][ \t\n\r]*\Z")
_DAMAGED = (ijson.JSONError, UnicodeDecodeError)


class _Unusual(Exception):
    """Not written as X does: to be read carefully."""


# --- quickly ------------------------------------------------------------------------------------


def wrapped_rows[T](
    open_: Open,
    name: str,
    key: str,
    quick: Callable[[bytes], T],
    careful: Callable[[Any], T],
) -> Iterator[T]:
    """Of rows like `{"tweet": {…}}` what `quick` makes of the bytes of the inner object.

    It raises msgspec's errors for what it cannot decode. Then `careful` gets the row (with
    its wrapping, where there is one) as decoded JSON, and JSON that is damaged is told with
    its place.
    """
    count = 0
    try:
        for piece in _pieces(open_, key.encode(), name):
            try:
                made = quick(piece)
            except msgspec.ValidationError:
                made = careful({key: msgspec.json.decode(piece)})
            yield made
            count += 1
    except (_Unusual, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        yield from map(careful, islice(rows(open_, name), count, None))


def _pieces(open_: Open, key: bytes, name: str) -> Iterator[bytes]:
    """The file, cut where `},{"tweet":` stands, which cannot be inside a string of JSON.

    Where it stands deeper inside a row, or is written with other spaces later on, the
    pieces are no JSON by themselves.
    """
    opening = _JSON_SPACE.join((rb"\{", b'"%b"' % re.escape(key), b":", b""))
    border = re.compile(_JSON_SPACE.join((rb"\}", b",", opening)))
    with open_() as file:
        file.read(_before_the_list(file.peek(HEAD)[:HEAD], name) + 1)
        rest = file.read(CHUNK)
        begin = re.compile(_JSON_SPACE + opening).match(rest)
        if not begin:
            raise _Unusual
        first = border.search(rest)
        separator = first[0] if first else b"\0"
        rest = rest[begin.end() :]
        while chunk := file.read(CHUNK):
            *whole, rest = (rest + chunk).split(separator)
            yield from whole
            if len(rest) > LONGEST_ROW:
                raise _Unusual
    *whole, last = rest.split(separator)
    yield from whole
    end = _END.search(last)
    if not end:
        raise _Unusual
    yield last[: end.start()]


# --- carefully ----------------------------------------------------------------------------------


def rows(open_: Open, name: str, key: str = "") -> Iterator[Any]:
    """`key`: of the list in the object that the file is; by default the file is the list."""
    with open_() as file:
        feed = _Feed(file, name, key)
        try:
            yield from ijson.items(feed, f"{key}.item" if key else "item", use_float=True)
        except _DAMAGED as error:
            raise _damaged(open_, feed, error) from error


def _damaged(open_: Open, before: _Feed, error: Exception) -> SourceFormatError:
    """With the place, which the parser does not tell: found by reading on byte by byte."""
    name = before.name
    with open_() as file:
        feed = _Feed(file, name, before.key, slowly_from=before.given - before.last)
        try:
            for _ in ijson.basic_parse(feed):
                pass
        except _DAMAGED:
            pass
    reason = str(error)
    if isinstance(error, UnicodeDecodeError) or "UTF8" in reason:
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

    def __init__(
        self, file: io.BufferedReader, name: str, key: str, slowly_from: int | None = None
    ) -> None:
        self.name, self.key = name, key
        self._file = file
        self._slowly_from = slowly_from
        self.given = self.last = 0
        self.line, self.column = 1, 0
        before = _mark if key else _before_the_list
        self._count(file.read(before(file.peek(HEAD)[:HEAD], name)))

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
    mark = _mark(head, name)
    found = _ASSIGNMENT.match(head[mark:])
    if not found:
        raise SourceFormatError(f"{name} does not begin like a file of an X archive.")
    return found.end() - 1 + mark


def _mark(head: bytes, name: str) -> int:
    """How long the mark is that some editors put before UTF-8."""
    if not head.strip():
        raise SourceFormatError(f"{name} is empty.")
    if head.startswith(_OTHER_ENCODINGS) or b"\0" in head[:100]:
        raise SourceFormatError(
            f"{name} is not in UTF-8, but perhaps in UTF-16. Take it from the archive unchanged."
        )
    return len(head) - len(head.removeprefix(codecs.BOM_UTF8))
