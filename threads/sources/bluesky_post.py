"""One post of Bluesky, as the AppView shows it, becomes a status. Pure.

https://github.com/bluesky-social/atproto/tree/main/lexicons/app/bsky/feed (defs, post)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from threads.sources.base import Gap, SkipReason, SourceStatus, Span, SpanKind
from threads.sources.bluesky_embeds import embedded
from threads.sources.bluesky_ids import TID, did_in, find, post_address, rkey_in, tid
from threads.sources.bluesky_people import account_of, labels_of
from threads.sources.bluesky_text import plain, spans_of
from threads.sources.bluesky_times import EARLIEST, time_of

Post = Mapping[str, Any]
WARNINGS = {
    "porn": "adult content",
    "sexual": "sexually suggestive",
    "nudity": "nudity",
    "graphic-media": "graphic pictures",
    "gore": "graphic pictures",
    "!warn": "sensitive content",
}
LONGEST_LANGUAGE = 20


def status_of(post: Post, gap: Gap | None = None) -> SourceStatus:
    """What cannot be read is told as such, by its uri."""
    try:
        return parse_post(post, gap)
    except (KeyError, TypeError, ValueError, AttributeError):
        return skipped(plain(post.get("uri")), SkipReason.UNREADABLE)


def skipped(uri: str, reason: SkipReason) -> SourceStatus:
    return SourceStatus(id=uri, sort_key=rkey_in(uri)[:40], text="", skip=reason)


def parse_post(post: Post, gap: Gap | None = None) -> SourceStatus:
    """Raises KeyError, TypeError, ValueError or AttributeError for what is no post."""
    uri, record = post["uri"], post["record"]
    author = account_of(post["author"])
    url = post_address(author.handle or author.remote_id, uri)
    text = record["text"]
    if not isinstance(text, str):
        raise TypeError("A post has a text, if an empty one.")
    spans = spans_of(text, record.get("facets"))
    linked = {span.target for span in spans}
    found = embedded(post.get("embed") or record.get("embed"), url=url, linked=linked)
    parent = parent_of(post)
    own_quote = found.quote_of if did_in(found.quote_of) == author.remote_id else ""
    return SourceStatus(
        id=uri,
        sort_key=sort_key(post),
        text=plain(text),
        spans=tuple(_quoting(span, own_quote) for span in spans),
        posted_at=time_of(record.get("createdAt"), post.get("indexedAt")),
        url=url,
        reply_to=parent,
        reply_to_account=did_in(parent),
        quote_of=own_quote,
        language=_language(record.get("langs")),
        likes=post.get("likeCount"),
        media=tuple(found.media),
        content_warning=_warning(labels_of(post) | labels_of(record)),
        extras=tuple(found.extras),
        gap=gap,
    )


def parent_of(post: Post) -> str:
    """The uri of what it answers."""
    return _answered(post, "parent")


def root_of(post: Post) -> str:
    """The uri of the first post of all that it stands under: its own, where it answers nothing."""
    return _answered(post, "root") or plain(post["uri"])


def _answered(post: Post, which: str) -> str:
    reply = post["record"].get("reply")
    answered = reply.get(which) if isinstance(reply, Mapping) else None
    return plain(answered.get("uri")) if isinstance(answered, Mapping) else ""


def time_told(post: Post) -> datetime:
    """By which the AppView sorts what an account posted."""
    return time_of(post["record"].get("createdAt"), post.get("indexedAt")) or EARLIEST


def sort_key(post: Post) -> str:
    """The key of its record, which tells when it was made; else of the time that it tells."""
    key = rkey_in(plain(post["uri"]))
    if TID.fullmatch(key):
        return key
    return tid(time_told(post))


def _quoting(span: Span, quoted: str) -> Span:
    """A link to the own post that is quoted below says nothing more."""
    place = find(span.target) if quoted and span.kind is SpanKind.LINK else None
    if place and place.rkey == rkey_in(quoted):
        return replace(span, kind=SpanKind.QUOTE)
    return span


def _language(languages: object) -> str:
    first = plain(languages[0]) if isinstance(languages, list) and languages else ""
    return first if len(first) <= LONGEST_LANGUAGE else ""


def _warning(labels: set[str]) -> str:
    words = dict.fromkeys(words for label, words in WARNINGS.items() if label in labels)
    return ", ".join(words).capitalize()
