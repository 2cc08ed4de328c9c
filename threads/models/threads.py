"""What belongs together: threads, made of statuses that answer each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import QuerySet

from threads.models.accounts import Account
from threads.models.imports import Import

if TYPE_CHECKING:
    from threads.models.statuses import Status


class ThreadQuerySet(models.QuerySet["Thread"]):
    def visible(self) -> Self:
        """Neither in the trash, nor the twin of another, nor of an import that is not done."""
        return self.filter(trashed_at=None, twin_of=None, imported_by__state=Import.State.DONE)

    def in_inbox(self) -> Self:
        return self.visible().filter(in_inbox=True)

    def trashed(self) -> Self:
        return self.exclude(trashed_at=None)

    def unused(self) -> Self:
        """No post was made from it yet."""
        return self.filter(posts=None)

    def waiting(self) -> Self:
        """For an editor to make a post of: not what somebody else wrote and had unrolled."""
        strangers = Account.objects.unclaimed()
        unrolled = models.Q(unrolled_at__isnull=False, account__in=strangers)
        return self.visible().unused().exclude(unrolled)


class Thread(models.Model):
    """An author's statuses that reply to each other. Lone statuses have none."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="threads")
    imported_by = models.ForeignKey(Import, models.PROTECT, related_name="threads")
    remote_id = models.CharField(max_length=500, help_text="That of its first status.")
    title = models.CharField(max_length=300)
    length = models.PositiveIntegerField(help_text="Statuses in the main line.")
    complete = models.BooleanField(default=True)
    missing = models.JSONField(
        default=list, blank=True, help_text="Why it is not complete, in words: [{why, remedy}]."
    )
    url = models.URLField(max_length=500, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    trashed_at = models.DateTimeField(null=True, blank=True)
    in_inbox = models.BooleanField(
        default=False, help_text="Brought by following its account; no editor has seen to it yet."
    )
    twin_of = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="twins",
        help_text="The same thread on another platform, which stands for both.",
    )
    stands_alone = models.BooleanField(
        default=False, help_text="An editor said that it is no twin of another."
    )
    refreshed_at = models.DateTimeField(null=True, blank=True)
    unrolled_at = models.DateTimeField(
        null=True, blank=True, help_text="When its page was given out by mention."
    )

    objects = ThreadQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["account", "remote_id"], name="threads_one_thread_per_first_status"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def main_line(self) -> QuerySet[Status]:
        return self.statuses.filter(position__isnull=False).order_by("position")

    def branches(self) -> QuerySet[Status]:
        """Statuses of the thread that are not in its main line."""
        return self.statuses.filter(position=None, deleted_at=None).order_by("sort_key")

    def deleted(self) -> QuerySet[Status]:
        """Statuses that were part of it until they were deleted at their source."""
        return self.statuses.exclude(deleted_at=None).order_by("sort_key")
