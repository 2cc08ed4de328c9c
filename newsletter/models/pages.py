"""Pages elsewhere that posts lead to: what they say of themselves, and whether they answer."""

from __future__ import annotations

from datetime import timedelta
from typing import Self

from django.db import models
from django.utils.timezone import now

ASKED_AGAIN_AFTER = timedelta(days=1)
HOPED_FOR_AFTER = timedelta(minutes=5)  # somebody may have mended it meanwhile
ANSWERS_WITHIN = timedelta(minutes=1)


class LinkedPageQuerySet(models.QuerySet["LinkedPage"]):
    def due(self) -> Self:
        """To be asked: for the first time, after a day, after a few minutes where it was not
        there, or after somebody who never came back."""
        return self.filter(_due())

    def awaited(self) -> Self:
        """To be asked, or being asked just now."""
        return self.filter(_due() | models.Q(state=LinkedPage.State.WAITING))


def _due() -> models.Q:
    state, moment = LinkedPage.State, now()
    waiting = models.Q(state=state.WAITING)
    lost = waiting & models.Q(asked_at__lt=moment - ANSWERS_WITHIN)
    away = models.Q(state__in=[state.GONE, state.FAILED])
    hoped = away & models.Q(asked_at__lt=moment - HOPED_FOR_AFTER)
    old = ~waiting & models.Q(asked_at__lt=moment - ASKED_AGAIN_AFTER)
    return models.Q(asked_at=None) | lost | hoped | old


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
