"""The statuses of a saved Thread Reader page: their text, and where links and pictures are.

Text is broken by `<br>`, links show only the beginning of their address and may be hidden by a
preview of it, pictures were loaded late and may still have a placeholder for their own address.
"""

from __future__ import annotations

import re

from selectolax.lexbor import LexborNode

from threads.sources.base import MediaKind, SourceMedia, SpanKind
from threads.sources.thread_reader_page import Part
from threads.text import elements
from threads.text.flow import Flow

_SILENT = frozenset({"head", "noscript", "script", "style", "svg", "template", "title"})
_BLOCKS = frozenset({"blockquote", "div", "hr", "li", "ol", "p", "ul"})
_NAME = re.compile(r"@(\w{1,15})", re.ASCII)
_PICTURE = re.compile(
    r"https?://(?:pbs\.twimg\.com/|[^\s?#]{1,500}\.(?:jpe?g|png|gif|webp)$)", re.IGNORECASE
)
_SIZE = re.compile(r"/(\d{2,5})x(\d{2,5})/")


def classes(node: LexborNode) -> set[str]:
    return set((node.attributes.get("class") or "").split())


def address(node: LexborNode | None, *names: str) -> str:
    """The first of these attributes that is a whole address."""
    found = ((node.attributes.get(name) or "").strip() for name in names) if node else ()
    return next((value for value in found if value.lower().startswith(("http://", "https://"))), "")


def read_status(node: LexborNode) -> Part:
    return next(iter(_read(node)), Part(""))


def read_piece(root: LexborNode) -> list[Part]:
    """The statuses of a page that lost what held them: only their permalinks end them."""
    return _read(root, permalinks_end=True)


def _read(root: LexborNode, *, permalinks_end: bool = False) -> list[Part]:
    reader = _Reader()
    waiting: list[LexborNode | None] = [root]
    while waiting:
        node = waiting.pop()
        if node is None:
            reader.flow.block()
        elif node.is_text_node:
            reader.flow.add(node.text_content or "")
        elif "tw-permalink" in classes(node):
            if permalinks_end:
                reader.end()
        elif not reader.take(node):
            if node.tag in _BLOCKS:
                reader.flow.block()
                waiting.append(None)
            waiting += reversed(list(node.iter(include_text=True)))
    reader.end()
    return reader.parts


class _Reader:
    def __init__(self) -> None:
        self.parts: list[Part] = []
        self.flow = Flow()
        self.media: list[SourceMedia] = []

    def end(self) -> None:
        if self.flow or self.media:
            self.parts.append(Part(self.flow.text, tuple(self.flow.spans), tuple(self.media)))
        self.flow, self.media = Flow(), []

    def take(self, node: LexborNode) -> bool:
        """Whether the element was read as a whole, so that nothing in it is left to read."""
        tag = node.tag
        if tag == "br":
            self.flow.line_break()
        elif tag == "img":
            self._picture(node, node)
        elif tag == "video":
            self._video(node)
        elif "twitter-tweet" in classes(node):
            self._quote(node)
        elif tag == "a" and (image := node.css_first("img")) and not node.text().strip():
            self._picture(image, node)
        elif tag == "a":
            self._link(node)
        else:
            return tag in _SILENT
        return True

    def _link(self, node: LexborNode) -> None:
        shown, target = node.text(), address(node, "href")
        name = _NAME.fullmatch(shown.strip())
        if name:
            self.flow.add(shown, SpanKind.MENTION, f"https://x.com/{name[1]}")
        elif shown.strip().startswith("#"):
            self.flow.add(shown, SpanKind.HASHTAG)
        elif not target:
            self.flow.add(shown)
        elif "entity-url" in classes(node):
            self.flow.add(target, SpanKind.LINK, target)
        else:
            self.flow.add(shown, SpanKind.LINK, target)

    def _quote(self, node: LexborNode) -> None:
        """The page has no more of it than its address."""
        targets = [target for link in node.css("a") if (target := address(link, "href"))]
        if targets:
            target = targets[-1].partition("?")[0]
            self.flow.block()
            self.flow.add(target, SpanKind.QUOTE, target)
            self.flow.block()

    def _picture(self, image: LexborNode, node: LexborNode) -> None:
        alt = elements.description(image)
        if elements.is_emoji(image):
            self.flow.add(alt)
            return
        alt = "" if alt == "Image" else alt
        linked = address(node, "href")
        url = linked if _PICTURE.match(linked) else elements.picture(image)
        if url:
            self.media.append(SourceMedia(MediaKind.IMAGE, url, alt))
        else:
            self.flow.mark(SpanKind.LOST_PICTURE, alt or "picture")

    def _video(self, node: LexborNode) -> None:
        """In its best quality. Without an address of its own, its still is what there is."""
        urls = [url for source in node.css("source") if (url := address(source, "src"))]
        url = max(urls, key=_area, default=address(node, "src"))
        poster = address(node, "poster")
        if url:
            kind = MediaKind.GIF if "/tweet_video/" in url else MediaKind.VIDEO
            self.media.append(SourceMedia(kind, url, poster_url=poster))
        elif poster:
            self.media.append(SourceMedia(MediaKind.IMAGE, poster))
        else:
            self.flow.mark(SpanKind.LOST_PICTURE, "video")


def _area(url: str) -> int:
    size = _SIZE.search(url)
    return int(size[1]) * int(size[2]) if size else 0
