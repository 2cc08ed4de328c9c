"""HTML that was copied or that another server sent becomes Markdown. Pure.

The only module that imports markdownify.
"""

from __future__ import annotations

import re
from typing import Any

from markdownify import ATX, BACKSLASH, MarkdownConverter

from threads.text.cleaning import CLOSE, OPEN, PARAGRAPH, clean

_HOLDS_PICTURES = ["a", "del", "em", "h1", "h2", "h3", "h4", "h5", "h6", "strong", "td", "th"]
_PREFIX = re.compile(r"(?:> ?|- |\d{1,9}\. | {1,4})*")


def to_markdown(html: str, *, pictures: bool = True) -> str:
    """`pictures`: whether they are shown from where they are, else linked."""
    converter = _Converter(
        heading_style=ATX,
        bullets="-",
        newline_style=BACKSLASH,
        strip_pre=None,
        escape_misc=True,
        code_language_callback=lambda pre: " ".join(pre.get("class", [])),
        keep_inline_images_in=_HOLDS_PICTURES,
    )
    markdown = converter.convert(clean(html, pictures=pictures))
    lines = "\n".join(map(_with_paragraphs, markdown.split("\n")))
    return lines.replace(OPEN, "[").replace(CLOSE, "]").strip()


class _Converter(MarkdownConverter):
    def convert_a(self, el: Any, text: str, parent_tags: set[str]) -> str:
        """A link that shows its address is written as such, whatever signs are in it."""
        address = str(el.get("href"))
        if el.get_text() == address and "_noformat" not in parent_tags:
            return f"<{address}>"
        return str(super().convert_a(el, text, parent_tags))  # type: ignore[misc] # it is there


def _with_paragraphs(line: str) -> str:
    """A paragraph's border inside a list item or a quotation keeps to it."""
    if PARAGRAPH not in line:
        return line
    prefix = _PREFIX.match(line)
    first = prefix[0] if prefix else ""
    further = re.sub(r"[^>]", " ", first)
    pieces = [piece.strip() for piece in line[len(first) :].split(PARAGRAPH)]
    return first + f"\n{further.rstrip()}\n{further}".join(filter(None, pieces))
