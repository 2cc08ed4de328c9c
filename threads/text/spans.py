"""Stretches of a plain text that mean something: links, mentions, places of lost pictures."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum


class SpanKind(StrEnum):
    LINK = "link"  # target: the whole address
    CUT_LINK = "cut_link"  # an address that the source shortened for good; no target
    MENTION = "mention"  # target: the account's page
    HASHTAG = "hashtag"  # target: empty
    QUOTE = "quote"  # target: the quoted status's address
    BOLD = "bold"
    ITALIC = "italic"
    LOST_PICTURE = "lost_picture"  # an empty span where a picture was; target: its description


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a plain status that means something: code points, end exclusive."""

    start: int
    end: int
    kind: SpanKind
    target: str = ""


@dataclass(frozen=True, slots=True)
class Marked:
    """A text with its spans: whatever is cut from it, they stay in their places."""

    text: str
    spans: tuple[Span, ...] = ()

    def between(self, start: int, end: int) -> Marked:
        """A piece of it. An empty span at either edge belongs to the piece."""
        return Marked(
            self.text[start:end],
            tuple(
                replace(span, start=max(span.start, start) - start, end=min(span.end, end) - start)
                for span in self.spans
                if (span.start < end and span.end > start)
                or (span.start == span.end and start <= span.start <= end)
            ),
        )

    def without(self, start: int, end: int) -> Marked:
        """All but a piece of it. What stood empty inside the piece stands where it was."""
        size = end - start

        def moved(place: int) -> int:
            return place if place <= start else max(start, place - size)

        spans = (replace(span, start=moved(span.start), end=moved(span.end)) for span in self.spans)
        return Marked(
            self.text[:start] + self.text[end:],
            tuple(
                span
                for span, was in zip(spans, self.spans, strict=True)
                if span.start < span.end or was.start == was.end
            ),
        )

    def lines(self) -> list[Marked]:
        """Its lines, without the spaces at their ends."""
        found, start = [], 0
        for line in self.text.split("\n"):
            found.append(self.between(start, start + len(line)).stripped())
            start += len(line) + 1
        return found

    def stripped(self) -> Marked:
        start = len(self.text) - len(self.text.lstrip())
        end = len(self.text.rstrip())
        if start >= end:
            start = end = 0
        return self.without(end, len(self.text)).without(0, start)
