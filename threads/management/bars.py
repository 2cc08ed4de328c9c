"""Progress in a terminal: one line that is written over, and gone at the end."""

from __future__ import annotations

from collections.abc import Callable

from django.core.management.base import OutputWrapper

WIDTH = 30
CLEAR = "\r\x1b[K"


class Bar:
    """On standard error. Where that is no terminal it shows nothing, and lines say it all."""

    def __init__(self, stream: OutputWrapper) -> None:
        self._stream = stream
        self._is_shown = False
        self.is_there = bool(stream.isatty())

    def show(self, done: int, total: int) -> None:
        """`total`: 0 while nobody knows it."""
        if not self.is_there:
            return
        if total:
            filled = WIDTH * min(done, total) // total
            words = f"[{'#' * filled}{'-' * (WIDTH - filled)}] {done:,} of {total:,}"
        else:
            words = f"{done:,} read"
        self._stream.write(CLEAR + words, ending="")
        self._stream.flush()
        self._is_shown = True

    def clear(self) -> None:
        if self._is_shown:
            self._stream.write(CLEAR, ending="")
            self._is_shown = False

    def over(self, say: Callable[[str], None]) -> Callable[[str], None]:
        """To say something in lines, without the bar in between."""

        def said(words: str) -> None:
            self.clear()
            say(words)

        return said
