"""One Atom feed per newsletter, with the whole text of the latest posts.

https://www.rfc-editor.org/rfc/rfc4287
"""

from __future__ import annotations

import re
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import condition, require_safe
from selectolax.lexbor import LexborHTMLParser

from newsletter import links
from newsletter.models import Newsletter, Post

POSTS_IN_THE_FEED = 20
NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class FullTextFeed(Atom1Feed):
    def add_item_elements(self, handler: Any, item: Any) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("content", item["content"], {"type": "html"})


def _latest(newsletter: Newsletter) -> list[Post]:
    posts = newsletter.posts.published().select_related("live", "newsletter")
    return list(posts[:POSTS_IN_THE_FEED])


def _changed_at(post: Post) -> datetime:
    moments = [post.published_at, post.live and post.live.created_at, post.created_at]
    return max(moment for moment in moments if moment)


def _last_modified(request: HttpRequest, slug: str) -> datetime | None:
    newsletter = Newsletter.objects.filter(slug=slug).first()
    if newsletter is None:
        return None
    return max([newsletter.created_at, *map(_changed_at, _latest(newsletter))])


def _etag(request: HttpRequest, slug: str) -> str | None:
    newsletter = Newsletter.objects.filter(slug=slug).first()
    if newsletter is None:
        return None
    shown = [newsletter.name, newsletter.description, newsletter.language, newsletter.sender_name]
    shown += [f"{post.pk} {post.slug} {post.live_id} {post.tags}" for post in _latest(newsletter)]
    return f'"{sha256(chr(10).join([links.absolute("/"), *shown]).encode()).hexdigest()[:32]}"'


@require_safe
@condition(etag_func=_etag, last_modified_func=_last_modified)
def feed(request: HttpRequest, slug: str) -> HttpResponse:
    newsletter = get_object_or_404(Newsletter, slug=slug)
    feed = FullTextFeed(
        title=_xml(newsletter.name),
        link=links.newsletter_url(newsletter),
        description="",
        subtitle=_xml(newsletter.description) or None,
        feed_url=links.absolute(reverse("feed", args=[slug])),
        feed_guid=_stable_id("newsletter", newsletter),
        language=newsletter.language,
        author_name=_xml(newsletter.sender_name or newsletter.name),
    )
    for post in _latest(newsletter):
        _add(feed, post)
    return HttpResponse(
        feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8"
    )


def _add(feed: FullTextFeed, post: Post) -> None:
    revision = post.live
    if revision is None:
        return
    url = links.post_url(post)
    feed.add_item(
        title=_xml(revision.title),
        link=url,
        description=_xml(revision.subtitle),
        author_name=_xml(revision.byline) or None,
        unique_id=_stable_id("post", post),
        pubdate=post.published_at,
        updateddate=_changed_at(post),
        categories=[_xml(tag) for tag in post.tags],
        content=_xml(with_whole_addresses(revision.html, url)),
    )


def with_whole_addresses(html: str, url: str) -> str:
    """Feed readers know no page to resolve an address against."""
    tree = LexborHTMLParser(html, is_fragment=True)
    for name in ("src", "href", "poster"):
        for node in tree.css(f"[{name}]"):
            address = node.attributes.get(name) or ""
            if address.startswith("/") and not address.startswith("//"):
                node.attrs[name] = links.absolute(address)
            elif address.startswith("#"):
                node.attrs[name] = url + address
    return tree.html or ""


def _stable_id(kind: str, row: Newsletter | Post) -> str:
    """The same whatever becomes of the site's address, the slug or the title."""
    return uuid5(NAMESPACE_URL, f"unspool:{kind}:{row.created_at.isoformat()}:{row.pk}").urn


def _xml(text: str) -> str:
    return NOT_IN_XML.sub("", text)
