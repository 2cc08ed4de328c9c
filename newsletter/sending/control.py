"""What an editor may do to a send: stop it, go on, and decide about deliveries in doubt."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils.timezone import now

from newsletter.models import Delivery, Issue

State = Delivery.State


def pause(issue: Issue, reason: str = "") -> bool:
    """Nothing more is handed over from the next window on. False where it was not going."""
    sending = Issue.objects.sending().filter(pk=issue.pk)
    return bool(sending.update(state=Issue.State.PAUSED, pause_reason=reason[:300]))


def resume(issue: Issue) -> bool:
    paused = Issue.objects.filter(pk=issue.pk, state=Issue.State.PAUSED)
    return bool(paused.update(state=Issue.State.SENDING, pause_reason=""))


def send_again(deliveries: Iterable[int]) -> int:
    """Put deliveries in doubt back in line, under the same Message-ID.

    Their readers may get the mail twice: that is why only an editor decides it.
    """
    doubted = Delivery.objects.in_doubt().filter(pk__in=list(deliveries))
    with transaction.atomic():
        # The issues first, as a worker that finishes one takes that lock, too.
        issues = Issue.objects.filter(deliveries__in=doubted)
        locked = list(Issue.objects.select_for_update().filter(pk__in=issues.values("pk")))
        count = doubted.update(
            state=State.WAITING, reason="Sent again by an editor.", due_at=now(), settled_at=None
        )
        finished = Issue.objects.filter(
            pk__in=[issue.pk for issue in locked], state=Issue.State.FINISHED
        )
        finished.update(state=Issue.State.SENDING, finished_at=None)
    return count


def mark_sent(deliveries: Iterable[int]) -> int:
    """Take deliveries in doubt as sent, as the mail server's own log may have shown."""
    doubted = Delivery.objects.in_doubt().filter(pk__in=list(deliveries))
    return doubted.update(state=State.SENT, reason="Marked as sent by an editor.", settled_at=now())
