"""Pictures and videos of statuses."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.timezone import now

from threads.models.imports import Import
from threads.models.statuses import Status


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def waiting(self) -> Self:
        """To be fetched; but not while their import may still come to nothing."""
        return self.filter(
            state=Attachment.State.WAITING, status__imported_by__state=Import.State.DONE
        )

    def due(self) -> Self:
        return self.waiting().filter(Q(try_at=None) | Q(try_at__lte=now()))


class Attachment(models.Model):
    """An image, video or file of a status, brought home, with its alt text."""

    class Kind(models.TextChoices):
        IMAGE = "image"
        GIF = "gif"
        VIDEO = "video"

    class State(models.TextChoices):
        WAITING = "waiting"
        PRESENT = "present"
        LOST = "lost"
        REFUSED = "refused"

    status = models.ForeignKey(Status, models.CASCADE, related_name="attachments")
    position = models.PositiveSmallIntegerField(help_text="Its place in the status, from 1.")
    kind = models.CharField(choices=Kind, max_length=10)
    state = models.CharField(choices=State, default=State.LOST, max_length=10)
    source_url = models.URLField(max_length=1000, blank=True)
    poster_url = models.URLField(
        max_length=1000, blank=True, help_text="Where the source shows the still of a video."
    )
    tries = models.PositiveSmallIntegerField(default=0)
    try_at = models.DateTimeField(null=True, blank=True, help_text="Not to be fetched before.")
    alt = models.TextField(blank=True)
    file = models.FileField(max_length=200, blank=True, help_text="Named by its content.")
    poster = models.FileField(max_length=200, blank=True, help_text="The still of a video or GIF.")
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True, help_text="Why it could not be had.")

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["status", "position"], name="threads_one_attachment_per_place"
            ),
        ]

    def __str__(self) -> str:
        return self.alt or self.source_url or self.file.name or f"{self.kind} {self.position}"
