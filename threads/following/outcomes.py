"""What becomes of a follow: when it is looked at next, and what an editor is told of it.

Whoever looks holds the row until `claimed_until`; what a worker writes that was taken for
dead in the meantime is lost.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.utils.timezone import now

from threads.models import Follow, Platform
from threads.sources.base import SourceError, SourceLimitedError, SourceUnavailableError

LEASE = timedelta(minutes=30)
LONGEST_WAIT = timedelta(days=1)
JITTER = 0.1

State = Follow.State


def claim(follow: Follow) -> bool:
    """Whether it is ours to look at now."""
    until = now() + LEASE
    if not Follow.objects.due().filter(pk=follow.pk).update(claimed_until=until):
        return False
    follow.refresh_from_db()
    return True


def healthy(follow: Follow, cursor: dict[str, Any], remark: str) -> None:
    next_at = now() + timedelta(minutes=follow.every)
    _settle(
        follow, State.HEALTHY, next_at, failures=0, error=remark, checked_at=now(), cursor=cursor
    )


def failed(follow: Follow, error: Exception) -> None:
    """By what kind of error it was: patience, another try, or an editor's turn."""
    match error:
        case SourceLimitedError(until=until):
            _settle(follow, State.LIMITED, until, error=str(error), checked_at=now())
            _spare_the_platform(follow, until)
        case SourceError() if not isinstance(error, SourceUnavailableError):
            _settle(follow, State.STOPPED, now(), error=str(error), checked_at=now())
        case _:
            known = isinstance(error, SourceError)
            words = str(error) if known else "The look was stopped by an error of Unspool's own."
            failures = follow.failures + 1
            next_at = now() + wait_after(follow, failures)
            _settle(
                follow, State.FAILING, next_at, failures=failures, error=words, checked_at=now()
            )


def wait_after(follow: Follow, failures: int) -> timedelta:
    """Doubled each time, and a little less than that: for each account another little."""
    doubled = timedelta(minutes=follow.every) * (1 << min(failures - 1, 20))
    account = f"{follow.account.platform} {follow.account.remote_id}"
    fraction = hashlib.blake2b(account.encode(), digest_size=1).digest()[0] / 256
    return min(doubled, LONGEST_WAIT) * (1 - JITTER * fraction)


def _settle(follow: Follow, state: State, next_at: datetime, **fields: Any) -> None:
    ours = Follow.objects.filter(pk=follow.pk, claimed_until=follow.claimed_until)
    # An editor who paused it meanwhile is not overruled.
    ours.filter(state=State.PAUSED).update(
        claimed_until=None, cursor=fields.get("cursor", follow.cursor)
    )
    ours.exclude(state=State.PAUSED).update(
        state=state, next_at=next_at, claimed_until=None, **fields
    )
    follow.refresh_from_db()


def _spare_the_platform(follow: Follow, until: datetime) -> None:
    """Its limit is for us, not for the account: the others there wait, too."""
    others = Follow.objects.filter(account__platform=follow.account.platform, state=State.HEALTHY)
    if follow.account.platform == Platform.MASTODON:
        parts = urlsplit(follow.account.url)
        others = others.filter(account__url__startswith=f"{parts.scheme}://{parts.netloc}/")
    others.filter(next_at__lt=until).update(state=State.LIMITED, next_at=until, error=follow.error)


# --- what an editor decides --------------------------------------------------------------------


def pause(follow: Follow) -> None:
    Follow.objects.filter(pk=follow.pk).update(state=State.PAUSED)
    follow.refresh_from_db()


def resume(follow: Follow) -> None:
    """Also after something was put right that had stopped it."""
    held = Follow.objects.filter(pk=follow.pk, state__in=[State.PAUSED, State.STOPPED])
    held.update(state=State.HEALTHY, next_at=now(), failures=0, error="")
    follow.refresh_from_db()


def hurry(follow: Follow) -> bool:
    """Let it be looked at now; but not where the platform has asked for patience."""
    patient = Follow.objects.filter(pk=follow.pk, state=State.LIMITED, next_at__gt=now())
    if patient.exists():
        return False
    resume(follow)
    Follow.objects.filter(pk=follow.pk).update(next_at=now())
    follow.refresh_from_db()
    return True
