"""What a thread says of itself in a list: title, length, times, and what it lacks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Self

from threads import completeness
from threads.completeness import Lack
from threads.models import Account, Attachment, Import, Status, Thread
from threads.reconstruct import Shape
from threads.sources.base import Gap, SpanKind
from threads.text.titles import title_of

FIELDS = ["title", "length", "complete", "missing", "url", "started_at", "ended_at"]
SEEN = ["position", "text", "format", "spans", "url", "posted_at", "gap"]  # of each status
LOST_PICTURE = "[lost picture:"
ABOVE = {Gap.PARENT_DELETED, Gap.PARENT_PRIVATE, Gap.PARENT_BLOCKED}


@dataclass(slots=True)
class Summary:
    """Of one thread, gathered status by status in any order."""

    text: str = ""  # of the first status, as all of these
    format: str = ""
    url: str = ""
    length: int = 0
    started_at: datetime | None = None
    ended_at: datetime | None = None
    gaps: Counter[str] = field(default_factory=Counter)
    media: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(
        self,
        position: int | None,
        text: str,
        format: str,  # noqa: A002 - the column's name
        spans: Sequence[Any],
        url: str,
        posted_at: datetime | None,
        gap: str,
    ) -> None:
        """What SEEN names of a status."""
        if gap and (position == 1 or gap not in ABOVE):
            self.gaps[gap] += 1
        if places := _places_of_lost_pictures(text, format, spans):
            self.media[Attachment.State.LOST, Attachment.Kind.IMAGE] += places
        if position is None:
            return
        self.length += 1
        if position == 1:
            self.text, self.format, self.url = text, format, url
        if posted_at:
            self.started_at = min(posted_at, self.started_at or posted_at)
            self.ended_at = max(posted_at, self.ended_at or posted_at)

    def add_attachment(self, state: str, kind: str) -> None:
        if state != Attachment.State.PRESENT:
            self.media[state, kind] += 1


@dataclass(frozen=True, slots=True)
class Context:
    """What an import says of all its threads."""

    platform: str
    kind: str
    warnings: Sequence[str] = ()

    @classmethod
    def of(cls, account: Account, import_: Import) -> Self:
        return cls(account.platform, import_.kind, [] if import_.complete else import_.warnings)

    def values(self, summary: Summary, shape: Shape, title: str = "") -> dict[str, Any]:
        """By the names in FIELDS. A title that is there may be an editor's, so it stays."""
        lack = Lack(
            platform=self.platform,
            url=summary.url,
            kind=self.kind,
            warnings=self.warnings,
            orphan=shape.parent_missing,
            beheaded=shape.parent_deleted,
            gaps=summary.gaps,
            media=summary.media,
        )
        missing = completeness.missing(lack)
        return {
            "title": title or title_of(summary.text, summary.format) or "Untitled thread",
            "length": summary.length,
            "complete": not missing,
            "missing": missing,
            "url": summary.url,
            "started_at": summary.started_at,
            "ended_at": summary.ended_at,
        }


def describe(
    threads: Iterable[Thread], shapes: Mapping[int | None, Shape], context: Context
) -> None:
    """Set the fields of the threads by the statuses that are stored of them; saves nothing."""
    by_pk = {thread.pk: thread for thread in threads}
    for pk, summary in summaries(by_pk).items():
        for name, value in context.values(summary, shapes[pk], by_pk[pk].title).items():
            setattr(by_pk[pk], name, value)


def describe_media(thread: Thread) -> None:
    """By what is stored of it now, without anything told anew. Saves nothing."""
    first = thread.main_line().first()
    above = first.reply_to if first else ""
    author = first.reply_to_account if first else ""
    shape = Shape(
        (),
        parent_missing=bool(above) and author in {"", thread.account.remote_id},
        parent_deleted=bool(above) and thread.deleted().filter(remote_id=above).exists(),
    )
    context = Context.of(thread.account, thread.imported_by)
    describe([thread], {thread.pk: shape}, context)


def summaries(threads: Collection[int]) -> dict[int, Summary]:
    found = {pk: Summary() for pk in threads}
    statuses = Status.objects.filter(thread__in=found, deleted_at=None)
    for pk, *seen in statuses.values_list("thread_id", *SEEN):
        found[pk].add(*seen)
    absent = Attachment.objects.filter(status__thread__in=found, status__deleted_at=None)
    for pk, state, kind in absent.exclude(state=Attachment.State.PRESENT).values_list(
        "status__thread", "state", "kind"
    ):
        found[pk].add_attachment(state, kind)
    return found


def _places_of_lost_pictures(text: str, format_: str, spans: Sequence[Any]) -> int:
    if format_ == Status.Format.MARKDOWN:
        return text.count(LOST_PICTURE)
    return sum(span[2] == SpanKind.LOST_PICTURE for span in spans)
