"""Bringing two versions of one text together, by what each changed since both were the same. Pure.

Lines first (in Markdown a line is a paragraph), then words within lines that both changed. What
both changed in the same place is a clash, which only a person can decide.

`base` has to be what `mine` began from, word for word. So a save that is merged is kept as two
revisions, the editor's own words and behind them the merged ones: a page that could not take
the merged words in, as somebody typed on meanwhile, begins its next save from its own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import NamedTuple

from rapidfuzz import fuzz

# A line together with the empty ones behind it, so that these are no landmarks of their own.
LINE = re.compile(r"[^\n]*\S[^\n]*\n(?:[^\S\n]*\n)*|\s+\n|\n")
# Scripts that write no spaces are taken sign by sign.
WORD = re.compile(r"\s*(?:[\u3040-\u30ff\u3400-\u9fff]|[^\W\u3040-\u30ff\u3400-\u9fff]+|\S)|\s+")
END = "\n\n"
MOST_WORDS = 3000  # of a stretch; comparing longer ones word by word takes seconds
ALIKE = 50  # per cent; what two people added in one place is the same thing from there on

type Tokens = Sequence[str]


@dataclass(frozen=True)
class Clash:
    """A stretch that both changed, each in another way."""

    base: str
    mine: str
    theirs: str


class Reconciled(NamedTuple):
    """Both changes in one text. Where they clash, it says what `mine` says."""

    text: str
    clashes: list[Clash]


class _Stretch(NamedTuple):
    """What stands between two places where all three texts are the same."""

    base: Tokens
    mine: Tokens
    theirs: Tokens

    def decided(self) -> Tokens | None:
        """What all agree upon, or what only one of the two changed; None where both did."""
        if self.mine == self.theirs or self.theirs == self.base:
            return self.mine
        return self.theirs if self.mine == self.base else None


def reconcile(base: str, mine: str, theirs: str) -> Reconciled:
    """All that either changed. Nothing of `mine` is ever lost; of `theirs`, only what clashes."""
    written: list[str] = []
    clashes: list[Clash] = []
    for stretch in _stretches(*map(_lines, (base, mine, theirs))):
        merged = _merged(stretch)
        if merged is None:
            clashes.append(Clash(*("".join(tokens).rstrip("\n") for tokens in stretch)))
            merged = "".join(stretch.mine)
        written.append(merged)
    text = "".join(written).removesuffix(END)
    if _is_doubled(base, mine, theirs, text) or (clashes and _lacks(text, mine, theirs)):
        return Reconciled(mine, [Clash(base, mine, theirs)])
    return Reconciled(text, clashes)


def _lines(text: str) -> list[str]:
    # The last is like any other, whatever follows it elsewhere.
    return LINE.findall(text + END)


def _is_doubled(*texts: str) -> bool:
    """What both moved, each to another place, would stand at both: oftener than each wrote it."""
    words = [map(str.strip, WORD.findall(text)) for text in texts]
    base, mine, theirs, both = (Counter(filter(str.isalnum, each)) for each in words)
    return any(
        count > max(mine[word], theirs[word], mine[word] + theirs[word] - base[word])
        for word, count in both.items()
    )


def _lacks(text: str, mine: str, theirs: str) -> bool:
    """What both have is not in it, where one moved it to what clashes."""
    here, my, their = ({line.strip() for line in _lines(each)} for each in (text, mine, theirs))
    return not my & their <= here


def _merged(stretch: _Stretch) -> str | None:
    if (decided := stretch.decided()) is not None:
        return "".join(decided)
    base, mine, theirs = ([line for line in lines if line.strip()] for lines in stretch)
    around = _around(base, theirs, mine) or _around(base, mine, theirs)
    return around or _by_words(*map("".join, stretch))


def _around(base: Tokens, grown: Tokens, other: Tokens) -> str | None:
    """Where one only added lines before and behind, they stand around what the other wrote."""
    places = (at for at in range(len(grown)) if grown[at : at + len(base)] == base)
    if not grown or not other or (at := next(places, None)) is None:
        return None
    before, after = grown[:at], grown[at + len(base) :]
    # Somebody may have saved the beginning of what they typed on; that must not stand twice.
    if any(fuzz.ratio(new, line) >= ALIKE for new in [*before, *after] for line in other):
        return None
    # As much space below as was there, or a paragraph's.
    space = base[-1][len(base[-1].rstrip()) :] if base else END
    return "".join([*before, "".join(other).rstrip(), space, *after])


def _by_words(base: str, mine: str, theirs: str) -> str | None:
    words = [WORD.findall(text) for text in (base, mine, theirs)]
    if max(map(len, words)) > MOST_WORDS:
        return None
    decided = [stretch.decided() for stretch in _stretches(*words)]
    if None in decided:
        return None
    return "".join("".join(tokens or ()) for tokens in decided)


def _stretches(base: Tokens, mine: Tokens, theirs: Tokens) -> Iterator[_Stretch]:
    """The texts cut at what all three share; what they share is a stretch, too."""
    in_mine, in_theirs = _places(base, mine), _places(base, theirs)
    at_base = at_mine = at_theirs = 0
    for place in sorted(in_mine.keys() & in_theirs.keys()):
        to_mine, to_theirs = in_mine[place], in_theirs[place]
        yield _Stretch(base[at_base:place], mine[at_mine:to_mine], theirs[at_theirs:to_theirs])
        shared = base[place : place + 1]
        yield _Stretch(shared, shared, shared)
        at_base, at_mine, at_theirs = place + 1, to_mine + 1, to_theirs + 1
    yield _Stretch(base[at_base:], mine[at_mine:], theirs[at_theirs:])


def _places(base: Tokens, other: Tokens) -> dict[int, int]:
    """Where each token of the base that is still there stands in the other text."""
    matcher = SequenceMatcher(None, base, other, autojunk=False)
    return {
        block.a + offset: block.b + offset
        for block in matcher.get_matching_blocks()
        for offset in range(block.size)
    }
