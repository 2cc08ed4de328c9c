"""Sections that say how things are, and show none of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from newsletter.expanding.material import Block, Material, Section
from newsletter.expanding.proposal import Kind, Proposal, blank
from newsletter.expanding.sentences import is_farewell, quoted, sentences, shortened, stands_alone
from threads.text.html import blanks

MOST = 4
SHORTEST = 25  # words of a section that is worth an example
LENGTHS = range(6, 19)  # words of a claim

_SHOWN = re.compile(
    r"\d|for example|for instance|e\.g\.|once |one night|last (?:week|year|month)|“",
    re.IGNORECASE,
)
_STRONG = re.compile(
    r"\b(?:not|never|nobody|nothing|only|always|every|all|must|cannot|most|\w+n[’']t)\b",
    re.IGNORECASE,
)


def examples(material: Material) -> Iterator[Proposal]:
    yield from islice(filter(None, (_asked(material, each) for each in material.sections)), MOST)


def _asked(material: Material, section: Section) -> Proposal | None:
    blocks = section.blocks
    if any(map(material.own, blocks)) or blanks(material.text_of(section)):
        return None
    claim = _claim(blocks)
    words = "\n".join(each.words for each in blocks)
    if not claim or sum(each.length for each in blocks) < SHORTEST or _SHOWN.search(words):
        return None
    asked = f"You say {quoted(claim)} When did you see it? What happened next? A number?"
    name = section.heading.words if section.heading else blocks[0].words
    return Proposal(
        Kind.EXAMPLE,
        f"An example of “{shortened(claim, 60)}”",
        f"“{shortened(name, 50)}” says how things are, and shows none of it.",
        material.behind(blocks[-1]),
        blank(asked),
    )


def _claim(blocks: list[Block]) -> str:
    """The last sentence that claims something, and is short enough to be said again."""
    prose = [each for each in blocks if each.speaks and not is_farewell(each.words)]
    said = [each for block in prose for each in sentences(block.words) if each[-1] in ".!。！"]
    fit = [each for each in said if stands_alone(each) and len(each.split()) in LENGTHS]
    strong = [each for each in fit if _STRONG.search(each)]
    return (strong or fit or [""])[-1]
