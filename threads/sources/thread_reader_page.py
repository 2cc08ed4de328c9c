"""What a saved Thread Reader page says, and what the editor is told about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from threads.sources.base import SourceMedia, Span, SpanKind
from threads.text.mending import Mended


@dataclass(frozen=True, slots=True)
class Part:
    text: str
    spans: tuple[Span, ...] = ()
    media: tuple[SourceMedia, ...] = ()
    id: str = ""  # of the status on X, where the page tells it


@dataclass(slots=True)
class Page:
    parts: list[Part] = field(default_factory=list)
    name: str = ""
    handle: str = ""
    count: int | None = None  # of the parts, as the page's head says
    date: str = ""  # as the page's head says
    posted_at: datetime | None = None
    url: str = ""
    previews: list[str] = field(default_factory=list)  # how other threads on the page begin


def warnings(
    page: Page, spans: Sequence[Iterable[Span]], mended: Iterable[Mended]
) -> Iterator[str]:
    """What is doubtful, what was mended, and what is lost: for the editor to look at."""
    text = "\n".join(part.text for part in page.parts)
    found = len(page.parts)
    if page.count is not None and page.count != found:
        yield f"The page says it has {page.count} parts, but {found} were found. Check them."
    if told := ", ".join(f"“{m.was}” to “{m.now}”" for m in mended if m.now in text):
        yield f"Damaged characters were mended: {told}."
    yield from _lost(page, spans)
    if page.date and page.posted_at is None:
        yield f"The page gives the date as “{page.date}”, without a year, so it was left out."
    if page.previews:
        shown = "; ".join(f"“{preview}”" for preview in page.previews)
        yield f"Other threads that the page only begins were left out: {shown}."


def _lost(page: Page, spans: Sequence[Iterable[Span]]) -> Iterator[str]:
    pictures = 0
    for number, (part, inside) in enumerate(zip(page.parts, spans, strict=True), 1):
        for span in inside:
            pictures += span.kind is SpanKind.LOST_PICTURE
            if span.kind is SpanKind.CUT_LINK:
                address = part.text[span.start : span.end]
                yield f"The page cut a link in part {number}: {address} leads nowhere as it is."
    if pictures:
        yield f"The page does not hold its pictures: {pictures} are marked as lost in the text."
