"""Writing what is new. It is hidden until its import is done, so it is written at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import batched
from typing import Any

import msgspec
from django.db import transaction
from msgspec.structs import astuple

from threads.importing.arranging import Plan
from threads.importing.belongings import Belongings
from threads.importing.describing import FIELDS, Context, Summary
from threads.importing.progress import Progress
from threads.importing.rows import Row, Table, adapt_time
from threads.importing.telling import STORED
from threads.models import Attachment, Import, Status, Thread

PLACE = ("thread_id", "position")
BLOCK = 2000  # so that nobody who saves something else has to wait


class New(msgspec.Struct, frozen=True, gc=False):
    """A status that is to be written, and its attachments."""

    id: str
    values: tuple[Any, ...]
    attachments: Sequence[dict[str, Any]] = ()


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
        self._statuses = Table(Status).filled(
            (*STORED, *PLACE),
            {
                "platform": plan.account.platform,
                "account_id": plan.account.pk,
                "imported_by_id": import_.pk,
            },
        )
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

    def _rows(self) -> Iterator[New]:
        plan, told = self.plan, self.plan.reading.told
        time = adapt_time()
        for id_ in sorted(plan.new, key=lambda id_: told[id_].place):
            record = plan.take(id_)
            thread, position = plan.place(id_)
            posted_at, edited_at, *rest, media = astuple(record)
            summary = self.fresh.get(thread) if thread else None
            if summary:
                summary.add(
                    position, record.text, record.format, record.marks(), record.url,
                    posted_at, record.gap,
                )  # fmt: skip
            elif thread is not None:
                self.joining.add(id_)
                thread = position = None
            values = (time(posted_at), time(edited_at), *rest, thread, position)
            attachments = tuple(self.belongings.of(id_, media)) if media else ()
            if summary:
                for row in attachments:
                    summary.add_attachment(row["state"], row["kind"])
            yield New(id_, values, attachments)

    def _add(self, block: Sequence[New]) -> None:
        with_files = {new.id: new.attachments for new in block if new.attachments}
        with transaction.atomic():
            self._statuses.insert(new.values for new in block)
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
