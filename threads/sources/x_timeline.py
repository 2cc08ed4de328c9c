"""What an account of X posted lately. https://docs.x.com/x-api/posts/timelines/introduction"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import IO

from threads.http import Web
from threads.sources.base import (
    Findings,
    Price,
    SourceAccount,
    SourceForbiddenError,
    SourceMedia,
    SourceStatus,
)
from threads.sources.services import Services
from threads.sources.x_asking import Answer, Asking
from threads.sources.x_post import ASKED
from threads.sources.x_posts import Posts
from threads.sources.x_profile import User, find_user, read_profile

FIRST_READ = 200  # posts of an account that was never read before
SINCE, FROM = "since_id", "from_id"  # the newest and the oldest post that was read


class XAccount:
    """The threads of its own; what they answer further up is asked for where it is new."""

    kind = "x_api"

    def __init__(
        self, account: SourceAccount, cursor: Mapping[str, str], web: Web, services: Services
    ) -> None:
        self.findings = Findings()
        self.cursor = dict(cursor)
        self._known = dict(cursor)
        self._told = account
        self._asking = Asking(web, services)
        self._posts = Posts(self._asking)

    def account(self) -> SourceAccount:
        return read_profile(self._user).account

    def statuses(self) -> Iterator[SourceStatus]:
        yield from self._read

    def open_media(self, media: SourceMedia, status_id: str) -> IO[bytes] | None:
        """It lies where its address says."""
        return None

    def price(self) -> Price:
        if SINCE not in self._known:
            posted = (self._user.get("public_metrics") or {}).get("tweet_count", FIRST_READ)
            return self._asking.price(min(posted, FIRST_READ))
        params = {"query": f"from:{self._user['id']} -is:retweet", "granularity": "day"}
        try:
            counted = self._asking.get("/tweets/counts/all", **params, **self._since)
        except SourceForbiddenError:
            counted = self._asking.get("/tweets/counts/recent", **params)
        return self._asking.price((counted.get("meta") or {}).get("total_tweet_count", 0))

    @cached_property
    def _user(self) -> User:
        return find_user(self._asking, self._told)

    @property
    def _since(self) -> dict[str, str]:
        return {SINCE: self._known[SINCE]} if SINCE in self._known else {}

    @cached_property
    def _read(self) -> list[SourceStatus]:
        own = self._user["id"]
        self._posts.includes.users[own] = self._user
        for page in self._pages(own):
            self._posts.add(page)
        self._keep_cursor()
        oldest = int(self.cursor.get(FROM, 0))
        if not self._posts.climb(own, lambda id_: int(id_) < oldest):
            self.findings.warnings.append("A thread goes further up than X was asked.")
            self.findings.complete = False
        self.findings.cost = self._asking.cost()
        return self._posts.statuses(own)

    def _pages(self, own: str) -> Iterator[Answer]:
        params = ASKED | self._since | {"max_results": "100", "exclude": "retweets"}
        for page in self._asking.timeline(f"/users/{own}/tweets", **params):
            yield page
            if not self._since and len(self._posts.found) >= FIRST_READ:
                return

    def _keep_cursor(self) -> None:
        ids = [int(id_) for id_ in self._posts.found]
        if ids:
            self.cursor[SINCE] = str(max(*ids, int(self._known.get(SINCE, 0))))
            self.cursor.setdefault(FROM, str(min(ids)))
