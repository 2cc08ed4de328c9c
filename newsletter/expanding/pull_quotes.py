"""Pull quotes: short sentences of the text that say what it is about, shown large."""

from __future__ import annotations

import re
from collections.abc import Iterator
from operator import itemgetter

from newsletter.expanding.headings import headings
from newsletter.expanding.material import Block, Material
from newsletter.expanding.proposal import Kind, Proposal
from newsletter.expanding.sentences import sentences, shortened, stands_alone
from threads.text.escaping import literal

MOST = 3
WORDS_FOR_ONE = 200
FEWEST_BETWEEN = 5  # paragraphs from one to the next
LENGTHS = range(5, 21)  # words
IDEAL = 11
EXISTING = re.compile(r"^> \*\*.+\*\*$", re.MULTILINE)
_TURN = re.compile(
    r"\b(?:not|never|nobody|nothing|only|always|without|every|until)\b", re.IGNORECASE
)
_UNFIT = re.compile(r"https?:|[@#\[\]]|\.\.\.|…|\w/\w|:\)")


def pull_quotes(material: Material) -> Iterator[Proposal]:
    wanted = sum(len(each.words.split()) for each in material.blocks) // WORDS_FOR_ONE
    wanted = min(MOST, wanted) - len(EXISTING.findall(material.body))
    most_liked = max((_likes(each) for each in material.blocks), default=0)
    found = sorted(_candidates(material, most_liked), key=itemgetter(0), reverse=True)
    sections = {each.line for each in headings(material)}
    taken: list[int] = []
    for _, at, sentence in found:
        if len(taken) >= wanted:
            return
        if all(abs(at - other) >= FEWEST_BETWEEN for other in taken):
            taken.append(at)
            yield _proposal(material, at, sentence, sections)


def _candidates(material: Material, most_liked: int) -> Iterator[tuple[float, int, str]]:
    for at, block in enumerate(material.blocks[:-1]):
        if at < 2 or not block.speaks or not block.status or block.goes_on:
            continue
        said = sentences(block.words)
        if len(said) < 2:
            continue  # it would say the same twice in a row
        for sentence in said:
            if fit(sentence):
                value = _value(sentence, block, last=sentence == said[-1])
                yield value + 2 * _likes(block) / (most_liked or 1), at, sentence


def fit(sentence: str) -> bool:
    """Whole, understood without its neighbours, and of the right length."""
    return (
        len(sentence.split()) in LENGTHS
        and sentence[-1] in ".!。！"
        and stands_alone(sentence)
        and not _UNFIT.search(sentence)
        and sentence.count("“") == sentence.count("”")
    )


def _value(sentence: str, block: Block, *, last: bool) -> float:
    set_off = f"*{literal(sentence)}*" in block.markdown  # by the author
    away = abs(len(sentence.split()) - IDEAL) / IDEAL
    return 2 * set_off + bool(_TURN.search(sentence)) + 0.5 * last - away


def _likes(block: Block) -> int:
    return (block.status.likes or 0) if block.status else 0


def _proposal(material: Material, at: int, sentence: str, sections: set[int]) -> Proposal:
    """A paragraph before the one it is from, so that no reader meets it twice in a row; but
    not before a heading that may come between."""
    block, before = material.blocks[at], material.blocks[at - 1]
    free = before.speaks and not material.blocks[at - 2].goes_on
    spot = before if free and block.first - 1 not in sections else block
    likes = f", liked {_likes(block):,} times" if _likes(block) else ""
    why = f"From the paragraph “{shortened(block.words, 40)}”{likes}."
    label = f"“{shortened(sentence)}”"
    return Proposal(Kind.PULL_QUOTE, label, why, spot.first - 1, f"> **{literal(sentence)}**")
