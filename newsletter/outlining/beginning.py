"""Which threads lie on the board."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Max

from newsletter import drafting
from newsletter.models import Outline, Post, PostSource, SettledChange
from newsletter.outlining.changing import entries_of, keep_outline
from newsletter.outlining.entries import Refused, placed
from threads.models import Thread

TAKEN = SettledChange.Verdict.TAKEN


@transaction.atomic
def begin(threads: Sequence[Thread], by: User | None = None) -> Post:
    """A draft without a word, whose parts are yet to be chosen on the board.

    Raises StillFetching as `drafting.compose` does.
    """
    drafting.demand_fetched(threads)
    post = drafting.begin(threads[0].title, threads, by=by)
    Outline.objects.create(post=post)
    return post


@transaction.atomic
def add_thread(post: Post, thread: Thread) -> None:
    """As the last column; none of its parts is placed yet."""
    drafting.demand_fetched([thread])
    keep_outline(post)
    last = post.sources.aggregate(last=Max("position"))["last"] or 0
    _, is_new = PostSource.objects.get_or_create(
        post=post, thread=thread, defaults={"position": last + 1}
    )
    if is_new:
        # Its parts are placed as they are by now, so what changed earlier is no news.
        SettledChange.objects.bulk_create(
            [
                SettledChange(post=post, change=change, verdict=TAKEN)
                for change in thread.changes.all()
            ],
            ignore_conflicts=True,
        )
    Thread.objects.filter(pk=thread.pk).update(in_inbox=False)


@transaction.atomic
def take_thread_away(post: Post, thread: Thread) -> None:
    """From the board; only as long as nothing of it is in the post."""
    outline = keep_outline(post)
    entries = entries_of(outline)
    own = set(thread.statuses.values_list("pk", flat=True))
    if own & placed(entries):
        raise Refused("Parts of this thread are placed. Remove these first.")
    outline.entries = [entry.written() for entry in entries if entry.status not in own]
    outline.save(update_fields=["entries"])
    post.sources.filter(thread=thread).delete()
