"""What a thread says of itself in a list: title, length, times, and what it lacks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence

from threads.models import Attachment, Status, Thread
from threads.sources.base import SpanKind
from threads.text.titles import title_of

FIELDS = ["title", "length", "complete", "missing", "url", "started_at", "ended_at"]
LOST_PICTURE = "[lost picture:"
ORPHAN = "the parent of the first part is missing"


def describe(threads: Iterable[Thread], without_parent: Collection[int | None]) -> None:
    """Set the fields of the threads by the statuses that are stored of them; saves nothing."""
    by_pk = {thread.pk: thread for thread in threads}
    lines: dict[int, list[Status]] = {pk: [] for pk in by_pk}
    lacking = _lacking(by_pk)
    for status in Status.objects.filter(thread__in=by_pk).order_by("position", "sort_key"):
        pk = status.thread_id or 0
        if places := _places_of_lost_pictures(status):
            lacking.setdefault(pk, Counter())[Attachment.State.LOST, Attachment.Kind.IMAGE] += (
                places
            )
        if status.position:
            lines[pk].append(status)
    for pk, thread in by_pk.items():
        _describe(thread, lines[pk])
        thread.missing = [
            *([ORPHAN] if pk in without_parent else []),
            *_in_words(lacking.get(pk, Counter())),
        ]
        thread.complete = not thread.missing


def describe_media(thread: Thread) -> None:
    """Say anew what it lacks of its pictures; what else it lacks stays. Saves nothing."""
    lacking = _lacking([thread.pk]).get(thread.pk, Counter())
    for status in Status.objects.filter(thread=thread).only("format", "text", "spans"):
        if places := _places_of_lost_pictures(status):
            lacking[Attachment.State.LOST, Attachment.Kind.IMAGE] += places
    orphan = [words for words in thread.missing if words == ORPHAN]
    thread.missing = [*orphan, *_in_words(lacking)]
    thread.complete = not thread.missing


def _describe(thread: Thread, line: Sequence[Status]) -> None:
    times = [status.posted_at for status in line if status.posted_at]
    first = line[0]
    # A title that is there may be an editor's.
    thread.title = thread.title or title_of(first.text, first.format) or "Untitled thread"
    thread.length = len(line)
    thread.url = first.url
    thread.started_at = min(times, default=None)
    thread.ended_at = max(times, default=None)


def _lacking(threads: Collection[int]) -> dict[int, Counter[tuple[str, str]]]:
    absent = Attachment.objects.filter(status__thread__in=threads).exclude(
        state=Attachment.State.PRESENT
    )
    lacking: dict[int, Counter[tuple[str, str]]] = {}
    for thread, state, kind in absent.values_list("status__thread", "state", "kind"):
        lacking.setdefault(thread, Counter())[state, kind] += 1
    return lacking


def _places_of_lost_pictures(status: Status) -> int:
    if status.format == Status.Format.MARKDOWN:
        return status.text.count(LOST_PICTURE)
    return sum(kind == SpanKind.LOST_PICTURE for _, _, kind, _ in status.spans)


def _in_words(lacking: Counter[tuple[str, str]]) -> Iterator[str]:
    for (state, kind), count in sorted(lacking.items()):
        noun = "video" if kind == Attachment.Kind.VIDEO else "picture"
        many = f"1 {noun} is" if count == 1 else f"{count} {noun}s are"
        if state == Attachment.State.REFUSED:
            yield f"{many.removesuffix(' is').removesuffix(' are')} could not be kept"
        elif state == Attachment.State.WAITING:
            yield f"{many} yet to be fetched"
        else:
            yield f"{many} missing"
