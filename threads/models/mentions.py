"""What people ask of the bot, and who does not want to be unrolled."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.utils.timezone import now

from threads.models.accounts import Platform
from threads.models.threads import Thread


class Bot(models.Model):
    """The bot's account on a platform: how far its mentions were read."""

    platform = models.CharField(choices=Platform, max_length=10, unique=True)
    cursor = models.CharField(max_length=500, blank=True)
    next_at = models.DateTimeField(default=now)
    error = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"The bot on {self.get_platform_display()}"


class MentionQuerySet(models.QuerySet["Mention"]):
    def due(self) -> Self:
        return self.filter(state=Mention.State.WAITING, next_at__lte=now())


class Mention(models.Model):
    """One time that somebody called the bot. The row is the work: it is answered once."""

    class State(models.TextChoices):
        WAITING = "waiting"
        ANSWERED = "answered"
        REFUSED = "refused"
        FAILED = "failed"

    platform = models.CharField(choices=Platform, max_length=10)
    remote_id = models.CharField(max_length=500, help_text="Of the status that calls the bot.")
    asks = models.CharField(max_length=20, help_text="unroll, stop or start")
    asked_by = models.CharField(max_length=500, help_text="The remote id of an account.")
    handle = models.CharField(max_length=200, blank=True)
    about = models.URLField(max_length=1000, blank=True, help_text="The status above the call.")
    state = models.CharField(choices=State, default=State.WAITING, max_length=10)
    thread = models.ForeignKey(Thread, models.SET_NULL, null=True, blank=True)
    answer = models.CharField(max_length=500, blank=True, help_text="The remote id of our answer.")
    note = models.TextField(blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(default=now)
    seen_at = models.DateTimeField(default=now)

    objects = MentionQuerySet.as_manager()

    class Meta:
        ordering = ["-seen_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["platform", "remote_id"], name="threads_one_mention_per_remote_id"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.asks} by {self.handle or self.asked_by}"


class OptOut(models.Model):
    """An author whose threads are not unrolled by mention."""

    platform = models.CharField(choices=Platform, max_length=10)
    remote_id = models.CharField(max_length=500, help_text="Of the author's account.")
    handle = models.CharField(max_length=200, blank=True)
    since = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["platform", "remote_id"], name="threads_one_opt_out_per_account"
            ),
        ]

    def __str__(self) -> str:
        return self.handle or self.remote_id
