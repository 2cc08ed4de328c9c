"""What a source tells of a status, as it is stored, and how to see whether it differs."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec

from threads.sources.base import (
    MediaKind,
    SourceCard,
    SourceExtra,
    SourceMedia,
    SourcePoll,
    SourceQuote,
    SourceStatus,
)

EXTRAS = {SourceQuote: "quote", SourceCard: "card", SourcePoll: "poll"}
WORDS = 32  # as much of a digest is of what is read; the rest is of everything else

Media = Sequence[Any]

_encode = msgspec.msgpack.Encoder().encode


class Record(msgspec.Struct, array_like=True, gc=False):
    """One status, by the names of `Status`. The times stand first, since drivers differ in them."""

    posted_at: datetime | None
    edited_at: datetime | None
    quote_of: str
    remote_id: str
    sort_key: str
    text: str
    format: str
    spans: str  # JSON, as the database takes it
    url: str
    reply_to: str
    reply_to_account: str
    language: str
    likes: int | None
    content_warning: str
    extras: str  # JSON
    gap: str
    fingerprint: str
    digest: str
    media: Sequence[Media]

    def marks(self) -> list[Any]:
        """The spans."""
        return _read(self.spans)

    def columns(self) -> dict[str, Any]:
        """All but the media, with what was made of an older text or mark taken away."""
        told = {name: getattr(self, name) for name in STORED}
        told |= {"spans": _read(self.spans), "extras": _read(self.extras)}
        return {**told, "markdown": "", "deleted_at": None}


STORED = Record.__struct_fields__[:-1]
NONE = "[]"


def _written(told: list[Any]) -> str:
    return msgspec.json.encode(told).decode() if told else NONE


def _read(written: str) -> list[Any]:
    return msgspec.json.decode(written, type=list[Any]) if written != NONE else []


def record_of(status: SourceStatus) -> Record:
    spans = [[span.start, span.end, span.kind.value, span.target] for span in status.spans]
    extras = [_extra(extra) for extra in status.extras]
    media = [
        (one.kind.value, one.url, one.poster_url, one.alt, one.name, one.width, one.height)
        for one in status.media
    ]
    record = Record(
        status.posted_at,
        status.edited_at,
        status.quote_of,
        status.id,
        status.sort_key,
        status.text,
        status.format.value,
        _written(spans),
        status.url,
        status.reply_to,
        status.reply_to_account,
        status.language,
        status.likes,
        status.content_warning[:500],
        _written(extras),
        status.gap.value if status.gap else "",
        status.fingerprint,
        "",
        media,
    )
    record.digest = _digest(record, spans, extras)
    return record


def _extra(extra: SourceExtra) -> dict[str, Any]:
    """With what it is: `{"kind": "quote", …}`."""
    plain: dict[str, Any] = msgspec.to_builtins(extra)
    return {"kind": EXTRAS[type(extra)], **plain}


def media_from(told: Sequence[Media]) -> list[SourceMedia]:
    return [SourceMedia(MediaKind(kind), *rest) for kind, *rest in told]


def _digest(record: Record, spans: list[Any], extras: list[dict[str, Any]]) -> str:
    """Of what is stored, but for addresses, which change when an author is renamed.

    Its first half is of the words and pictures, so that `words_differ` can tell whether
    readers would notice.
    """
    words = (
        record.text,
        record.format,
        spans,
        record.content_warning,
        [_without_votes(extra) for extra in extras],
        [(kind, url, alt) for kind, url, _, alt, *_ in record.media],
    )
    rest = (
        record.posted_at,
        record.reply_to,
        record.reply_to_account,
        record.quote_of,
        record.language,
        record.likes,
        record.edited_at,
        record.gap,
        extras,
    )
    return _hash(words) + _hash(rest)


def words_differ(one: str, other: str) -> bool:
    return one[:WORDS] != other[:WORDS]


def _without_votes(extra: dict[str, Any]) -> Any:
    if extra["kind"] != "poll":
        return extra
    return [choice for choice, _ in extra["choices"]]


def _hash(told: tuple[Any, ...]) -> str:
    return hashlib.blake2b(_encode(told), digest_size=WORDS // 2).hexdigest()
