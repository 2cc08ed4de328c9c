"""Writing what an import brings: new rows at once and hidden, everything else at its end."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import batched
from typing import Any

from django.db import transaction

from threads.arranging import Plan, spans_of
from threads.belongings import Belongings, Changes
from threads.describing import FIELDS, describe
from threads.models import Attachment, Import, Status, Thread
from threads.sources.base import Source, SourceStatus

BLOCK = 1000


class Store:
    """The rows of one import on their way in."""

    def __init__(self, import_: Import, source: Source) -> None:
        self.import_ = import_
        self.source = source
        self.belongings = Belongings(source)
        self.fresh: set[int] = set()  # threads that are new
        self.joining: list[Status] = []  # new statuses of threads that are visible already
        self.changed: list[Status] = []
        self.changes = Changes()

    @property
    def files(self) -> list[str]:
        """What was added to the store of files."""
        return self.belongings.added

    def add_new(self, plan: Plan, say: Callable[[str], None]) -> None:
        self._add_threads(plan)
        written = 0
        for block in batched(self._pending(plan), BLOCK, strict=False):
            with transaction.atomic():
                self._add_statuses(plan, block)
            written += len(block)
            say(f"Stored {written} of {len(plan.new)} new statuses.")
        with_old = {plan.place(id_)[0] for id_ in plan.known.keys() & plan.places.keys()}
        for pks in batched(self.fresh - with_old, BLOCK, strict=False):
            save_described(Thread.objects.filter(pk__in=pks), plan)

    def _add_threads(self, plan: Plan) -> None:
        without_row = [index for index, row in enumerate(plan.rows) if row is None]
        for indices in batched(without_row, BLOCK, strict=False):
            rows = Thread.objects.bulk_create(
                Thread(
                    account=plan.account,
                    imported_by=self.import_,
                    remote_id=plan.shapes[index].main_line[0],
                    length=len(plan.shapes[index].main_line),
                )
                for index in indices
            )
            for index, row in zip(indices, rows, strict=True):
                plan.rows[index] = row.pk
                self.fresh.add(row.pk)

    def _pending(self, plan: Plan) -> Iterator[SourceStatus]:
        """The new statuses, each once; what changes old ones is laid aside."""
        waiting = plan.new | plan.changed
        if not waiting:
            return
        for status in self.source.statuses():
            if status.skip or status.id not in waiting:
                continue
            waiting.remove(status.id)
            if status.id in plan.new:
                yield status
            else:
                self._lay_aside(plan, status)

    def _lay_aside(self, plan: Plan, status: SourceStatus) -> None:
        row = self._row(plan, status)
        row.pk = plan.known[status.id].pk
        self.changed.append(row)
        self.belongings.changes(status, row, self.changes)

    def _add_statuses(self, plan: Plan, block: tuple[SourceStatus, ...]) -> None:
        rows = [self._row(plan, status) for status in block]
        joining: list[tuple[Status, int, int | None]] = []
        for row in rows:
            thread, position = plan.place(row.remote_id)
            if thread is None or thread in self.fresh:
                row.thread_id, row.position = thread, position
            else:
                joining.append((row, thread, position))
        Status.objects.bulk_create(rows)
        Attachment.objects.bulk_create(
            attachment
            for row, status in zip(rows, block, strict=True)
            for attachment in self.belongings.of(status, row)
        )
        self.joining += [
            Status(pk=row.pk, thread_id=thread, position=position)
            for row, thread, position in joining
        ]

    def _row(self, plan: Plan, status: SourceStatus) -> Status:
        return Status(
            account=plan.account,
            imported_by=self.import_,
            platform=plan.account.platform,
            remote_id=status.id,
            **told(plan, status),
        )


def told(plan: Plan, status: SourceStatus) -> dict[str, Any]:
    return {
        "sort_key": status.sort_key,
        "text": status.text,
        "format": status.format.value,
        "spans": spans_of(status),
        "markdown": "",
        "posted_at": status.posted_at,
        "url": status.url,
        "reply_to": status.reply_to,
        "reply_to_account": status.reply_to_account,
        "quote_of": plan.replaced.get(status.quote_of, status.quote_of),
        "language": status.language,
        "likes": status.likes,
        "digest": plan.digests[status.id],
    }


def save_described(threads: Iterable[Thread], plan: Plan) -> list[Thread]:
    described = list(threads)
    describe(described, plan.without_parent())
    Thread.objects.bulk_update(described, FIELDS, batch_size=100)
    return described
