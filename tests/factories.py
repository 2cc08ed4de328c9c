"""Rows for tests: plain functions, each with what a row needs to be whole."""

from __future__ import annotations

from typing import Any

from newsletter.addresses import normalise
from newsletter.models import Newsletter, Subscriber, Subscription


def make_newsletter(**fields: Any) -> Newsletter:
    """Complete, so that it may send."""
    slug = fields.get("slug", "letters")
    whole = {
        "name": slug.title(),
        "slug": slug,
        "sender_name": "Ada Example",
        "sender_email": "ada@letters.example",
        "reply_to": "reply@letters.example",
        "postal_address": "1 Example Street, Exampleton",
    }
    return Newsletter.objects.create(**whole | fields)


def make_subscription(
    newsletter: Newsletter, address: str = "reader@example.org", **fields: Any
) -> Subscription:
    """An active one, unless said otherwise."""
    written, key = normalise(address)
    subscriber, _ = Subscriber.objects.get_or_create(address_key=key, defaults={"address": written})
    whole = {"state": Subscription.State.ACTIVE}
    return Subscription.objects.create(
        subscriber=subscriber, newsletter=newsletter, **whole | fields
    )
