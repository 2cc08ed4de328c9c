"""What a source tells of a status, as columns of ours, and how to see whether it differs."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
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

Columns = dict[str, Any]
Media = Sequence[Any]

_encode = msgspec.msgpack.Encoder().encode


def columns_of(status: SourceStatus) -> Columns:
    """By the names of `Status`, in plain values that can be laid aside in a file."""
    return {
        "sort_key": status.sort_key,
        "text": status.text,
        "format": status.format.value,
        "spans": [[span.start, span.end, span.kind.value, span.target] for span in status.spans],
        "markdown": "",  # it is made when it is first needed
        "posted_at": status.posted_at,
        "url": status.url,
        "reply_to": status.reply_to,
        "reply_to_account": status.reply_to_account,
        "quote_of": status.quote_of,
        "language": status.language,
        "likes": status.likes,
        "content_warning": status.content_warning[:500],
        "extras": [_extra(extra) for extra in status.extras],
        "gap": status.gap.value if status.gap else "",
        "edited_at": status.edited_at,
        "deleted_at": None,
        "fingerprint": status.fingerprint,
    }


def _extra(extra: SourceExtra) -> dict[str, Any]:
    """With what it is: `{"kind": "quote", …}`."""
    plain: dict[str, Any] = msgspec.to_builtins(extra)
    return {"kind": EXTRAS[type(extra)], **plain}


def media_of(status: SourceStatus) -> list[Media]:
    return [
        (
            media.kind.value,
            media.url,
            media.poster_url,
            media.alt,
            media.name,
            media.width,
            media.height,
        )
        for media in status.media
    ]


def media_from(told: Sequence[Media]) -> list[SourceMedia]:
    return [SourceMedia(MediaKind(kind), *rest) for kind, *rest in told]


def digest_of(columns: Columns, media: Sequence[Media]) -> str:
    """Of what is stored, but for addresses, which change when an author is renamed.

    Its first half is of the words and pictures, so that `words_differ` can tell whether
    readers would notice.
    """
    words = (
        columns["text"],
        columns["format"],
        columns["spans"],
        columns["content_warning"],
        [_without_votes(extra) for extra in columns["extras"]],
        [(kind, url, alt) for kind, url, _, alt, *_ in media],
    )
    rest = (
        columns["posted_at"],
        columns["reply_to"],
        columns["reply_to_account"],
        columns["quote_of"],
        columns["language"],
        columns["likes"],
        columns["edited_at"],
        columns["gap"],
        columns["extras"],
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
