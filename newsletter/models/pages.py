"""Pages elsewhere that posts lead to: what they say of themselves, and whether they answer."""

from __future__ import annotations

from datetime import timedelta
from typing import Self

from django.db import models
from django.utils.timezone import now

ASKED_AGAIN_AFTER = timedelta(days=1)
ANSWERS_WITHIN = timedelta(minutes=1)


class LinkedPageQuerySet(models.QuerySet["LinkedPage"]):
    def due(self) -> Self:
        """To be asked: for the first time, after a day, or after somebody who never came back."""
        waiting = models.Q(state=LinkedPage.State.WAITING)
        lost = waiting & models.Q(asked_at__lt=now() - ANSWERS_WITHIN)
        old = ~waiting & models.Q(asked_at__lt=now() - ASKED_AGAIN_AFTER)
        return self.filter(models.Q(asked_at=None) | lost | old)


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
    asked_at = models.DateTimeField(
        null=True, blank=True, help_text="By whoever asks now, where it is still waiting."
    )

    objects = LinkedPageQuerySet.as_manager()

    def __str__(self) -> str:
        return self.title or self.url
