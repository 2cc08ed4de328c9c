"""Where a text begins and ends: what an introduction and a summary would have to say.

The words of the first and the last part stay as they are. What is added are blanks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice, pairwise

from django.utils.dateformat import format as date_format

from newsletter.expanding.material import Block, Material
from newsletter.expanding.proposal import Kind, Proposal, blank
from newsletter.expanding.questions import questions
from newsletter.expanding.sentences import is_farewell, quoted, sentences, stands_alone

LONGEST_OPENING = 3  # paragraphs
FROM_THE_OPENING = 2  # questions about what stands there
SHORTEST_TEXT = 60  # words that are worth a summary
SHORTEST = 20  # characters of a sentence that says something
LOOKED_AT = 4  # paragraphs from the end, in search of the last that says something
HEADING = "In short"


def introduction(material: Material) -> Iterator[Proposal]:
    """Blanks behind the first part: why it is told, and what in it needs a word more."""
    first = next((at for at, each in enumerate(material.blocks) if each.speaks), None)
    if first is None:
        return
    opening = list(islice(material.run_from(first, 1), LONGEST_OPENING))
    if material.own(opening[0]) or material.answered(opening[-1]):
        return
    asked = [_why(material, opening[0]), *islice(_about(opening), FROM_THE_OPENING)]
    yield Proposal(
        Kind.INTRODUCTION,
        "Questions an introduction answers",
        "Made from the first part. Its own words stay as they are.",
        material.behind(opening[-1]),
        "\n\n".join(map(blank, asked)),
    )


def summary(material: Material) -> Iterator[Proposal]:
    """A last section, to be filled in: where the text arrives, and what became of it since."""
    is_short = sum(each.length for each in material.blocks) < SHORTEST_TEXT
    if is_short or f"\n## {HEADING}" in f"\n{material.body}":
        return
    last = _last_words(material)
    if last is None or material.own(material.blocks[-1]):
        return
    block, sentence = last
    is_last = block == next(each for each in reversed(material.blocks) if each.speaks)
    says = "You end with" if is_last else "Near the end you say"
    so_what = "answer" if sentence.endswith("?") else "do with that tomorrow"
    asked = [f"{says} {quoted(sentence)} What should a reader {so_what}?"]
    if block.status and block.status.posted_at:
        said = date_format(block.status.posted_at, "j F Y")
        asked.append(f"You wrote this on {said}. What do you know now that you did not know then?")
    yield Proposal(
        Kind.SUMMARY,
        f"A section “{HEADING}” at the end",
        "Made from the last part.",
        material.end,
        "\n\n".join([f"## {HEADING}", *map(blank, asked)]),
    )


def _why(material: Material, block: Block) -> str:
    first = next(iter(sentences(block.words)), "")
    begins = quoted(first if first and stands_alone(first) else material.title)
    when = block.status and block.status.posted_at
    on = f" on {date_format(when, 'j F Y')}" if when else ""
    return f"You began{on} with {begins} What had happened that made you write it?"


def _about(opening: Sequence[Block]) -> Iterator[str]:
    for block in opening:
        yield from questions(block.words)


def _says_something(sentence: str) -> bool:
    is_whole = not any(sign in sentence for sign in ("…", "..", "#"))
    return is_whole and stands_alone(sentence) and len(sentence) >= SHORTEST


def _last_words(material: Material) -> tuple[Block, str] | None:
    """The last sentence that stands alone, in a paragraph that is no farewell."""
    # Behind a list, a paragraph may be the end of the sentence that began before it.
    pairs = pairwise([None, *material.blocks])
    free = [each for before, each in pairs if each and (before is None or before.kind != "list")]
    telling = (each for each in reversed(free) if each.speaks and not each.goes_on)
    said = [
        (block, sentence)
        for block in islice((each for each in telling if not is_farewell(each.words)), LOOKED_AT)
        for sentence in reversed(sentences(block.words))
    ]
    alone = ((block, each) for block, each in said if _says_something(each))
    return next(alone, said[0] if said else None)
