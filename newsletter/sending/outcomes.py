"""What became of each delivery: answers judged and stored, leases that ran out, editors' word.

Every change of state is a conditional UPDATE. It holds for the state and the fence it was
decided on, or it does nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta

from django.db import models, transaction
from django.db.models import Exists, OuterRef
from django.utils.timezone import now

from newsletter.models import Delivery, Issue, Subscription
from newsletter.sending import control
from newsletter.sending.claims import Claim, at_work
from newsletter.sending.smtp import Answer, Lost, Stage

State = Delivery.State

# RFC 3463: the mailbox or its domain does not exist, or is closed for good.
DEAD_MAILBOX = {"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1"}
POLICY = "5.7."  # the server objects to us, not to the reader
WAITS = [timedelta(minutes=m) for m in (5, 15, 45, 120, 240, 480, 720, 720)]  # 39 hours in all
AFTER_NO_CONNECTION = timedelta(minutes=1)
STOPPED = "The worker stopped before the mail server's answer was recorded."

RECORDED = [
    "state",
    "reason",
    "due_at",
    "attempts",
    "lease_until",
    "smtp_code",
    "enhanced_code",
    "reply",
    "settled_at",
]


def record(delivery: Delivery, answer: Answer | Lost) -> None:
    """What the answer makes of the delivery. Changes the object only."""
    delivery.lease_until = None
    delivery.attempts += 1
    delivery.reply = answer.text
    if isinstance(answer, Lost):
        if answer.in_doubt:
            _settle(delivery, State.UNKNOWN, "The connection broke before the last answer.")
        else:
            _postpone(delivery)
        return
    delivery.smtp_code, delivery.enhanced_code = answer.code, answer.enhanced
    if answer.code < 400:
        _settle(delivery, State.SENT)
    elif answer.stage is Stage.SENDER and answer.code >= 500:
        # It was refused before the reader was named: about us, and the issue is paused.
        delivery.state, delivery.reason = State.WAITING, "The mail server refuses our address."
    elif answer.code >= 500:
        _settle(delivery, State.FAILED, "The mail server refused it.")
    else:
        _postpone(delivery)


def _settle(delivery: Delivery, state: Delivery.State, reason: str = "") -> None:
    delivery.state, delivery.reason, delivery.settled_at = state, reason, now()


def _postpone(delivery: Delivery) -> None:
    if delivery.attempts > len(WAITS):
        _settle(delivery, State.FAILED, f"Not accepted in {delivery.attempts} tries.")
        return
    delivery.state, delivery.reason = State.WAITING, "The mail server asks to try again later."
    delivery.due_at = now() + WAITS[delivery.attempts - 1]


def objection(answer: Answer | Lost) -> str:
    """Why no message of this issue should go out before somebody has looked, or nothing."""
    if isinstance(answer, Lost) or answer.code < 500:
        return ""
    if answer.stage is Stage.SENDER or answer.enhanced.startswith(POLICY):
        return f"The mail server objects to our mail: {answer.code} {answer.text}"
    return ""


def store(claim: Claim, answered: Sequence[tuple[Delivery, Answer | Lost]]) -> None:
    """Record the answers to one window on those rows that are still the claim's."""
    for delivery, answer in answered:
        record(delivery, answer)
    rows = [delivery for delivery, _ in answered]
    settled = [row for row in rows if row.settled_at]
    postponed = [row for row in rows if not row.settled_at]
    with transaction.atomic():
        claim.held(postponed, State.HANDING).bulk_update(postponed, RECORDED)
        # An answer that comes after the lease ran out still ends the doubt.
        claim.held(settled, State.HANDING, State.UNKNOWN).bulk_update(settled, RECORDED)
        _note_dead_mailboxes(claim.issue, settled)
        for reason in filter(None, (objection(answer) for _, answer in answered)):
            control.pause(claim.issue, reason)


def _note_dead_mailboxes(issue: Issue, rows: Iterable[Delivery]) -> None:
    dead = [
        row.subscriber_id
        for row in rows
        if row.state == State.FAILED and row.enhanced_code in DEAD_MAILBOX
    ]
    Subscription.objects.filter(newsletter=issue.newsletter, subscriber__in=dead).mark_bounced()


# --- leases that ran out, issues that are done ------------------------------------------------


def sweep() -> None:
    Delivery.objects.expired_claims().update(state=State.WAITING, lease_until=None)
    Delivery.objects.abandoned().update(
        state=State.UNKNOWN, reason=STOPPED, lease_until=None, settled_at=now()
    )
    for issue in Issue.objects.sending():
        finish(issue)


def finish(issue: Issue) -> None:
    """Close the issue once nothing of it is under way."""
    with transaction.atomic():
        # Locked first and looked at second: an editor may be sending one again just now.
        sending = Issue.objects.sending().select_for_update().filter(pk=issue.pk)
        if sending.exists() and not issue.deliveries.unsettled().exists():
            sending.update(state=Issue.State.FINISHED, finished_at=now())


def idle() -> models.QuerySet[Issue]:
    """Issues with something due that no worker is at."""
    due = Delivery.objects.due().filter(issue=OuterRef("pk"))
    busy = at_work().filter(issue=OuterRef("pk"))
    return Issue.objects.sending().filter(Exists(due), ~Exists(busy))
