"""The words of a text: those it is found by, and those that may say what it is about.

Words are compared folded: without regard to capitals, and to the ways of writing the same
character. Scripts that put no spaces between words are taken in pairs of signs instead.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from math import log

SHORTEST, LONGEST = 3, 40  # letters of a keyword
KEYWORDS = 16

_BREAK = re.compile(r"<(?:br|/?p|/?li|/?div|/?blockquote|/?h\d)\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_EDGES = ".,;:!?…\"'“”„‘‚«»‹›()[]{}<>*_~`|/\\–—-。、！？「」『』（）"
_NOT_SAID = re.compile(r"https?://\S+|(?<!\w)@[\w.@-]+")
_BETWEEN = re.compile(r"[\s!-&(-,./:-@\[-`{-~\u2010-\u2027\u3001-\u3003\u3008-\u301f]+")
_UNSPACED = re.compile(
    r"(?P<kanji>[\u3400-\u9fff々]+)|(?P<katakana>[\u30a1-\u30ff]+)|(?P<hiragana>[\u3041-\u309f]+)"
    r"|(?P<other>[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]+)"  # Thai, Lao, Burmese, Khmer
)


def plain(text: str, format: str) -> str:  # noqa: A002 - the models' own word
    """Without the tags of HTML; other formats are read as they are."""
    if format == "html":
        text = html.unescape(_TAG.sub("", _BREAK.sub("\n", text)))
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold().replace("’", "'")


def words_in(text: str) -> list[str]:
    """Each once, in their order, without the punctuation around them."""
    stripped = (word.strip(_EDGES) for word in fold(text).split())
    return [*dict.fromkeys(filter(None, stripped))]


def terms(text: str) -> Iterator[str]:
    """What may be a keyword, as often as it is said."""
    for piece in _BETWEEN.split(fold(_NOT_SAID.sub(" ", text))):
        for run in _UNSPACED.finditer(piece):
            yield from _cut(run[0], run.lastgroup)
        for word in _UNSPACED.sub(" ", piece).split():
            word = word.strip("'-")
            if SHORTEST <= len(word) <= LONGEST and any(map(str.isalpha, word)):
                yield word


def _cut(run: str, script: str | None) -> Iterator[str]:
    match script:
        case "kanji":
            yield from (run[at : at + 2] for at in range(len(run) - 1))
        case "katakana" if SHORTEST <= len(run) <= LONGEST:
            yield run
        case "other":
            yield from (run[at : at + 4] for at in range(len(run) - 3))


def keywords(said: Mapping[str, int], common: Counter[str], texts: int) -> list[str]:
    """The terms that are said often here, and in few of so many `texts` (`common`: in how many)."""
    # A word that one other text says, too, is worth as much as one that none says: it is the
    # shared ones that show what is alike.
    worth = {word: count * log((texts + 2) / max(common[word], 2)) for word, count in said.items()}
    return sorted(worth, key=lambda word: (-worth[word], -len(word), word))[:KEYWORDS]
