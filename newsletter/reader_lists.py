"""Lists of readers as files: CSV from other programs in, CSV for spreadsheets out. Pure."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

LARGEST = 50 * 1024**2
MOST_ROWS = 500_000

ADDRESS = {"address", "email", "e-mail", "mail", "email address", "e-mail address"}
NAME = {"name", "full name"}
STATE = {"state", "status"}
WILLING = {"", "active", "subscribed", "enabled", "confirmed"}

# A spreadsheet takes a cell that begins so for a formula.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


class BrokenFile(ValueError):
    """Says which line of the file cannot be read, and why."""


class Writable(Protocol):
    def write(self, text: str, /) -> object: ...


@dataclass(frozen=True)
class Row:
    line: int
    address: str
    name: str = ""
    left: bool = False  # the file itself says that they are no reader any more


def read_list(data: bytes) -> list[Row]:
    """From CSV with a header, or from one address a line."""
    if len(data) > LARGEST:
        raise BrokenFile(f"The file is larger than {LARGEST // 1024**2} MB. Cut it into pieces.")
    text = _decode(data)
    header, _, _ = text.lstrip().partition("\n")
    if not header.strip():
        raise BrokenFile("The file is empty.")
    rows = _rows(text, _separator(header))
    first_line, first = next(rows)
    columns = [cell.strip().casefold().replace("_", " ") for cell in first]
    if not ADDRESS.intersection(columns):
        if "@" not in header or len(first) > 1:
            raise BrokenFile(
                "No column is called “email”. Name the columns in the first line, "
                "or write one address on each line."
            )
        columns, rows = ["email"], _with_first((first_line, first), rows)
    return list(_read_rows(columns, rows))


def write_list(out: Writable, header: Sequence[str], rows: Iterable[Sequence[str]]) -> int:
    """Returns how many rows it wrote."""
    writer = csv.writer(out)
    writer.writerow(header)
    count = 0
    for row in rows:
        writer.writerow([disarmed(cell) for cell in row])
        count += 1
    return count


def disarmed(cell: str) -> str:
    """Nothing that a spreadsheet would run."""
    return f"'{cell}" if cell.startswith(DANGEROUS) else cell


def _decode(data: bytes) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise BrokenFile(f"Line {line} is not UTF-8. Save the file as CSV UTF-8.") from error
    if (place := text.find("\0")) >= 0:
        line = text.count("\n", 0, place) + 1
        raise BrokenFile(f"Line {line} holds a NUL character. This is not a list of addresses.")
    return text


def _separator(header: str) -> str:
    return max(",;\t", key=header.count)


def _rows(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """The rows that are not empty, each with the number of the line it ends on."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    count = 0
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                count += 1
                yield reader.line_num, row
            if count > MOST_ROWS:
                raise BrokenFile(f"The file has more than {MOST_ROWS:,} rows. Cut it into pieces.")
    except csv.Error as error:
        raise BrokenFile(f"Line {reader.line_num} is not CSV: {error}.") from error


def _with_first(
    first: tuple[int, list[str]], rest: Iterator[tuple[int, list[str]]]
) -> Iterator[tuple[int, list[str]]]:
    yield first
    yield from rest


def _read_rows(columns: list[str], rows: Iterable[tuple[int, list[str]]]) -> Iterator[Row]:
    for line, row in rows:
        cells = dict(zip(columns, row, strict=False))
        yield Row(
            line,
            _cell(cells, ADDRESS),
            _cell(cells, NAME),
            left=_cell(cells, STATE).casefold() not in WILLING,
        )


def _cell(cells: dict[str, str], names: set[str]) -> str:
    """The first that is filled in, without what `disarmed` put before it."""
    found = next((cells[name].strip() for name in cells if name in names and cells[name]), "")
    is_disarmed = found.startswith("'") and found[1:].startswith(DANGEROUS)
    return found[1:].strip() if is_disarmed else found
