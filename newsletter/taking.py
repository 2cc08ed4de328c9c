"""A change of one part taken into a text that was edited since.

Where its words still stand there as they were, the new ones take their place (`weaving`). Else
the paragraphs that came from the part are found by likeness, and the change is brought together
with what a person made of them. What both changed in the same place is that person's to decide.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy

from newsletter import provenance, weaving
from newsletter.provenance import Origin, coverage
from newsletter.reconciling import reconcile
from newsletter.weaving import NotFound
from threads.markdown import markdown_of
from threads.models import Change, Status

NEARLY = 0.9  # of a paragraph has to be the part's for it to go with the part
MOST = 0.6  # of a part has to stand in a paragraph that is another part's as well


def taken(body: str, change: Change, parts: Sequence[Status]) -> str:
    """The text with the change in it. `parts`: all that the post was made of, in order.

    Raises NotFound where a person rewrote the words in question.
    """
    match change.kind:
        case Change.Kind.EDITED:
            return _edited(body, change, parts)
        case Change.Kind.DELETED:
            return _removed(body, change, parts)
    return _added(body, change, parts)


def origins(body: str, changes: Sequence[Change], parts: Sequence[Status]) -> list[Origin]:
    """As `provenance` sees them, where changed parts are known by their old words, too."""
    old = (_with(change.status, change.before) for change in changes if change.before)
    # Each at its part's place: another one that quotes it comes later, and says the same.
    place = {part.pk: at for at, part in enumerate(parts)}
    known = sorted([*parts, *old], key=lambda status: place.get(status.pk, len(parts)))
    return provenance.align(body, known)


def places(
    found: Sequence[Origin], changes: Sequence[Change], parts: Sequence[Status]
) -> dict[int, int]:
    """The line that each change belongs to, by the change's key; where there is one."""
    lasts = {o.status.pk: o.paragraph.first for o in found if o.status}
    lines = {}
    for change in changes:
        if change.kind != Change.Kind.ADDED:
            own = [o for o in found if o.status and o.status.pk == change.status_id]
            here = [_changed(own, change)] if own else _joined(found, change.before)
            line = here[0].paragraph.first if here else None
        else:
            before = (lasts.get(part.pk) for part in _before(change.status, parts))
            line = next(filter(None, before), None)
        if line:
            lines[change.pk] = line
    return lines


def _changed(own: Sequence[Origin], change: Change) -> Origin:
    """Of a part's paragraphs the one whose words changed; the largest, where that is no help."""
    now = change.after.split("\n\n")
    gone = [paragraph for paragraph in change.before.split("\n\n") if paragraph not in now]
    words = provenance.words_of("\n\n".join(gone))

    def share(origin: Origin) -> tuple[float, float]:
        markdown = origin.paragraph.markdown
        told = coverage(provenance.words_of(markdown), words)
        return told * len(markdown), origin.score * len(markdown)

    return max(own, key=share)


def what_stands(body: str, change: Change, parts: Sequence[Status]) -> str:
    """What became of the changed part in the text, from its first paragraph to its last."""
    found = _of(body, change, parts)
    if not found:
        return ""
    first, last = _lines(found)
    return "\n".join(body.split("\n")[first:last])


def _edited(body: str, change: Change, parts: Sequence[Status]) -> str:
    try:
        return weaving.edited(body, change.before, change.after)
    except NotFound:
        found = _of(body, change, parts)
    if not found:
        raise NotFound
    first, last = _lines(found)
    lines = body.split("\n")
    merged = reconcile(change.before, "\n".join(lines[first:last]), change.after)
    if merged.clashes:
        raise NotFound
    return "\n".join([*lines[:first], merged.text, *lines[last:]])


def _removed(body: str, change: Change, parts: Sequence[Status]) -> str:
    try:
        return weaving.removed(body, change.before)
    except NotFound:
        found = _owned(body, change, parts)
    if not found or any(origin.score < NEARLY for origin in found):
        raise NotFound
    lines = body.split("\n")
    for origin in reversed(found):
        first, last = _lines([origin])
        # With the empty lines below it, so that the rest stands as close as it did.
        while last < len(lines) and not lines[last].strip():
            last += 1
        del lines[first:last]
    return "\n".join(lines).rstrip("\n")


def _added(body: str, change: Change, parts: Sequence[Status]) -> str:
    found = provenance.align(body, parts)
    if any(origin.status == change.status and origin.score >= NEARLY for origin in found):
        return body  # somebody put it in by hand
    for part in _before(change.status, parts):
        try:
            return weaving.inserted(body, change.after, after=markdown_of(part))
        except NotFound:
            here = [origin for origin in found if origin.status == part]
        if here:
            lines = body.split("\n")
            _, last = _lines(here)
            return "\n".join([*lines[:last], "", change.after.strip(), *lines[last:]])
    return "\n\n".join(filter(None, [body.rstrip(), change.after.strip()]))


def _of(body: str, change: Change, parts: Sequence[Status]) -> list[Origin]:
    """What came from the part as it was before, or holds it together with another."""
    found = _owned(body, change, parts)
    return found or _joined(provenance.align(body, parts), change.before)


def _owned(body: str, change: Change, parts: Sequence[Status]) -> list[Origin]:
    if not change.before:
        return []
    old = _with(change.status, change.before)
    then = [old if part == change.status else part for part in parts]
    return [origin for origin in provenance.align(body, then) if origin.status == change.status]


def _joined(found: Sequence[Origin], before: str) -> list[Origin]:
    """The paragraph that the part went into, where its sentences began in another part."""
    words = provenance.words_of(before)
    if not words:
        return []
    shares = [coverage(words, provenance.words_of(o.paragraph.markdown)) for o in found]
    best = max(shares, default=0.0)
    return [found[shares.index(best)]] if best >= MOST else []


def _lines(found: Sequence[Origin]) -> tuple[int, int]:
    """As a slice of the text's lines."""
    return found[0].paragraph.first - 1, found[-1].paragraph.last


def _before(status: Status, parts: Sequence[Status]) -> list[Status]:
    """The parts of the main line that it goes on from, the nearest first."""
    line = [part for part in parts if part.thread_id == status.thread_id and part.position]
    if status.position:
        line = [part for part in line if part.position and part.position < status.position]
    return sorted(line, key=lambda part: part.position or 0, reverse=True)


def _with(status: Status, markdown: str) -> Status:
    status = copy(status)
    status.markdown = markdown
    return status
