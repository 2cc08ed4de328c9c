"""The end of an import: old rows change, and all of it becomes visible.

A block of whole threads at a time, so that nobody who saves something else waits for long,
each with what is needed to take it back. The last block is also what makes the import done:
where there is only one, everything changes at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import copy
from dataclasses import dataclass, field
from itertools import batched
from typing import Any

from django.db import transaction
from django.utils.timezone import now

from threads.importing.arranging import Plan
from threads.importing.belongings import Changes
from threads.importing.describing import FIELDS, describe
from threads.importing.noticing import Notices
from threads.importing.owners import settle_claim
from threads.importing.rows import Row, Table
from threads.importing.storing import Store
from threads.importing.telling import words_differ
from threads.importing.undoing import Before
from threads.models import Attachment, Import, IndexEntry, Status, Thread, UndoStep
from threads.sources.base import Findings

BLOCK = 200  # statuses in a transaction
MANY = 1000  # where little is written of each
PLACE = ["thread_id", "position"]
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
    "deleted_at",
    "gap",
    "fingerprint",
    "digest",
]
OF_A_THREAD = [*FIELDS, "trashed_at", "remote_id"]
# A source that tells of it again is believed, so nothing may say that it is known already.
DELETED = {"position": None, "digest": "", "fingerprint": ""}
EMPTIED: dict[str, Any] = {
    "text": "",
    "spans": [],
    "markdown": "",
    "extras": [],
    "content_warning": "",
}


@dataclass(slots=True)
class Block:
    """What is changed at once: statuses, and the threads that are whole with them."""

    ids: list[str] = field(default_factory=list)
    threads: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Ready:
    """A block with all that can be done before its transaction."""

    block: Block
    old: dict[str, Status]
    new: dict[str, dict[str, Any]]
    attachments: Changes
    words: dict[str, str]


def settle(store: Store, account_news: dict[str, str], findings: Findings) -> None:
    settling = Settling(store)
    settling.retell()
    *others, last = [*settling.blocks()] or [Block()]
    if others:
        store.progress.begins(len(others) * BLOCK)
    for block in others:
        ready = settling.prepare(block)
        with transaction.atomic():
            settling.write(ready, Before())
        store.progress.advanced(BLOCK)
    ready = settling.prepare(last)
    held = settling.held()
    store.progress.lives()
    with transaction.atomic():
        before = Before()
        if account_news:
            before.change(store.plan.account, account_news)
            store.plan.account.save(update_fields=list(account_news))
            # Threads are found by their author's name, too.
            IndexEntry.objects.forget(store.plan.account.threads.all())
        settling.write(ready, before)
        _finish(store.import_, store.plan, held, findings)
        settle_claim(store.plan.account)


class Settling:
    def __init__(self, store: Store) -> None:
        self.store = store
        self.plan: Plan = store.plan
        self.shapes = store.plan.shape_of()
        self.moved = {
            id_
            for id_ in self.plan.known.keys() & self.plan.places.keys()
            if self.plan.known[id_].place != self.plan.place(id_)
        }
        visible = Thread.objects.visible().filter(account=self.plan.account)
        self.notices = Notices(store.import_, self.plan, set(visible.values_list("pk", flat=True)))

    # --- what is to be done -------------------------------------------------------------------

    def retell(self) -> None:
        """Told as before, only in other bytes: no change that anybody would take back."""
        plan = self.plan
        for ids in batched(plan.retold, MANY, strict=False):
            rows = [
                {"id": plan.known[id_].pk, "fingerprint": plan.reading.told[id_].fingerprint}
                for id_ in ids
            ]
            with transaction.atomic():
                Table(Status).update(["fingerprint"], rows)

    def blocks(self) -> Iterator[Block]:
        left = {self.plan.known[id_].thread_id for id_ in self.moved}
        left -= {None}
        block = Block()
        for thread, ids in self._work().items():
            for piece in batched(ids, BLOCK, strict=False):
                if block.ids and len(block.ids) + len(piece) > BLOCK:
                    yield block
                    block = Block()
                block.ids += piece
            if thread and thread not in left:
                block.threads.append(thread)
        # What was left by some is described when all of them have left.
        for threads in batched(sorted(filter(None, left)), BLOCK, strict=False):
            block.threads += threads
            yield block
            block = Block()
        if block.ids:
            yield block

    def _work(self) -> dict[int | None, list[str]]:
        """The statuses that are to be written, by the threads where they will be."""
        plan = self.plan
        work: dict[int | None, list[str]] = {}
        for id_ in sorted(plan.deleted | plan.gone):
            work.setdefault(plan.known[id_].thread_id, []).append(id_)
        for id_ in sorted(self.moved | plan.changed | self.store.joining):
            work.setdefault(plan.place(id_)[0], []).append(id_)
        return work

    def prepare(self, block: Block) -> Ready:
        plan = self.plan
        words = self.notices.before(block.ids)
        written = plan.changed | plan.deleted | plan.gone
        pks = [plan.known[id_].pk for id_ in block.ids if id_ in written]
        rows = Status.objects.filter(pk__in=pks).prefetch_related("attachments")
        old = {row.remote_id: row for row in rows}
        new: dict[str, dict[str, Any]] = {}
        changes = Changes()
        for id_ in block.ids:
            if id_ not in plan.changed:
                continue
            record = plan.take(id_)
            new[id_] = record.columns()
            there = list(old[id_].attachments.all())
            self.store.belongings.change(id_, record.media, old[id_].pk, there, changes)
        return Ready(block, old, new, changes, words)

    def held(self) -> list[int]:
        """The threads that the source told of."""
        plan = self.plan
        rows = [
            row
            for row, shape in zip(plan.rows, plan.shapes, strict=True)
            if row and not plan.kept.isdisjoint((*shape.main_line, *shape.branches))
        ]
        for pks in batched(rows, MANY, strict=False):
            Thread.objects.filter(pk__in=pks).update(refreshed_at=now())
        return rows

    # --- one transaction ----------------------------------------------------------------------

    def write(self, ready: Ready, before: Before) -> None:
        self._remove(ready, before)
        self._mark_deleted(ready, before)
        self._move(ready, before)
        self._change(ready, before)
        self._change_attachments(ready.attachments, before)
        self._change_threads(ready.block.threads, before)
        self.notices.keep(ready.block.ids, ready.words)
        if before:
            UndoStep.objects.create(imported_by=self.store.import_, before=before.as_json())

    def _remove(self, ready: Ready, before: Before) -> None:
        """Statuses that turned out to be superseded, or not for everybody."""
        gone = [ready.old[id_] for id_ in ready.block.ids if id_ in self.plan.gone]
        before.delete(gone)
        before.delete(one for row in gone for one in row.attachments.all())
        Status.objects.filter(pk__in=[row.pk for row in gone]).delete()

    def _mark_deleted(self, ready: Ready, before: Before) -> None:
        """What its author took back is kept only for that author; undoing brings no words back."""
        news = {**DELETED, "deleted_at": now()}
        gone = [ready.old[id_] for id_ in ready.block.ids if id_ in self.plan.deleted]
        for row in gone:
            before.keep(row, news)
        if not self.plan.account.claimed_at:
            news |= EMPTIED
            Attachment.objects.filter(status__in=gone).delete()
        Table(Status).update(list(news), [{"id": row.pk, **news} for row in gone])

    def _move(self, ready: Ready, before: Before) -> None:
        """Old statuses that now stand elsewhere, and new ones that stand among old ones."""
        plan = self.plan
        moved: list[Row] = []
        joining: list[Row] = []
        for id_ in ready.block.ids:
            if id_ not in self.moved and id_ not in self.store.joining:
                continue
            place: dict[str, Any] = dict(zip(PLACE, plan.place(id_), strict=True))
            if row := plan.known.get(id_):
                before.remember(
                    Status, row.pk, {"thread_id": row.thread_id, "position": row.position}
                )
                moved.append({"id": row.pk, **place})
            else:
                joining.append({"platform": plan.account.platform, "remote_id": id_, **place})
        Table(Status).update(PLACE, moved)
        Table(Status).update(PLACE, joining, by=["platform", "remote_id"])

    def _change(self, ready: Ready, before: Before) -> None:
        for id_, columns in ready.new.items():
            row = ready.old[id_]
            columns["id"] = row.pk
            before.keep(row, _different(row, columns, TOLD))
            # Made anew when first needed, after undoing as well.
            before.remember(Status, row.pk, {"markdown": ""})
        Table(Status).update([*TOLD, "markdown"], ready.new.values())

    def _change_attachments(self, changes: Changes, before: Before) -> None:
        before.delete(changes.remove)
        Attachment.objects.filter(pk__in=[row.pk for row in changes.remove]).delete()
        for row, news in changes.change:
            before.change(row, news)
            row.save(update_fields=list(news))
        Table(Attachment).insert(changes.add)
        if changes.add:
            statuses = {row["status_id"] for row in changes.add}
            positions = {(row["status_id"], row["position"]) for row in changes.add}
            before.added += [
                pk
                for pk, status, position in Attachment.objects.filter(
                    status__in=statuses
                ).values_list("pk", "status_id", "position")
                if (status, position) in positions
            ]

    def _change_threads(self, pks: list[int], before: Before) -> None:
        threads = Thread.objects.in_bulk(pks)
        old = {pk: copy(thread) for pk, thread in threads.items()}
        for pk, thread in threads.items():
            if pk in self.shapes:
                self._begin_anew(thread, self.shapes[pk].main_line[0])
            else:
                # All it held stands in other threads now; a post may still name it.
                thread.trashed_at = thread.trashed_at or now()
        alive = [thread for pk, thread in threads.items() if pk in self.shapes]
        describe(alive, self.shapes, self.store.context)
        rows = [
            {"id": pk, **{name: getattr(thread, name) for name in OF_A_THREAD}}
            for pk, thread in threads.items()
        ]
        for row in rows:
            if (pk := row["id"]) not in self.store.fresh:
                before.keep(old[pk], _different(old[pk], row, OF_A_THREAD))
        Table(Thread).update(OF_A_THREAD, rows)
        IndexEntry.objects.forget(Thread.objects.filter(pk__in=pks))

    def _begin_anew(self, thread: Thread, first: str) -> None:
        """With another status, or one that says something else: so the title is another, too."""
        plan = self.plan
        is_reworded = first in plan.changed and words_differ(
            plan.known[first].digest, plan.reading.told[first].digest
        )
        if first != thread.remote_id or is_reworded:
            thread.remote_id, thread.title = first, ""


def _different(old: Any, new: Mapping[str, Any], names: list[str]) -> list[str]:
    return [name for name in names if getattr(old, name) != new[name]]


def _finish(import_: Import, plan: Plan, held: list[int], findings: Findings) -> None:
    import_.state = Import.State.DONE
    import_.finished_at = now()
    import_.created = len(plan.new)
    import_.updated = len(plan.changed)
    import_.unchanged = len(plan.kept) - len(plan.new) - len(plan.changed)
    import_.skipped = plan.skipped
    import_.warnings = findings.warnings
    import_.complete = findings.complete
    import_.thread_ids = held
    import_.done = import_.total
    import_.save()
