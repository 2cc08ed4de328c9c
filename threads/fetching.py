"""Imports from an address: first the network is asked, and only then the turn is taken.

What is temporary waits and is tried again, and what costs much waits for somebody's yes; the
row tells which, and why. Whoever fetches has a lease on the row, so that nothing is paid twice.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.timezone import now

from threads import importing, outside
from threads.models import Account, Import, Platform, Status
from threads.sources import bluesky_ids
from threads.sources.addresses import shown
from threads.sources.base import (
    Price,
    Priced,
    Source,
    SourceError,
    SourceLimitedError,
    SourceUnavailableError,
)
from threads.sources.catalog import check_address, open_address
from threads.sources.x_asking import in_dollars

LEASE = timedelta(minutes=15)
TRIES = 5
FIRST_WAIT = timedelta(minutes=2)  # and twice as long each time
BROKEN_OFF = (
    f"Fetching it was broken off {TRIES} times, by an error of Unspool's own or a stopped "
    "worker. The log tells more; try another part of the thread, or paste its text."
)


class TooDear(SourceError):
    """More than X_ASK_ABOVE."""

    def __init__(self, price: Price) -> None:
        super().__init__(in_words(price))
        self.price = price


def in_words(price: Price) -> str:
    return f"Reading about {price.posts:,} posts from X costs {in_dollars(price.dollars)}."


def begin(written: str, **options: Any) -> Import:
    """A row that waits to be fetched. Raises a SourceError where that makes no sense."""
    url = check_address(written, outside.services())
    return importing.begin(shown(url), address=url, **options)


def lease(import_: Import) -> bool:
    """Whether it is ours to fetch, for a while."""
    free = Q(try_at=None) | Q(try_at__lte=now())
    waiting = Import.objects.filter(free, pk=import_.pk, state=Import.State.WAITING)
    return bool(waiting.update(try_at=now() + LEASE, tries=import_.tries + 1))


def run(import_: Import) -> None:
    """One try."""
    if not lease(import_):
        return
    import_.refresh_from_db()
    if import_.tries > TRIES:
        importing.refuse(import_, SourceError(BROKEN_OFF))
        return
    try:
        bring_in(import_, paid=bool(import_.options.get("paid")))
    except TooDear as dear:
        ask(import_, dear.price)
    except SourceUnavailableError as error:
        put_off(import_, error)
    except SourceError as error:
        importing.refuse(import_, error)


def bring_in(
    import_: Import,
    *,
    paid: bool,
    say: Callable[[str], None] = lambda progress: None,
) -> Import:
    """`paid`: whether somebody agreed to whatever it costs."""
    source = open_address(
        import_.address,
        outside.web(),
        outside.services(),
        expected=expected_by(import_),
        owned=is_owned(import_.address),
    )
    if not paid:
        refuse_dear(source)
    say(f"Asking for the thread of {import_.source} …")
    source.account()
    import_.cost, import_.error = source.findings.cost, ""
    import_.save(update_fields=["cost", "error"])
    with_replies = import_.options.get("with_replies", False)
    return importing.run(import_, source, with_replies=with_replies, say=say)


def expected_by(import_: Import) -> set[str]:
    """What a thread that is fetched again had when it was last read: see `refreshing`."""
    known = Status.objects.filter(thread=import_.options.get("thread"), deleted_at=None)
    return set(known.exclude(thread=None).values_list("remote_id", flat=True))


def is_owned(address: str) -> bool:
    """Whether an address names an account on Bluesky that was proven to be the creator's."""
    place = bluesky_ids.find(address)
    if place is None:
        return False
    named = Q(handle__iexact=place.actor) | Q(remote_id=place.actor)
    claimed = Account.objects.filter(named, platform=Platform.BLUESKY).exclude(claimed_at=None)
    return claimed.exists()


def refuse_dear(source: Source) -> None:
    if isinstance(source, Priced):
        price = source.price()
        if price.dollars > settings.X_ASK_ABOVE:
            raise TooDear(price)


# --- waiting ----------------------------------------------------------------------------------


def due(forgotten: datetime) -> QuerySet[Import]:
    """Those to fetch now. A job `forgotten` since then was lost."""
    waiting = Import.objects.filter(state=Import.State.WAITING, price=None).exclude(address="")
    return waiting.filter(Q(try_at__lte=now()) | Q(try_at=None, started_at__lt=forgotten))


def put_off(import_: Import, error: SourceUnavailableError) -> None:
    if import_.tries >= TRIES:
        importing.refuse(import_, error)
        return
    again = now() + FIRST_WAIT * 2 ** (import_.tries - 1)
    if isinstance(error, SourceLimitedError):
        again = max(again, error.until)
    waiting = Import.objects.filter(pk=import_.pk, state=Import.State.WAITING)
    waiting.update(error=str(error), try_at=again)


def ask(import_: Import, price: Price) -> None:
    """It waits until somebody says that it may cost that."""
    waiting = Import.objects.filter(pk=import_.pk, state=Import.State.WAITING)
    waiting.update(price=price.dollars, error=str(TooDear(price)), try_at=None)


def agree(import_: Import) -> None:
    asked = Import.objects.filter(pk=import_.pk, state=Import.State.WAITING).exclude(price=None)
    asked.update(price=None, error="", tries=0, options=import_.options | {"paid": True})


def leave(import_: Import) -> None:
    """What waits is not fetched after all."""
    waiting = Import.objects.filter(pk=import_.pk, state=Import.State.WAITING)
    waiting.update(state=Import.State.CANCELLED, price=None, finished_at=now())
