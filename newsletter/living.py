"""A thread that changed at its source after a post was made of it: the post may take over
each change, or leave it. Nothing is taken over by itself, and nothing that a person wrote
is ever replaced: where they rewrote the very words in question, the change is theirs to make.
"""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F, QuerySet

from newsletter import provenance, taking
from newsletter.drafting import save_revision
from newsletter.models import Post, Revision, SettledChange
from newsletter.weaving import NotFound
from threads.models import Change

Verdict = SettledChange.Verdict


class CannotTake(Exception):
    """Says to an editor why a change cannot be taken over by itself."""


def open_changes(post: Post) -> QuerySet[Change]:
    """What became different since the post was made, and nobody has decided upon; in the
    order of the threads and their parts."""
    news = Change.objects.filter(thread__uses__post=post, noticed_at__gt=post.created_at)
    return (
        news.exclude(settled__post=post)
        .select_related("thread__account", "status")
        .order_by("thread__uses__position", F("status__position").asc(nulls_last=True), "pk")
        .distinct()
    )


def take(post: Post, change: Change, *, base: int, by: User | None = None) -> Revision:
    """A new revision with the change in it. Raises CannotTake, or Conflict as every save."""
    latest = post.latest
    if latest is None:
        raise CannotTake(f"“{post}” has no text yet.")
    try:
        body = taking.taken(latest.body, change, list(provenance.parts_of(post)))
    except NotFound as error:
        raise CannotTake(
            "These words were rewritten in the post, so nothing was changed. "
            "Copy what you want from here, then leave it."
        ) from error
    with transaction.atomic():
        revision = save_revision(post, base=base, by=by, body=body)
        _settle(post, change, Verdict.TAKEN, by)
    return revision


def leave(post: Post, change: Change, *, by: User | None = None) -> None:
    """The post stays as it is."""
    _settle(post, change, Verdict.LEFT, by)


def _settle(post: Post, change: Change, verdict: str, by: User | None) -> None:
    SettledChange.objects.update_or_create(
        post=post, change=change, defaults={"verdict": verdict, "by": by}
    )
