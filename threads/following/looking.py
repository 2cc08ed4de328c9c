"""One look at an account: its feed first, then its platform, then what is new is brought in."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils.timezone import now

from threads import importing
from threads.following import outcomes
from threads.following.news import News
from threads.following.starting import as_source
from threads.http import FetchError, FetchLimited, Web
from threads.models import Follow, Import, Thread
from threads.sources import catalog, feeds
from threads.sources.base import SourceError, SourceFormatError, SourceLimitedError
from threads.sources.services import Services

# Some feeds do not list answers: a thread that was continued shows only at the platform.
WITHOUT_THE_FEED = timedelta(days=1)


def look(follow: Follow, web: Web, services: Services) -> list[Thread] | None:
    """The new threads, or None where somebody else looks, or nobody is to.

    How it went stands in the follow. Only a bug is raised.
    """
    if not outcomes.claim(follow):
        return None
    cursor = dict(follow.cursor)
    try:
        remark = _listen(follow, cursor, web)
        brought = None if remark is None else _ask(follow, cursor, web, services)
    except SourceError as error:
        outcomes.failed(follow, error)
        return []
    except Exception as error:
        outcomes.failed(follow, error)
        raise
    outcomes.healthy(follow, cursor, remark or "")
    return list(Thread.objects.in_inbox().filter(imported_by=brought)) if brought else []


def _listen(follow: Follow, cursor: dict[str, Any], web: Web) -> str | None:
    """None where the feed lists nothing new; else what is to be said of the feed."""
    if not follow.feed:
        return ""
    try:
        signal = feeds.ask(follow.feed, cursor.get("feed", {}), web)
    except FetchLimited as limit:
        raise SourceLimitedError(str(limit), limit.until) from limit
    except (FetchError, SourceFormatError) as error:
        return f"The feed is no help: {error} So the platform was asked itself."
    cursor["feed"] = signal.cursor
    asked_at = datetime.fromisoformat(cursor.get("asked_at", "2000-01-01T00:00Z"))
    may_trust = not cursor.get("busy") and now() - asked_at < WITHOUT_THE_FEED
    return None if may_trust and not signal.new else ""


def _ask(follow: Follow, cursor: dict[str, Any], web: Web, services: Services) -> Import | None:
    account = as_source(follow.account)
    source = catalog.open_account(
        account.platform,
        account,
        cursor.get("account", {}),
        web,
        services,
        owned=bool(follow.account.claim),
    )
    news = News(source)
    brought = _bring_in(follow, news) if news else None
    cursor["account"] = dict(source.cursor)
    cursor["asked_at"] = now().isoformat()
    # Somebody who is writing may be in the middle of a thread.
    cursor["busy"] = bool(news)
    return brought


def _bring_in(follow: Follow, news: News) -> Import | None:
    """An import that found only what is no part of a thread leaves no row behind."""
    import_ = importing.begin(
        f"New posts of {follow.account}", kind=news.kind, options={"in_inbox": True}
    )
    importing.run(import_, news)
    if import_.created or import_.updated or import_.undo_steps.exists():
        return import_
    import_.delete()
    return None
