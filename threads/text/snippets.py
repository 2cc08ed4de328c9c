"""Where in a text the words of a search stand: a line of it, in pieces."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from threads.text.words import fold

BEFORE, AFTER = 40, 120  # characters around the first word


@dataclass(frozen=True, slots=True)
class Piece:
    text: str
    is_found: bool = False


def best(texts: Iterable[str], words: Sequence[str]) -> list[Piece]:
    """Out of the first of the texts that say most of the words; nothing where none says any."""
    most, chosen = 0, ""
    for text in texts:
        folded = fold(text)
        said = sum(word in folded for word in words)
        if said > most:
            most, chosen = said, text
        if most == len(words):
            break
    return snippet(chosen, words) if most else []


def snippet(text: str, words: Sequence[str]) -> list[Piece]:
    """What stands around the first of the words, all of them marked."""
    text = " ".join(unicodedata.normalize("NFC", text).split())
    places = list(_places(text, words))
    if not places:
        return []
    start = _word_end(text, places[0][0] - BEFORE)
    end = _word_end(text, places[0][1] + AFTER)
    pieces = [Piece("…")] if start else []
    for first, last in places:
        if last <= end:
            pieces += [Piece(text[start:first]), Piece(text[first:last], is_found=True)]
            start = last
    pieces += [Piece(text[start:end]), Piece(" …" if end < len(text) else "")]
    return [piece for piece in pieces if piece.text]


def _places(text: str, words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """In the text as it is written, though it is compared folded."""
    folded = fold(text)
    written = range(len(text) + 1) if len(folded) == len(text) else _written(text)
    longest_first = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    for match in re.finditer(longest_first, folded) if words else ():
        if match.start() in written and match.end() in written:
            yield written[match.start()], written[match.end()]


def _written(text: str) -> dict[int, int]:
    """Where in the text a place of the folded one is: some signs fold to several."""
    lengths = (len(fold(sign)) for sign in text)
    return {place: index for index, place in enumerate(accumulate(lengths, initial=0))}


def _word_end(text: str, at: int) -> int:
    """The nearest space behind a place, where there is one; a script without any is cut there."""
    if at <= 0 or at >= len(text):
        return min(max(at, 0), len(text))
    space = text.find(" ", at, at + 20)
    return space if space >= 0 else at
