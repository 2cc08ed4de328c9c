"""Absolute addresses, and the signed tokens in those that stand in mails.

A token names a subscription, never an address. Each purpose has a salt of its own,
so that a link to one page opens no other.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils.timezone import now

from newsletter.models import Newsletter, Post, Subscription
from threads.models import Account, Thread

CONFIRM_WITHIN = timedelta(hours=48)
EXAMPLE = "example"  # the token of mails that go to no reader


class BrokenLink(ValueError):
    """Cut short on its way, or never made by us."""


class ExampleLink(BrokenLink):
    """Of a test mail."""


class ExpiredLink(ValueError):
    """Made by us, too long ago."""


class Confirmation(NamedTuple):
    subscription_id: int
    sent_at: datetime


def absolute(path: str) -> str:
    return f"{settings.BASE_URL}{path}"


def leads_to(url: str, place: str) -> bool:
    """To this page or one below it; not to one whose address only begins alike."""
    return url == place or url.startswith(tuple(f"{place.rstrip('/')}{sign}" for sign in "/?#"))


def newsletter_url(newsletter: Newsletter) -> str:
    return absolute(f"/{newsletter.slug}/")


def subscribe_url(newsletter: Newsletter) -> str:
    return absolute(f"/subscribe/?newsletter={newsletter.slug}")


def post_url(post: Post) -> str:
    """Where the post is, or will be, on the web. It must have its newsletter."""
    if post.newsletter is None:
        raise ValueError("A post without a newsletter has no address yet.")
    return absolute(f"/{post.newsletter.slug}/{post.slug}/")


def thread_url(thread: Thread) -> str:
    return absolute(f"/threads/{thread.pk}/")


def claim_url(account: Account) -> str:
    """Where an editor proves that the account is theirs."""
    return absolute(reverse("admin:threads_account_claim", args=[account.pk]))


def homes() -> list[str]:
    """The addresses by which a profile elsewhere can name this site as its own."""
    return [absolute("/"), *map(newsletter_url, Newsletter.objects.order_by("pk"))]


def confirm_url(subscription: Subscription) -> str:
    sent_at = subscription.confirmation_sent_at or now()
    value = f"{subscription.pk}.{int(sent_at.timestamp() * 1_000_000):x}"
    return absolute(f"/c/{_sign(value, 'confirm')}/")


def unsubscribe_url(subscription: Subscription) -> str:
    return absolute(f"/u/{_sign(str(subscription.pk), 'unsubscribe')}/")


def preferences_url(subscription: Subscription) -> str:
    return absolute(f"/s/{_sign(str(subscription.pk), 'preferences')}/")


def read_confirm(token: str) -> Confirmation:
    subscription_id, _, moment = _unsign(token, "confirm").partition(".")
    sent_at = datetime.fromtimestamp(int(moment, 16) / 1_000_000, UTC)
    if now() - sent_at > CONFIRM_WITHIN:
        raise ExpiredLink("This link has expired.")
    return Confirmation(int(subscription_id), sent_at)


def read_unsubscribe(token: str) -> int:
    """The id of the subscription. It may be gone: such a link has nothing left to do."""
    return int(_unsign(token, "unsubscribe"))


def read_preferences(token: str) -> int:
    return int(_unsign(token, "preferences"))


def _signer(purpose: str) -> Signer:
    # A dot, since some mail programs end a link at a colon.
    return Signer(sep=".", salt=f"newsletter.links.{purpose}")


def _sign(value: str, purpose: str) -> str:
    return _signer(purpose).sign(value)


def _unsign(token: str, purpose: str) -> str:
    if token == EXAMPLE:
        raise ExampleLink("It came with a test mail, so it belongs to no reader.")
    try:
        return _signer(purpose).unsign(token)
    except BadSignature as error:
        raise BrokenLink("This link is not complete.") from error
