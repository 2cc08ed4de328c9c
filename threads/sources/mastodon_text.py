"""The HTML of a Mastodon status as plain text with spans. Pure.

What Mastodon itself writes (paragraphs, breaks, links, mentions, hashtags) says no more than
that, and so it reads like any other thread: its counters, lists and lead-ins are known again.
What richer software sends (lists, quotations, code) stays HTML.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from threads.sources.base import Format, Span, SpanKind
from threads.text.elements import link_target
from threads.text.nesting import is_deeper

QUOTE_IN_TEXT = "quote-inline"  # for servers that know no quotes: “RE: <address>”
_DEEPEST = 100
_SPACE = re.compile(r"[ \t\r\n\f]+")
_ADDRESS = re.compile(r"(?:https?://\S+|(?:[\w-]+\.)+[a-z]{2,}(?:[:/?#]\S*)?)", re.IGNORECASE)
_EMPHASIS = {
    "b": SpanKind.BOLD,
    "strong": SpanKind.BOLD,
    "em": SpanKind.ITALIC,
    "i": SpanKind.ITALIC,
}


@dataclass(frozen=True, slots=True)
class Content:
    text: str
    format: Format = Format.PLAIN
    spans: tuple[Span, ...] = ()
    addresses: frozenset[str] = frozenset()  # that it links to


def content_of(html: str, *, with_quote: bool = True) -> Content:
    """`with_quote`: whether the address of a quoted status stays, which may end the text."""
    if is_deeper(html, _DEEPEST):
        return Content(html, Format.HTML)
    parser = LexborHTMLParser(html if with_quote else without_quote(html))
    if parser.body is None:
        return Content("")
    addresses = frozenset(filter(None, map(link_target, parser.css("a"))))
    writer = _Writer()
    try:
        writer.children(parser.body)
    except _RicherError:
        return Content(parser.body.inner_html or "", Format.HTML, addresses=addresses)
    text, spans = writer.written()
    return Content(text, Format.PLAIN, spans, addresses)


def without_quote(html: str) -> str:
    if QUOTE_IN_TEXT not in html or is_deeper(html, _DEEPEST):
        return html
    parser = LexborHTMLParser(html)
    for node in parser.css(f".{QUOTE_IN_TEXT}"):
        node.decompose()
    return parser.body.inner_html or "" if parser.body else ""


def plain(html: str) -> str:
    """Its words alone, one paragraph or line below the other."""
    content = content_of(html)
    if content.format is Format.PLAIN:
        return content.text
    body = LexborHTMLParser(html).body
    return " ".join(body.text(separator=" ").split()) if body else ""


class _RicherError(Exception):
    """It says more than a plain text can."""


class _Writer:
    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._breaks = 0  # before what comes next
        self._spans: list[Span] = []
        self._by_tag: dict[str, Callable[[LexborNode], None]] = {
            "p": self._block,
            "div": self._block,
            "span": self.children,
            "br": self._break,
            "wbr": lambda node: None,
            "a": self._link,
            "img": self._emoji,
            **dict.fromkeys(_EMPHASIS, self._emphasis),
        }

    def children(self, node: LexborNode) -> None:
        for child in node.iter(include_text=True):
            if child.is_text_node:
                self._add(child.text_content or "")
            elif write := self._by_tag.get(child.tag or ""):
                write(child)
            elif child.tag != "-comment":
                raise _RicherError

    def written(self) -> tuple[str, tuple[Span, ...]]:
        text = "".join(self._pieces).rstrip()
        spans = []
        for span in self._spans:
            start, end = span.start, min(span.end, len(text))
            while start < end and text[start].isspace():
                start += 1
            while start < end and text[end - 1].isspace():
                end -= 1
            if start < end:
                spans.append(Span(start, end, span.kind, span.target))
        return text, tuple(sorted(spans, key=lambda span: (span.start, span.end)))

    def _add(self, text: str) -> None:
        text = _SPACE.sub(" ", text)
        if self._breaks or not self._pieces or self._pieces[-1].endswith(" "):
            text = text.removeprefix(" ")
        if not text or (text == " " and not self._pieces):
            return
        if self._breaks and self._pieces:
            self._length -= self._pieces[-1].endswith(" ")
            self._pieces[-1] = self._pieces[-1].removesuffix(" ")
            self._put("\n" * self._breaks)
        self._breaks = 0
        self._put(text)

    def _put(self, text: str) -> None:
        self._pieces.append(text)
        self._length += len(text)

    def _block(self, node: LexborNode) -> None:
        self._breaks = max(self._breaks, 2)
        self.children(node)
        self._breaks = max(self._breaks, 2)

    def _break(self, node: LexborNode) -> None:
        self._breaks += 1

    def _emoji(self, node: LexborNode) -> None:
        """A picture in the place of a sign, which its description names."""
        alt = node.attributes.get("alt") or ""
        if "emoji" not in (node.attributes.get("class") or "") or not alt:
            raise _RicherError
        self._add(alt)

    def _emphasis(self, node: LexborNode) -> None:
        self._marked(_EMPHASIS[node.tag or ""], "", lambda: self.children(node))

    def _link(self, node: LexborNode) -> None:
        target = link_target(node)
        shown = " ".join(node.text().split())
        names = (node.attributes.get("class") or "").split()
        if not target:
            self.children(node)
        elif "hashtag" in names and shown.startswith("#"):
            self._marked(SpanKind.HASHTAG, "", lambda: self._add(shown))
        elif "mention" in names and shown.startswith("@"):
            self._marked(SpanKind.MENTION, target, lambda: self._add(shown))
        elif node.css_first(".invisible, .ellipsis") or _ADDRESS.fullmatch(shown):
            # Of a long address only a piece is shown, so the text is never taken for it.
            self._marked(SpanKind.LINK, target, lambda: self._add(target))
        else:
            self._marked(SpanKind.LINK, target, lambda: self.children(node))

    def _marked(self, kind: SpanKind, target: str, write: Callable[[], None]) -> None:
        start = self._length
        write()
        self._spans.append(Span(start, self._length, kind, target))
