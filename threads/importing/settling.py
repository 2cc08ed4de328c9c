"""The end of an import, in one transaction: old rows change, and all of it becomes visible."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import batched

from django.db.models import Model
from django.utils.timezone import now

from threads.importing.arranging import Plan
from threads.importing.belongings import Changes
from threads.importing.describing import FIELDS, describe
from threads.importing.storing import STATUS_KEY, THREAD_KEY, Store, overwrite
from threads.importing.undoing import Before
from threads.models import Attachment, Import, Status, Thread
from threads.sources.base import Findings

BLOCK = 500
CHANGED = [*FIELDS, "trashed_at"]
TOLD = [
    "sort_key",
    "text",
    "format",
    "spans",
    "posted_at",
    "url",
    "reply_to",
    "reply_to_account",
    "quote_of",
    "language",
    "likes",
    "content_warning",
    "extras",
    "edited_at",
    "gap",
    "fingerprint",
    "digest",
]


def settle(store: Store, plan: Plan, account_news: dict[str, str], findings: Findings) -> None:
    before = Before()
    if account_news:
        before.change(plan.account, account_news)
        plan.account.save(update_fields=list(account_news))
    touched = {plan.place(id_)[0] for id_ in store.joining}
    touched |= {plan.place(status.remote_id)[0] for status in store.changed}
    touched |= _remove(plan, before)
    touched |= _move(store, plan, before)
    _change_attachments(store.changes, before)
    _change_statuses(store.changed, before)
    _change_threads({pk for pk in touched if pk}, store.fresh, plan, before)
    _finish(store.import_, plan, before, findings)


def _remove(plan: Plan, before: Before) -> set[int | None]:
    """Statuses that turned out to be superseded, deleted or not for everybody."""
    rows = [plan.known[id_] for id_ in plan.gone]
    for block in batched(rows, BLOCK, strict=False):
        statuses = Status.objects.filter(pk__in=[row.pk for row in block])
        before.delete(statuses)
        before.delete(Attachment.objects.filter(status__in=statuses))
        statuses.delete()
    return {row.thread_id for row in rows}


def _move(store: Store, plan: Plan, before: Before) -> set[int | None]:
    """Old statuses that now stand elsewhere, and new ones that stand among old ones."""
    moved = list(store.joining)
    left: set[int | None] = set()
    for id_ in plan.known.keys() & plan.places.keys():
        row, (thread, position) = plan.known[id_], plan.place(id_)
        if (row.thread_id, row.position) != (thread, position):
            moved.append(id_)
            left |= {row.thread_id, thread}
            old = {"thread_id": row.thread_id, "position": row.position}
            before.remember(Status, row.pk, old)
    rows = (store.placed(plan, id_) for id_ in moved)
    overwrite(Status, rows, STATUS_KEY, ["thread", "position"])
    return left


def _change_statuses(rows: list[Status], before: Before) -> None:
    for block in batched(rows, BLOCK, strict=False):
        old = Status.objects.in_bulk([row.pk for row in block])
        for row in block:
            before.keep(old[row.pk], _different(old[row.pk], row, TOLD))
            # Made anew when first needed, after undoing as well.
            before.remember(Status, row.pk, {"markdown": ""})
        overwrite(Status, block, STATUS_KEY, [*TOLD, "markdown"])


def _different(old: Model, new: Model, names: Iterable[str]) -> list[str]:
    return [name for name in names if getattr(old, name) != getattr(new, name)]


def _change_attachments(changes: Changes, before: Before) -> None:
    before.delete(changes.remove)
    Attachment.objects.filter(pk__in=[row.pk for row in changes.remove]).delete()
    for row, news in changes.change:
        before.change(row, news)
        row.save(update_fields=list(news))
    before.added += [row.pk for row in Attachment.objects.bulk_create(changes.add)]


def _change_threads(touched: set[int], fresh: set[int], plan: Plan, before: Before) -> None:
    shapes = dict(zip(plan.rows, plan.shapes, strict=True))
    for pks in batched(sorted(touched), BLOCK, strict=False):
        threads, old = Thread.objects.in_bulk(pks), Thread.objects.in_bulk(pks)
        for pk, thread in threads.items():
            if pk in shapes:
                _begin_anew(thread, shapes[pk].main_line[0], plan)
            else:
                # All it held stands in other threads now; a post may still name it.
                thread.trashed_at = thread.trashed_at or now()
        describe((row for pk, row in threads.items() if pk in shapes), plan.without_parent())
        for pk in threads.keys() - fresh:
            changed = _different(old[pk], threads[pk], [*CHANGED, "remote_id"])
            before.keep(old[pk], changed)
        overwrite(Thread, threads.values(), THREAD_KEY, CHANGED)


def _begin_anew(thread: Thread, first: str, plan: Plan) -> None:
    """With another status, or one that says something else: so the title is another, too."""
    if first != thread.remote_id:
        Thread.objects.filter(pk=thread.pk).update(remote_id=first)
    if first != thread.remote_id or first in plan.changed:
        thread.remote_id, thread.title = first, ""


def _finish(import_: Import, plan: Plan, before: Before, findings: Findings) -> None:
    import_.state = Import.State.DONE
    import_.finished_at = now()
    import_.created = len(plan.new)
    import_.updated = len(plan.changed)
    import_.unchanged = len(plan.kept) - len(plan.new) - len(plan.changed)
    import_.skipped = plan.skipped
    import_.warnings = findings.warnings
    import_.complete = findings.complete
    import_.before = before.as_json()
    import_.thread_ids = [
        row
        for row, shape in zip(plan.rows, plan.shapes, strict=True)
        if not plan.kept.isdisjoint((*shape.main_line, *shape.branches))
    ]
    import_.save()
