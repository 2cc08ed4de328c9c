"""The library with many threads: how long the server takes for each of its pages.

`fill` and `library_ms` are for a database that is there and empty; see `desk`.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import batched
from statistics import median

from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from newsletter.models import Post, PostSource
from threads import searching
from threads.models import Account, Claim, Import, Platform, Status, Thread
from threads.text.words import words_in

PARTS = 7
WORDS = 35  # in a part, about
FIRST = datetime(2018, 1, 1, 9, tzinfo=UTC)
YEARS = 8
BLOCK = 1000
ROUNDS = 7
SYLLABLES = ("ba", "ke", "lo", "mi", "nu", "ra", "so", "ti", "ve", "wi", "zo", "fa", "ge", "hu")
PLATFORMS = (Platform.X, Platform.X, Platform.MASTODON, Platform.BLUESKY)


class Authors:
    """Four of them, whose words are as common and as rare as those of any language."""

    def __init__(self) -> None:
        self.dice = random.Random(20261127)  # noqa: S311 - always the same threads
        self.words = ["".join(self.dice.choices(SYLLABLES, k=4)) for _ in range(30_000)]
        weights = [1 / (rank + 3) for rank in range(len(self.words))]
        self.prose = self.dice.choices(self.words, weights, k=400_000)
        self.imports = [self._import(*pair) for pair in enumerate(PLATFORMS)]

    def _import(self, number: int, platform: Platform) -> Import:
        account = Account.objects.create(
            platform=platform,
            remote_id=str(number),
            handle=f"author{number}",
            name=f"Author {number}",
            claim=Claim.ARCHIVE,
            claimed_at=FIRST,
        )
        return Import.objects.create(state=Import.State.DONE, source="all", account=account)

    def text(self) -> str:
        at = self.dice.randrange(len(self.prose) - WORDS)
        return " ".join(self.prose[at : at + WORDS]).capitalize() + "."

    def thread(self, number: int, begun: datetime) -> Thread:
        import_ = self.imports[number % len(self.imports)]
        return Thread(
            account=import_.account,
            imported_by=import_,
            remote_id=str(number * 100),
            title=self.text()[:110],
            length=PARTS,
            complete=number % 9 > 0,
            started_at=begun,
            ended_at=begun,
        )

    def parts(self, thread: Thread) -> Iterator[Status]:
        for number in range(PARTS):
            id_ = int(thread.remote_id) + number
            yield Status(
                account=thread.account,
                imported_by=thread.imported_by,
                platform=thread.account.platform,
                remote_id=str(id_),
                thread=thread,
                position=number + 1,
                sort_key=f"{id_:020}",
                text=self.text(),
                posted_at=thread.started_at,
                likes=self.dice.randrange(500),
            )


def fill(count: int) -> None:
    """So many threads, indexed, over some years; every fortieth is used in a draft."""
    authors = Authors()
    step = timedelta(days=365 * YEARS) / count
    for numbers in batched(range(count), BLOCK, strict=False):
        threads = [authors.thread(number, FIRST + number * step) for number in numbers]
        Thread.objects.bulk_create(threads)
        Status.objects.bulk_create(part for thread in threads for part in authors.parts(thread))
    while searching.index():
        pass
    used = list(Thread.objects.all()[::40])
    posts = Post.objects.bulk_create(Post(slug=f"post-{thread.pk}") for thread in used)
    PostSource.objects.bulk_create(
        PostSource(post=post, thread=thread, position=1)
        for post, thread in zip(posts, used, strict=True)
    )


def pages() -> dict[str, str]:
    """The list, each filter, searches, and the preview of a thread; by what they show."""
    listed = reverse("admin:threads_thread_changelist")
    thread = Thread.objects.all()[10]
    words = words_in(thread.main_line()[3].text)
    queries = {
        "plain": "",
        "a page in the middle": f"p={Thread.objects.count() // 100}",
        "by likes": "o=3",
        "one word": f"q={words[0]}",
        "three words": f"q={'+'.join(words[:3])}",
        "a piece of nearly every word": "q=ba",
        "nothing": "q=nowhere",
        "word and filters": f"q={words[1]}&use=none&year=2024",
        **{
            query: query
            for query in (
                "use=none",
                "use=draft",
                "use=published",
                "complete__exact=0",
                "platform=mastodon",
                f"account__id__exact={thread.account_id}",
                "year=2022",
                "parts=5-9",
                "twins=yes",
                "trash=yes",
            )
        },
    }
    addresses = {name: f"{listed}?{query}" for name, query in queries.items()}
    return addresses | {"preview": reverse("admin:threads_thread_preview", args=[thread.pk])}


def measured() -> dict[str, float]:
    """The server's time for each page, in milliseconds."""
    client = Client()
    client.force_login(User.objects.create_superuser("editor"))
    return {name: _median(client, address) for name, address in pages().items()}


def _median(client: Client, address: str) -> float:
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        answer = client.get(address)
        times.append((time.perf_counter() - start) * 1000)
        if answer.status_code != 200:
            raise RuntimeError(f"{address} answers {answer.status_code}.")
    return median(times)


def library_ms() -> float:
    """Of the slowest page."""
    return max(measured().values())
