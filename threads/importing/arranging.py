"""What an import means for the rows that are there: which are new, changed, moved or gone.

Reads the source once and the database once, and writes nothing.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, NamedTuple, Self

import msgspec

from threads.importing.owners import certainty
from threads.models import Account, Attachment, Status, Thread
from threads.reconstruct import Node, Result, Shape, reconstruct
from threads.sources.base import (
    Source,
    SourceAccount,
    SourceCard,
    SourcePoll,
    SourceQuote,
    SourceStatus,
)

EXTRAS = {SourceQuote: "quote", SourceCard: "card", SourcePoll: "poll"}

Place = tuple[int | None, int | None]  # which of the shapes, and where in its main line


@dataclass(slots=True)
class Reading:
    """What one pass over the source leaves in memory."""

    nodes: list[Node] = field(default_factory=list)
    digests: dict[str, str] = field(default_factory=dict)
    files: set[tuple[str, str]] = field(default_factory=set)  # status, and address at the source

    @classmethod
    def of(cls, source: Source) -> Self:
        reading = cls()
        for status in source.statuses():
            reading.nodes.append(
                Node(
                    status.id,
                    status.sort_key,
                    status.reply_to,
                    status.reply_to_account,
                    status.versions,
                    status.skip,
                )
            )
            if not status.skip and status.id not in reading.digests:
                reading.digests[status.id] = digest_of(status)
                reading.files |= {(status.id, media.url) for media in status.media if media.name}
        return reading


def digest_of(status: SourceStatus) -> str:
    """Of what is stored; but for addresses, which change when an author is renamed."""
    told = (
        status.text,
        status.format.value,
        spans_of(status),
        status.posted_at and status.posted_at.timestamp(),
        status.reply_to,
        status.reply_to_account,
        status.quote_of,
        status.language,
        status.likes,
        [(media.kind.value, media.url, media.alt) for media in status.media],
        status.content_warning,
        status.extras,
        status.edited_at and status.edited_at.timestamp(),
        status.gap,
    )
    return hashlib.blake2b(repr(told).encode(errors="replace"), digest_size=16).hexdigest()


def extras_of(status: SourceStatus) -> list[dict[str, Any]]:
    """Each with what it is: `{"kind": "quote", …}`."""
    return [{"kind": EXTRAS[type(extra)], **msgspec.to_builtins(extra)} for extra in status.extras]


def spans_of(status: SourceStatus) -> list[list[int | str]]:
    return [[span.start, span.end, span.kind.value, span.target] for span in status.spans]


class Known(NamedTuple):
    """A status that is in the database."""

    remote_id: str
    pk: int
    digest: str
    thread_id: int | None
    position: int | None
    sort_key: str
    reply_to: str
    reply_to_account: str


@dataclass(slots=True)
class Plan:
    account: Account
    known: dict[str, Known]
    shapes: list[Shape]
    rows: list[int | None]  # of the shapes; those that are None become new threads
    places: dict[str, Place]
    kept: set[str]  # what is told now and stays
    new: set[str]
    changed: set[str]
    gone: set[str]
    replaced: dict[str, str]
    skipped: dict[str, int]
    digests: dict[str, str]

    def place(self, id_: str) -> tuple[int | None, int | None]:
        """The row of its thread, and where it stands in the main line."""
        index, position = self.places[id_]
        return (None if index is None else self.rows[index]), position

    def without_parent(self) -> set[int | None]:
        """The rows of threads that begin with an answer to something that is missing."""
        shapes = zip(self.rows, self.shapes, strict=True)
        return {row for row, shape in shapes if shape.parent_missing}


def arrange(account: Account, told: SourceAccount, reading: Reading, *, with_replies: bool) -> Plan:
    known = {
        row[0]: Known(*row)
        for row in Status.objects.filter(account=account).values_list(*Known._fields)
    }
    read = {node.id for node in reading.nodes}
    # A saved page never overrides what an archive told of the same statuses.
    surer = known.keys() if certainty(account.remote_id) > certainty(told.remote_id) else set()
    nodes = chain(
        (node for node in reading.nodes if node.id not in surer),
        (_node(row) for id_, row in known.items() if id_ in surer or id_ not in read),
    )
    own = max(told.remote_id, account.remote_id, key=certainty)
    result = reconstruct(nodes, own, with_replies=with_replies, taken_in=known.keys())
    places = _places(result)
    kept = reading.digests.keys() & places.keys()
    return Plan(
        account=account,
        known=known,
        shapes=result.threads,
        rows=_rows(account, result.threads, known),
        places=places,
        kept=kept,
        new=kept - known.keys(),
        changed=_changed(account, reading, known, kept - surer),
        gone=known.keys() - places.keys(),
        replaced=result.replaced,
        skipped=dict(Counter(reason.value for id_, reason in result.skipped if id_ in read)),
        digests=reading.digests,
    )


def _node(row: Known) -> Node:
    return Node(row.remote_id, row.sort_key, row.reply_to, row.reply_to_account)


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
    absent = {Attachment.State.LOST, Attachment.State.WAITING}
    lost = Attachment.objects.filter(status__account=account, state__in=absent)
    lost_files = lost.values_list("status__remote_id", "source_url")
    found = {id_ for id_, _ in reading.files.intersection(lost_files)}
    digests = reading.digests
    different = {id_ for id_ in kept & known.keys() if known[id_].digest != digests[id_]}
    return different | (found & kept)


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
