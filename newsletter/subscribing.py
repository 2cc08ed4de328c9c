"""How a reader comes, confirms, leaves, and is forgotten.

A row whose `confirmation_due_at` has come is the work; the edges wake a worker for it.
"""

from __future__ import annotations

import logging
import smtplib
import socket
from datetime import datetime, timedelta
from email.utils import formataddr, make_msgid, parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import Max, Q
from django.template.loader import render_to_string
from django.utils.timezone import now

from newsletter import links
from newsletter.addresses import deliverable, normalise
from newsletter.models import Delivery, Newsletter, Subscriber, Subscription, Suppression

logger = logging.getLogger(__name__)

State = Subscription.State

ONE_CONFIRMATION_PER = timedelta(hours=24)
TRY_AGAIN_AFTER = timedelta(minutes=10)


class SpentLink(ValueError):
    """A confirmation link that has done its work, or that a later goodbye has overtaken."""


def subscribe(
    newsletter: Newsletter, address: str, *, name: str = "", source: str, consent_text: str
) -> Subscription | None:
    """Note the wish. Returns the row whose confirmation mail is due, if one is.

    Raises BadAddress. Whoever asks must get the same answer whatever comes back, since
    the difference tells strangers who is a reader.
    """
    written, key = normalise(address)
    if suppressed(key):
        return None
    with transaction.atomic():
        subscriber, _ = Subscriber.objects.get_or_create(
            address_key=key, defaults={"address": written, "name": name}
        )
        subscription, _ = Subscription.objects.get_or_create(
            subscriber=subscriber,
            newsletter=newsletter,
            defaults={"source": source, "consent_text": consent_text},
        )
        if subscription.state == State.ACTIVE or _sent_lately(subscription.confirmation_sent_at):
            return None
        subscription.source = source
        subscription.consent_text = consent_text
        subscription.requested_at = subscription.confirmation_due_at = now()
        subscription.save(
            update_fields=["source", "consent_text", "requested_at", "confirmation_due_at"]
        )
    return subscription


def send_confirmation(subscription: Subscription) -> bool:
    """Mail the link that makes the subscription active, unless the address had one today."""
    before = subscription.confirmation_sent_at
    claimed = _claim_confirmation(subscription.pk)
    if claimed is None:
        return False
    try:
        _confirmation(claimed).send()
    except (OSError, ValueError) as error:
        logger.warning(
            "The confirmation of subscription %s did not go out: %s",
            claimed.pk,
            type(error).__name__,
        )
        if _worth_another_try(error):
            Subscription.objects.filter(pk=claimed.pk).update(
                confirmation_sent_at=before, confirmation_due_at=now() + TRY_AGAIN_AFTER
            )
        return False
    return True


def to_confirm(token: str) -> Subscription:
    """What this link would confirm, or has just confirmed. Changes nothing.

    Raises links.BrokenLink, links.ExpiredLink or SpentLink.
    """
    subscription_id, sent_at = links.read_confirm(token)
    rows = Subscription.objects.select_related("subscriber", "newsletter")
    subscription = rows.filter(pk=subscription_id).first()
    if subscription is None:
        raise SpentLink("This link is about a subscription that is gone.")
    if subscription.state != State.ACTIVE and not (
        rows.confirmable(subscription_id, sent_at).exists()
    ):
        raise SpentLink("This link has been used before.")
    return subscription


def confirm(token: str) -> Subscription:
    """Once for each link. Raises what to_confirm raises."""
    subscription_id, sent_at = links.read_confirm(token)
    Subscription.objects.confirmable(subscription_id, sent_at).update(
        state=State.ACTIVE,
        confirmed_at=now(),
        confirmation_due_at=None,
        ended_at=None,
        ended_by="",
    )
    return to_confirm(token)


def unsubscribe(subscription: Subscription, reason: str = "") -> None:
    """At once, and as often as one likes: only the first time counts."""
    Subscription.objects.filter(pk=subscription.pk).exclude(
        state__in=[State.UNSUBSCRIBED, State.COMPLAINED]
    ).update(state=State.UNSUBSCRIBED, ended_at=now(), ended_by=reason, confirmation_due_at=None)
    subscription.refresh_from_db()


def suppressed(address_key: str) -> bool:
    return Suppression.objects.covers(address_key)


@transaction.atomic
def erase(address: str) -> int | None:
    """Forget the reader, and see to it that they are never mailed again.

    Returns how many rows of the ledger were cleared; None where nobody has this address.
    """
    key = normalise(address).key
    subscriber = Subscriber.objects.filter(address_key=key).first()
    by_address = Q(address_key=key)
    mailed = Delivery.objects.filter(
        by_address | Q(subscriber=subscriber) if subscriber else by_address
    )
    if subscriber is None and not mailed.exists():
        return None
    Suppression.objects.add(key, reason="erased")
    cleared = mailed.erase()
    if subscriber:
        subscriber.delete()
    return cleared


def _sent_lately(sent_at: datetime | None) -> bool:
    return sent_at is not None and now() - sent_at < ONE_CONFIRMATION_PER


@transaction.atomic
def _claim_confirmation(subscription_id: int) -> Subscription | None:
    """The row, now that its mail is this caller's alone to send."""
    subscriber = (
        Subscriber.objects.select_for_update(of=("self",))
        .filter(subscriptions=subscription_id)
        .first()
    )
    # The reader is locked, not the row: the limit is for the address, in all newsletters at once.
    due = Subscription.objects.confirmation_due().filter(pk=subscription_id, subscriber=subscriber)
    subscription = due.select_related("newsletter", "subscriber").first()
    if subscription is None:
        return None
    last = subscription.subscriber.subscriptions.aggregate(at=Max("confirmation_sent_at"))["at"]
    if suppressed(subscription.subscriber.address_key):
        due.update(confirmation_due_at=None)
        return None
    if _sent_lately(last):
        due.update(confirmation_due_at=last + ONE_CONFIRMATION_PER)
        return None
    subscription.confirmation_sent_at, subscription.confirmation_due_at = now(), None
    subscription.save(update_fields=["confirmation_sent_at", "confirmation_due_at"])
    return subscription


def _confirmation(subscription: Subscription) -> EmailMultiAlternatives:
    newsletter = subscription.newsletter
    sender = settings.DEFAULT_FROM_EMAIL
    if newsletter.sender_email:
        sender = formataddr((newsletter.sender_name or newsletter.name, newsletter.sender_email))
    domain = deliverable(parseaddr(sender)[1]).rpartition("@")[2]
    context = {
        "newsletter": newsletter,
        "name": subscription.subscriber.name,
        "url": links.confirm_url(subscription),
    }
    message = EmailMultiAlternatives(
        f"Confirm your subscription to {newsletter.name}",
        render_to_string("mail/confirmation.txt", context),
        sender,
        [deliverable(subscription.subscriber.address)],
        reply_to=[newsletter.reply_to] if newsletter.reply_to else None,
        headers={"Auto-Submitted": "auto-generated", "Message-ID": make_msgid(domain=domain)},
    )
    message.attach_alternative(render_to_string("mail/confirmation.html", context), "text/html")
    return message


def _worth_another_try(error: OSError | ValueError) -> bool:
    """Whether the server surely has not taken it, and may later."""
    match error:
        case smtplib.SMTPRecipientsRefused(recipients=refused):
            return all(code < 500 for code, _ in refused.values())
        case smtplib.SMTPResponseException(smtp_code=code):
            return code < 500
        case ConnectionRefusedError() | socket.gaierror():
            return True
        case _:
            # A lost answer among them: nobody knows whether that mail went out.
            return False
