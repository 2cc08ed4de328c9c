"""The values that every source yields, and the errors it may raise.

A source fetches and translates, nothing else: it knows no Django, decides nothing
about threads and stores nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import IO, Protocol, runtime_checkable

from threads.text.spans import Span as Span
from threads.text.spans import SpanKind as SpanKind


class SourceError(Exception):
    """Bringing something in failed; the message is written for the editor."""


class SourceFormatError(SourceError):
    """What was given is not what it should be. Trying again will not help."""


class SourceUnavailableError(SourceError):
    """The source did not answer. Trying again later may help."""


class SourceLimitedError(SourceUnavailableError):
    """The platform asks for patience."""

    def __init__(self, message: str, until: datetime) -> None:
        super().__init__(message)
        self.until = until


class SourceGoneError(SourceFormatError):
    """It was there, or may never have been: the source knows it no longer."""


class SourceForbiddenError(SourceFormatError):
    """The source shows it to nobody, or only to those who are logged in."""


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


FORGOTTEN = "#parent"  # ends the made-up id of a parent that its source no longer knows


class Gap(StrEnum):
    """What a source could not tell around a status, and why."""

    PARENT_DELETED = "parent_deleted"  # the status that it answers
    PARENT_PRIVATE = "parent_private"
    PARENT_BLOCKED = "parent_blocked"
    ANSWERS_UNSEEN = "answers_unseen"  # there may be more below: the server showed no deeper
    TEXT_CUT = "text_cut"  # only the beginning of its text


@dataclass(frozen=True, slots=True)
class SourceMedia:
    kind: MediaKind
    url: str = ""
    poster_url: str = ""  # the still of a video
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
class Profile:
    """What an account says of itself now, asked by its id where it has one."""

    account: SourceAccount
    bio: str = ""
    links: tuple[str, ...] = ()  # with whole addresses
    verified_links: tuple[str, ...] = ()  # those that the platform checked (a part of `links`)


@dataclass(frozen=True, slots=True)
class SourceQuote:
    """Somebody else's words, which carry their name and link. An own status that is quoted
    and in the database is shown from there, by `quote_of`."""

    url: str
    author: str = ""  # a name, or the @handle where there is none
    text: str = ""  # empty where it cannot be had
    format: Format = Format.PLAIN
    posted_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SourceCard:
    """The preview of a linked page."""

    url: str
    title: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class SourcePoll:
    choices: tuple[tuple[str, int | None], ...]  # what one could choose, and its votes
    votes: int | None = None
    ended: bool = False


SourceExtra = SourceQuote | SourceCard | SourcePoll


@dataclass(slots=True)
class SourceStatus:
    """One status as its source tells it. `spans` go with PLAIN text only.

    A value like the others, never changed; it is only not frozen because making a frozen one
    takes three times as long, and large archives hold hundreds of thousands.
    """

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
    content_warning: str = ""
    extras: tuple[SourceExtra, ...] = ()
    edited_at: datetime | None = None
    gap: Gap | None = None
    fingerprint: str = ""  # of the source's own bytes, where these are quick to compare


@dataclass(frozen=True, slots=True)
class Same:
    """A status that was read before: its source's bytes have a known fingerprint."""

    id: str


@dataclass(slots=True)
class Findings:
    """What a source learns while it reads, beside the statuses."""

    warnings: list[str] = field(default_factory=list)
    complete: bool = True
    cost: str = ""  # of asking a platform that takes money, in a sentence


class Source(Protocol):
    """One thing to import. `statuses` may be called more than once, and yields the same again.

    A source that is fetched asks the network when it is first used, and keeps what it got.
    """

    kind: str
    findings: Findings

    def account(self) -> SourceAccount:
        """Whose it is. May read the whole source, unless `statuses` was read to its end before."""
        ...

    def statuses(self) -> Iterator[SourceStatus]: ...
    def open_media(self, media: SourceMedia, status_id: str) -> IO[bytes] | None:
        """The file of an attachment, or None where the source does not carry it."""
        ...


@runtime_checkable
class Fingerprinting(Source, Protocol):
    """A source that knows what it read before by its bytes, and need not translate it again."""

    def statuses_but(self, same: Mapping[str, str]) -> Iterator[SourceStatus | Same]:
        """`same`: the fingerprints of statuses that are known, with their ids."""
        ...


class AccountSource(Source, Protocol):
    """What an account posted since it was last asked."""

    cursor: dict[str, str]  # to be given the next time, once this one was read to its end


@dataclass(frozen=True, slots=True)
class Price:
    posts: int  # about how many
    dollars: float


@runtime_checkable
class Priced(Source, Protocol):
    """A source that costs its operator money."""

    def price(self) -> Price:
        """What reading it costs, about. Asks for little more than that."""
        ...
