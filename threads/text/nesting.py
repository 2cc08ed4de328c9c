"""How deep the elements of foreign HTML lie in each other, before any parser is asked.

Parsers take time that grows with the square of the depth, and some recurse.
"""

from __future__ import annotations

import re

_TAG = re.compile(r"<(/?)([a-z][^\s/>]*)", re.IGNORECASE)
_RAW = frozenset({"script", "style", "textarea", "title"})
_OFTEN_UNCLOSED = frozenset(
    {
        *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param"),
        *("source", "track", "wbr"),
        *("dd", "dt", "li", "option", "p", "tbody", "td", "tfoot", "th", "thead", "tr"),
    }
)


def is_deeper(html: str, limit: int) -> bool:
    """Counted by tags alone, so an element that was left open counts to the end."""
    depth = position = 0
    while tag := _TAG.search(html, position):
        position = tag.end()
        name = tag[2].lower()
        if name in _RAW and not tag[1]:
            closing = html.find(f"</{tag[2]}", position)
            position = closing if closing >= 0 else len(html)
        elif name not in _RAW and name not in _OFTEN_UNCLOSED:
            depth = max(0, depth - 1) if tag[1] else depth + 1
            if depth > limit:
                return True
    return False
