"""One pass over a source: what decides stays in memory, the rest waits in a file of its own."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Self

import msgspec
from django.db.models import Exists, OuterRef

from threads.importing.progress import Progress
from threads.importing.telling import Record, record_of
from threads.models import Attachment, Status
from threads.reconstruct import Node
from threads.sources.base import Fingerprinting, Same, Source, SourceStatus

SIZE = 4  # bytes that tell how long a record is
BUFFER = 256 * 1024


class Spool:
    """Statuses on their way into the database, laid aside without a name and gone with it."""

    def __init__(self) -> None:
        # Not kept in memory, where a long archive would take as much as all the rest.
        self._file = tempfile.TemporaryFile(buffering=BUFFER)  # noqa: SIM115 - closed by close()
        self._end = 0
        self._encode = msgspec.msgpack.Encoder().encode
        self._decode = msgspec.msgpack.Decoder(Record).decode

    def put(self, record: Record) -> int:
        """Where it is found again. All is put before the first is taken."""
        data = self._encode(record)
        place = self._end
        self._end += self._file.write(len(data).to_bytes(SIZE) + data)
        return place

    def take(self, place: int) -> Record:
        self._file.seek(place)
        size = int.from_bytes(self._file.read(SIZE))
        return self._decode(self._file.read(size))

    def close(self) -> None:
        self._file.close()


class Told(msgspec.Struct, frozen=True, gc=False):
    """A status that the source tells in full."""

    digest: str
    fingerprint: str
    place: int  # in the spool


@dataclass(slots=True)
class Reading:
    """What one pass over the source leaves."""

    spool: Spool
    nodes: list[Node] = field(default_factory=list)  # of those that are told in full
    told: dict[str, Told] = field(default_factory=dict)
    same: list[str] = field(default_factory=list)  # told by their fingerprints
    files: set[tuple[str, str]] = field(default_factory=set)  # status, and address at the source

    @classmethod
    def of(
        cls, source: Source, fingerprints: Mapping[str, str], spool: Spool, progress: Progress
    ) -> Self:
        reading = cls(spool)
        for number, status in enumerate(_statuses(source, fingerprints), 1):
            if isinstance(status, Same):
                reading.same.append(status.id)
            else:
                reading._add(status)
            if not number % 100:
                progress.reached(number)
        return reading

    def _add(self, status: SourceStatus) -> None:
        id_ = status.id
        self.nodes.append(
            Node(
                id_,
                status.sort_key,
                status.reply_to,
                status.reply_to_account,
                status.versions,
                status.skip,
            )
        )
        if status.skip or id_ in self.told:
            return
        record = record_of(status)
        self.told[id_] = Told(record.digest, record.fingerprint, self.spool.put(record))
        if record.media:
            self.files |= {(id_, one.url) for one in status.media if one.name}

    def ids(self) -> Iterator[str]:
        yield from self.told
        yield from self.same


def _statuses(
    source: Source, fingerprints: Mapping[str, str]
) -> Iterator[SourceStatus] | Iterator[SourceStatus | Same]:
    if isinstance(source, Fingerprinting):
        return source.statuses_but(fingerprints)
    return source.statuses()


def known_fingerprints() -> dict[str, str]:
    """Of statuses that need not be read again: they are here, and so are all their files."""
    here = Status.objects.visible().filter(deleted_at=None).exclude(fingerprint="")
    absent = Attachment.objects.filter(
        status=OuterRef("pk"), state__in=[Attachment.State.LOST, Attachment.State.WAITING]
    )
    return dict(here.exclude(Exists(absent)).values_list("fingerprint", "remote_id"))
