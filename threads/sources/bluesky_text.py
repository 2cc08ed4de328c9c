"""The words of a Bluesky post. Its facets count bytes of UTF-8; they become spans. Pure.

https://docs.bsky.app/docs/advanced-guides/post-richtext
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import accumulate
from typing import Any

from threads.sources.base import Span, SpanKind
from threads.sources.bluesky_ids import DID, profile_address

WEB_ADDRESS = re.compile(r"https?://[^\s\x00-\x1f\x7f]+", re.IGNORECASE)
_FEATURE = "app.bsky.richtext.facet#"
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")  # by databases; each is one code point


def plain(value: object) -> str:
    """A text from outside as it can be stored; empty for what is none."""
    return _UNSTORABLE.sub("\ufffd", value) if isinstance(value, str) else ""


def spans_of(text: str, facets: object) -> tuple[Span, ...]:
    """In the text's order. Facets that do not fit are ignored, as Bluesky's own app does it:
    those that lie outside or begin inside a character, and of those that overlap, the later.
    """
    if not isinstance(facets, list):
        return ()
    places = _places(text)
    found = [span for facet in facets if (span := _span(facet, places))]
    spans: list[Span] = []
    for span in sorted(found, key=lambda span: span.start):
        if not spans or span.start >= spans[-1].end:
            spans.append(span)
    return tuple(spans)


def in_full(text: str, spans: Iterable[Span]) -> str:
    """The text with whole addresses in place of those that were shortened to be shown."""
    for span in sorted(spans, key=lambda span: -span.start):
        shown = text[span.start : span.end]
        if span.kind is SpanKind.LINK and shown.endswith(("...", "…")):
            text = text[: span.start] + span.target + text[span.end :]
    return text


def _places(text: str) -> dict[int, int]:
    """Where each character begins: its byte, and its code point."""
    sizes = (len(char.encode(errors="surrogatepass")) for char in text)
    return {byte: at for at, byte in enumerate(accumulate(sizes, initial=0))}


def _span(facet: Any, places: dict[int, int]) -> Span | None:
    try:
        start = places[facet["index"]["byteStart"]]
        end = places[facet["index"]["byteEnd"]]
        meanings = [meaning for told in facet["features"] if (meaning := _meaning(told))]
    except (KeyError, TypeError):
        return None
    return Span(start, end, *meanings[0]) if meanings and start < end else None


def _meaning(feature: Any) -> tuple[SpanKind, str] | None:
    match feature:
        case {"$type": kind, "uri": str(uri)} if kind == f"{_FEATURE}link":
            return (SpanKind.LINK, plain(uri)) if WEB_ADDRESS.fullmatch(uri) else None
        case {"$type": kind, "did": str(did)} if kind == f"{_FEATURE}mention":
            return (SpanKind.MENTION, profile_address(did)) if DID.fullmatch(did) else None
        case {"$type": kind, "tag": str()} if kind == f"{_FEATURE}tag":
            return SpanKind.HASHTAG, ""
        case _:
            return None
