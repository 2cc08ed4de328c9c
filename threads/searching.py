"""Finding threads: by the words in them, and by what they have in common.

Every thread has an entry that is made from it, in blocks, some time after it was imported;
an import deletes the entries of threads that it changes. Whoever needs entries first makes
those that are lacking, a bounded number of them, so that it works without any worker, too.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from heapq import nlargest
from math import log

from django.db import transaction
from django.db.models import Count, QuerySet, Value
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan

from threads.models import Import, IndexEntry, Keyword, Status, Thread
from threads.text.words import keywords, plain, terms, words_in

BLOCK = 100  # threads that are indexed in one transaction
FEW = 50  # texts, too few to tell which words are common
BLOCKS = 5  # that the library waits for
MOST_WORDS = 8  # of a search
MOST_SHARED = 2000  # keywords of others that are compared with a thread's
RELATED = 5


# --- by their words -------------------------------------------------------------------------------


def search(threads: QuerySet[Thread], written: str) -> QuerySet[Thread]:
    """Those that say all of these words, in any order, be it within longer words."""
    entries = IndexEntry.objects.all()
    for word in sorted(words_in(written), key=len, reverse=True)[:MOST_WORDS]:
        # Not LIKE, whose signs would have to be escaped: the place of the word in the text.
        entries = entries.filter(GreaterThan(StrIndex("words", Value(word)), 0))
    return threads.filter(pk__in=entries.values("pk"))


# --- by what they have in common ------------------------------------------------------------------


def related(thread: Thread, limit: int = RELATED) -> list[Thread]:
    """Visible threads that share keywords with it, those first that share more and rarer ones."""
    index(Thread.objects.filter(pk=thread.pk))
    shared = _weighed(thread)
    score: dict[int, float] = defaultdict(float)
    others = Keyword.objects.filter(word__in=shared).exclude(entry=thread.pk)
    for pk, word in others.values_list("entry_id", "word"):
        score[pk] += shared[word]
    nearest = nlargest(4 * limit, score, key=lambda pk: (score[pk], pk))  # some may be trashed
    visible = Thread.objects.visible().select_related("account").in_bulk(nearest)
    return [visible[pk] for pk in nearest if pk in visible][:limit]


def _weighed(thread: Thread) -> dict[str, float]:
    """Its keywords, and what each is worth. What half of all threads say is worth nothing."""
    mine = Keyword.objects.filter(entry=thread.pk).values("word")
    everywhere = Keyword.objects.filter(word__in=mine).values_list("word")
    total = IndexEntry.objects.count() + 1
    worth: dict[str, float] = {}
    rows = 0
    for word, count in everywhere.annotate(count=Count("pk")).order_by("count", "word"):
        rows += count
        if rows > MOST_SHARED or 2 * count >= total:
            break
        worth[word] = log(total / (2 * count))
    return worth


# --- the entries ----------------------------------------------------------------------------------


def unindexed() -> QuerySet[Thread]:
    return Thread.objects.filter(index_entry=None, imported_by__state=Import.State.DONE)


def index(threads: QuerySet[Thread] | None = None) -> int:
    """Make the entries that are lacking, a block of them at the most; how many were made."""
    lacking = unindexed() if threads is None else threads & unindexed()
    if not lacking.exists():
        return 0
    with transaction.atomic():
        # Locked, so that an import which changes one of them finds the entry, and deletes it.
        block = lacking.select_for_update(of=["self"], skip_locked=True).select_related("account")
        said = [Said(thread) for thread in block[:BLOCK]]
        _read_parts({each.thread.pk: each for each in said})
        # Another worker may have made some in between, of the same words.
        IndexEntry.objects.bulk_create(map(Said.entry, said), ignore_conflicts=True)
        Keyword.objects.bulk_create(_keywords(said), ignore_conflicts=True)
    return len(said)


def catch_up() -> None:
    """What was just imported is found at once. What is more than that is left to the workers."""
    for _ in range(BLOCKS):
        if index() < BLOCK:
            break


@dataclass
class Said:
    """What stands in one thread."""

    thread: Thread
    texts: list[str] = field(default_factory=list)
    likes: int | None = None

    def entry(self) -> IndexEntry:
        account = self.thread.account
        known_by = [self.thread.title, account.name, account.handle]
        words = words_in("\n".join([*known_by, *self.texts]))
        return IndexEntry(pk=self.thread.pk, words=" ".join(words), likes=self.likes)

    def terms(self) -> Counter[str]:
        return Counter(terms("\n".join([self.thread.title, *self.texts])))


def _read_parts(said: dict[int | None, Said]) -> None:
    parts = Status.objects.filter(thread__in=said, deleted_at=None)
    for pk, text, format_, likes in parts.values_list("thread_id", "text", "format", "likes"):
        said[pk].texts.append(plain(text, format_))
        if likes is not None:
            said[pk].likes = (said[pk].likes or 0) + likes


def _keywords(said: list[Said]) -> Iterator[Keyword]:
    counts = {each.thread.pk: each.terms() for each in said}
    seen = [*counts.values()]
    if len(seen) < FEW:
        others = IndexEntry.objects.exclude(pk__in=counts).order_by("-pk")[:FEW]
        seen += [Counter(terms(words)) for words in others.values_list("words", flat=True)]
    common = Counter(word for each in seen for word in each)
    for pk, count in counts.items():
        for word in keywords(count, common, len(seen)):
            yield Keyword(entry_id=pk, word=word)
