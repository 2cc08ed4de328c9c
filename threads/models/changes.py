"""What became different at the source after a thread was imported."""

from __future__ import annotations

from django.db import models
from django.utils.timezone import now

from threads.models.imports import Import
from threads.models.statuses import Status
from threads.models.threads import Thread


class Change(models.Model):
    """One status that was added to a thread, edited or deleted. Never changed afterwards."""

    class Kind(models.TextChoices):
        ADDED = "added"
        EDITED = "edited"
        DELETED = "deleted"

    thread = models.ForeignKey(Thread, models.CASCADE, related_name="changes")
    status = models.ForeignKey(Status, models.CASCADE, related_name="changes")
    imported_by = models.ForeignKey(Import, models.CASCADE, related_name="changes")
    kind = models.CharField(choices=Kind, max_length=10)
    before = models.TextField(blank=True, help_text="Its Markdown as it was.")
    after = models.TextField(blank=True, help_text="Its Markdown as it is.")
    noticed_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["-noticed_at", "status__sort_key"]

    def __str__(self) -> str:
        return f"{self.kind}: {self.status}"
