"""From threads to the first draft of a post, and every save after it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils.text import slugify

from newsletter.models import Post, PostSource, Revision
from newsletter.rendering import web_html
from threads.markdown import markdown_of
from threads.models import Thread
from threads.text import html

KEPT = ("title", "subtitle", "subject", "preheader", "byline", "cover", "cover_alt", "body")


class Conflict(Exception):
    """Somebody saved in between. `latest` is what they wrote."""

    def __init__(self, latest: Revision) -> None:
        super().__init__(f"Revision {latest.number} was saved in the meantime.")
        self.latest = latest


def compose(
    threads: Sequence[Thread], *, title: str = "", by: AbstractBaseUser | None = None
) -> Post:
    """A new post that belongs to no newsletter yet, made of the threads in this order."""
    title = title or threads[0].title
    body = "\n\n".join(markdown_of(status) for thread in threads for status in thread.main_line())
    with transaction.atomic():
        post = Post.objects.create(slug=slugify(title)[:100] or "post")
        PostSource.objects.bulk_create(
            PostSource(post=post, thread=thread, position=position)
            for position, thread in enumerate(threads, 1)
        )
        save_revision(post, base=None, by=by, title=title, body=body)
    return post


def save_revision(
    post: Post, *, base: int | None, by: AbstractBaseUser | None = None, **fields: str
) -> Revision:
    """Keep what the editor wrote. `base` is the number of the revision they began from.

    Raises Conflict where that is not the latest any more, so that nobody's words are lost.
    """
    with transaction.atomic():
        locked = (
            Post.objects.select_for_update(of=("self",)).select_related("latest").get(pk=post.pk)
        )
        latest = locked.latest
        if latest and latest.number != base:
            raise Conflict(latest)
        values = {name: getattr(latest, name) for name in KEPT} if latest else {}
        if latest and values == values | fields:
            return latest
        revision = _new_revision(post, latest, by, values | fields)
        post.latest = revision
        post.save(update_fields=["latest"])
    return revision


def _new_revision(
    post: Post, latest: Revision | None, by: AbstractBaseUser | None, values: dict[str, Any]
) -> Revision:
    number = latest.number + 1 if latest else 1
    html = web_html(values.get("body", ""))
    return Revision.objects.create(post=post, number=number, by=by, html=html, **values)


def blanks(body: str) -> list[str]:
    """The questions that stand in the way of publishing."""
    return html.blanks(body)


def lost_pictures(body: str) -> list[str]:
    """The pictures that could not be had; they are left out of what readers see."""
    return html.lost_pictures(body)
