"""Stretches of a plain text that mean something: links, mentions, places of lost pictures."""

from __future__ import annotations

from dataclasses import dataclass
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
