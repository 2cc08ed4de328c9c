"""The posts of one author, as the X API tells them piece by piece, and those it does not tell."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import batched
from typing import Any

from threads.sources.base import (
    Gap,
    SkipReason,
    SourceAccount,
    SourceStatus,
    SourceUnavailableError,
)
from threads.sources.x_asking import RUBBISH, Answer, Asking
from threads.sources.x_manifest import x_account
from threads.sources.x_post import ASKED, Includes, Post, parse_post, reference
from threads.sources.x_tweets import skipped

HISTORY = "edit_history_tweet_ids"
AT_ONCE = 100
HIGHEST = 300  # steps up from answer to answer, each of which may be a question to X
LOST = {
    "resource-not-found": Gap.PARENT_DELETED,
    "not-authorized-for-resource": Gap.PARENT_PRIVATE,
}


class Posts:
    def __init__(self, asking: Asking) -> None:
        self._asking = asking
        self.includes = Includes()
        self.found: dict[str, Post] = {}
        self.lost: dict[str, Gap] = {}

    def add(self, answer: Answer) -> list[Post]:
        """The posts of an answer. Beside them it names in `errors` what is not to be had."""
        data = answer.get("data") or []
        posts = data if isinstance(data, list) else [data]
        try:
            self.includes.add(answer.get("includes") or {})
            self.found |= {post["id"]: post for post in posts if post["author_id"]}
            for error in answer.get("errors") or ():
                self._lose(error)
        except (AttributeError, KeyError, TypeError) as error:
            raise SourceUnavailableError(RUBBISH) from error
        return posts

    def _lose(self, error: Mapping[str, Any]) -> None:
        lost = LOST.get(str(error.get("type", "")).rpartition("/")[2])
        if lost and (id_ := str(error.get("resource_id") or error.get("value") or "")):
            self.lost.setdefault(id_, lost)

    def look_up(self, ids: Iterable[str]) -> None:
        for some in batched(sorted(ids), AT_ONCE, strict=False):
            self.add(self._asking.get("/tweets", ids=",".join(some), **ASKED))

    def climb(self, own: str, wanted: Callable[[str], bool] = lambda id_: True) -> bool:
        """From each post to the own one that it answers. Whether the top was reached."""
        for _ in range(HIGHEST):
            above = {id_ for id_ in self._above(own) if wanted(id_)}
            if not above:
                return True
            self.look_up(above)
        return False

    def _above(self, own: str) -> Iterator[str]:
        """What is answered or is a later version, and was not seen yet."""
        seen = self.known() | self.lost.keys()
        for post in self.found.values():
            if post.get("in_reply_to_user_id") == own:
                parent = reference(post, "replied_to")
                if parent and parent not in seen:
                    yield parent
            last = (post.get(HISTORY) or [post["id"]])[-1]
            if last not in self.found and last not in self.lost:
                yield last

    def known(self) -> set[str]:
        """Their ids, those of earlier versions too."""
        found = self.found.values()
        return {id_ for post in found for id_ in (post["id"], *post.get(HISTORY, ()))}

    def account(self, id_: str) -> SourceAccount:
        user = self.includes.users.get(id_, {})
        return x_account(id_, user.get("username", ""), user.get("name", ""))

    def statuses(self, own: str, expected: Collection[str] = ()) -> list[SourceStatus]:
        """As they were posted. `expected` ones that are deleted are told as that."""
        statuses = [self._parsed(post) for post in self.found.values() if post["author_id"] == own]
        statuses += [
            skipped(id_, SkipReason.DELETED)
            for id_ in expected
            if self.lost.get(id_) is Gap.PARENT_DELETED
        ]
        return sorted(statuses, key=lambda status: status.sort_key)

    def _parsed(self, post: Post) -> SourceStatus:
        try:
            status = parse_post(post, self.includes)
        except (KeyError, TypeError, ValueError, AttributeError):
            return skipped(str(post["id"]), SkipReason.UNREADABLE)
        return replace(status, gap=self.lost.get(status.reply_to))
