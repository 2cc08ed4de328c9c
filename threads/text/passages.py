"""Markdown that somebody else made, cut into its blocks."""

from __future__ import annotations

import re

from threads.text.blocks import Block, Kind

_FENCE = re.compile(r"\s{0,3}(`{3,}|~{3,})")
_PICTURE = re.compile(r"!\[|\[!\[|\[lost picture:")
_OTHER = re.compile(
    r"#{1,6}\s|[>|<]|\[blank:|\[\^?[^\]]+\]:|[-*_]{3,}$|`{3}|~{3}|(?:[-+*]|\d+[.)])\s"
)


def passages_of(markdown: str) -> list[Block]:
    """The blocks, each as it was written."""
    blocks: list[Block] = []
    lines: list[str] = []
    fence = ""
    for line in [*markdown.replace("\r\n", "\n").split("\n"), ""]:
        if match := _FENCE.match(line):
            if not fence:
                fence = match[1][:3]
            elif match[1].startswith(fence):
                fence = ""
        if line.strip() or fence:
            lines.append(line)
        elif lines:
            blocks.append(_block("\n".join(lines)))
            lines = []
    if lines:
        blocks.append(_block("\n".join(lines)))
    return blocks


def _block(markdown: str) -> Block:
    if _PICTURE.match(markdown) and "\n" not in markdown:
        return Block(Kind.PICTURE, markdown)
    if _OTHER.match(markdown) or markdown[0].isspace():
        return Block(Kind.OTHER, markdown)
    return Block(Kind.PARAGRAPH, markdown, words=markdown.strip())
