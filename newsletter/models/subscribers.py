"""Readers: an address, and its state in each newsletter."""

from __future__ import annotations

from typing import Self

from django.db import models

from newsletter.models.newsletters import Newsletter


class Subscriber(models.Model):
    address = models.EmailField(max_length=254, help_text="As the reader wrote it.")
    address_key = models.CharField(
        max_length=254, unique=True, help_text="Case-folded, its domain in ASCII."
    )
    name = models.CharField(max_length=100, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.address


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    def active(self) -> Self:
        return self.filter(state=Subscription.State.ACTIVE)


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
    requested_at = models.DateTimeField(auto_now_add=True)
    confirmation_sent_at = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

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


class Suppression(models.Model):
    """An address that must never be mailed again, kept as a keyed hash only."""

    digest = models.CharField(max_length=64, unique=True)
    reason = models.CharField(max_length=30)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.digest[:8]}… ({self.reason})"
