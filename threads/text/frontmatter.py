"""What stands above a Markdown text: its title, author, date and address, a line each.

    ---
    title: Why lamps turn
    date: 2026-03-01
    ---

Of YAML only as much as people write there by hand, and nothing where none of it is known.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import NamedTuple

_BLOCK = re.compile(
    r"\s*?---[ \t]*\n(?P<lines>.*?)(?:^|\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL
)
_LINE = re.compile(r"(?P<name>[A-Za-z_-]+)[ \t]*:[ \t]*(?P<value>.*)")
_NAMES = {
    "title": "title",
    "author": "author",
    "date": "date",
    "published": "date",
    "url": "url",
    "link": "url",
    "source": "url",
    "canonical_url": "url",
}


class FrontMatter(NamedTuple):
    title: str = ""
    author: str = ""
    date: str = ""
    url: str = ""


def read_front_matter(text: str) -> tuple[FrontMatter, str]:
    """And the text below it."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    block = _BLOCK.match(text)
    if not block:
        return FrontMatter(), text
    told: dict[str, str] = {}
    for line in block["lines"].splitlines():
        found = _LINE.fullmatch(line.rstrip())
        name = _NAMES.get(found["name"].lower()) if found else None
        if found and name and (value := _bare(found["value"])):
            told.setdefault(name, value)
    return (FrontMatter(**told), text[block.end() :]) if told else (FrontMatter(), text)


def date_in(written: str) -> datetime | None:
    """Without an offset it is in UTC."""
    try:
        date = datetime.fromisoformat(written.strip())
    except ValueError:
        return None
    return date if date.tzinfo else date.replace(tzinfo=UTC)


def _bare(value: str) -> str:
    value = value.strip()
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        value = value[1:-1]
    return value.strip("[]").strip() if value.startswith("[") else value
