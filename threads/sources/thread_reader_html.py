"""A Thread Reader page that was saved as HTML, of 2019 or of today.

A status is a `div.content-tweet`, today with its id in `data-tweet`. The cards below the thread
are the beginnings of others. Attributes may stand without spaces between them and without
quotes, so nothing less than an HTML5 parser reads the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from selectolax.lexbor import LexborHTMLParser, LexborNode

from threads.sources.base import SourceFormatError
from threads.sources.thread_reader_page import Page, Part
from threads.sources.thread_reader_status import classes, read_piece, read_status
from threads.text.nesting import is_deeper

_COUNT = re.compile(r"\b(\d{1,5})\s+(?:tweets?|posts?)\b")
_STATUS = re.compile(
    r"(https?://(?:www\.|mobile\.)?(?:twitter|x)\.com/(\w{1,15})/status/\d{1,20})", re.ASCII
)
_MORE = re.compile(r"\s*More from @(\w{1,15})\s*$", re.ASCII)
_PREVIEW_LENGTH = 80
_DEEPEST = 1000


def looks_like_page(text: str) -> bool:
    return "content-tweet" in text or "tw-permalink" in text


def read_html(html: str) -> Page:
    if is_deeper(html, _DEEPEST):
        raise SourceFormatError(
            "The elements of the page lie too deep in each other to be read. "
            "Copy the thread in the browser and paste it as text."
        )
    page = Page()
    root = LexborHTMLParser(html).root
    if root is not None:
        nodes = list(_outside_cards(root, page.previews))
        page.parts = _parts(root, nodes)
        for node in nodes:
            _read_head(page, node)
    return page


def _outside_cards(root: LexborNode, previews: list[str]) -> Iterator[LexborNode]:
    """Every element of the page but the cards, of which the beginnings are kept."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if "data-link-href" in node.attributes or "thread-card" in classes(node):
            shown = node.css_first(".card-tweetsv2, .content-tweet") or node
            previews.append(" ".join(shown.text().split())[:_PREVIEW_LENGTH])
        else:
            yield node
            waiting += reversed(list(node.iter()))


def _parts(root: LexborNode, nodes: Sequence[LexborNode]) -> list[Part]:
    statuses = [node for node in nodes if "content-tweet" in classes(node)]
    known: dict[str, LexborNode] = {}
    for node in statuses:
        id_ = node.attributes.get("data-tweet") or ""
        if id_.isascii() and id_.isdecimal():
            known.setdefault(id_, node)
    if known:
        return [replace(read_status(node), id=id_) for id_, node in known.items()]
    if not statuses and any("tw-permalink" in classes(node) for node in nodes):
        return read_piece(root)
    return [read_status(node) for node in statuses]


def _read_head(page: Page, node: LexborNode) -> None:
    names = classes(node)
    if "twitter_name" in names:
        page.name = page.name or " ".join(node.text().split())
    elif "screenName" in names:
        page.handle = page.handle or node.text().strip().removeprefix("@")
    elif "thread-info" in names:
        count = _COUNT.search(node.text())
        page.count = int(count[1]) if count else None
    elif "time" in names:
        _read_time(page, node)
    elif screen_name := node.attributes.get("data-screenname"):
        page.handle = page.handle or screen_name
    elif more := _MORE.match(node.text(deep=False)):
        page.handle = page.handle or more[1]


def _read_time(page: Page, node: LexborNode) -> None:
    epoch = node.attributes.get("data-time") or ""
    if re.fullmatch(r"[0-9]{9,10}", epoch):
        page.posted_at = datetime.fromtimestamp(int(epoch), UTC)
    if status := _STATUS.match(node.attributes.get("href") or ""):
        page.url = status[1]
        page.handle = page.handle or status[2]
