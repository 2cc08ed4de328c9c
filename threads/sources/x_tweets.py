"""One tweet of an X archive, translated. Pure.

All numbers are strings and what is not there is absent. The places of links and mentions
count the code points of `full_text` while it is escaped (`&amp;`, `&lt;`, `&gt;`), so they
are applied first and the pieces unescaped afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any, NamedTuple

from threads.sources.base import (
    MediaKind,
    SkipReason,
    SourceMedia,
    SourceStatus,
    Span,
    SpanKind,
)
from threads.text.addresses import bare_spans

Tweet = Mapping[str, Any]
LONGEST_ID = 20  # digits of 64 bits
FindFile = Callable[[str, list[str]], str]  # tweet id and names to look for: the file's name

_NAMES = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"
MONTHS = {name: number for number, name in enumerate(_NAMES.split(), start=1)}
KINDS = {
    "photo": MediaKind.IMAGE,
    "video": MediaKind.VIDEO,
    "animated_gif": MediaKind.GIF,
}
STATUS = re.compile(
    r"https?://(?:(?:www|mobile|m)\.)?(?:twitter|x)\.com/(?:#!/)?(?:i/web|i|\w+)/status(?:es)?/(\d+)",
    re.IGNORECASE,
)


class Mark(NamedTuple):
    """A stretch of the text as its source counts it."""

    start: int
    end: int
    kind: SpanKind | None  # None: it is taken out
    target: str = ""
    shown: str | None = None  # in place of what stands there


def parse_tweet(tweet: Tweet, handle: str, find_file: FindFile) -> SourceStatus:
    """Raises KeyError, TypeError, ValueError or AttributeError for what is no tweet."""
    id_ = str(int(tweet["id_str"]))
    if len(id_) > LONGEST_ID:
        raise ValueError(f"{id_} is no id of X.")
    raw = tweet["full_text"]
    if raw.startswith("RT @"):
        return skipped(id_, SkipReason.RETWEET)
    text, spans = marked(raw, _marks(tweet), unescape)
    likes = tweet.get("favorite_count")
    language = tweet.get("lang", "")
    return SourceStatus(
        id=id_,
        sort_key=id_.zfill(20),
        text=text,
        spans=spans,
        posted_at=parse_time(tweet["created_at"]),
        url=f"https://x.com/{handle or 'i/web'}/status/{id_}",
        reply_to=tweet.get("in_reply_to_status_id_str") or "",
        reply_to_account=tweet.get("in_reply_to_user_id_str") or "",
        quote_of=quoted(spans),
        language=language if len(language) == 2 else "",
        likes=None if likes is None else int(likes),
        media=tuple(_media(tweet, id_, find_file)),
        versions=_versions(tweet.get("edit_info")),
    )


def skipped(id_: str, reason: SkipReason) -> SourceStatus:
    return SourceStatus(id=id_, sort_key=id_.zfill(20), text="", skip=reason)


def parse_time(written: str) -> datetime:
    """`Sat Nov 09 12:14:18 +0000 2024`, whatever language the machine speaks."""
    _, month, day, time, offset, year = written.split()
    if offset != "+0000":
        raise ValueError(f"An X archive tells its times in UTC, not {offset}.")
    hour, minute, second = time.split(":")
    return datetime(
        int(year), MONTHS[month], int(day), int(hour), int(minute), int(second), tzinfo=UTC
    )


def unescape(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


# --- text and spans ---------------------------------------------------------------------------


def _marks(tweet: Tweet) -> Iterator[Mark]:
    """What replaces text has to stand where it says, so that nothing is ever garbled."""
    raw = tweet["full_text"]
    entities = tweet.get("entities") or {}
    for url in entities.get("urls", ()):
        start, end = _indices(url)
        if raw[start:end] == url["url"]:
            yield link(start, end, url["url"], url.get("expanded_url"))
    for media in entities.get("media", ()):
        start, end = _indices(media)
        if raw[start:end] == media["url"]:
            yield Mark(start, with_space(raw, start, end), None, shown="")
    for mention in entities.get("user_mentions", ()):
        start, end = _indices(mention)
        yield Mark(start, end, SpanKind.MENTION, f"https://x.com/{mention['screen_name']}")
    for hashtag in entities.get("hashtags", ()):
        yield Mark(*_indices(hashtag), SpanKind.HASHTAG)


def _indices(entity: Mapping[str, Any]) -> tuple[int, int]:
    start, end = entity["indices"]
    return int(start), int(end)


def with_space(raw: str, start: int, end: int) -> int:
    """One of the two spaces around what is taken out goes with it."""
    before = raw[start - 1 : start]
    return end + 1 if raw[end : end + 1] == " " and (not before or before.isspace()) else end


def link(start: int, end: int, short: str, expanded: str | None) -> Mark:
    target = expanded or short
    kind = SpanKind.QUOTE if STATUS.match(target) else SpanKind.LINK
    return Mark(start, end, kind, target, shown=target)


def marked(
    raw: str, marks: Iterable[Mark], plain: Callable[[str], str] = str
) -> tuple[str, tuple[Span, ...]]:
    """The plain text, and the marks as spans of it. Styles may lie across other marks."""
    marks = _fitting(marks, len(raw))
    replaced = {mark.start: mark for mark in marks if mark.shown is not None}
    cuts = sorted({0, len(raw), *(at for mark in marks for at in (mark.start, mark.end))})
    place: dict[int, int] = {}  # where an offset of the raw text is in the plain one
    pieces, length, hidden_to = [], 0, 0
    for start, end in pairwise([*cuts, len(raw)]):
        place[start] = length
        piece = plain(raw[start:end]) if start >= hidden_to else ""
        if start in replaced:
            piece, hidden_to = replaced[start].shown or "", replaced[start].end
        pieces.append(piece)
        length += len(piece)
    text = "".join(pieces).rstrip().replace("\0", "\ufffd")
    spans = [
        Span(place[mark.start], min(place[mark.end], len(text)), mark.kind, mark.target)
        for mark in marks
        if mark.kind and place[mark.start] < min(place[mark.end], len(text))
    ]
    return text, tuple(sorted([*spans, *_bare(text, spans)], key=lambda span: span.start))


def _fitting(marks: Iterable[Mark], length: int) -> list[Mark]:
    """Those inside the text; of links and media that overlap, the first."""
    fitting: list[Mark] = []
    free_from = 0
    for mark in sorted(marks, key=lambda mark: (mark.start, mark.end)):
        if not 0 <= mark.start < mark.end <= length:
            continue
        if mark.shown is not None:
            if mark.start < free_from:
                continue
            free_from = mark.end
        fitting.append(mark)
    return fitting


def _bare(text: str, spans: list[Span]) -> Iterator[Span]:
    """Addresses in full, as tweets had them before there was t.co."""
    if text.count("://") <= sum("://" in span.target for span in spans):
        return
    for start, end, kind, target in bare_spans(text):
        taken = any(span.start < end and start < span.end for span in spans)
        if not taken and kind != SpanKind.MENTION and "://" in text[start:end]:
            yield Span(start, end, SpanKind(kind), target)


def quoted(spans: Iterable[Span]) -> str:
    quotes = [span.target for span in spans if span.kind == SpanKind.QUOTE]
    found = STATUS.match(quotes[-1]) if quotes else None
    return found[1] if found else ""


# --- media and edits --------------------------------------------------------------------------


def _media(tweet: Tweet, id_: str, find_file: FindFile) -> Iterator[SourceMedia]:
    # `entities` has one of up to four pictures; `extended_entities` has them all.
    entities = tweet.get("extended_entities") or tweet.get("entities") or {}
    for media in entities.get("media", ()):
        addresses = _addresses(media)
        size = (media.get("sizes") or {}).get("large") or {}
        yield SourceMedia(
            kind=KINDS.get(media.get("type", ""), MediaKind.IMAGE),
            url=addresses[0],
            name=find_file(id_, [address.rpartition("/")[2] for address in addresses]),
            width=int(size["w"]) if "w" in size else None,
            height=int(size["h"]) if "h" in size else None,
        )


def _addresses(media: Mapping[str, Any]) -> list[str]:
    """Where it was, the best quality first."""
    variants = [
        (int(variant["bitrate"]), variant["url"].partition("?")[0])
        for variant in (media.get("video_info") or {}).get("variants", ())
        if "bitrate" in variant
    ]
    return [url for _, url in sorted(variants, reverse=True)] or [media["media_url_https"]]


def _versions(edit_info: Mapping[str, Any] | None) -> tuple[str, ...]:
    if not edit_info:
        return ()
    edit = edit_info.get("edit") or {}
    initial = edit.get("editControlInitial") or edit_info.get("initial") or {}
    ids = initial.get("editTweetIds", ())
    return tuple(ids) if len(ids) > 1 else ()
