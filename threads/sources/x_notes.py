"""Long posts of an X archive. Pure.

A tweet holds only the beginning of one. The whole is a note in a file of its own, which
does not say to which tweet it belongs: to the next one after it, some milliseconds later.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from threads.sources.base import SourceStatus, Span, SpanKind
from threads.sources.x_fingerprints import with_more
from threads.sources.x_tweets import Mark, link, marked, quoted

SECOND = 1000 << 22  # of an id, which counts milliseconds above its lowest 22 bits
STYLES = {"Bold": SpanKind.BOLD, "Italic": SpanKind.ITALIC}


class Notes:
    """Keeps the few statuses that a note may belong to until all of them were seen."""

    def __init__(self, rows: Iterable[Any]) -> None:
        self._notes: dict[int, tuple[str, tuple[Span, ...]]] = {}
        for row in rows:
            try:
                note = row.get("noteTweet", row)
                core = note["core"]
                # Not escaped, and without links to media.
                self._notes[int(note["noteTweetId"])] = marked(core["text"], list(_marks(core)))
            except (KeyError, TypeError, ValueError, AttributeError):
                continue  # without it the tweet keeps its beginning
        self._ids = sorted(self._notes)
        self._held: list[SourceStatus] = []

    def may_belong_to(self, status: SourceStatus) -> bool:
        """Holds it back if so; it comes out again in `joined`."""
        if not self.may_concern(status.id):
            return False
        self._held.append(status)
        return True

    def may_concern(self, id_: str) -> bool:
        return bool(self._ids and self._before(int(id_)))

    def _before(self, id_: int) -> int | None:
        """The note posted last within the second before it."""
        index = bisect_left(self._ids, id_)
        note = self._ids[index - 1] if index else None
        return note if note and id_ - note <= SECOND else None

    def joined(self) -> Iterator[SourceStatus]:
        taken: set[int] = set()
        for status in sorted(self._held, key=lambda status: int(status.id)):
            note = self._before(int(status.id))
            if note and note not in taken:
                taken.add(note)
                text, spans = self._notes[note]
                fingerprint = with_more(status.fingerprint, text, repr(spans))
                yield replace(
                    status,
                    text=text,
                    spans=spans,
                    quote_of=quoted(spans),
                    fingerprint=fingerprint,
                )
            else:
                yield status


def _marks(core: Mapping[str, Any]) -> Iterator[Mark]:
    for url in core.get("urls", ()):
        yield link(*_range(url), url["shortUrl"], url.get("expandedUrl"))
    for mention in core.get("mentions", ()):
        yield Mark(*_range(mention), SpanKind.MENTION, f"https://x.com/{mention['screenName']}")
    for hashtag in core.get("hashtags", ()):
        yield Mark(*_range(hashtag), SpanKind.HASHTAG)
    for style in core.get("styletags", ()):
        for kind in style["styleTypes"]:
            if kind["name"] in STYLES:
                yield Mark(*_range(style), STYLES[kind["name"]])


def _range(entity: Mapping[str, Any]) -> tuple[int, int]:
    return int(entity["fromIndex"]), int(entity["toIndex"])
