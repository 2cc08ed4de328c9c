"""A thread's statuses as the parts of its page: pauses between them, branches beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from newsletter.site.pictures import with_sizes
from threads.markdown import markdown_of
from threads.models import Status
from threads.text.html import to_html


@dataclass
class Part:
    status: Status
    html: str
    pause: str = ""
    branches: list[Part] = field(default_factory=list)


def unroll(main_line: Sequence[Status], branches: Sequence[Status]) -> list[Part]:
    parts = [_part(status) for status in main_line]
    for before, after in pairwise(parts):
        after.pause = after.status.pause_since(before.status)
    places = {part.status.remote_id: part for part in parts}
    for status in branches:
        # A branch may go on for several statuses; all of them stand where it leaves the line.
        place = places.get(status.reply_to) or (parts[-1] if parts else None)
        if place:
            place.branches.append(_part(status))
            places[status.remote_id] = place
    return parts


def _part(status: Status) -> Part:
    # As in an editor's preview: a reader may know, too, that a picture was here.
    return Part(status, with_sizes(to_html(markdown_of(status), preview=True)))
