"""One import from its first row to done, or to nothing.

New rows are written in blocks under a running import, which hides them. What changes rows
that were there before comes last, in the one transaction that also makes the import done:
so half an import is never seen.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.template.defaultfilters import pluralize
from django.utils.timezone import now

from threads.importing.arranging import Reading, arrange
from threads.importing.owners import find_account, has_changed, settle_claim
from threads.importing.settling import settle
from threads.importing.storing import Store
from threads.importing.turns import turn
from threads.importing.twins import recognise
from threads.importing.undoing import clear_up, fail
from threads.models import Import
from threads.sources.base import Source, SourceError, SourceUnavailableError

Say = Callable[[str], None]


def begin(
    source_name: str,
    *,
    kind: str = "",
    by: AbstractBaseUser | AnonymousUser | None = None,
    upload: str = "",
    address: str = "",
    options: dict[str, Any] | None = None,
) -> Import:
    """A row that waits to be run."""
    return Import.objects.create(
        source=source_name[:500],
        kind=kind,
        by_id=by.pk if by else None,
        upload=upload,
        address=address,
        options=options or {},
    )


def run(
    import_: Import,
    source: Source,
    *,
    with_replies: bool = False,
    wait: bool = True,
    say: Say = lambda progress: None,
) -> Import:
    """`wait`: for another import to end, which may take minutes; without, it fails then."""
    with turn(wait=wait) as ours:
        if not ours:
            busy = SourceUnavailableError("Another import is running. Try again when it is done.")
            refuse(import_, busy)
            raise busy
        clear_up()
        start(import_, source.kind)
        store = Store(import_, source)
        try:
            _bring_in(import_, store, source, with_replies, say)
        except BaseException as error:
            # Whatever ends it, a stopped process too, nothing of it may stay.
            fail(import_, error, store.files)
            raise
        if import_.account:
            recognise(import_.account)
    return import_


def start(import_: Import, kind: str) -> None:
    waiting = Import.objects.filter(pk=import_.pk, state=Import.State.WAITING)
    if not waiting.update(state=Import.State.RUNNING, kind=kind, started_at=now()):
        raise SourceError("This import was run before. Begin it anew.")
    import_.refresh_from_db()


def refuse(import_: Import, error: SourceError) -> None:
    """It cannot even be begun."""
    waiting = Import.objects.filter(pk=import_.pk, state=Import.State.WAITING)
    waiting.update(state=Import.State.FAILED, error=str(error), finished_at=now())


def _bring_in(import_: Import, store: Store, source: Source, with_replies: bool, say: Say) -> None:
    reading = Reading.of(source)
    told = source.account()
    account = find_account(told, reading.digests)
    import_.account = account
    import_.save(update_fields=["account"])
    plan = arrange(account, told, reading, with_replies=with_replies)
    count = len(plan.shapes)
    say(f"Found {len(plan.kept)} statuses of {account} in {count} thread{pluralize(count)}.")
    store.add_new(plan, say)
    with transaction.atomic():
        settle(store, plan, has_changed(account, told), source.findings)
        settle_claim(account)
