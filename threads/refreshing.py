"""Fetching a thread again, to see what became different at its source.

What did is kept as changes (see `importing.noticing`); no draft is touched by them.
"""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from threads import fetching
from threads.models import Change, Import, Platform, Thread
from threads.sources.base import SourceFormatError

UNDER_WAY = [Import.State.WAITING, Import.State.RUNNING]


def why_not(thread: Thread) -> str:
    """What keeps the thread from being fetched again at all; empty where nothing does."""
    if thread.account.platform == Platform.NONE:
        return (
            "It was pasted, so there is nowhere to fetch it from. Paste it anew where it changed."
        )
    if not thread.url:
        return "Nobody knows where it stands. Bring it in anew, by its address."
    return ""


def begin(thread: Thread, **options: Any) -> Import:
    """An import that waits to be fetched, or the one that does already. Raises SourceError."""
    if refusal := why_not(thread):
        raise SourceFormatError(refusal)
    under_way = Import.objects.filter(state__in=UNDER_WAY, options__thread=thread.pk).first()
    return under_way or fetching.begin(thread.url, options={"thread": thread.pk}, **options)


def changes_of(import_: Import) -> QuerySet[Change]:
    """What one run found to be different."""
    return import_.changes.select_related("status", "thread").order_by("thread", "pk")
