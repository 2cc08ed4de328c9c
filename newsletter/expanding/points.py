"""Points: paragraphs that the author counted ("First, …", "2/ …") or began in bold."""

from __future__ import annotations

import re
from collections.abc import Sequence

from newsletter.expanding.material import Block
from newsletter.expanding.sentences import clause, sentences

FEWEST = 2
LONGEST = 10  # words of what a point is called

_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh")
_ORDINAL = re.compile(rf"(?:and |the )?({'|'.join(_ORDINALS)})(?:ly)?[,:.]\s+", re.IGNORECASE)
_NUMBER = re.compile(
    r"(?:#|(?:step|lesson|rule|point|idea|tip|drill|part|reason|mistake)\s)?[(\[]?(\d{1,2})"
    r"(?:\s?/\s?\d{0,2}|[.):\]]+)\s+(?=\D)",
    re.IGNORECASE,
)
_BOLD = re.compile(r"(\*\*|__)(?P<words>[^*_\n]{3,70})\1(?=[\s.:,])")


def points_of(blocks: Sequence[Block]) -> list[tuple[Block, str]]:
    """Each with what it is called; none where they do not count up from one."""
    prose = [block for block in blocks if block.speaks]
    counted = [(block, *count) for block in prose if (count := _counted(block.words))]
    numbers = [number for _, number, _ in counted]
    if len(counted) >= FEWEST and numbers == list(range(1, len(counted) + 1)):
        return [(block, words) for block, _, words in counted if words]
    bold = [(block, found["words"]) for block in prose if (found := _BOLD.match(block.markdown))]
    return [(block, words.strip(" .:,")) for block, words in bold] if len(bold) >= FEWEST else []


def _counted(words: str) -> tuple[int, str] | None:
    """The number of a point, and what it is called where that is short."""
    match = _ORDINAL.match(words) or _NUMBER.match(words)
    if match is None:
        return None
    said = match[1].lower()
    number = _ORDINALS.index(said) + 1 if said in _ORDINALS else int(said)
    name = clause(next(iter(sentences(words[match.end() :])), ""))
    return number, name[:1].upper() + name[1:] if len(name.split()) <= LONGEST else ""
