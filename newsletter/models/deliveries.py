"""One issue on its way to one subscriber: the ledger row."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Value
from django.db.models.functions import Cast, Concat
from django.utils.timezone import now

from newsletter.models.issues import Issue
from newsletter.models.subscribers import Subscriber


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def due(self) -> Self:
        return self.filter(state=Delivery.State.WAITING, due_at__lte=now())

    def unsettled(self) -> Self:
        return self.filter(
            state__in=[Delivery.State.WAITING, Delivery.State.CLAIMED, Delivery.State.HANDING]
        )

    def expired_claims(self) -> Self:
        """Claimed by a worker that died before it handed anything over: free to go again."""
        return self.filter(state=Delivery.State.CLAIMED, lease_until__lt=now())

    def abandoned(self) -> Self:
        """Handed over by a worker that died before the server's answer was recorded.

        Nobody can know whether these mails went out, so they are never sent again
        by themselves: they become `unknown`, and an editor decides.
        """
        return self.filter(state=Delivery.State.HANDING, lease_until__lt=now())

    def in_doubt(self) -> Self:
        return self.filter(state=Delivery.State.UNKNOWN)

    def count_by_state(self) -> dict[str, int]:
        counted = self.order_by().values_list("state").annotate(models.Count("pk"))
        return dict.fromkeys(Delivery.State.values, 0) | dict(counted)

    def erase(self) -> int:
        """Forget to whom these went, keep that they did; what has not gone out never will."""
        unsent = [Delivery.State.WAITING, Delivery.State.CLAIMED]
        self.filter(state__in=unsent).update(
            state=Delivery.State.SKIPPED, reason="erased", settled_at=now()
        )
        # The server's last words often repeat the address.
        return self.update(
            address="",
            address_key=Concat(Value("erased:"), Cast("pk", models.CharField())),
            reply="",
        )


class Delivery(models.Model):
    class State(models.TextChoices):
        WAITING = "waiting"
        CLAIMED = "claimed"
        HANDING = "handing"
        SENT = "sent"
        FAILED = "failed"
        SKIPPED = "skipped"
        UNKNOWN = "unknown"

    issue = models.ForeignKey(Issue, models.CASCADE, related_name="deliveries")
    subscriber = models.ForeignKey(
        Subscriber, models.SET_NULL, null=True, related_name="deliveries"
    )
    address = models.EmailField(max_length=254, help_text="As it was when the issue was frozen.")
    address_key = models.CharField(max_length=254)
    state = models.CharField(choices=State, default=State.WAITING, max_length=10)
    reason = models.CharField(max_length=100, blank=True, help_text="Why it was skipped or failed.")
    due_at = models.DateTimeField(default=now)
    attempts = models.PositiveSmallIntegerField(default=0)
    worker = models.CharField(max_length=100, blank=True, help_text="Host and process.")
    fence = models.PositiveIntegerField(default=0, help_text="Grows with every claim.")
    lease_until = models.DateTimeField(null=True, blank=True)
    message_id = models.CharField(max_length=320, blank=True)
    smtp_code = models.PositiveSmallIntegerField(null=True, blank=True)
    enhanced_code = models.CharField(max_length=12, blank=True)
    reply = models.TextField(blank=True, help_text="The mail server's last words.")
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [
            models.UniqueConstraint(
                fields=["issue", "subscriber"], name="newsletter_one_delivery_per_subscriber"
            ),
            models.UniqueConstraint(
                fields=["issue", "address_key"], name="newsletter_one_delivery_per_address"
            ),
        ]
        indexes = [
            models.Index(fields=["issue", "state", "due_at"], name="newsletter_delivery_due"),
            # The sweep asks each minute, and of all issues there ever were.
            models.Index(
                fields=["lease_until"],
                condition=models.Q(lease_until__isnull=False),
                name="newsletter_delivery_leased",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.issue} to delivery {self.pk} ({self.state})"
