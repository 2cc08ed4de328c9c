"""The end of an import, in one transaction: old rows change, and all of it becomes visible."""

from __future__ import annotations

from itertools import batched
from typing import Any

from django.utils.timezone import now

from threads.arranging import Plan
from threads.belongings import Changes
from threads.describing import FIELDS, describe
from threads.models import Attachment, Import, Status, Thread
from threads.sources.base import Findings
from threads.storing import Store
from threads.undoing import Before

BLOCK = 500
CHANGED = [*FIELDS, "remote_id", "trashed_at"]
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
    "digest",
]


def settle(store: Store, plan: Plan, account_news: dict[str, str], findings: Findings) -> None:
    before = Before()
    if account_news:
        before.change(plan.account, account_news)
        plan.account.save(update_fields=list(account_news))
    touched = {status.thread_id for status in store.joining}
    touched |= {plan.place(status.remote_id)[0] for status in store.changed}
    touched |= _remove(plan, before)
    touched |= _move(plan, before)
    _change_statuses(store.changed, before)
    _change_attachments(store.changes, before)
    Status.objects.bulk_update(store.joining, ["thread", "position"], batch_size=BLOCK)
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


def _move(plan: Plan, before: Before) -> set[int | None]:
    """Old statuses that now stand elsewhere."""
    moved: list[Status] = []
    left: set[int | None] = set()
    for id_ in plan.known.keys() & plan.places.keys():
        row, (thread, position) = plan.known[id_], plan.place(id_)
        if (row.thread_id, row.position) != (thread, position):
            moved.append(Status(pk=row.pk, thread_id=thread, position=position))
            left |= {row.thread_id, thread}
            old = {"thread_id": row.thread_id, "position": row.position}
            before.remember(Status, row.pk, old)
    Status.objects.bulk_update(moved, ["thread", "position"], batch_size=BLOCK)
    return left


def _change_statuses(rows: list[Status], before: Before) -> None:
    for block in batched(rows, BLOCK, strict=False):
        old = Status.objects.in_bulk([row.pk for row in block])
        changed = {"markdown"}
        for row in block:
            news = _differences(old[row.pk], row)
            before.change(old[row.pk], news)
            old[row.pk].markdown = ""  # made anew when first needed, after undoing as well
            before.remember(Status, row.pk, {"markdown": ""})
            changed |= news.keys()
        Status.objects.bulk_update(old.values(), sorted(changed), batch_size=100)


def _differences(old: Status, new: Status) -> dict[str, Any]:
    pairs = ((name, getattr(old, name), getattr(new, name)) for name in TOLD)
    return {name: value for name, there, value in pairs if there != value}


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
        threads = Thread.objects.in_bulk(pks)
        old = {pk: {name: getattr(row, name) for name in CHANGED} for pk, row in threads.items()}
        for pk, thread in threads.items():
            if pk not in shapes:
                # All it held stands in other threads now; a post may still name it.
                thread.trashed_at = thread.trashed_at or now()
                continue
            first = shapes[pk].main_line[0]
            if first != thread.remote_id or first in plan.changed:
                thread.remote_id, thread.title = first, ""
        describe((row for pk, row in threads.items() if pk in shapes), plan.without_parent())
        for pk in threads.keys() - fresh:
            values = {name: getattr(threads[pk], name) for name in CHANGED}
            news = {name: value for name, value in values.items() if value != old[pk][name]}
            before.remember(Thread, pk, {name: old[pk][name] for name in news})
        Thread.objects.bulk_update(threads.values(), CHANGED, batch_size=100)


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
