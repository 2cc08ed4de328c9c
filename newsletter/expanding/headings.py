"""Headings: of points that the author counted or set off, and where a new thought begins.

What a point is called stands in it. For a new thought nobody but a person has a name, so that
it gets a blank in the place of the heading.
"""

from __future__ import annotations

from collections.abc import Iterator

from newsletter.expanding.material import Block, Material, Section
from newsletter.expanding.points import points_of
from newsletter.expanding.proposal import Kind, Proposal, blank
from newsletter.expanding.sentences import clause, sentences, shortened
from newsletter.expanding.themes import breaks, pauses, turns
from threads.text.escaping import literal

WORDS_FOR_ONE = 120  # at the least under each heading
MOST_BREAKS = 3  # in one section
FEWEST_BETWEEN = 2  # paragraphs from one heading to the next
TOP, LOWEST = 2, 4


def headings(material: Material) -> Iterator[Proposal]:
    for section in material.sections:
        points = points_of(section.blocks)
        level = _level(material, section) if points else 0
        for block, words in points:
            markdown = f"{'#' * level} {literal(words, at_start=False)}"
            why = "A point that the author counted or set off, in its own words."
            yield Proposal(Kind.HEADING, f"“{words}”", why, block.first - 1, markdown)
        if not points:
            yield from _for_new_thoughts(section)


def _for_new_thoughts(section: Section) -> Iterator[Proposal]:
    prose = [each for each in section.blocks if each.speaks]
    evident = [*pauses(prose), *turns(prose)]
    room = max(len(evident), sum(each.length for each in prose) // WORDS_FOR_ONE)
    taken = [0, len(prose)]
    for at, why in [*evident, *breaks(prose)]:
        if len(taken) - 2 >= min(MOST_BREAKS, room):
            return
        crowded = any(abs(at - other) < FEWEST_BETWEEN for other in taken)
        if not crowded and not prose[at - 1].goes_on:
            taken.append(at)
            yield _new_thought(prose[at], why)


def _new_thought(block: Block, why: str) -> Proposal:
    begins = shortened(clause(sentences(block.words)[0]), 50)
    asked = f"A new thought begins with “{begins}”. Which heading would announce it?"
    label = f"A heading before “{begins}”"
    return Proposal(Kind.HEADING, label, why, block.first - 1, blank(asked))


def _level(material: Material, section: Section) -> int:
    """Beside the heading above, or one below where that is the title of a whole thread."""
    heading = section.heading
    if heading is None:
        return TOP
    threads = [
        (each.first > heading.first, each.status.thread_id)
        for each in material.blocks
        if each.status
    ]
    above = [thread for is_below, thread in threads if not is_below]
    below = [thread for is_below, thread in threads if is_below]
    opens_thread = bool(above and below) and above[-1] != below[0]
    return min(max(heading.level + opens_thread, TOP), LOWEST)
