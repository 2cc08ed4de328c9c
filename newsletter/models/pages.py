"""Pages elsewhere that posts lead to: what they say of themselves, and whether they answer."""

from __future__ import annotations

from django.db import models
from django.utils.timezone import now


class LinkedPage(models.Model):
    """One address, asked once for all posts; asked again when pre-flight finds it old."""

    class State(models.TextChoices):
        WAITING = "waiting", "not asked yet"
        ANSWERED = "answered"
        GONE = "gone", "the page is not there"
        FAILED = "failed", "no answer just now"
        REFUSED = "refused", "not an address that is fetched"

    url = models.URLField(max_length=2000, unique=True)
    state = models.CharField(choices=State, default=State.WAITING, max_length=10)
    title = models.CharField(max_length=300, blank=True)
    description = models.TextField(blank=True)
    note = models.CharField(max_length=300, blank=True, help_text="What went wrong, for an editor.")
    asked_at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return self.title or self.url
