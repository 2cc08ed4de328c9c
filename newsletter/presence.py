"""Who has the desk of a post open, besides oneself."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.utils.timezone import now

from newsletter.models import Post, Presence


def note(post: Post, editor: User) -> None:
    """The editor's page is open now."""
    Presence.objects.bulk_create(
        [Presence(post=post, editor=editor, seen_at=now())],
        update_conflicts=True,
        unique_fields=["post", "editor"],
        update_fields=["seen_at"],
    )


def others(post: Post, editor: User) -> QuerySet[Presence]:
    here = Presence.objects.now().filter(post=post).exclude(editor=editor)
    return here.select_related("editor").order_by("editor__username")
