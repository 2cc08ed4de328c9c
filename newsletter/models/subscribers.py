"""Readers: an address, and its state in each newsletter."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import batched
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.crypto import salted_hmac
from django.utils.timezone import now

from newsletter.models.newsletters import Newsletter


class Subscriber(models.Model):
    address = models.EmailField(max_length=254, help_text="As the reader wrote it.")
    address_key = models.CharField(
        max_length=254, unique=True, help_text="Case-folded, its domain in ASCII."
    )
    name = models.CharField(max_length=100, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        # Without the address, which would outlive an erasure in logs and in the admin's history.
        return f"Subscriber {self.pk}"


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    def active(self) -> Self:
        return self.filter(state=Subscription.State.ACTIVE)

    def mark_bounced(self) -> int:
        """The active ones among these get no more mail: their mailboxes do not exist."""
        return self.active().update(state=Subscription.State.BOUNCED, ended_at=now())

    def confirmable(self, pk: int, sent_at: datetime) -> Self:
        """The row, unless a confirmation or a goodbye came after this link was sent."""
        return self.filter(
            Q(confirmed_at=None) | Q(confirmed_at__lt=sent_at),
            Q(ended_at=None) | Q(ended_at__lt=sent_at),
            pk=pk,
        ).exclude(state=Subscription.State.ACTIVE)

    def confirmation_due(self) -> Self:
        """Asked for, and their confirmation mail is still to go out."""
        return self.filter(confirmation_due_at__lte=now()).exclude(state=Subscription.State.ACTIVE)


class Subscription(models.Model):
    class State(models.TextChoices):
        PENDING = "pending"
        ACTIVE = "active"
        UNSUBSCRIBED = "unsubscribed"
        BOUNCED = "bounced"
        COMPLAINED = "complained"

    subscriber = models.ForeignKey(Subscriber, models.CASCADE, related_name="subscriptions")
    newsletter = models.ForeignKey(Newsletter, models.CASCADE, related_name="subscriptions")
    state = models.CharField(choices=State, default=State.PENDING, max_length=12)
    source = models.CharField(max_length=100, blank=True, help_text="The form or file it came by.")
    consent_text = models.TextField(
        blank=True, help_text="What the reader agreed to, word by word."
    )
    requested_at = models.DateTimeField(default=now)
    confirmation_due_at = models.DateTimeField(null=True, blank=True, db_index=True)
    confirmation_sent_at = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(
        max_length=100, blank=True, help_text="The link, page or person that ended it."
    )

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subscriber", "newsletter"], name="newsletter_one_subscription"
            ),
        ]
        indexes = [
            models.Index(fields=["newsletter", "state"], name="newsletter_subscription_state")
        ]

    def __str__(self) -> str:
        return f"{self.subscriber} in {self.newsletter} ({self.state})"


class SuppressionQuerySet(models.QuerySet["Suppression"]):
    def add(self, address_key: str, reason: str) -> None:
        self.get_or_create(digest=_digests(address_key)[0], defaults={"reason": reason})

    def covers(self, address_key: str) -> bool:
        return self.filter(digest__in=_digests(address_key)).exists()

    def among(self, address_keys: Iterable[str]) -> set[str]:
        """Those of the addresses that must never be mailed."""
        found: set[str] = set()
        for block in batched(address_keys, 400):
            owners = {digest: key for key in block for digest in _digests(key)}
            held = self.filter(digest__in=owners).values_list("digest", flat=True)
            found.update(owners[digest] for digest in held)
        return found


class Suppression(models.Model):
    """An address that must never be mailed again, kept as a keyed hash only."""

    digest = models.CharField(max_length=64, unique=True)
    reason = models.CharField(max_length=30)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = SuppressionQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.digest[:8]}… ({self.reason})"


def _digests(address_key: str) -> list[str]:
    """The newest key first; older ones keep what was suppressed before the key was changed."""
    return [
        salted_hmac("newsletter.suppression", address_key, secret, algorithm="sha256").hexdigest()
        for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    ]


class SignUpAttemptQuerySet(models.QuerySet["SignUpAttempt"]):
    def count_one(self, visitor: str) -> int:
        """Note one more try, and say how many there were within the hour."""
        self.filter(made_at__lt=now() - timedelta(hours=1)).delete()
        self.create(visitor=visitor)
        return self.filter(visitor=visitor).count()


class SignUpAttempt(models.Model):
    """A try at the subscribe form, kept for an hour to slow down those who try too often."""

    visitor = models.CharField(
        max_length=64, db_index=True, help_text="A keyed hash of where it came from."
    )
    made_at = models.DateTimeField(default=now, db_index=True)

    objects = SignUpAttemptQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.visitor[:8]}… at {self.made_at}"
