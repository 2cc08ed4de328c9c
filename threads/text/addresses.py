"""Bare addresses and mentions in plain text: for sources that do not say where their links are.

A name without a scheme is taken for an address only where it is hardly anything else:
`example.com` and `example.rs/x` are, `Node.js` and `main.rs` are not.
"""

from __future__ import annotations

import re

_GENERIC = "com|org|net|edu|gov|int|info|biz|dev|app|blog|news|xyz|social|online|page"
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_REST = r"[^\s<>\"“”«»]"

# Every repetition is bounded or cannot overlap what follows it, so the time is linear.
_FOUND = re.compile(
    rf"""
    (?P<whole> (?<![a-z0-9]) https?:// [^\s<>"“”«»/.?\#…]{_REST}* )
    | (?<![\wÀ-ɏ@/.:%&=+\-])
      (?P<bare>
        (?:{_LABEL}\.){{1,8}}
        (?: (?:{_GENERIC}) (?![\w@\-]|\.\w) (?:[/?\#]{_REST}*)?
          | [a-z]{{2,24}} / {_REST}* )
      )
    | (?<![\wÀ-ɏ@/&\-]) @ (?P<name> [a-z0-9_]{{1,15}} ) (?! \w | @ | \.\w+\.\w )
    """,
    re.IGNORECASE | re.VERBOSE | re.ASCII,
)
_CLOSES = {")": "(", "]": "[", "}": "{"}
_ENDS = ".,;:!?'’*_~|、。，"


def bare_spans(
    text: str, *, mention_base: str = "https://x.com/"
) -> list[tuple[int, int, str, str]]:
    """Where links, cut links and mentions are: start, end, kind, target, in the text's order."""
    return [_span(match, mention_base) for match in _FOUND.finditer(text)]


def _span(match: re.Match[str], mention_base: str) -> tuple[int, int, str, str]:
    if match["name"]:
        return match.start(), match.end(), "mention", mention_base + match["name"]
    shown = _without_punctuation(match[0])
    end = match.start() + len(shown)
    if shown.endswith("…"):
        return match.start(), end, "cut_link", ""
    return match.start(), end, "link", shown if match["whole"] else f"https://{shown}"


def _without_punctuation(address: str) -> str:
    """Without what belongs to the sentence around it; a bracket opened inside stays."""
    surplus = {
        close: address.count(close) - address.count(open_) for close, open_ in _CLOSES.items()
    }
    end = len(address)
    while end and (address[end - 1] in _ENDS or surplus.get(address[end - 1], 0) > 0):
        if address[end - 1] in surplus:
            surplus[address[end - 1]] -= 1
        end -= 1
    return address[:end]
