"""Which texts say the same. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from rapidfuzz.distance import LCSseq

from newsletter.provenance import ENOUGH, ENOUGH_OF_SHORT, SHORT, coverage, words_of

SAME = 0.7  # of the words of the shorter one, for two parts to say the same
FEWEST = 4  # words that a part needs, or it says too little to say the same
SHARED = 0.6  # of its different words, before it is worth while to compare their order
COMMON = 10  # texts; a word that more of them have tells little of which say the same


def stands_in(part: str, written: Sequence[str]) -> bool:
    """Whether a person's words were made of the part: most of either is in the other."""
    said = words_of(part)
    if not written:
        return False
    if len(said) >= SHORT and coverage(said, written) >= ENOUGH_OF_SHORT:
        return True
    return coverage(written, said) >= (ENOUGH if len(written) >= SHORT else ENOUGH_OF_SHORT)


def words_beyond(paragraph: str, known: Iterable[Sequence[str]]) -> list[str]:
    """Without what it has of the words of texts that it was made of."""
    words = words_of(paragraph)
    for said in known:
        codes = LCSseq.opcodes(words, said)
        left = (words[code.src_start : code.src_end] for code in codes if code.tag != "equal")
        words = list(chain.from_iterable(left))
    return words


def twins(texts: Mapping[int, str]) -> dict[int, int]:
    """For each text that says the same as others, the one that is most like it."""
    said = {key: told for key, text in texts.items() if len(told := words_of(text)) >= FEWEST}
    best: dict[int, tuple[float, int]] = {}
    for one, other in _candidates({key: set(told) for key, told in said.items()}):
        shorter, longer = sorted((one, other), key=lambda key: len(said[key]))
        alike = coverage(said[shorter], said[longer])
        for this, that in ((one, other), (other, one)):
            if alike >= SAME and alike > best.get(this, (0.0, 0))[0]:
                best[this] = (alike, that)
    return {key: twin for key, (_, twin) in best.items()}


def _candidates(distinct: Mapping[int, set[str]]) -> Iterator[tuple[int, int]]:
    """Pairs that share most of their words, found by the words that few texts have."""
    counts = Counter(chain.from_iterable(distinct.values()))
    by_word: dict[str, list[int]] = defaultdict(list)
    for key, words in distinct.items():
        rare = [word for word in words if counts[word] <= COMMON]
        for other in dict.fromkeys(chain.from_iterable(by_word[word] for word in rare)):
            fewer = min(len(words), len(distinct[other]))
            if len(words & distinct[other]) >= SHARED * fewer:
                yield other, key
        for word in rare:
            by_word[word].append(key)
