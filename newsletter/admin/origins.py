"""Where the text at the desk came from: its threads and their parts, and which of them each
paragraph is from, asked anew whenever typing rests."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_POST

from newsletter import living, provenance, taking
from newsletter.admin import desk
from newsletter.models import Post
from newsletter.provenance import Origin
from threads.admin.sent import one_newline
from threads.markdown import words_of
from threads.models import Change, Status, Thread
from threads.text.html import BLANK


@dataclass(frozen=True)
class Part:
    status: Status
    words: str


@dataclass(frozen=True)
class Source:
    """A thread of the post; `changed`: how many of its changes nobody has decided upon."""

    thread: Thread
    colour: int  # of the design's, from 1
    parts: list[Part]
    changed: int


@require_POST
@desk.may_write
def unsaved(request: HttpRequest, pk: int) -> JsonResponse:
    """Of the text as it stands in the form: its paragraphs and blanks, by the lines they are in,
    and the lines that open changes belong to."""
    post = desk.find(pk)
    body = body_of(request)
    parts = list(provenance.parts_of(post))
    changes = list(living.open_changes(post))
    found = taking.origins(body, changes, parts)
    stretches = [*map(_paragraph, found)]
    stretches += _blanks(body, stretches)
    return JsonResponse(
        {
            "stretches": sorted(stretches, key=lambda stretch: stretch["first"]),
            "changes": taking.places(found, changes, parts),
        }
    )


def body_of(request: HttpRequest) -> str:
    return one_newline(request.POST.get("body", ""))


def sources_of(post: Post, changes: Sequence[Change]) -> list[Source]:
    parts = defaultdict(list)
    for status in provenance.parts_of(post):
        parts[status.thread_id].append(Part(status, words_of(status)))
    changed = Counter(change.thread_id for change in changes)
    return [
        Source(
            used.thread,
            used.colour,
            parts[used.thread_id],
            changed[used.thread_id],
        )
        for used in post.sources.select_related("thread__account")
    ]


def _paragraph(origin: Origin) -> dict[str, Any]:
    return {
        "first": origin.paragraph.first,
        "last": origin.paragraph.last,
        "part": origin.status.pk if origin.status else None,
        "score": round(origin.score, 3),
    }


def _blanks(body: str, paragraphs: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Those that stand alone, between the paragraphs."""
    lines = body.split("\n")
    for paragraph in paragraphs:
        for line in range(paragraph["first"] - 1, paragraph["last"]):
            lines[line] = ""
    between = "\n".join(lines)
    for found in BLANK.finditer(between):
        first = between.count("\n", 0, found.start()) + 1
        last = first + found[0].count("\n")
        yield {"first": first, "last": last, "blank": found[1]}
