"""A worker's hold on rows of the ledger: claimed, taken in hand, given back.

Every UPDATE asks for the worker and the fence of the claim, so that whoever comes back
after its lease ran out changes nothing.
"""

from __future__ import annotations

import os
import secrets
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.timezone import now

from newsletter.models import Delivery, Issue, Subscription
from newsletter.models.deliveries import DeliveryQuerySet

State = Delivery.State

WINDOWS_IN_A_BLOCK = 10
# A worker that is asked to stop finishes its job, and `up` kills it after four seconds.
BLOCK_SECONDS = 3
SILENCE = timedelta(seconds=30)


@dataclass(frozen=True)
class Claim:
    """Rows that are one worker's alone until the lease runs out."""

    issue: Issue
    worker: str
    fence: int
    rows: Sequence[Delivery]
    stop_at: float

    @property
    def time_is_up(self) -> bool:
        return monotonic() > self.stop_at

    def held(self, rows: Sequence[Delivery], *states: Delivery.State) -> DeliveryQuerySet:
        """Those of the rows that are still this claim's, in one of the states."""
        return Delivery.objects.filter(
            pk__in=[row.pk for row in rows],
            worker=self.worker,
            fence=self.fence,
            state__in=states,
        )

    def take_in_hand(self, rows: Sequence[Delivery]) -> set[int]:
        """Mark the rows `handing`. Returns the ids of those that may go out now.

        From here on nobody else sends them, whatever happens to this worker.
        """
        may_go = self.held(rows, State.CLAIMED).filter(
            Exists(Issue.objects.sending().filter(pk=self.issue.pk)),
            Exists(
                Subscription.objects.active().filter(
                    subscriber=OuterRef("subscriber"), newsletter=self.issue.newsletter_id
                )
            ),
            lease_until__gt=now(),
        )
        may_go.update(state=State.HANDING, lease_until=_lease())
        return set(self.held(rows, State.HANDING).values_list("pk", flat=True))

    def give_back(self, rows: Sequence[Delivery], state: Delivery.State) -> None:
        """Back in line: nothing of these was handed over."""
        self.held(rows, state).update(state=State.WAITING, lease_until=None)

    def close(self, row: Delivery, state: Delivery.State, reason: str) -> None:
        """Settle a row that does not go out."""
        self.held([row], State.CLAIMED).update(
            state=state, reason=reason, settled_at=now(), lease_until=None
        )


def claim_block(issue: Issue) -> Claim:
    worker = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"
    with transaction.atomic():
        due = issue.deliveries.due().order_by("pk").select_for_update(skip_locked=True)
        rows = list(due[: settings.HAND_OVER_WINDOW * WINDOWS_IN_A_BLOCK])
        fence = 1 + max((row.fence for row in rows), default=0)
        Delivery.objects.filter(pk__in=[row.pk for row in rows]).update(
            state=State.CLAIMED, worker=worker, fence=fence, lease_until=_lease()
        )
    seconds = min(BLOCK_SECONDS, settings.DELIVERY_LEASE_SECONDS / 2)
    return Claim(issue, worker, fence, rows, monotonic() + seconds)


def at_work() -> DeliveryQuerySet:
    """Rows of workers that gave a sign of life lately: one that died holds its lease on."""
    return Delivery.objects.filter(
        state__in=[State.CLAIMED, State.HANDING], lease_until__gt=_lease() - SILENCE
    )


def _lease() -> datetime:
    return now() + timedelta(seconds=settings.DELIVERY_LEASE_SECONDS)
