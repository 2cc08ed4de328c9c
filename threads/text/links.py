"""One line of a status as Markdown: its links, mentions and emphasis by their spans."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import quote

from threads.text.addresses import bare_spans
from threads.text.escaping import ATOM, escapes, is_mark, label
from threads.text.spans import Marked, Span, SpanKind

LINKS = {SpanKind.LINK, SpanKind.QUOTE}
MARKERS = {SpanKind.BOLD: "**", SpanKind.ITALIC: "*"}
# No character that a name of a host may never have: such an address leads nowhere.
WEB_ADDRESS = re.compile(r"https?://[^\x00-,/;-?\[-^`{-\x7f\s]+(?=[/?#]|$)", re.IGNORECASE)
_LOOKS_LIKE_ONE = re.compile(
    r"(?:https?://\S+|(?:[\w-]+\.)+[a-z]{2,}(?:[/?#]\S*)?…?)", re.IGNORECASE
)


def inline(line: Marked, *, at_start: bool = True) -> str:
    """The Markdown of a line. `at_start`: no other text stands before it in its block."""
    atoms = _atoms(line)
    hidden = line.text
    for span in atoms:
        hidden = hidden[: span.start] + ATOM * (span.end - span.start) + hidden[span.end :]
    emphasis = _emphasis(line.spans, hidden, atoms)
    backslashes = escapes(hidden, at_start=at_start)
    if emphasis:
        backslashes |= {at for at, char in enumerate(hidden) if char in "*_\\"}
    links = {span.start: span for span in atoms}
    written, at = [], 0
    while at < len(hidden):
        written += emphasis.get(at, [])
        if at in links:
            span = links[at]
            written.append(_link(line.text[span.start : span.end], span))
            at = span.end
            continue
        written.append(f"\\{hidden[at]}" if at in backslashes else hidden[at])
        at += 1
    return "".join([*written, *emphasis.get(at, [])])


def with_bare_links(marked: Marked) -> Marked:
    """With spans for the whole addresses that the source did not mark."""
    free = marked.text
    for span in marked.spans:
        if span.kind not in MARKERS:
            free = free[: span.start] + " " * (span.end - span.start) + free[span.end :]
    found = [
        Span(start, end, SpanKind.LINK, target)
        for start, end, kind, target in bare_spans(free)
        if kind == SpanKind.LINK and WEB_ADDRESS.match(free[start:end])
    ]
    return Marked(marked.text, (*marked.spans, *found)) if found else marked


def link(words: str, address: str) -> str:
    """A link with words of our own."""
    return f"[{label(words)}]({destination(address)})"


def bare_link(address: str) -> str:
    """A link that shows where it leads."""
    return f"<{_quoted(address)}>"


def _atoms(line: Marked) -> list[Span]:
    """The links of a line, none inside another; an address that is not one stays text."""
    found: list[Span] = []
    for span in sorted(line.spans, key=lambda span: (span.start, -span.end)):
        free = not found or span.start >= found[-1].end
        if free and _is_link(span) and line.text[span.start : span.end].strip():
            found.append(span)
    return found


def _is_link(span: Span) -> bool:
    leads = WEB_ADDRESS.match(span.target) and not span.target.endswith("…")
    return bool(leads) and (span.kind in LINKS or span.kind is SpanKind.MENTION)


def _link(shown: str, span: Span) -> str:
    words = shown.strip()
    is_address = span.kind in LINKS and _LOOKS_LIKE_ONE.fullmatch(words)
    written = bare_link(span.target) if is_address else link(words, span.target)
    before, after = shown.split(words)
    return f"{before}{written}{after}"


def destination(address: str) -> str:
    address = _quoted(address).replace("&", "&amp;") if ";" in address else _quoted(address)
    return address if "(" not in address and ")" not in address else f"<{address}>"


def _quoted(address: str) -> str:
    """The address without what would end it too early."""
    return re.sub(r"[\s<>\\`\x00-\x1f]", lambda match: quote(match[0], safe=""), address)


def _emphasis(spans: Iterable[Span], hidden: str, atoms: list[Span]) -> dict[int, list[str]]:
    """The markers of bold and italic stretches, by place; none where they would not be read."""
    markers: dict[int, list[str]] = {}
    last_end = -1
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if span.kind not in MARKERS:
            continue
        start, end = _widened(span, hidden, atoms)
        if start >= end or start <= last_end or not _would_be_read(hidden, start, end):
            continue
        markers.setdefault(start, []).append(MARKERS[span.kind])
        markers.setdefault(end, []).insert(0, MARKERS[span.kind])
        last_end = end
    return markers


def _widened(span: Span, hidden: str, atoms: list[Span]) -> tuple[int, int]:
    """A stretch without the spaces at its edges, and with the whole of each link in it."""
    start, end = span.start, span.end
    while start < end and hidden[start].isspace():
        start += 1
    while start < end and hidden[end - 1].isspace():
        end -= 1
    for atom in atoms:
        if atom.start < end and start < atom.end:
            start, end = min(start, atom.start), max(end, atom.end)
    return start, end


def _would_be_read(hidden: str, start: int, end: int) -> bool:
    """Markers beside punctuation are read only where the other side is a mark, too."""
    opens = not is_mark(hidden[start]) or is_mark(hidden[start - 1 : start])
    closes = not is_mark(hidden[end - 1]) or is_mark(hidden[end : end + 1])
    return opens and closes
