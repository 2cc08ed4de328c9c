"""Accounts that are kept current, and who wants to hear of it."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.timezone import now

from threads.models.accounts import Account


class FollowQuerySet(models.QuerySet["Follow"]):
    def due(self) -> Self:
        """To be looked at now, and nobody does."""
        asleep = [Follow.State.PAUSED, Follow.State.STOPPED]
        return self.free().filter(next_at__lte=now()).exclude(state__in=asleep)

    def free(self) -> Self:
        """Whoever looked has finished, or is taken for dead."""
        return self.filter(Q(claimed_until=None) | Q(claimed_until__lte=now()))


class Follow(models.Model):
    """An account that is looked at on a schedule, and how that goes."""

    class State(models.TextChoices):
        HEALTHY = "healthy"
        LIMITED = "limited"  # the platform asked for patience
        FAILING = "failing"  # it is tried again, less and less often
        STOPPED = "stopped"  # it will not work before an editor has done something
        PAUSED = "paused"

    account = models.OneToOneField(Account, models.CASCADE, related_name="follow")
    state = models.CharField(choices=State, default=State.HEALTHY, max_length=10)
    every = models.PositiveIntegerField(default=60, help_text="Minutes between two looks.")
    feed = models.URLField(
        max_length=1000, blank=True, help_text="A feed that tells when something was posted."
    )
    cursor = models.JSONField(default=dict, blank=True, help_text="How far it was read.")
    next_at = models.DateTimeField(default=now)
    claimed_until = models.DateTimeField(null=True, blank=True, help_text="It is looked at now.")
    checked_at = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveSmallIntegerField(default=0, help_text="In a row.")
    error = models.TextField(blank=True, help_text="What happened last, and what to do.")

    objects = FollowQuerySet.as_manager()

    class Meta:
        verbose_name = "followed account"
        ordering = ["account__name", "account__handle"]

    def __str__(self) -> str:
        return str(self.account)


class InboxMailQuerySet(models.QuerySet["InboxMail"]):
    def due(self) -> Self:
        return self.filter(next_at__lte=now(), user__is_active=True, user__is_staff=True)


class InboxMail(models.Model):
    """An editor who wants one mail a day about what is new in the inbox."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="inbox_mail")
    told_until = models.DateTimeField(default=now, help_text="What came before it was told.")
    next_at = models.DateTimeField(default=now)

    objects = InboxMailQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.user)
