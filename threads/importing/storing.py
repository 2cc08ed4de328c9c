"""Writing what is new. It is hidden until its import is done, so it is written at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import batched
from typing import Any

from django.db import transaction

from threads.importing.arranging import Plan
from threads.importing.belongings import Belongings
from threads.importing.describing import FIELDS, Context, Summary
from threads.importing.progress import Progress
from threads.importing.rows import Row, Table
from threads.importing.telling import Columns
from threads.models import Attachment, Import, Status, Thread
from threads.sources.base import FORGOTTEN

BLOCK = 2000  # so that nobody who saves something else has to wait


class Store:
    """The new rows of one import on their way in."""

    def __init__(
        self, import_: Import, plan: Plan, belongings: Belongings, progress: Progress
    ) -> None:
        self.import_ = import_
        self.plan = plan
        self.belongings = belongings
        self.progress = progress
        self.context = Context.of(plan.account, import_)
        self.fresh: dict[int, Summary] = {}  # threads that are new
        self.joining: set[str] = set()  # new statuses of threads that are visible already

    def add_new(self) -> None:
        self._add_threads()
        written = 0
        for block in batched(self._rows(), BLOCK, strict=False):
            self._add(block)
            written += len(block)
            self.progress.say(f"Stored {written} of {len(self.plan.new)} new statuses.")
            self.progress.advanced(len(block))
        self._describe()

    def _add_threads(self) -> None:
        plan = self.plan
        without_row = [index for index, row in enumerate(plan.rows) if row is None]
        told = {
            "account_id": plan.account.pk,
            "imported_by_id": self.import_.pk,
            "in_inbox": self.import_.options.get("in_inbox", False),
        }
        for indices in batched(without_row, BLOCK, strict=False):
            lines = (plan.shapes[index].main_line for index in indices)
            rows = [{**told, "remote_id": line[0], "length": len(line)} for line in lines]
            with transaction.atomic():
                Table(Thread).insert(rows)
            self.progress.lives()
        mine = Thread.objects.filter(imported_by=self.import_).values_list("remote_id", "pk")
        pks = dict(mine) if without_row else {}
        for index in without_row:
            pk = plan.rows[index] = pks[plan.shapes[index].main_line[0]]
            self.fresh[pk] = Summary()

    def _rows(self) -> Iterator[tuple[Columns, list[dict[str, Any]]]]:
        """Of the new statuses, with their attachments."""
        plan, told = self.plan, self.plan.reading.told
        for id_ in sorted(plan.new, key=lambda id_: told[id_].place):
            columns, media = plan.reading.spool.take(told[id_].place)
            self.complete(columns, id_)
            thread, position = plan.place(id_)
            if thread in self.fresh:
                summary = self.fresh[thread]
                summary.add({**columns, "position": position})
            elif thread is not None:
                self.joining.add(id_)
                thread = position = None
            columns |= {"thread_id": thread, "position": position}
            attachments = list(self.belongings.of(id_, media)) if media else []
            if thread:
                for row in attachments:
                    self.fresh[thread].add_attachment(row["state"], row["kind"])
            yield columns, attachments

    def complete(self, columns: Columns, id_: str) -> None:
        plan = self.plan
        columns["remote_id"] = id_
        columns["platform"] = plan.account.platform
        columns["account_id"] = plan.account.pk
        columns["imported_by_id"] = self.import_.pk
        columns["digest"] = plan.reading.told[id_].digest
        if columns["reply_to"].endswith(FORGOTTEN) and id_ in plan.known:
            columns["reply_to"] = plan.known[id_].reply_to
        columns["quote_of"] = plan.replaced.get(columns["quote_of"], columns["quote_of"])

    def _add(self, block: Sequence[tuple[Columns, list[dict[str, Any]]]]) -> None:
        with_files = {columns["remote_id"]: media for columns, media in block if media}
        with transaction.atomic():
            Table(Status).insert(columns for columns, _ in block)
            if not with_files:
                return
            mine = Status.objects.filter(
                platform=self.plan.account.platform, remote_id__in=with_files
            )
            pks = dict(mine.values_list("remote_id", "pk"))
            Table(Attachment).insert(
                {**row, "status_id": pks[id_]} for id_, rows in with_files.items() for row in rows
            )

    def _describe(self) -> None:
        """The new threads; but for those that take in old statuses, which are yet to move."""
        plan, shapes = self.plan, self.plan.shape_of()
        with_old = {plan.place(id_)[0] for id_ in plan.known.keys() & plan.places.keys()}
        alone = [pk for pk in self.fresh if pk not in with_old]
        for pks in batched(alone, BLOCK, strict=False):
            rows: list[Row] = [
                {"id": pk, **self.context.values(self.fresh[pk], shapes[pk])} for pk in pks
            ]
            with transaction.atomic():
                Table(Thread).update(FIELDS, rows)
            self.progress.lives()
