"""Correcting where a pasted text is cut into parts. Pure: lists of texts in and out."""

from __future__ import annotations

import re
from collections.abc import Sequence

EMPTY_LINE = re.compile(r"\n[ \t]*\n")


def join(parts: Sequence[str], index: int) -> list[str]:
    """Join a part with the one before it."""
    if not 0 < index < len(parts):
        return list(parts)
    joined = f"{parts[index - 1].rstrip()}\n\n{parts[index].lstrip()}"
    return [*parts[: index - 1], joined, *parts[index + 1 :]]


def split(parts: Sequence[str], index: int, caret: int | None) -> list[str]:
    """Split a part at the caret; without one, or with one at an end, at its first empty line."""
    if not 0 <= index < len(parts):
        return list(parts)
    text = parts[index]
    halves = _halves(text, caret) if caret is not None else None
    if halves is None and (gap := EMPTY_LINE.search(text.strip("\n"))):
        halves = _halves(text.strip("\n"), gap.start())
    if halves is None:
        return list(parts)
    return [*parts[:index], *halves, *parts[index + 1 :]]


def _halves(text: str, at: int) -> tuple[str, str] | None:
    before, after = text[:at].rstrip(), text[at:].lstrip()
    return (before, after) if before and after else None
