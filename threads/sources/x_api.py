"""Threads and accounts of X, asked of its API v2 with the operator's own token.

https://docs.x.com/x-api/posts/search/introduction: the answers within a conversation are
searched, its first post is fetched by itself. The search of the full archive goes back
thirty days unless told otherwise; not every token may use it. The other goes back seven days.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import IO

from threads.http import Web
from threads.sources.base import (
    Findings,
    Gap,
    Price,
    Profile,
    SourceAccount,
    SourceError,
    SourceForbiddenError,
    SourceGoneError,
    SourceMedia,
    SourceStatus,
    SourceUnavailableError,
)
from threads.sources.services import Services
from threads.sources.x_asking import RUBBISH, Asking
from threads.sources.x_post import ASKED, Post, reference
from threads.sources.x_posts import Posts
from threads.sources.x_profile import find_user, read_profile

_ADDRESS = re.compile(
    r"https?://(?:(?:www|mobile|m)\.)?(?:twitter|x)\.com/(?:#!/)?"
    r"(?:i/web|i|(?P<handle>\w{1,15}))/status(?:es)?/(?P<id>\d{1,20})(?!\d)",
    re.IGNORECASE | re.ASCII,
)
RECENT = timedelta(days=7)
MONTH = timedelta(days=31)
JUST_NOW = timedelta(seconds=30)  # X counts nothing younger
EPOCH = 1288834974657  # milliseconds: where the ids of X begin


@dataclass(frozen=True, slots=True)
class Place:
    id: str
    handle: str = ""


def find(url: str) -> Place | None:
    found = _ADDRESS.match(url)
    return Place(str(int(found["id"])), found["handle"] or "") if found else None


def profile(account: SourceAccount, web: Web, services: Services) -> Profile:
    return read_profile(find_user(Asking(web, services), account))


class XThread:
    """The author's own posts in the conversation to which one of them belongs."""

    kind = "x_api"

    def __init__(
        self,
        place: Place,
        web: Web,
        services: Services,
        *,
        expected: Collection[str] = frozenset(),
    ) -> None:
        self.findings = Findings()
        self._place = place
        self._expected = expected
        self._asking = Asking(web, services)
        self._posts = Posts(self._asking)

    def account(self) -> SourceAccount:
        self._read  # noqa: B018 - asks X, once
        return self._posts.account(self._asked["author_id"])

    def statuses(self) -> Iterator[SourceStatus]:
        yield from self._read

    def open_media(self, media: SourceMedia, status_id: str) -> IO[bytes] | None:
        """It lies where its address says."""
        return None

    def price(self) -> Price:
        params = {"query": self._query, "granularity": "day"}
        latest = min(self._began + MONTH, datetime.now(UTC) - JUST_NOW)
        try:
            counted = self._asking.get(
                "/tweets/counts/all",
                **params,
                start_time=_written(self._began),
                end_time=_written(latest),
            )
        except SourceForbiddenError:
            counted = self._asking.get("/tweets/counts/recent", **params)
        answers = (counted.get("meta") or {}).get("total_tweet_count", 0)
        return self._asking.price(len(self._asking.read) + answers)

    @cached_property
    def _asked(self) -> Post:
        """The post whose address was given, or that which it repeats."""
        post = self._single(self._place.id)
        repeated = reference(post, "retweeted")
        if repeated:
            self._posts.found.clear()
        return self._single(repeated) if repeated else post

    def _single(self, id_: str) -> Post:
        answer = self._asking.get(f"/tweets/{id_}", **ASKED)
        if found := self._posts.add(answer):
            return found[0]
        raise self._not_shown(id_)

    def _not_shown(self, id_: str) -> SourceError:
        name = f"x.com/{self._place.handle or 'i'}/status/{id_}"
        match self._posts.lost.get(id_):
            case Gap.PARENT_DELETED:
                return SourceGoneError(
                    f"X knows no {name}: it was deleted, or never there. "
                    "A page that was saved before can be uploaded instead."
                )
            case Gap.PARENT_PRIVATE:
                return SourceForbiddenError(
                    f"{name} is shown to the followers of its author alone. "
                    "The author can give you their archive: upload that."
                )
        return SourceUnavailableError(RUBBISH)

    @property
    def _query(self) -> str:
        return f"conversation_id:{self._root} from:{self._asked['author_id']}"

    @property
    def _root(self) -> str:
        return str(self._asked.get("conversation_id") or self._asked["id"])

    @property
    def _began(self) -> datetime:
        """The second of the first post, which its id tells."""
        milliseconds = (int(self._root) >> 22) + EPOCH
        return datetime.fromtimestamp(milliseconds // 1000, UTC)

    @cached_property
    def _read(self) -> list[SourceStatus]:
        own = self._asked["author_id"]
        if self._root not in self._posts.known():
            self._posts.look_up([self._root])
        all_seen = self._search()
        if not self._posts.climb(own):
            self._warn("The thread goes further up than X was asked. Import its first part, too.")
        self._posts.look_up(set(self._expected) - self._posts.known() - self._posts.lost.keys())
        self._tell_of_others(own)
        statuses = self._posts.statuses(own, self._expected)
        self.findings.cost = self._asking.cost()
        return statuses if all_seen else _unseen_below(statuses)

    def _search(self) -> bool:
        """Whether all of the conversation was to be had."""
        asked = ASKED | {"query": self._query}
        began = {"start_time": _written(self._began)}
        try:
            self._add("/tweets/search/all", asked | began | {"max_results": "500"})
        except SourceForbiddenError:
            self._add("/tweets/search/recent", asked | {"max_results": "100"})
            if datetime.now(UTC) - self._began < RECENT:
                return True
            self._warn(
                "X_TOKEN may search the last seven days alone: what follows in the thread and is "
                "older may be missing. The author’s archive has all of it."
            )
            return False
        return True

    def _add(self, path: str, params: dict[str, str]) -> None:
        for page in self._asking.search(path, **params):
            self._posts.add(page)

    def _tell_of_others(self, own: str) -> None:
        root = self._posts.found.get(self._root)
        if root and root["author_id"] != own:
            self.findings.warnings.append(
                "This thread stands below somebody else’s post. It is left out unless replies to "
                "others are taken in, too."
            )

    def _warn(self, words: str) -> None:
        self.findings.warnings.append(words)
        self.findings.complete = False


def _written(time: datetime) -> str:
    return f"{time:%Y-%m-%dT%H:%M:%SZ}"


def _unseen_below(statuses: list[SourceStatus]) -> list[SourceStatus]:
    """The last one that is shown may have answers that the search no longer finds."""
    shown = [number for number, status in enumerate(statuses) if not status.skip]
    if shown and not statuses[shown[-1]].gap:
        statuses[shown[-1]] = replace(statuses[shown[-1]], gap=Gap.ANSWERS_UNSEEN)
    return statuses
