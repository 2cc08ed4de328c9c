"""The values that every source yields, and the errors it may raise.

A source fetches and translates, nothing else: it knows no Django, decides nothing
about threads and stores nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import IO, Protocol

from threads.text.spans import Span as Span
from threads.text.spans import SpanKind as SpanKind


class SourceError(Exception):
    """Bringing something in failed; the message is written for the editor."""


class SourceFormatError(SourceError):
    """What was given is not what it should be. Trying again will not help."""


class SourceUnavailableError(SourceError):
    """The source did not answer. Trying again later may help."""


class Format(StrEnum):
    PLAIN = "plain"
    HTML = "html"
    MARKDOWN = "markdown"


class MediaKind(StrEnum):
    IMAGE = "image"
    GIF = "gif"
    VIDEO = "video"


class SkipReason(StrEnum):
    RETWEET = "retweet"
    REPLY_TO_OTHER = "reply_to_other"
    SUPERSEDED_EDIT = "superseded_edit"
    DELETED = "deleted"
    CIRCLE = "circle"
    FOLLOWERS_ONLY = "followers_only"
    DIRECT = "direct"
    DUPLICATE = "duplicate"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class SourceMedia:
    kind: MediaKind
    url: str = ""
    alt: str = ""
    name: str = ""  # of the file inside the source, when the source carries files
    width: int | None = None
    height: int | None = None


@dataclass(frozen=True, slots=True)
class SourceAccount:
    platform: str
    remote_id: str
    handle: str = ""
    name: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class SourceStatus:
    """One status as its source tells it. `spans` go with PLAIN text only."""

    id: str
    sort_key: str  # sorts the account's statuses as they were posted
    text: str
    format: Format = Format.PLAIN
    spans: tuple[Span, ...] = ()
    posted_at: datetime | None = None
    url: str = ""
    reply_to: str = ""  # the remote id of the status it answers
    reply_to_account: str = ""  # the remote id of whom it answers
    quote_of: str = ""  # the remote id of the status it quotes
    language: str = ""
    likes: int | None = None
    media: tuple[SourceMedia, ...] = ()
    versions: tuple[str, ...] = ()  # the remote ids of all its edits, where there are several
    skip: SkipReason | None = None  # what the source itself knows to be no part of a thread


@dataclass(slots=True)
class Findings:
    """What a source learns while it reads, beside the statuses."""

    warnings: list[str] = field(default_factory=list)
    complete: bool = True


class Source(Protocol):
    """One thing to import. `statuses` may be called more than once, and each time reads anew."""

    kind: str
    findings: Findings

    def account(self) -> SourceAccount:
        """Whose it is. May read the whole source, unless `statuses` was read to its end before."""
        ...

    def statuses(self) -> Iterator[SourceStatus]: ...
    def open_media(self, media: SourceMedia, status_id: str) -> IO[bytes] | None:
        """The file of an attachment, or None where the source does not carry it."""
        ...
