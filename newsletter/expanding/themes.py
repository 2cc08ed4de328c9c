"""Where a text turns to something else: its author was silent for long, or says so, or the words
before and behind have little in common. Places are counted from 0, the clearest first."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from math import log, sqrt

from newsletter.expanding.material import Block
from newsletter.expanding.sentences import stands_alone
from newsletter.provenance import words_of

PAUSE = timedelta(hours=12)
WINDOW = 2  # paragraphs on either side
SHORT_WORD = 4  # letters; shorter ones are the same in every text
STEM = 6  # letters, so that "keeper" and "keepers" are one

_TURN = re.compile(
    r"(?:putting (?:all )?this together|so what\b|in conclusion|to sum up|to conclude|overall"
    r"|in the end|back to|meanwhile|years later|the lesson|what (?:i|we) learned|my advice|now,)",
    re.IGNORECASE,
)


def pauses(blocks: Sequence[Block]) -> Iterator[tuple[int, str]]:
    """Where the author of a thread went on much later."""
    silent = ((_silence(blocks[at - 1], blocks[at]), at) for at in range(1, len(blocks)))
    for time, at in sorted(silent, reverse=True):
        if time < PAUSE:
            return
        days = round(time / timedelta(days=1)) or 1
        yield at, f"The author went on {days} day{'s'[: days > 1]} later."


def turns(blocks: Sequence[Block]) -> Iterator[tuple[int, str]]:
    """Where the author says so."""
    for at, block in enumerate(blocks):
        if at and _TURN.match(block.words):
            yield at, "The author turns here."


def breaks(blocks: Sequence[Block]) -> Iterator[tuple[int, str]]:
    """Where the words become others."""
    said = [Counter(w[:STEM] for w in words_of(each.words) if _tells(w)) for each in blocks]
    spread = Counter(word for words in said for word in words)
    worth = {word: log(1 + len(said) / count) for word, count in spread.items()}
    found = [
        (_likeness(said[at - WINDOW : at], said[at : at + WINDOW], worth), at)
        for at in range(WINDOW, len(said) - WINDOW + 1)
    ]
    usual = sum(likeness for likeness, _ in found) / (len(found) or 1)
    for likeness, at in sorted(found):
        if likeness < usual and stands_alone(blocks[at].words):
            yield at, "Its words are others than those before."


def _silence(before: Block, after: Block) -> timedelta:
    """Between two parts of one thread."""
    a, b = before.status, after.status
    if not (a and b and a.thread_id == b.thread_id and a.posted_at and b.posted_at):
        return timedelta(0)
    return b.posted_at - a.posted_at


def _tells(word: str) -> bool:
    return len(word) >= SHORT_WORD or not word.isascii()


def _likeness(
    before: Iterable[Counter[str]], behind: Iterable[Counter[str]], worth: dict[str, float]
) -> float:
    """Cosine of the two, where rare words count more: 0 to 1."""
    a, b = sum(before, Counter[str]()), sum(behind, Counter[str]())
    shared = sum(a[word] * b[word] * worth[word] for word in a & b)
    return shared / (_length(a, worth) * _length(b, worth) or 1)


def _length(words: Counter[str], worth: dict[str, float]) -> float:
    return sqrt(sum(count * count * worth[word] for word, count in words.items()))
