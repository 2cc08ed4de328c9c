"""What readers are told of where a post came from: the parts it was made of, and from each
paragraph a link to its original.

Only addresses of the web are linked, and not where a part is known to be deleted there.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from django.utils.formats import date_format
from django.utils.html import format_html
from selectolax.lexbor import LexborHTMLParser, LexborNode

from newsletter.models import Post
from newsletter.rendering.tree import attribute, body_of, children
from threads.models import Platform, Status, Thread
from threads.text.links import WEB_ADDRESS

# Notes for the editor, and the footnotes at the end, are no paragraphs.
NO_PARAGRAPH = {"blank", "lost-picture", "footnotes-sep", "footnotes"}
# Where a mark may stand; a heading would be read out with it.
MARKED = {"p": "", "blockquote": "", "figure": "", "ul": "li", "ol": "li"}


@dataclass(frozen=True)
class Part:
    status: Status

    @property
    def number(self) -> str:
        return str(self.status.position or "beside")

    @property
    def url(self) -> str:
        """Where it can still be read, as far as we know."""
        status = self.status
        return status.url if WEB_ADDRESS.match(status.url) and not status.deleted_at else ""


@dataclass(frozen=True)
class Source:
    thread: Thread
    parts: list[Part]


def sources_of(post: Post) -> list[Source]:
    """The threads of the post, each with the parts that stand in what readers see."""
    if not post.show_sources:
        return []
    by_thread = groupby(_credited(post), lambda status: status.thread)
    return [Source(thread, list(map(Part, of))) for thread, of in by_thread if thread]


def with_marks(html: str, post: Post) -> str:
    """The HTML with a small link beside each paragraph whose original can be read."""
    if not post.link_paragraphs or not post.credits:
        return html
    body = body_of(html)
    blocks = [node for node in children(body) if _is_paragraph(node)]
    if len(blocks) != len(post.credits):
        return html
    parts = {status.pk: Part(status) for status in _credited(post)}
    for block, key in zip(blocks, post.credits, strict=True):
        place = _place_in(block)
        if place and (part := parts.get(key)) and part.url:
            place.insert_child(_mark(part))
    return body.inner_html or ""


def _credited(post: Post) -> list[Status]:
    statuses = Status.objects.visible().filter(pk__in=set(post.credits) - {None})
    used = statuses.filter(thread__in=Thread.objects.visible(), thread__uses__post=post)
    ordered = used.order_by("thread__uses__position", "position", "sort_key")
    return list(ordered.select_related("thread__account"))


def _is_paragraph(node: LexborNode) -> bool:
    return node.is_element_node and not set(attribute(node, "class").split()) & NO_PARAGRAPH


def _place_in(block: LexborNode) -> LexborNode | None:
    inside = MARKED.get(str(block.tag))
    return block.css_first(inside) if inside else block if inside == "" else None


def _mark(part: Part) -> LexborNode:
    """A link without words: its style draws it, its name tells where it leads."""
    status = part.status
    name = "Original of this paragraph"
    if status.posted_at:
        name += f", {date_format(status.posted_at, 'j F Y')}"
    if status.platform != Platform.NONE:
        name += f", on {status.get_platform_display()}"
    html = format_html(
        '<a class="original" href="{}" rel="noopener noreferrer" aria-label="{}" title="{}"></a>',
        part.url,
        name,
        name,
    )
    mark = LexborHTMLParser(html, is_fragment=True).css_first("a")
    assert mark  # noqa: S101 - it was written just now
    return mark
