"""What people ask of the bot, and who does not want to be unrolled."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import F
from django.utils.timezone import now

from threads.models.accounts import Platform
from threads.models.threads import Thread

LEASE = timedelta(minutes=30)  # longer than answering may take; then whoever had it has died


class Bot(models.Model):
    """The bot's account on a platform: how far the calls for it were read."""

    platform = models.CharField(choices=Platform, max_length=10, unique=True)
    handle = models.CharField(max_length=200, blank=True, help_text="Without the first @.")
    cursor = models.CharField(max_length=500, blank=True)
    next_at = models.DateTimeField(default=now)
    error = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"The bot on {self.get_platform_display()}"

    def take(self) -> bool:
        """Whether it is due, and ours to look after until the lease ends."""
        due = Bot.objects.filter(pk=self.pk, next_at__lte=now())
        return bool(due.update(next_at=now() + LEASE))


class MentionQuerySet(models.QuerySet["Mention"]):
    def due(self) -> Self:
        return self.filter(state=Mention.State.WAITING, next_at__lte=now())


class Mention(models.Model):
    """One time that somebody called the bot. The row is the work: it is answered once."""

    class Word(models.TextChoices):
        UNROLL = "unroll"
        STOP = "stop"
        START = "start"

    class State(models.TextChoices):
        WAITING = "waiting"
        ANSWERED = "answered"
        REFUSED = "refused"
        FAILED = "failed"

    platform = models.CharField(choices=Platform, max_length=10)
    remote_id = models.CharField(max_length=500, help_text="Of the status that calls the bot.")
    asks = models.CharField(choices=Word, max_length=20)
    asked_by = models.CharField(max_length=500, help_text="The remote id of an account.")
    handle = models.CharField(max_length=200, blank=True)
    ref = models.JSONField(default=dict, help_text="What the platform is told with the answer.")
    about = models.URLField(max_length=1000, blank=True, help_text="The status above the call.")
    author = models.CharField(
        max_length=500, blank=True, help_text="Who wrote that: the remote id of an account."
    )
    state = models.CharField(choices=State, default=State.WAITING, max_length=10)
    thread = models.ForeignKey(
        Thread, models.SET_NULL, null=True, blank=True, related_name="mentions"
    )
    answer = models.CharField(max_length=500, blank=True, help_text="The remote id of our answer.")
    note = models.TextField(blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(default=now)
    seen_at = models.DateTimeField(default=now)
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = MentionQuerySet.as_manager()

    class Meta:
        ordering = ["-seen_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["platform", "remote_id"], name="threads_one_mention_per_remote_id"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.asks} by {self.handle or self.asked_by}"

    def take(self) -> bool:
        """Whether it is still to be answered, and ours until the lease ends."""
        due = Mention.objects.due().filter(pk=self.pk)
        if not due.update(next_at=now() + LEASE, tries=F("tries") + 1):
            return False
        self.refresh_from_db()
        return True

    def settle(self, state: State, note: str = "", *, answer: str = "") -> None:
        self.state, self.note, self.answer = state, note, answer[:500]
        self.answered_at = now() if answer else None
        self.save()

    def postpone(self, until: datetime, note: str) -> None:
        self.next_at, self.note = until, note
        self.save()


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

    @classmethod
    def covers(cls, platform: str, remote_id: str) -> bool:
        return cls.objects.filter(platform=platform, remote_id=remote_id).exists()
