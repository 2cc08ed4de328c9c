"""One import from its first row to done, or to nothing.

New rows are written in blocks under a running import, which hides them. What changes rows
that were there before comes last, whole threads at a time: so half a thread is never seen.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.template.defaultfilters import pluralize
from django.utils.timezone import now

from threads.importing.arranging import arrange
from threads.importing.belongings import Belongings
from threads.importing.owners import find_account, has_changed
from threads.importing.progress import Cancelled, Progress, Say, Show
from threads.importing.reading import Reading, Spool, known_fingerprints
from threads.importing.settling import settle
from threads.importing.storing import Store
from threads.importing.turns import turn
from threads.importing.twins import recognise
from threads.importing.undoing import clear_up, fail
from threads.models import Import
from threads.sources.base import Source, SourceError, SourceUnavailableError

COLLECT_AFTER = 50_000  # new objects; usually it is some hundreds


def begin(
    source_name: str,
    *,
    kind: str = "",
    by: AbstractBaseUser | AnonymousUser | None = None,
    upload: str = "",
    address: str = "",
    options: dict[str, Any] | None = None,
) -> Import:
    """A row that waits to be run. `address`: where it is fetched from; then nothing is uploaded."""
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
    say: Say = lambda words: None,
    show: Show = lambda done, total: None,
) -> Import:
    """`wait`: for another import to end, which may take minutes; without, it fails then.

    `say` is told what happens, in lines; `show` how many steps are done, of how many (0 where
    nobody knows).
    """
    if import_.address:
        source.account()  # the network is asked before anybody has to wait for us
    try:
        with turn(wait=wait) as ours:
            if not ours:
                raise SourceUnavailableError(
                    "Another import is running. Try again when it is done."
                )
            _run(import_, source, with_replies, Progress(import_, say, show))
            if import_.account:
                recognise(import_.account)
    except (SourceError, KeyboardInterrupt) as error:
        refuse(import_, error)
        raise
    return import_


def _run(import_: Import, source: Source, with_replies: bool, progress: Progress) -> None:
    clear_up()
    start(import_, source.kind)
    belongings = Belongings(source, progress)
    try:
        _bring_in(import_, source, with_replies, belongings, progress)
    except BaseException as error:
        # Whatever ends it, a stopped process too, nothing of it may stay.
        fail(import_, error, belongings.added)
        raise


def start(import_: Import, kind: str) -> None:
    waiting = Import.objects.filter(pk=import_.pk, state=Import.State.WAITING)
    started = waiting.update(state=Import.State.RUNNING, kind=kind, started_at=now())
    import_.refresh_from_db()
    if not started and import_.state == Import.State.CANCELLED:
        raise Cancelled
    if not started:
        raise SourceError("This import was run before. Begin it anew.")


def refuse(import_: Import, error: BaseException) -> None:
    """It cannot even be begun. Does nothing where it was."""
    is_cancelled = isinstance(error, KeyboardInterrupt)
    Import.objects.filter(pk=import_.pk, state=Import.State.WAITING).update(
        state=Import.State.CANCELLED if is_cancelled else Import.State.FAILED,
        error="" if is_cancelled else str(error),
        finished_at=now(),
    )


def _bring_in(
    import_: Import, source: Source, with_replies: bool, belongings: Belongings, progress: Progress
) -> None:
    with closing(Spool()) as spool, _fewer_collections():
        reading = Reading.of(source, known_fingerprints(), spool, progress)
        told = source.account()
        account = find_account(told, reading.ids())
        import_.account = account
        import_.warnings, import_.complete = source.findings.warnings, source.findings.complete
        import_.save(update_fields=["account"])
        plan = arrange(account, told, reading, with_replies=with_replies)
        count = len(plan.shapes)
        progress.say(
            f"Found {len(plan.kept)} statuses of {account} in {count} thread{pluralize(count)}."
        )
        progress.begins(len(plan.new))
        store = Store(import_, plan, belongings, progress)
        store.add_new()
        settle(store, has_changed(account, told), source.findings)


@contextmanager
def _fewer_collections() -> Iterator[None]:
    """Nearly all that is kept refers to nothing, so looking for rings of references is in vain."""
    usual = gc.get_threshold()
    gc.set_threshold(COLLECT_AFTER, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)
