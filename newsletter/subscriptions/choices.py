"""What a reader may choose on the preferences page, and what each choice does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from newsletter import subscribing
from newsletter.models import Newsletter, Subscriber, Subscription

BY = "preferences page"
LONGEST_NAME = 100


@dataclass(frozen=True)
class Choice:
    newsletter: Newsletter
    state: str

    @property
    def wanted(self) -> bool:
        return self.state in (Subscription.State.ACTIVE, Subscription.State.PENDING)

    @property
    def may_ask(self) -> bool:
        """Pending, too: the mail may have been lost."""
        return self.state != Subscription.State.ACTIVE


def choices(subscriber: Subscriber) -> list[Choice]:
    """Every newsletter of the installation, and how the reader stands to it."""
    states = dict(subscriber.subscriptions.values_list("newsletter_id", "state"))
    return [
        Choice(newsletter, states.get(newsletter.pk, ""))
        for newsletter in Newsletter.objects.order_by("name")
    ]


def act(subscriber: Subscriber, posted: Mapping[str, str]) -> tuple[str, Newsletter | None]:
    """What to tell the reader, and the newsletter that they ask for, which they must confirm."""
    if "leave_all" in posted:
        for subscription in subscriber.subscriptions.all():
            subscribing.unsubscribe(subscription, BY)
        return "You have left every newsletter here. No more mail will come.", None
    if slug := posted.get("leave"):
        for subscription in subscriber.subscriptions.filter(newsletter=find_newsletter(slug)):
            subscribing.unsubscribe(subscription, BY)
        return "You have left. No more mail will come from this newsletter.", None
    if slug := posted.get("join"):
        return (
            "A mail with a link to confirm comes to you, at most one a day. "
            "Look among the spam, too."
        ), find_newsletter(slug)
    if "name" in posted:
        subscriber.name = "".join(filter(str.isprintable, posted["name"])).strip()[:LONGEST_NAME]
        subscriber.save(update_fields=["name"])
        return "Your name is saved.", None
    return "", None


def find_newsletter(slug: str) -> Newsletter | None:
    # Compared here: what strangers send may hold characters that a database refuses.
    return next((found for found in Newsletter.objects.all() if found.slug == slug), None)
