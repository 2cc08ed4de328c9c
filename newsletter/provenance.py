"""Which part of which thread each paragraph of a post came from.

Nothing is written into the text: it is aligned with the parts each time, so that it survives
cutting, moving, retyping and pasting. A paragraph is from the part that covers most of its words
in the same order; words that stand alone among others are chance.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from heapq import nlargest
from itertools import chain
from math import log

from django.db.models import F, QuerySet
from rapidfuzz.distance import LCSseq

from newsletter.models import Post
from threads.markdown import markdown_of
from threads.models import Status
from threads.text.html import paragraphs
from threads.text.paragraphs import Paragraph

# Where a link leads is no word, but which picture it is tells all. Scripts that write no spaces
# are taken sign by sign.
MEDIA = "/media/"
TARGET = re.compile(r"\]\((?!/media/)[^)\]]*\)|<https?://[^<>]*>")
WORD = re.compile(r"/media/[^\s)]+|[\u3040-\u30ff\u3400-\u9fff]|[^\W_\u3040-\u30ff\u3400-\u9fff]+")
CANDIDATES = 4  # are compared word by word; they share the most rare words
TELLING = 7  # letters from which a single word is more than chance
SHORT = 5  # words; so few can be alike by chance
ENOUGH, ENOUGH_OF_SHORT = 0.4, 0.75


@dataclass(frozen=True)
class Origin:
    """`score`: how much of the paragraph the part covers, 0 to 1; 0 where there is no part."""

    paragraph: Paragraph
    status: Status | None
    score: float


class _Part:
    def __init__(self, status: Status) -> None:
        markdown = markdown_of(status)
        self.status = status
        self.words = words_of(markdown)
        self.distinct = set(self.words)
        self.lines = {tuple(words_of(line)) for line in markdown.split("\n")}

    def covers(self, words: Sequence[str]) -> float:
        """However short, a line that stands there by itself is no chance."""
        return 1.0 if tuple(words) in self.lines else coverage(words, self.words)


def of(post: Post, body: str) -> list[Origin]:
    """The origin of each paragraph of this text, among all parts of the post's threads."""
    return align(body, list(parts_of(post)))


def parts_of(post: Post) -> QuerySet[Status]:
    """All parts of the threads that it was made of, in their order; with those beside it."""
    parts = Status.objects.filter(thread__uses__post=post).order_by(
        "thread__uses__position", F("position").asc(nulls_last=True), "sort_key"
    )
    return parts.select_related("account", "thread").prefetch_related("attachments")


def credited(post: Post, body: str) -> list[int | None]:
    """The key of each paragraph's part, as a post keeps it of what readers see."""
    found = [origin.status.pk if origin.status else None for origin in of(post, body)]
    return found if any(found) else []


def align(body: str, statuses: Sequence[Status]) -> list[Origin]:
    parts = [_Part(status) for status in statuses]
    rarity = _rarity(parts)
    by_word: dict[str, list[int]] = defaultdict(list)
    for at, part in enumerate(parts):
        for word in part.distinct:
            by_word[word].append(at)
    found: list[Origin] = []
    before = -1
    for paragraph in paragraphs(body):
        words = words_of(paragraph.markdown)
        near = _nearest(words, by_word, rarity)
        score, at = max(
            ((parts[at].covers(words), at) for at in near),
            # Of two that say the same, the one that goes on from the paragraph before.
            key=lambda each: (each[0], each[1] == before, each[1] == before + 1, -each[1]),
            default=(0.0, -1),
        )
        if score >= (ENOUGH_OF_SHORT if len(words) < SHORT else ENOUGH):
            found.append(Origin(paragraph, parts[at].status, score))
            before = at
        else:
            found.append(Origin(paragraph, None, 0.0))
    return found


def words_of(markdown: str) -> list[str]:
    return WORD.findall(TARGET.sub("]", markdown).casefold())


def coverage(words: Sequence[str], source: Sequence[str]) -> float:
    """How much of the first stands in the second in the same order, by letters: 0 to 1."""
    if pictures := [word for word in words if word.startswith(MEDIA)]:
        # The same picture, whatever is said of it.
        return sum(picture in source for picture in pictures) / len(pictures)
    if words == source or (len(words) >= SHORT and _as_one(words) in _as_one(source)):
        return 1.0
    runs = (
        words[code.src_start : code.src_end]
        for code in LCSseq.opcodes(words, source)
        if code.tag == "equal"
    )
    told = (run for run in runs if len(run) > 1 or len(run[0]) >= TELLING)
    return sum(map(len, chain.from_iterable(told))) / max(1, sum(map(len, words)))


def _as_one(words: Sequence[str]) -> str:
    return f" {' '.join(words)} "


def _rarity(parts: Sequence[_Part]) -> dict[str, float]:
    counts = Counter(chain.from_iterable(part.distinct for part in parts))
    return {word: log(1 + len(parts) / count) for word, count in counts.items()}


def _nearest(
    words: Sequence[str], by_word: dict[str, list[int]], rarity: dict[str, float]
) -> list[int]:
    shared: dict[int, float] = defaultdict(float)
    for word in set(words):
        for at in by_word.get(word, ()):
            shared[at] += rarity[word]
    # The words of a short one may stand everywhere, and are soon compared with all.
    most = CANDIDATES if len(words) >= SHORT else len(shared)
    return nlargest(most, shared, key=lambda at: shared[at])
