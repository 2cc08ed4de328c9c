"""A page of Thread Reader App that was saved: as HTML, old or new, or as text.

The page shows one thread whole, and below it how others begin. As text it comes with damaged
characters, without ids, without a year and without its pictures; what cannot be restored is
marked, never guessed.

https://threadreaderapp.com
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import IO

from threads.sources import thread_reader_html, thread_reader_text
from threads.sources.base import (
    Findings,
    SourceAccount,
    SourceFormatError,
    SourceMedia,
    SourceStatus,
    Span,
    SpanKind,
)
from threads.sources.identity import content_hash
from threads.sources.thread_reader_page import Page, Part, warnings
from threads.text.addresses import bare_spans
from threads.text.mending import Mended, mend, mend_lead_in

_HTML = re.compile(r"<(?:!doctype|html|head|body|div|span|sup|br)\b", re.IGNORECASE)
_STATUS = re.compile(r"https?://(?:[a-z]+\.)?(?:twitter|x)\.com/(\w{1,15})/status/(\d{1,20})")
_SNOWFLAKES_BEGIN = 30_000_000_000  # earlier ids were counted up and tell no time
_SNOWFLAKE_EPOCH = 1_288_834_974_657  # milliseconds


def recognises(text: str) -> bool:
    if _HTML.search(text):
        return thread_reader_html.looks_like_page(text)
    return thread_reader_text.looks_like_page(text)


class ThreadReaderSource:
    kind = "thread_reader"

    def __init__(self, text: str, name: str) -> None:
        page, mended = read(text, name)
        self._page = page
        self._hash = content_hash([page.handle.lower(), *(part.text for part in page.parts)])
        self._spans = [all_spans(part) for part in page.parts]
        self.findings = Findings(warnings=list(warnings(page, self._spans, mended)))
        by_id = any(part.id for part in page.parts)
        self.findings.complete = not (by_id and page.count and page.count > len(page.parts))

    def account(self) -> SourceAccount:
        page = self._page
        if not page.handle:
            return SourceAccount("x", f"page:{self._hash}", name=page.name)
        url = f"https://x.com/{page.handle}"
        return SourceAccount("x", f"@{page.handle.lower()}", page.handle, page.name, url)

    def statuses(self) -> Iterator[SourceStatus]:
        own = self.account().remote_id
        above = ""
        for number, part in enumerate(self._page.parts, 1):
            status = self._status(part, number)
            yield replace(status, reply_to=above, reply_to_account=own if above else "")
            above = status.id

    def open_media(self, media: SourceMedia, status_id: str) -> IO[bytes] | None:
        """A page names the addresses of its pictures at most."""
        return None

    def _status(self, part: Part, number: int) -> SourceStatus:
        page = self._page
        spans = self._spans[number - 1]
        return SourceStatus(
            id=part.id or f"page:{self._hash}:{number}",
            sort_key=part.id.zfill(20) if part.id else f"{number:05}",
            text=part.text,
            spans=spans,
            posted_at=posted_at(part.id) if part.id else page.posted_at,
            url=self._url(part, number),
            quote_of=_own_quote(spans, page.handle),
            media=part.media,
        )

    def _url(self, part: Part, number: int) -> str:
        if part.id:
            return f"https://x.com/{self._page.handle or 'i'}/status/{part.id}"
        return self._page.url if number == 1 else ""


def read(text: str, name: str) -> tuple[Page, list[Mended]]:
    if not text.strip():
        raise SourceFormatError(f"{name} is empty.")
    if not recognises(text):
        raise SourceFormatError(f"{name} is not a saved page of Thread Reader.")
    text, mended = mend(text.replace("\r\n", "\n").replace("\r", "\n"))
    page = (
        thread_reader_html.read_html(text)
        if _HTML.search(text)
        else thread_reader_text.read_text(text)
    )
    if not page.parts:
        raise SourceFormatError(
            f"{name} shows no thread. Open the thread itself in Thread Reader and save that page."
        )
    if mended:  # only then is the damage that leaves no trace to be looked for
        first, lead_in = mend_lead_in(page.parts[0].text)
        page.parts[0] = replace(page.parts[0], text=first)
        mended += lead_in
    return page, mended


def all_spans(part: Part) -> tuple[Span, ...]:
    """Those that the page tells, and the bare addresses and mentions between them."""
    rest = list(part.text)
    for span in part.spans:
        rest[span.start : span.end] = " " * (span.end - span.start)
    bare = (
        Span(start, end, SpanKind(kind), target)
        for start, end, kind, target in bare_spans("".join(rest))
    )
    return tuple(sorted((*part.spans, *bare), key=lambda span: (span.start, span.end)))


def posted_at(id_: str) -> datetime | None:
    if int(id_) < _SNOWFLAKES_BEGIN:
        return None
    try:
        return datetime.fromtimestamp(((int(id_) >> 22) + _SNOWFLAKE_EPOCH) / 1000, UTC)
    except (OverflowError, ValueError):
        return None


def _own_quote(spans: Iterable[Span], handle: str) -> str:
    for span in spans:
        found = _STATUS.match(span.target) if span.kind is SpanKind.QUOTE else None
        if found and found[1].lower() == handle.lower():
            return found[2]
    return ""
