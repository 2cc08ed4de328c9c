"""What an import means for the rows that are there: which are new, changed, moved or gone.

Reads the database once, and writes nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import starmap

import msgspec
from django.db.models import QuerySet

from threads.importing.owners import certainty
from threads.importing.reading import Reading
from threads.importing.telling import Record
from threads.models import Account, Attachment, Status, Thread
from threads.reconstruct import Node, Result, Shape, reconstruct
from threads.sources.base import FORGOTTEN, SkipReason, SourceAccount, SourceFormatError

CHUNK = 1000
Place = tuple[int | None, int | None]  # which of the shapes, and where in its main line


class Known(msgspec.Struct, frozen=True, gc=False):
    """A status that is in the database."""

    remote_id: str
    pk: int
    digest: str
    thread_id: int | None
    position: int | None
    sort_key: str
    reply_to: str
    reply_to_account: str
    fingerprint: str
    deleted_at: datetime | None

    @property
    def place(self) -> tuple[int | None, int | None]:
        """The row of its thread, and where it stands in the main line."""
        return self.thread_id, self.position

    def node(self) -> Node:
        return Node(self.remote_id, self.sort_key, self.reply_to, self.reply_to_account)


@dataclass(slots=True)
class Plan:
    account: Account
    reading: Reading
    known: dict[str, Known]
    shapes: list[Shape]
    rows: list[int | None]  # of the shapes; those that are None become new threads
    places: dict[str, Place]
    kept: set[str]  # what is told now and stays
    new: set[str]
    changed: set[str]
    retold: set[str]  # the same, but in other bytes
    deleted: set[str]  # at their source, as we hear now
    gone: set[str]  # for other reasons
    replaced: dict[str, str]
    skipped: dict[str, int]

    def place(self, id_: str) -> tuple[int | None, int | None]:
        """The row of its thread, and where it stands in the main line."""
        index, position = self.places[id_]
        return (None if index is None else self.rows[index]), position

    def take(self, id_: str) -> Record:
        """What is told of it, out of the spool."""
        record = self.reading.spool.take(self.reading.told[id_].place)
        if record.reply_to.endswith(FORGOTTEN) and id_ in self.known:
            record.reply_to = self.known[id_].reply_to
        record.quote_of = self.replaced.get(record.quote_of, record.quote_of)
        return record

    def shape_of(self) -> dict[int | None, Shape]:
        return dict(zip(self.rows, self.shapes, strict=True))


def arrange(account: Account, told: SourceAccount, reading: Reading, *, with_replies: bool) -> Plan:
    rows = Status.objects.filter(account=account).values_list(*Known.__struct_fields__)
    known = {row.remote_id: row for row in starmap(Known, rows.iterator(chunk_size=CHUNK))}
    # A saved page never overrides what an archive told of the same statuses.
    surer = known.keys() if certainty(account.remote_id) > certainty(told.remote_id) else set()
    deleted = _deleted(reading, known, surer)
    own = max(told.remote_id, account.remote_id, key=certainty)
    result = reconstruct(
        _nodes(reading, known, surer, deleted),
        own,
        with_replies=with_replies,
        taken_in=known.keys(),
        deleted={id_: known[id_].node() for id_ in deleted},
    )
    places = _places(result)
    kept = set(reading.ids()) & places.keys()
    changed = _changed(account, reading, known, kept - surer)
    return Plan(
        account=account,
        reading=reading,
        known=known,
        shapes=result.threads,
        rows=_rows(account, result.threads, known),
        places=places,
        kept=kept,
        new=kept - known.keys(),
        changed=changed,
        retold=_retold(reading, known, kept - surer - changed),
        deleted={id_ for id_ in deleted if known[id_].deleted_at is None},
        gone=known.keys() - places.keys() - deleted,
        replaced=result.replaced,
        skipped=_skipped(result, reading),
    )


def _deleted(reading: Reading, known: dict[str, Known], surer: Collection[str]) -> set[str]:
    """Those that are here, and no longer at their source."""
    now = {node.id for node in reading.nodes if node.skip is SkipReason.DELETED}
    back = reading.told.keys() - surer
    before = {id_ for id_, row in known.items() if row.deleted_at}
    return (now & known.keys() - surer) | (before - back)


def _nodes(
    reading: Reading, known: dict[str, Known], surer: Collection[str], deleted: set[str]
) -> Iterator[Node]:
    """Of what is told, and of what is here and was not told."""
    told = {node.id for node in reading.nodes}
    rest = known.keys() - told if not surer else known.keys()
    yield from (_remembered(node, known) for node in reading.nodes if node.id not in surer)
    yield from (known[id_].node() for id_ in rest if id_ not in deleted)
    again = Counter(reading.same)
    if again.keys() - known.keys():
        raise SourceFormatError(
            "Some of these statuses are here already, as those of somebody else. "
            "Undo that import first."
        )
    yield from (
        known[id_].node() for id_, count in again.items() for _ in range(count - (id_ not in told))
    )


def _remembered(node: Node, known: dict[str, Known]) -> Node:
    """An answer whose source forgot what it answers still answers what it did before."""
    if node.reply_to.endswith(FORGOTTEN) and node.id in known:
        return msgspec.structs.replace(node, reply_to=known[node.id].reply_to)
    return node


def _skipped(result: Result, reading: Reading) -> dict[str, int]:
    """How many of those that are told now are left out, by the reason."""
    read = {node.id for node in reading.nodes}.union(reading.same)
    return dict(Counter(reason.value for id_, reason in result.skipped if id_ in read))


def _places(result: Result) -> dict[str, Place]:
    places: dict[str, Place] = dict.fromkeys(result.lone, (None, None))
    for index, shape in enumerate(result.threads):
        places.update(dict.fromkeys(shape.branches, (index, None)))
        for position, id_ in enumerate(shape.main_line, start=1):
            places[id_] = (index, position)
    return places


def _changed(
    account: Account, reading: Reading, known: dict[str, Known], kept: set[str]
) -> set[str]:
    """Told otherwise than before, or told with a file that was missing before."""
    found = reading.files & set(
        lacking(account).values_list("status__remote_id", "source_url") if reading.files else ()
    )
    told = reading.told
    both = kept & known.keys() & told.keys()
    different = {id_ for id_ in both if known[id_].digest != told[id_].digest}
    return different | (both & {id_ for id_, _ in found})


def _retold(reading: Reading, known: dict[str, Known], kept: set[str]) -> set[str]:
    told = reading.told
    both = kept & known.keys() & told.keys()
    return {id_ for id_ in both if known[id_].fingerprint != told[id_].fingerprint}


def lacking(account: Account) -> QuerySet[Attachment]:
    """Those whose files may still come."""
    states = [Attachment.State.LOST, Attachment.State.WAITING]
    return Attachment.objects.filter(status__account=account, state__in=states)


def _rows(account: Account, shapes: list[Shape], known: dict[str, Known]) -> list[int | None]:
    """The rows of threads that are there already: by first status, else by what they hold.

    A thread keeps its row when an earlier beginning of it turns up.
    """
    threads = dict(Thread.objects.filter(account=account).values_list("remote_id", "pk"))
    rows = [threads.get(shape.main_line[0]) for shape in shapes]
    taken = set(rows)
    for index, shape in enumerate(shapes):
        if rows[index] is None and threads:
            statuses = (known[id_] for id_ in shape.main_line + shape.branches if id_ in known)
            held = Counter(row.thread_id for row in statuses if row.thread_id not in taken)
            if held := Counter({pk: count for pk, count in held.items() if pk}):
                rows[index] = held.most_common(1)[0][0]
                taken.add(rows[index])
    return rows
