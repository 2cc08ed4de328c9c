"""Headings: where the parts of a thread are its numbered sections."""

from __future__ import annotations

import re

from threads.text.blocks import Block, Kind
from threads.text.links import inline
from threads.text.numbering import point
from threads.text.spans import Marked

LONGEST = 90
_NOT_AT_THE_END = (":", ",", ";", "…", "...", "、", "，")
_SECOND_SENTENCE = re.compile(r"[.!?]\s+\S|[。！？]\S")


def reads_as_heading(text: str, *, is_followed: bool) -> bool:
    """Whether the first line of a numbered part is the heading of what follows it."""
    first, _, rest = text.strip().partition("\n")
    number = point(first)
    words = first[number.end() :] if number else first
    return (
        len(first) <= LONGEST
        and not words.endswith(_NOT_AT_THE_END)
        and not _SECOND_SENTENCE.search(words)
        and bool(rest.strip() or is_followed)
    )


def heading(line: Marked, level: int, *, is_markdown: bool) -> Block:
    """The number stays: it is a word of the author's, and "the third point" refers to it."""
    written = line.text.replace("\\.", ".", 1) if is_markdown else inline(line, at_start=False)
    # Number signs at the end would close the heading and be gone.
    written = re.sub(r"(?<=\s)(#+)$", r"\\\1", written)
    return Block(Kind.HEADING, f"{'#' * level} {written}")
