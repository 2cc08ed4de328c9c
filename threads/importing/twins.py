"""The same thread on two platforms, known again by its words.

One of the two then stands for both, with the best pictures and descriptions of each; the
other stays as it was, hidden behind it, until an editor parts them again.
"""

from __future__ import annotations

import html
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from rapidfuzz.distance import Indel

from threads.importing.describing import FIELDS, describe_media
from threads.models import Account, Attachment, Status, Thread

ALIKE = 0.85  # of the words, in their order
OPENING = 30  # letters by which two threads are worth comparing
OPENINGS = 3  # parts whose opening is looked at: the first may announce the thread differently
NOT_WORDS = re.compile(r"<[^>]*>|https?://\S+|\w+\.[a-z]{2,}/\S*|@[\w.@-]+|\d+\s*/\s*\d*")
WORD = re.compile(r"[^\W_]+")
MADE_UP = ("page:", "text:")  # ids of what has none: the same thread may come with real ones

Words = list[str]


def words_of(text: str) -> Words:
    """What is left of a part on any platform: no addresses, names, counters or signs."""
    return WORD.findall(NOT_WORDS.sub(" ", html.unescape(text)).lower())


def recognise(account: Account) -> int:
    """How many threads of the account were found to be twins. Compares with those elsewhere."""
    mine = Thread.objects.visible().filter(account=account, stands_alone=False)
    others = _elsewhere(account)
    if not others.exists():
        return 0
    places: dict[str, list[int]] = defaultdict(list)
    for pk, opening in _openings(others):
        places[opening].append(pk)
    found = 0
    for pk, opening in _openings(mine):
        for other in places.get(opening, ()):
            found += other != pk and _join(pk, other)
    return found


def _elsewhere(account: Account) -> QuerySet[Thread]:
    made_up = Q()
    for prefix in MADE_UP:
        made_up |= Q(remote_id__startswith=prefix)
    threads = Thread.objects.visible().filter(stands_alone=False)
    return threads.exclude(account__platform=account.platform) | threads.filter(
        made_up, account=account
    )


def _openings(threads: QuerySet[Thread]) -> Iterator[tuple[int, str]]:
    first = Status.objects.filter(thread__in=threads, position__lte=OPENINGS)
    for pk, text in first.values_list("thread_id", "text").iterator():
        opening = "".join(words_of(text))[:OPENING]
        if len(opening) == OPENING:
            yield pk, opening


@transaction.atomic
def _join(one: int, other: int) -> bool:
    pair = Thread.objects.visible().select_related("account", "imported_by")
    threads = sorted(pair.filter(pk__in=[one, other]), key=_rank)
    if len(threads) < 2 or all(thread.uses.exists() for thread in threads):
        return False  # one of them is a twin by now, or readers know both
    if any(map(_is_proven, threads)) and any(map(_was_called_for, threads)):
        return False
    first, second = threads
    if not _same(_line(first), _line(second)):
        return False
    second.twin_of = first
    second.save(update_fields=["twin_of"])
    Thread.objects.filter(twin_of=second).update(twin_of=first)
    _share(first, second)
    return True


def _is_proven(thread: Thread) -> bool:
    return thread.account.claimed_at is not None


def _was_called_for(thread: Thread) -> bool:
    """By whoever called the bot: it may be a copy, with pictures that are not the creator's."""
    return not _is_proven(thread) and "mention" in thread.imported_by.options


def _rank(thread: Thread) -> tuple[Any, ...]:
    """The first of two stands for both."""
    return (
        not thread.uses.exists(),
        thread.remote_id.startswith(MADE_UP),
        not _is_proven(thread),
        not thread.complete,
        thread.pk,
    )


def _line(thread: Thread) -> list[Status]:
    return list(thread.main_line().prefetch_related("attachments"))


def _same(one: Iterable[Status], other: Iterable[Status]) -> bool:
    here, there = (
        " ".join(w for part in line for w in words_of(part.text)) for line in (one, other)
    )
    return Indel.normalized_similarity(here, there, score_cutoff=ALIKE) >= ALIKE


# --- pictures and their descriptions ------------------------------------------------------------


def _share(first: Thread, second: Thread) -> None:
    """What the second has better, the first gets. Parts may be cut otherwise over there."""
    line = _line(first)
    texts = [words_of(part.text) for part in line]
    wanted: dict[int, list[Attachment]] = defaultdict(list)
    for part in _line(second):
        if attachments := list(part.attachments.all()):
            wanted[_nearest(texts, words_of(part.text))] += attachments
    for index, attachments in wanted.items():
        status = line[index]
        _better(list(status.attachments.all()), attachments)
        if not status.attachments.exists():
            _copy(status, attachments)
    Status.objects.filter(thread=first).update(markdown="")
    describe_media(first)
    first.save(update_fields=FIELDS)


def _nearest(texts: Sequence[Words], words: Words) -> int:
    """The part that shares most with these words."""
    scores = [len(set(text) & set(words)) for text in texts]
    return scores.index(max(scores))


def _better(mine: Sequence[Attachment], theirs: Sequence[Attachment]) -> None:
    present = Attachment.State.PRESENT
    for here, there in zip(mine, theirs, strict=False):
        if there.state == present and (
            here.state != present or (there.width or 0) > (here.width or 0)
        ):
            for name in ("kind", "state", "file", "poster", "width", "height", "note"):
                setattr(here, name, getattr(there, name))
        here.alt = here.alt or there.alt
        here.save()


def _copy(status: Status, attachments: Sequence[Attachment]) -> None:
    for position, attachment in enumerate(attachments, start=1):
        attachment.pk, attachment.status, attachment.position = None, status, position
        attachment._state.adding = True
    Attachment.objects.bulk_create(attachments)
