"""What a paragraph is: a top-level block of the Markdown, and the lines it stands in.

A list is one, a heading is one. Blanks and lost pictures are none: they are notes for the
editor. Footnotes stand at the end of what readers see, wherever they are written, so they are
none either.
"""

from __future__ import annotations

from dataclasses import dataclass

KINDS = {
    "paragraph_open": "paragraph",
    "heading_open": "heading",
    "bullet_list_open": "list",
    "ordered_list_open": "list",
    "blockquote_open": "quote",
    "fence": "code",
    "code_block": "code",
    "table_open": "table",
    "hr": "rule",
}


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`first` and `last` are lines of the text, from 1, both included."""

    kind: str  # one of KINDS' values
    markdown: str
    first: int
    last: int
