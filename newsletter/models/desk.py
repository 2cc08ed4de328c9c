"""What stands beside a post while it is written: its outline on the board, and who has it open."""

from __future__ import annotations

from datetime import timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.utils.timezone import now

from newsletter.models.posts import Post

PRESENT_FOR = timedelta(seconds=30)


class Outline(models.Model):
    """Which parts of which threads a post is made of, in what order, under which headings.

    `entries` in the order of the text, each with a `key` of its own and either

    * `heading`: its words, or
    * `status`: the pk of a part; where it was split, `words` are those that are meant, in the
      source's own format, and `start` is where they began; `joined` where it goes on in the
      paragraph before; `dropped` where it was set aside. Such entries are the last.
    """

    post = models.OneToOneField(Post, models.CASCADE, related_name="outline")
    entries = models.JSONField(default=list)
    past = models.JSONField(default=list, help_text="Earlier entries; the last comes back first.")
    composed = models.TextField(
        blank=True, help_text="The Markdown of the entries, as it last went into the post."
    )
    version = models.PositiveIntegerField(default=0, help_text="Grows with every change.")

    def __str__(self) -> str:
        return f"Outline of {self.post}"


class PresenceQuerySet(models.QuerySet["Presence"]):
    def now(self) -> Self:
        """Those whose page said so within the last half minute."""
        return self.filter(seen_at__gt=now() - PRESENT_FOR)


class Presence(models.Model):
    """An editor who has the desk of a post open."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="presences")
    editor = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE)
    seen_at = models.DateTimeField(default=now)

    objects = PresenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["post", "editor"], name="newsletter_one_presence_per_editor"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.editor} at “{self.post}”"
