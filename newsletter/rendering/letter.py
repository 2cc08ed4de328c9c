"""The body of a post as the blocks of a mail: tables and pictures as mail programs need them."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.utils.html import escape
from PIL import Image
from selectolax.lexbor import LexborNode

from newsletter.rendering.addresses import whole_address
from newsletter.rendering.tree import attribute, body_of, children
from threads import media
from threads.models import Attachment
from threads.text.conventions import CALL, LINK_CARD

COLUMN = 572  # what is left of 600 pixels beside the thread and its space
EMPTY = {"br", "hr", "img"}
# Mail programs know these by other names, or by none.
RENAMED = {"figure": "div", "figcaption": "p", "section": "div"}
# Paragraphs with a ground and an edge: Outlook keeps those, and the space within, in tables only.
BOXES = {CALL, LINK_CARD}


class Letter:
    """Writes the body anew. `page` is where it stands on the web."""

    def __init__(self, html: str, page: str) -> None:
        self._page = page
        self._body = body_of(html)
        # Asked for together, as each question would go through all attachments.
        self._stills = stills_of(attribute(node, "src") for node in self._body.css("img"))

    def blocks(self) -> list[str]:
        return [self._written(node) for node in children(self._body) if node.is_element_node]

    def _written(self, node: LexborNode) -> str:
        match node.tag:
            case "-text":
                return escape(node.text_content or "")
            case "img":
                return self._picture(node)
            case "video":
                label = attribute(node, "aria-label")
                return self._still(attribute(node, "poster"), label, "Watch the video on the web")
            case "a":
                return self._link(node)
        return self._element(node)

    def _all(self, nodes: Iterable[LexborNode]) -> str:
        return "".join(map(self._written, nodes))

    def _element(self, node: LexborNode) -> str:
        tag = str(node.tag)
        kept = {name: attribute(node, name) for name in ("class", "start") if attribute(node, name)}
        if kept.get("class") in BOXES:
            table = _attributes({"role": "presentation", **kept})
            return f"<table{table}><tr><td>{self._all(children(node))}</td></tr></table>"
        if tag in RENAMED:
            kept["class"] = tag
        begin = f"<{RENAMED.get(tag, tag)}{_attributes(kept)}>"
        if tag in EMPTY:
            return begin
        return f"{begin}{self._all(children(node))}</{RENAMED.get(tag, tag)}>"

    def _link(self, node: LexborNode) -> str:
        address = whole_address(attribute(node, "href"), self._page)
        inside = self._all(children(node))
        # A picture that is a link itself cannot stand in another one.
        if not address or "<a " in inside:
            return inside
        return f"<a{_attributes({'href': address})}>{inside}</a>"

    def _picture(self, node: LexborNode) -> str:
        source, alt = attribute(node, "src"), attribute(node, "alt")
        if still := self._stills.get(source):
            return self._still(still, alt, "See it move on the web")
        return f"<img{_attributes(_picture_attributes(source, alt))}>"

    def _still(self, still: str, alt: str, invitation: str) -> str:
        picture = f"<img{_attributes(_picture_attributes(still, alt))}>"
        link = _attributes({"href": self._page})
        return f'<a{link}>{picture}</a><p class="play"><a{link}>{invitation}</a></p>'


def _picture_attributes(source: str, alt: str) -> dict[str, str]:
    attributes = {"src": whole_address(narrow(source)), "alt": alt}
    if size := size_of(source, COLUMN):
        attributes |= {"width": str(size[0]), "height": str(size[1])}
    return attributes


def _attributes(values: dict[str, str]) -> str:
    return "".join(f' {name}="{escape(value)}"' for name, value in values.items())


def narrow(source: str) -> str:
    """A picture of ours in a size that is enough for a mail, on fine screens too."""
    if not source.startswith(settings.MEDIA_URL):
        return source
    name = source.removeprefix(settings.MEDIA_URL)
    try:
        return f"{settings.MEDIA_URL}{media.narrower(name, max(media.SMALLER))}"
    except SuspiciousFileOperation:
        return source  # not among our files


def stills_of(sources: Iterable[str]) -> dict[str, str]:
    """The stills of those pictures of ours that move."""
    ours = [source for source in sources if source.startswith(settings.MEDIA_URL)]
    names = {source: source.removeprefix(settings.MEDIA_URL) for source in ours}
    moving = Attachment.objects.filter(file__in=names.values(), kind=Attachment.Kind.GIF)
    posters = dict(moving.exclude(poster="").values_list("file", "poster"))
    # One that an editor uploaded belongs to no status.
    stills = {source: posters.get(name) or media.still_of(name) for source, name in names.items()}
    return {source: f"{settings.MEDIA_URL}{still}" for source, still in stills.items() if still}


def size_of(source: str, widest: int) -> tuple[int, int] | None:
    """Width and height of a picture of ours, as it is shown in a column of this width."""
    if not source.startswith(settings.MEDIA_URL):
        return None
    try:
        name = source.removeprefix(settings.MEDIA_URL)
        with default_storage.open(name) as file, Image.open(file) as image:
            width = min(image.width, widest)
            return width, round(image.height * width / image.width)
    except (OSError, ValueError, SuspiciousFileOperation):
        return None
