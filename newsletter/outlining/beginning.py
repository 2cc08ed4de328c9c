"""Which threads lie on the board."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.text import slugify

from newsletter import drafting
from newsletter.models import Outline, Post, PostSource
from threads import downloading
from threads.models import Thread


def begin(threads: Sequence[Thread], by: User | None = None) -> Post:
    """A draft without a word, whose parts are yet to be chosen on the board.

    Raises StillFetching as `drafting.compose` does.
    """
    if count := downloading.still_coming(threads).count():
        raise drafting.StillFetching(count)
    title = threads[0].title[: drafting.LONGEST_TITLE]
    with transaction.atomic():
        post = Post.objects.create(slug=slugify(title)[:100].strip("-") or "post")
        PostSource.objects.bulk_create(
            PostSource(post=post, thread=thread, position=position)
            for position, thread in enumerate(threads, 1)
        )
        Thread.objects.filter(posts=post).update(in_inbox=False)
        Outline.objects.create(post=post)
        byline = drafting.byline_of(threads)
        drafting.save_revision(post, base=None, by=by, title=title, byline=byline)
    return post
