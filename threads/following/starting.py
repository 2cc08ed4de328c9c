"""Whom to follow: an account is found at its platform before it is looked at."""

from __future__ import annotations

from threads.following.outcomes import resume
from threads.http import FetchError, Web
from threads.importing.owners import certainty, find_account, has_changed
from threads.models import Account, Follow, IndexEntry, Platform
from threads.sources import feeds
from threads.sources.base import SourceAccount, SourceFormatError
from threads.sources.handles import feed_of, named
from threads.sources.profiles import told_profile
from threads.sources.services import Services

MOST_OFTEN = 5  # minutes


class CannotFollow(Exception):
    """Says why, and what to do."""


def find(address: str, web: Web, services: Services) -> Account:
    """The row of the account with this handle or profile; a new one where it is not known.

    Raises SourceError.
    """
    told = told_profile(named(address), web, services).account
    account = find_account(told, ())
    news = has_changed(account, told)
    for name, value in news.items():
        setattr(account, name, value)
    if news:
        account.save(update_fields=list(news))
        IndexEntry.objects.forget(account.threads.all())
    return account


def follow(account: Account, web: Web, *, every: int = 60, feed: str = "") -> Follow:
    """`feed`: another than the one that the platform keeps of the account, if it keeps one."""
    if account.platform == Platform.NONE or certainty(account.remote_id) < 2:
        raise CannotFollow(f"{account} is known by pasted words only. Give the account's address.")
    if every < MOST_OFTEN:
        raise CannotFollow(f"Look every {MOST_OFTEN} minutes at most: platforms have limits.")
    if feed:
        _check_feed(feed, web)
    feed = feed or feed_of(as_source(account))
    row, _ = Follow.objects.update_or_create(
        account=account, defaults={"every": every, "feed": feed}
    )
    resume(row)
    return row


def as_source(account: Account) -> SourceAccount:
    return SourceAccount(
        account.platform, account.remote_id, account.handle, account.name, account.url
    )


def _check_feed(feed: str, web: Web) -> None:
    try:
        feeds.ask(feed, {}, web)
    except (FetchError, SourceFormatError) as error:
        raise CannotFollow(f"The feed cannot be used: {error}") from error
