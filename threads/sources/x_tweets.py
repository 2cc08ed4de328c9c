"""One tweet of an X archive, translated. Pure.

All numbers are strings and what is not there is absent. The places of links and mentions
count the code points of `full_text` while it is escaped (`&amp;`, `&lt;`, `&gt;`), so they
are applied first and the pieces unescaped afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from itertools import pairwise
from operator import attrgetter, itemgetter
from typing import NamedTuple

from threads.sources.base import (
    MediaKind,
    SkipReason,
    SourceMedia,
    SourceStatus,
    Span,
    SpanKind,
)
from threads.sources.x_shapes import EditInfo, Entities, Media, Tweet
from threads.text.addresses import bare_spans

LONGEST_ID = 20  # digits of 64 bits
FindFile = Callable[[str, list[str]], str]  # tweet id and names to look for: the file's name

_NAMES = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"
MONTHS = {name: f"{number:02}" for number, name in enumerate(_NAMES.split(), start=1)}
KINDS = {
    "photo": MediaKind.IMAGE,
    "video": MediaKind.VIDEO,
    "animated_gif": MediaKind.GIF,
}
STATUS = re.compile(
    r"https?://(?:(?:www|mobile|m)\.)?(?:twitter|x)\.com/(?:#!/)?(?:i/web|i|\w+)/status(?:es)?/(\d+)",
    re.IGNORECASE,
)
NOTHING = Entities()


class Mark(NamedTuple):
    """A stretch of the text as its source counts it."""

    start: int
    end: int
    kind: SpanKind | None  # None: it is taken out
    target: str = ""
    shown: str | None = None  # in place of what stands there


_PLACE = itemgetter(0, 1)
_START = attrgetter("start")


def parse_tweet(
    tweet: Tweet, handle: str, find_file: FindFile, fingerprint: str = ""
) -> SourceStatus:
    """Raises KeyError or ValueError for what is no tweet."""
    id_ = str(int(tweet.id_str))
    if len(id_) > LONGEST_ID:
        raise ValueError(f"{id_} is no id of X.")
    raw = tweet.full_text
    if raw.startswith("RT @"):
        return skipped(id_, SkipReason.RETWEET, fingerprint)
    entities = tweet.entities or NOTHING
    text, spans = marked(raw, _marks(raw, entities), unescape)
    extended = tweet.extended_entities
    # `entities` has one of up to four pictures; `extended_entities` has them all.
    media = (extended and extended.media) or entities.media
    language = tweet.lang or ""
    return SourceStatus(
        id=id_,
        sort_key=id_.zfill(20),
        text=text,
        spans=spans,
        posted_at=parse_time(tweet.created_at),
        url=f"https://x.com/{handle or 'i/web'}/status/{id_}",
        reply_to=tweet.in_reply_to_status_id_str or "",
        reply_to_account=tweet.in_reply_to_user_id_str or "",
        quote_of=quoted(spans) if spans else "",
        language=language if len(language) == 2 else "",
        likes=tweet.favorite_count,
        media=tuple([_medium(one, id_, find_file) for one in media]) if media else (),
        versions=_versions(tweet.edit_info) if tweet.edit_info else (),
        fingerprint=fingerprint,
    )


def skipped(id_: str, reason: SkipReason, fingerprint: str = "") -> SourceStatus:
    return SourceStatus(
        id=id_, sort_key=id_.zfill(20), text="", skip=reason, fingerprint=fingerprint
    )


def parse_time(written: str) -> datetime:
    """`Sat Nov 09 12:14:18 +0000 2024`, whatever language the machine speaks."""
    if written[19:26] != " +0000 ":
        raise ValueError(f"An X archive tells its times in UTC, not as in {written!r}.")
    month = MONTHS[written[4:7]]
    return datetime.fromisoformat(f"{written[26:]}-{month}-{written[8:10]}T{written[11:19]}+00:00")


def unescape(text: str) -> str:
    if "&" not in text:
        return text
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


# --- text and spans ---------------------------------------------------------------------------


def _marks(raw: str, entities: Entities) -> list[Mark]:
    """What replaces text has to stand where it says, so that nothing is ever garbled."""
    marks: list[Mark] = []
    for url in entities.urls:
        start, end = url.indices
        if raw[start:end] == url.url:
            marks.append(link(start, end, url.url, url.expanded_url))
    for media in entities.media:
        start, end = media.indices
        if raw[start:end] == media.url:
            marks.append(Mark(start, with_space(raw, start, end), None, shown=""))
    for mention in entities.user_mentions:
        target = f"https://x.com/{mention.screen_name}"
        marks.append(Mark(*mention.indices, SpanKind.MENTION, target))
    marks += [Mark(*hashtag.indices, SpanKind.HASHTAG) for hashtag in entities.hashtags]
    return marks


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
    marks = sorted(marks, key=_PLACE)
    text, spans = _beside(raw, marks, plain) or _across(raw, _fitting(marks, len(raw)), plain)
    if "://" in text and (bare := _bare(text, spans)):
        spans = sorted([*spans, *bare], key=_START)
    return text, tuple(spans)


def _beside(
    raw: str, marks: Iterable[Mark], plain: Callable[[str], str]
) -> tuple[str, list[Span]] | None:
    """For marks that stand beside each other, as nearly always. Else None."""
    pieces: list[str] = []
    spans: list[Span] = []
    length = at = 0
    for start, end, kind, target, shown in marks:
        if start < at or start >= end:
            return None
        before = plain(raw[at:start])
        instead = plain(raw[start:end]) if shown is None else shown
        pieces += (before, instead)
        begins = length + len(before)
        length = begins + len(instead)
        if kind and instead:
            spans.append(Span(begins, length, kind, target))
        at = end
    if at > len(raw):
        return None
    pieces.append(plain(raw[at:] if at else raw))
    text = _ended("".join(pieces))
    return None if spans and spans[-1].end > len(text) else (text, spans)


def _across(raw: str, marks: list[Mark], plain: Callable[[str], str]) -> tuple[str, list[Span]]:
    replaced = {mark.start: mark for mark in marks if mark.shown is not None}
    cuts = {0, len(raw), *(at for mark in marks for at in mark[:2])}
    place: dict[int, int] = {}  # where an offset of the raw text is in the plain one
    pieces, length, hidden_to = [], 0, 0
    for start, end in pairwise([*sorted(cuts), len(raw)]):
        place[start] = length
        piece = plain(raw[start:end]) if start >= hidden_to else ""
        if start in replaced:
            piece, hidden_to = replaced[start].shown or "", replaced[start].end
        pieces.append(piece)
        length += len(piece)
    text = _ended("".join(pieces))
    spans = [
        Span(place[mark.start], min(place[mark.end], len(text)), mark.kind, mark.target)
        for mark in marks
        if mark.kind and place[mark.start] < min(place[mark.end], len(text))
    ]
    return text, sorted(spans, key=_START)


def _ended(text: str) -> str:
    return text.rstrip().replace("\0", "\ufffd")


def _fitting(marks: Iterable[Mark], length: int) -> list[Mark]:
    """Those inside the text; of links and media that overlap, the first. In their order."""
    fitting: list[Mark] = []
    free_from = 0
    for mark in marks:
        if not 0 <= mark.start < mark.end <= length:
            continue
        if mark.shown is not None:
            if mark.start < free_from:
                continue
            free_from = mark.end
        fitting.append(mark)
    return fitting


def _bare(text: str, spans: Sequence[Span]) -> list[Span]:
    """Addresses in full, as tweets had them before there was t.co."""
    if text.count("://") <= sum("://" in span.target for span in spans):
        return []
    return [
        Span(start, end, SpanKind(kind), target)
        for start, end, kind, target in bare_spans(text)
        if kind != SpanKind.MENTION
        and "://" in text[start:end]
        and not any(span.start < end and start < span.end for span in spans)
    ]


def quoted(spans: Sequence[Span]) -> str:
    for span in reversed(spans):
        if span.kind is SpanKind.QUOTE:
            found = STATUS.match(span.target)
            return found[1] if found else ""
    return ""


# --- media and edits --------------------------------------------------------------------------


def _medium(media: Media, id_: str, find_file: FindFile) -> SourceMedia:
    addresses = _addresses(media)
    size = media.sizes and media.sizes.large
    return SourceMedia(
        kind=KINDS.get(media.type, MediaKind.IMAGE),
        url=addresses[0],
        name=find_file(id_, [address.rpartition("/")[2] for address in addresses]),
        width=size.w if size else None,
        height=size.h if size else None,
    )


def _addresses(media: Media) -> list[str]:
    """Where it was, the best quality first."""
    variants = [
        (variant.bitrate, variant.url.partition("?")[0])
        for variant in (media.video_info.variants if media.video_info else ())
        if variant.bitrate is not None
    ]
    return [url for _, url in sorted(variants, reverse=True)] or [media.media_url_https]


def _versions(edit_info: EditInfo | None) -> tuple[str, ...]:
    if not edit_info:
        return ()
    edit = edit_info.edit and edit_info.edit.edit_control_initial
    versions = edit or edit_info.initial
    ids = versions.edit_tweet_ids if versions else ()
    return tuple(ids) if len(ids) > 1 else ()
