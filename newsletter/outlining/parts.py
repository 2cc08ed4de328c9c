"""The parts that can be placed in a post: those of its threads, and what lies beside them."""

from __future__ import annotations

from collections import defaultdict

from newsletter import provenance
from newsletter.models import Post
from newsletter.outlining.entries import Entry, Refused, key_of
from threads.markdown import parts_of
from threads.models import Status
from threads.text.picking import Source


class Parts:
    """`places` says where each status is in its thread, for `composing`. A part beside the
    main line stands alone: the others do not count it."""

    def __init__(self, post: Post) -> None:
        found = provenance.parts_of(post).filter(deleted_at=None)
        self.statuses: dict[int, Status] = {status.pk: status for status in found}
        self.places: dict[int, tuple[Source, int]] = {}
        self.lines: dict[int, list[Status]] = defaultdict(list)
        for status in self.statuses.values():
            if status.position is None:
                self.places[status.pk] = (Source.of(parts_of([status])), 0)
            elif status.thread_id:
                self.lines[status.thread_id].append(status)
        for line in self.lines.values():
            source = Source.of(parts_of(line))
            self.places |= {status.pk: (source, at) for at, status in enumerate(line)}

    def words(self, entry: Entry) -> str:
        """Of the whole part, as they can be split."""
        source, at = self._place(entry)
        return source.words(at)

    def cuts(self, entry: Entry) -> list[int]:
        """The places between its sentences."""
        source, at = self._place(entry)
        end = entry.end(source.words(at))
        return [cut for cut in source.cuts(at) if entry.start < cut < end]

    def _place(self, entry: Entry) -> tuple[Source, int]:
        try:
            return self.places[entry.status or 0]
        except KeyError:
            raise Refused("This part is not in the thread any more.") from None


def as_composed(post: Post, parts: Parts) -> list[Entry]:
    """What `drafting.compose` makes: all main lines, one after the other under their titles."""
    entries: list[Entry] = []
    for source in post.sources.select_related("thread"):
        if entries:
            entries.append(Entry(f"t{source.thread_id}", heading=source.thread.title))
        line = parts.lines[source.thread_id]
        entries += (Entry(key_of(status.pk), status=status.pk) for status in line)
    return entries
