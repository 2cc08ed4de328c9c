"""The safe HTML of a body as a tree, to make its other faces from."""

from __future__ import annotations

from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode


def body_of(html: str) -> LexborNode:
    body = LexborHTMLParser(f"<body>{html}").body
    assert body  # noqa: S101 - the parser makes one whatever it reads
    return body


def children(node: LexborNode) -> Iterator[LexborNode]:
    """What is in a node, texts as well."""
    return node.iter(include_text=True)


def attribute(node: LexborNode, name: str) -> str:
    return node.attributes.get(name) or ""


def shows_its_address(link: LexborNode) -> bool:
    """Whether the words of a link are its address, written out or shortened."""
    words = (link.text() or "").strip().removesuffix("…")
    address = attribute(link, "href")
    return len(words) > 3 and words in address and not words.startswith("@")
