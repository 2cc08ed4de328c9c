"""The text and its title: what is still open, what was lost on its way, and the headings."""

from __future__ import annotations

from collections.abc import Iterator

from newsletter.models.posts import UNTITLED
from newsletter.preflight.candidate import Candidate
from newsletter.preflight.facts import Fact, at_line, fault, good, in_field, warn

SHOWN = 80  # characters of a text that is named


def facts(candidate: Candidate) -> Iterator[Fact]:
    yield from _open(candidate)
    yield from _lost(candidate)
    yield from _headings(candidate)


def _open(candidate: Candidate) -> Iterator[Fact]:
    document, post = candidate.document, candidate.post
    if candidate.revision.title == UNTITLED:
        yield warn(f"It is still called “{UNTITLED}”.", in_field(post, "title", "The title"))
    if not document.markdown.strip():
        yield fault("There is no text yet.", at_line(post, 1))
    for blank in document.blanks:
        # No marks around it and no stop behind it: it is a question, and may quote somebody.
        text = f"A blank is open in line {blank.line}: {blank.text}"
        yield fault(text, at_line(post, blank.line))
    if not document.blanks:
        yield good("No blank is left.")


def _lost(candidate: Candidate) -> Iterator[Fact]:
    document, post = candidate.document, candidate.post
    for place in document.lost_pictures:
        named = f" (“{_short(place.text)}”)" if place.text else ""
        text = f"A lost picture{named} is left out for readers."
        yield warn(text, at_line(post, place.line))
    for place in document.cut_links:
        text = f"The address “{place.text}” was cut off at its source and leads nowhere."
        yield warn(text, at_line(post, place.line))
    for place in document.begun_links:
        text = f"“{_short(place.text)}” is written as a link, but has no address."
        yield warn(text, at_line(post, place.line))


def _headings(candidate: Candidate) -> Iterator[Fact]:
    """The title is the first level; what skips one is lost on who listens to the outline."""
    above, orderly = 1, True
    for heading in candidate.document.headings:
        where = at_line(candidate.post, heading.line)
        if not heading.text:
            orderly = False
            yield warn("A heading has no words.", where)
        elif heading.level == 1:
            orderly = False
            yield warn(f"“{_short(heading.text)}” is a heading of the title’s own level.", where)
        elif heading.level > above + 1:
            orderly = False
            text = f"“{_short(heading.text)}” skips a level, from {above} to {heading.level}."
            yield warn(text, where)
        above = heading.level
    if orderly and candidate.document.headings:
        yield good("The headings are in order.")


def _short(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1].rstrip()}…"
