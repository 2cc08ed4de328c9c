"""What goes from the statuses of a thread before they become one text, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from threads.text import numbering
from threads.text.blocks import cleaned
from threads.text.headings import reads_as_heading
from threads.text.leadins import lead_in, own_words
from threads.text.links import with_bare_links
from threads.text.spans import Marked, Span, SpanKind


class Reason(StrEnum):
    """Why words of a status are not in the text, as it is told to the editor."""

    COUNTER = "counts the parts"
    LEAD_IN = "announces the thread"
    CONTINUATION = "joins two parts"
    OWN_NAME = "answers oneself"
    TITLE = "became the title"


@dataclass(frozen=True, slots=True)
class LeftOut:
    status: str
    text: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class Part:
    """A status as the text sees it. `before` is Markdown that stands above its words, a warning;
    `after` is what follows them: media, quotes."""

    status: str
    text: str
    spans: tuple[Span, ...] = ()
    is_markdown: bool = False
    handle: str = ""
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


@dataclass(slots=True)
class Trimmed:
    """A part on its way into a text: what is left of it, and what is not."""

    part: Part
    body: Marked
    left_out: list[LeftOut] = field(default_factory=list)

    def leave_out(self, start: int, end: int, reason: Reason) -> None:
        text = self.body.text[start:end]
        # The spaces around it stay: there may be a line break among them.
        start += len(text) - len(text.lstrip())
        end -= len(text) - len(text.rstrip())
        self.note(text.strip(), reason)
        before, after = self.body.text[:start], self.body.text[end:]
        if not before[-1:].strip():
            end += len(after) - len(after.lstrip(" "))
        self.body = self.body.without(start, end)

    def note(self, text: str, reason: Reason) -> None:
        self.left_out.append(LeftOut(self.part.status, text, reason))

    def first_line(self) -> str:
        return self.body.text.strip().partition("\n")[0]

    def is_one_line(self) -> bool:
        return "\n" not in self.body.text.strip() and not (self.part.before or self.part.after)


def warned_once(parts: Iterable[Part]) -> Iterator[Part]:
    """Where servers ask for the same warning on every part, a text says it at its beginning."""
    warning: tuple[str, ...] = ()
    for part in parts:
        yield replace(part, before=()) if part.before == warning else part
        warning = part.before


def untrimmed(part: Part) -> Trimmed:
    if part.is_markdown:
        return Trimmed(part, Marked(part.text.replace("\r\n", "\n")))
    return Trimmed(part, with_bare_links(cleaned(Marked(part.text, part.spans))))


def trimmed(parts: Sequence[Part]) -> list[Trimmed]:
    """The parts of a thread without counters, lead-ins and calls to oneself."""
    found = [untrimmed(part) for part in parts]
    for one in found[1:]:
        _leave_own_name(one)
    for one in found:
        _leave_lead_ins(one, opening=False)
    _leave_counters(found)
    for one in found:
        # Only now: a lone "1/" that nothing counts on from announces more to come.
        _leave_lead_ins(one, opening=one is found[0])
    return found


def _leave_own_name(one: Trimmed) -> None:
    for span in one.body.spans:
        shown = one.body.text[span.start : span.end].lower()
        if span.kind is SpanKind.MENTION and not span.start and shown == _own_name(one.part):
            one.leave_out(span.start, span.end, Reason.OWN_NAME)
            return


def _own_name(part: Part) -> str:
    return f"@{part.handle.lower()}"


def _leave_lead_ins(one: Trimmed, *, opening: bool) -> None:
    while place := lead_in(one.body.text, *own_words(one.body), opening=opening):
        one.leave_out(*place, Reason.LEAD_IN)


def _leave_counters(parts: Sequence[Trimmed]) -> None:
    counts = [
        count
        for place, one in enumerate(parts)
        for count in numbering.counts_in(place, one.body.text, *own_words(one.body))
    ]
    _leave(parts, numbering.counters(counts))
    if not all(map(is_section, parts)) and not all(one.is_one_line() for one in parts):
        _leave(parts, numbering.points_of_all([one.body.text for one in parts]))


def is_section(piece: Trimmed) -> bool:
    """Whether it begins with what could be its heading."""
    return reads_as_heading(piece.body.text, is_followed=bool(piece.part.after))


def _leave(parts: Sequence[Trimmed], counts: Iterable[numbering.Count]) -> None:
    # From the last to the first, so that the places of the others stay right.
    for count in sorted(counts, key=lambda count: -count.start):
        parts[count.part].leave_out(count.start, count.end, Reason.COUNTER)
