"""Plain text as a browser would lay it out, and the places of what means something in it."""

from __future__ import annotations

import re

from threads.text.spans import Span, SpanKind

_SPACE = re.compile(r"[ \t\r\n\f]+")


class Flow:
    """Runs of white space count as one space, and as none beside a line break."""

    def __init__(self) -> None:
        self.spans: list[Span] = []
        self._pieces: list[str] = []
        self._size = 0
        self._space = False
        self._breaks = 0

    @property
    def text(self) -> str:
        return "".join(self._pieces)

    def __bool__(self) -> bool:
        return bool(self._pieces or self.spans)

    def add(self, text: str, kind: SpanKind | None = None, target: str = "") -> None:
        """Text that flows on; with a kind, it is marked as that."""
        words = _SPACE.sub(" ", text)
        inner = words.strip(" ")
        self._space |= words.startswith(" ")
        if inner:
            self._put_gap()
            if kind is not None:
                self.spans.append(Span(self._size, self._size + len(inner), kind, target))
            self._put(inner)
        self._space |= words.endswith(" ")

    def mark(self, kind: SpanKind, target: str) -> None:
        """Something without text of its own, behind the last word."""
        self.spans.append(Span(self._size, self._size, kind, target))

    def line_break(self) -> None:
        self._breaks += 1

    def block(self) -> None:
        """Here a new line begins, if one has not begun already."""
        self._breaks = max(self._breaks, 1)

    def _put_gap(self) -> None:
        if self._size:
            self._put("\n" * min(self._breaks, 2) or " " * self._space)
        self._space, self._breaks = False, 0

    def _put(self, text: str) -> None:
        self._pieces.append(text)
        self._size += len(text)
