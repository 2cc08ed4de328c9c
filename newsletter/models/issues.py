"""One post, at one pinned revision, mailed to an audience."""

from __future__ import annotations

from typing import Self

from django.db import models

from newsletter.models.newsletters import Newsletter
from newsletter.models.posts import Post, Revision


class IssueQuerySet(models.QuerySet["Issue"]):
    def sending(self) -> Self:
        return self.filter(state=Issue.State.SENDING)


class Issue(models.Model):
    class State(models.TextChoices):
        SENDING = "sending"
        PAUSED = "paused"
        FINISHED = "finished"

    post = models.OneToOneField(Post, models.PROTECT, related_name="issue")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="issues")
    newsletter = models.ForeignKey(Newsletter, models.PROTECT, related_name="issues")
    state = models.CharField(choices=State, default=State.SENDING, max_length=10)
    pause_reason = models.CharField(max_length=300, blank=True)
    expected = models.PositiveIntegerField(default=0, help_text="Deliveries frozen at the start.")
    subject = models.CharField(max_length=300)
    html = models.TextField(help_text="The mail as it was rendered at freezing.")
    text = models.TextField()
    frozen_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = IssueQuerySet.as_manager()

    class Meta:
        ordering = ["-frozen_at"]

    def __str__(self) -> str:
        return self.subject

    def report(self) -> dict[str, int]:
        """How far it has come. `expected` is always the sum of the others."""
        count = self.deliveries.count_by_state()
        return {
            "expected": self.expected,
            "sent": count["sent"],
            "failed": count["failed"],
            "skipped": count["skipped"],
            "unknown": count["unknown"],
            "waiting": count["waiting"] + count["claimed"] + count["handing"],
        }
