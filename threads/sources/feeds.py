"""RSS, Atom and JSON feeds, as a signal that something was posted, and as nothing more.

Of an entry its id, address and date are read. What it says is asked of the platform.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from xml.parsers import expat

from threads.http import Web
from threads.sources.base import SourceFormatError

REMEMBERED = 200  # entries; feeds show the newest twenty to fifty
ENTRIES = {"item", "entry"}
FIELDS = {
    "guid": "id",
    "id": "id",
    "link": "url",
    "pubdate": "posted_at",
    "published": "posted_at",
    "updated": "posted_at",
    "date": "posted_at",
}


@dataclass(slots=True)
class Entry:
    id: str = ""
    url: str = ""
    posted_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Signal:
    """`cursor` is for the next question, once what is new was brought in."""

    new: tuple[Entry, ...]
    cursor: dict[str, Any]


def ask(address: str, cursor: Mapping[str, Any], web: Web) -> Signal:
    """What the feed lists that it did not list before. Raises FetchError, SourceFormatError."""
    headers = {"If-None-Match": cursor.get("etag"), "If-Modified-Since": cursor.get("modified")}
    answer = web.get(address, headers={name: value for name, value in headers.items() if value})
    if answer.status == 304:
        return Signal((), dict(cursor))
    entries = read(answer.body)
    seen = list(cursor.get("seen", ()))
    new = {_mark(entry): entry for entry in entries if _mark(entry) not in seen}
    kept = {
        "seen": [*new, *seen][:REMEMBERED],
        "etag": _sendable(answer.headers.get("etag", "")),
        "modified": _sendable(answer.headers.get("last-modified", "")),
    }
    return Signal(tuple(new.values()), kept)


def read(body: bytes) -> list[Entry]:
    """The entries of a feed that have an id or an address. Raises SourceFormatError."""
    entries = _read_json(body) if body.lstrip()[:1] == b"{" else _read_xml(body)
    return [entry for entry in entries if entry.id or entry.url]


def _sendable(header: str) -> str:
    return header if header.isascii() else ""


def _mark(entry: Entry) -> str:
    return hashlib.blake2b(
        (entry.id or entry.url).encode(errors="replace"), digest_size=8
    ).hexdigest()


def _moment(written: str) -> datetime | None:
    """RFC 3339 in Atom and JSON, RFC 5322 in RSS; anything else is no date."""
    for parse in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            moment = parse(written)
        except ValueError:
            continue
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return None


# --- JSON Feed: https://www.jsonfeed.org/version/1.1/ ------------------------------------------


def _read_json(body: bytes) -> Iterable[Entry]:
    try:
        feed = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise SourceFormatError("The feed is no JSON that can be read.") from error
    if "jsonfeed.org" not in str(feed.get("version")) or not isinstance(feed.get("items"), list):
        raise SourceFormatError("There is JSON at this address, but it is no feed.")
    return [
        Entry(
            str(item.get("id") or ""),
            str(item.get("url") or ""),
            _moment(str(item.get("date_published") or "")),
        )
        for item in feed["items"]
        if isinstance(item, dict)
    ]


# --- RSS and Atom ------------------------------------------------------------------------------


@dataclass(slots=True)
class _Reader:
    """What the parser meets, in order."""

    entries: list[Entry] = field(default_factory=list)
    root: str = ""
    path: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        name = _local(name)
        self.root = self.root or name
        self.words.clear()
        if name in ENTRIES:
            self.entries.append(Entry())
        elif name == "link" and self._in_entry() and attributes.get("rel") in {None, "alternate"}:
            self._tell("url", attributes.get("href", ""))
        self.path.append(name)

    def end(self, name: str) -> None:
        name = self.path.pop()
        if name in FIELDS and self._in_entry():
            self._tell(FIELDS[name], "".join(self.words).strip())
        self.words.clear()

    def _in_entry(self) -> bool:
        """Right below one: an author or a picture in it has addresses of its own."""
        return bool(self.path) and self.path[-1] in ENTRIES

    def _tell(self, name: str, value: str) -> None:
        entry = self.entries[-1]
        if value and not getattr(entry, name):
            setattr(entry, name, _moment(value) if name == "posted_at" else value)


def _local(name: str) -> str:
    return name.rpartition(":")[2].lower()


def _refuse_definitions(*told: object) -> None:
    raise SourceFormatError("The feed defines entities of its own, which no feed needs.")


def _read_xml(body: bytes) -> list[Entry]:
    reader = _Reader()
    parser = expat.ParserCreate()
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.words.append
    parser.EntityDeclHandler = _refuse_definitions
    try:
        parser.Parse(body, True)
    except expat.ExpatError as error:
        raise SourceFormatError(f"The feed cannot be read ({error}).") from error
    if reader.root not in {"rss", "rdf", "feed"}:
        raise SourceFormatError("There is no feed at this address.")
    return reader.entries
