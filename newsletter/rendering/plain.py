"""A revision as plain text: lines of 74 characters, addresses in a list at the end."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable
from itertools import groupby

from selectolax.lexbor import LexborNode

from newsletter.models import Revision
from newsletter.rendering.addresses import whole_address
from newsletter.rendering.tree import attribute, body_of, children, shows_its_address
from newsletter.rendering.web import html_of
from threads.text.conventions import CALL

WIDTH = 74
BLOCKS = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "blockquote", "pre", "hr"}
BLOCKS |= {"table", "section", "figure", "figcaption"}


def text_of(revision: Revision) -> str:
    """Title, subtitle, byline and body."""
    byline = f"By {revision.byline}" if revision.byline else ""
    head = [_wrapped(line, WIDTH) for line in (revision.title, revision.subtitle, byline)]
    body = _Writer().body(body_of(html_of(revision)))
    return "\n\n".join(filter(None, [*head, body])) + "\n"


class _Writer:
    """Writes one block after the other, and remembers where the links lead."""

    def __init__(self) -> None:
        self._addresses: list[str] = []

    def body(self, node: LexborNode) -> str:
        written = self._blocks(node, WIDTH)
        lines = [f"[{number}] {address}" for number, address in enumerate(self._addresses, 1)]
        return "\n\n".join(filter(None, [written, "\n".join(lines)]))

    def _blocks(self, node: LexborNode, width: int) -> str:
        """What is in a block: other blocks, and lines of text between them."""
        written = []
        for is_block, group in groupby(children(node), lambda child: child.tag in BLOCKS):
            if is_block:
                written += [self._block(child, width) for child in group]
            else:
                written.append(_wrapped(self._lines(group), width))
        return "\n\n".join(filter(None, written))

    def _block(self, node: LexborNode, width: int) -> str:
        match node.tag:
            case "h1" | "h2" | "h3" | "h4" | "h5" | "h6":
                words = _wrapped(self._lines(children(node)), width)
                return f"{words}\n{'-' * max(map(len, words.split('\n')))}"
            case "ul" | "ol":
                return self._list(node, width)
            case "blockquote":
                return _indented(self._blocks(node, width - 2), "> ", "> ")
            case "pre":
                return _indented(node.text().rstrip("\n"), "    ", "    ")
            case "hr":
                return "* * *"
            case "table":
                return "\n".join(map(self._row, node.css("tr")))
            case "p" if attribute(node, "class") == CALL:
                return _call(node, width)
        return self._blocks(node, width)

    def _list(self, node: LexborNode, width: int) -> str:
        items = [child for child in children(node) if child.tag == "li"]
        first = int(attribute(node, "start") or 1)
        signs = [
            f"{number}. " if node.tag == "ol" else "- " for number, _ in enumerate(items, first)
        ]
        written = [
            _indented(self._blocks(item, width - len(sign)), sign, " " * len(sign))
            for sign, item in zip(signs, items, strict=True)
        ]
        return ("\n\n" if any("\n\n" in item for item in written) else "\n").join(written)

    def _row(self, row: LexborNode) -> str:
        return " | ".join(self._lines(children(cell)).strip() for cell in row.css("td, th"))

    def _lines(self, nodes: Iterable[LexborNode]) -> str:
        return "".join(map(self._inline, nodes))

    def _inline(self, node: LexborNode) -> str:
        match node.tag:
            case "-text":
                return re.sub(r"\s+", " ", node.text_content or "")
            case "br":
                return "\n"
            case "img":
                return f"[{_named('Picture', attribute(node, 'alt'))}]"
            case "video":
                label = _named("Video", attribute(node, "aria-label"))
                return f"[{label}] {self._reference(attribute(node, 'src'))}"
            case "a":
                return self._link(node)
        return self._lines(children(node))

    def _link(self, node: LexborNode) -> str:
        address, words = attribute(node, "href"), self._lines(children(node))
        if address.startswith("#fnref"):
            return ""
        if address.startswith("#fn"):
            return f" (note {words.strip('[]')})"
        if not address or address.startswith("#"):
            return words
        if shows_its_address(node):
            return whole_address(address)
        return f"{words} {self._reference(address)}"

    def _reference(self, address: str) -> str:
        address = whole_address(address)
        if address not in self._addresses:
            self._addresses.append(address)
        return f"[{self._addresses.index(address) + 1}]"


def _call(node: LexborNode, width: int) -> str:
    """What readers are asked to do: where it is done stands right below."""
    address = attribute(node.css("a")[0], "href")
    return f"{_indented(_wrapped(node.text(), width - 2), '→ ', '  ')}\n  {whole_address(address)}"


def _named(kind: str, label: str) -> str:
    return f"{kind}: {label}" if label else kind


def _wrapped(text: str, width: int) -> str:
    """Lines no longer than this, but for addresses, which stay whole."""
    lines = (
        textwrap.fill(line.strip(), width, break_long_words=False, break_on_hyphens=False)
        for line in text.strip().split("\n")
    )
    return "\n".join(lines)


def _indented(text: str, first: str, rest: str) -> str:
    head, *tail = text.split("\n")
    return "\n".join([first + head, *((rest + line).rstrip() for line in tail)])
