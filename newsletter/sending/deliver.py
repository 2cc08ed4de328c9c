"""Handing an issue to the mail server, block by block and window by window.

A worker claims a block of rows. Of these it takes one hand-over window after the other:
marked `handing` in one committed UPDATE before the window's first message goes out, and
settled after its last answer. So a worker that dies leaves one window in doubt at most.
No transaction is open while the network is used.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import batched

from django.conf import settings
from django.utils.timezone import now

from newsletter.addresses import BadAddress, deliverable
from newsletter.models import Delivery, Issue, Subscription, Suppression
from newsletter.sending import control, message, outcomes
from newsletter.sending.claims import Claim, claim_block
from newsletter.sending.smtp import CLOSING, Answer, Lost, Session, Unreachable

State = Delivery.State

NO_UTF8 = "Undeliverable here: the mail server takes no addresses outside ASCII."


@dataclass(frozen=True)
class Mail:
    delivery: Delivery
    sender: str
    recipient: str
    content: bytes


def deliver_block(issue: Issue) -> bool:
    """Send the next block of an issue. True where more of it can go out right now."""
    claim = claim_block(issue)
    got_on = False
    try:
        with Session() as session:
            for window in batched(claim.rows, settings.HAND_OVER_WINDOW):
                answers = _deliver_window(claim, window, session)
                got_on = got_on or not answers or any(map(_is_about_the_mail, answers))
                if session.broke or claim.time_is_up:
                    break
    except Unreachable as error:
        _wait_for_server(claim, error)
        got_on = False
    except (BadAddress, message.BadHeader) as error:
        # The newsletter's name or sender was changed into one that no mail can carry.
        control.pause(issue, str(error))
    finally:
        claim.give_back(claim.rows, State.CLAIMED)
    outcomes.finish(issue)
    sending = Issue.objects.sending().filter(pk=issue.pk)
    return got_on and sending.exists() and issue.deliveries.due().exists()


def _is_about_the_mail(answer: Answer | Lost) -> bool:
    """And not about the connection: trying the next one right away makes sense."""
    return isinstance(answer, Answer) and answer.code != CLOSING


def _wait_for_server(claim: Claim, error: Unreachable) -> None:
    if error.permanent:
        control.pause(claim.issue, str(error))
    claim.held(claim.rows, State.CLAIMED).update(
        state=State.WAITING,
        reason="The mail server cannot be reached.",
        reply=str(error),
        due_at=now() + outcomes.AFTER_NO_CONNECTION,
        lease_until=None,
    )


def _deliver_window(
    claim: Claim, window: Sequence[Delivery], session: Session
) -> list[Answer | Lost]:
    mails = list(_write(claim, window, session))
    if mails:
        session.open()  # before anything is in hand, as this is what fails most
    in_hand = claim.take_in_hand([mail.delivery for mail in mails])
    mails = [mail for mail in mails if mail.delivery.pk in in_hand]
    answered: list[tuple[Delivery, Answer | Lost]] = []
    begun = 0
    try:
        while begun < len(mails) and not _must_stop(claim, session, answered):
            mail = mails[begun]
            begun += 1
            answer = session.send(mail.sender, mail.recipient, mail.content)
            answered.append((mail.delivery, answer))
    finally:
        outcomes.store(claim, answered)
        claim.give_back([mail.delivery for mail in mails[begun:]], State.HANDING)
    return [answer for _, answer in answered]


def _must_stop(
    claim: Claim, session: Session, answered: Sequence[tuple[Delivery, Answer | Lost]]
) -> bool:
    """Whether the rest of the window should wait."""
    if not answered:
        return False
    return session.broke or claim.time_is_up or bool(outcomes.objection(answered[-1][1]))


def _write(claim: Claim, window: Sequence[Delivery], session: Session) -> Iterator[Mail]:
    """The window's messages, for those who should still get one."""
    readers = Subscription.objects.filter(
        newsletter=claim.issue.newsletter, subscriber__in=[row.subscriber_id for row in window]
    )
    subscriptions = {reader.subscriber_id: reader for reader in readers}
    suppressed = Suppression.objects.among(row.address_key for row in window)
    letter = message.letter(claim.issue)
    sender = deliverable(claim.issue.newsletter.sender_email)
    for row in window:
        subscription = subscriptions.get(row.subscriber_id or 0)
        if subscription is None:
            claim.close(row, State.SKIPPED, "erased")
        elif subscription.state != Subscription.State.ACTIVE:
            claim.close(row, State.SKIPPED, subscription.state)
        elif row.address_key in suppressed:
            claim.close(row, State.SKIPPED, "suppressed")
        elif refusal := _undeliverable(row, session):
            claim.close(row, State.FAILED, refusal)
        else:
            content = message.for_delivery(letter, row, subscription)
            yield Mail(row, sender, deliverable(row.address), content)


def _undeliverable(row: Delivery, session: Session) -> str:
    """Why no server of ours could ever take it, or nothing."""
    try:
        recipient = deliverable(row.address)
    except BadAddress as error:
        return str(error)
    return "" if recipient.isascii() or session.takes_utf8_addresses else NO_UTF8
