"""What announces a thread and says nothing in a post: "🧵", "👇", "a thread:", "1/n"."""

from __future__ import annotations

import re

from threads.text.links import LINKS
from threads.text.spans import Marked, SpanKind

_SIGNS = r"(?:(?:🧵|👇[🏻-🏿]?|⬇|⤵|↓|🔽)\ufe0f?\s*)+"
_WORD = r"(?:a\s+|the\s+|my\s+)?(?:(?:short|quick|long|big|little|mini|mega)[\s-]*)?thread"
_OPEN_COUNT = r"[(\[]?1\s?/\s?(?:[nNxX?∞]|…|\.\.\.)?[)\]]?"

_AT_THE_START = re.compile(
    rf"""
      \s* 🧵 \s* [:.–—-]? \s*
    | \s* [(\[] {_WORD} [)\]] \s* [:.–—-]? \s*
    | \s* {_WORD} \s* (?: [:.|–—]+ | -+(?=\s) | (?=\n) | (?={_SIGNS}) | $ ) \s*
    """,
    re.IGNORECASE | re.VERBOSE,
)
_AT_THE_END = re.compile(
    rf"""
      (?P<signs> \s* {_SIGNS} )
    | \s* [(\[] \s* {_WORD} \s* [)\]] [\s.:!]*
    | (?: (?<=[.!?…。\n]) \s* | \s* [,:|–—] \s* | \s+ -+ \s+ | \A \s* ) {_WORD} [\s.:!]*
    """,
    re.IGNORECASE | re.VERBOSE,
)
_ANNOUNCES = re.compile("thread|[🧵👇⬇⤵↓🔽]", re.IGNORECASE)  # in all of the above
_COUNT_AT_THE_START = re.compile(rf"\s*{_OPEN_COUNT}(?![\w/(])[:.]?\s*")
_COUNT_AT_THE_END = re.compile(rf"(?<![\w/])\s*{_OPEN_COUNT}\s*")


def lead_in(text: str, start: int, end: int, *, opening: bool) -> tuple[int, int] | None:
    """The next lead-in at either end of a stretch of the text. `opening`: a "1/" is one, too."""
    announces = _ANNOUNCES.search(text, start, end) is not None
    at_the_start = (_AT_THE_START,) * announces + (_COUNT_AT_THE_START,) * opening
    at_the_end = (_AT_THE_END,) * announces + (_COUNT_AT_THE_END,) * opening
    for form in at_the_start:
        if (match := form.match(text, start, end)) and match[0].strip():
            return match.span()
    for form in at_the_end:
        if match := _at_the_end(form, text, start, end):
            return match.span()
    return None


def _at_the_end(form: re.Pattern[str], text: str, start: int, end: int) -> re.Match[str] | None:
    # The last lines are enough: a search of the whole text would try every place in it.
    for match in form.finditer(text, max(start, end - 80), end):
        if match.end() == end and match[0].strip():
            return match
    return None


def own_words(marked: Marked) -> tuple[int, int]:
    """Where the text's own words begin and end: without spaces, and links after the last."""
    text, end = marked.text, len(marked.text.rstrip())
    for span in sorted(marked.spans, key=lambda span: -span.end):
        shorter = len(text[: span.start].rstrip())
        is_link = span.kind in LINKS or span.kind is SpanKind.CUT_LINK
        if is_link and span.end == end and shorter < span.start:
            end = shorter
    return len(text) - len(text.lstrip()), end
