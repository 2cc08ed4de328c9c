"""What a Bluesky account posted since it was last asked.

Its feed is read back to then, whole pages at a time; a thread that began before is fetched.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from threads.sources.base import Findings, Gap, SkipReason, SourceStatus
from threads.sources.bluesky_api import AppView, Json, is_, is_post_of
from threads.sources.bluesky_ids import TID, did_in, tid
from threads.sources.bluesky_post import (
    parent_of,
    root_of,
    skipped,
    sort_key,
    status_of,
    time_told,
)
from threads.sources.bluesky_times import time_of
from threads.sources.bluesky_walk import Walk

FIRST_POSTS = 300  # of an account that was never asked before, without answers to others
MOST_PAGES = 30


class News:
    def __init__(self, view: AppView, own: str, seen: str, findings: Findings) -> None:
        self.newest = seen if TID.fullmatch(seen) else ""  # sort key
        self._view = view
        self._own = own
        self._findings = findings
        self._since = self.newest

    def statuses(self) -> Iterator[SourceStatus]:
        """In any order. Afterwards `newest` is what to begin with the next time."""
        items = self._items()
        posts = {
            item["post"]["uri"]: item["post"]
            for item in items
            if "reason" not in item and is_post_of(item["post"], self._own)
        }
        yield from self._reposts(items)
        yield from self._threads(posts)
        # A key may lie in the future, and nothing would ever be newer.
        keys = [min(sort_key(post), tid(datetime.now(UTC))) for post in posts.values()]
        self.newest = max([self.newest, *keys])

    # --- the feed ------------------------------------------------------------------------------

    def _items(self) -> list[Json]:
        items: list[Json] = []
        cursor = ""
        for _ in range(MOST_PAGES):
            page, cursor = self._view.feed(self._own, cursor)
            items += page
            if not cursor or self._is_enough(items):
                return items
        if self._since:
            self._findings.complete = False
            self._findings.warnings.append(
                f"So much was posted that only the latest {len(items)} posts were looked at."
            )
        return items

    def _is_enough(self, items: list[Json]) -> bool:
        if self._since:
            return bool(items) and tid(_time(items[-1])) <= self._since
        return sum(self._may_be_of_thread(item) for item in items) >= FIRST_POSTS

    def _may_be_of_thread(self, item: Json) -> bool:
        own = "reason" not in item and is_post_of(item["post"], self._own)
        return own and did_in(root_of(item["post"])) == self._own

    def _reposts(self, items: list[Json]) -> Iterator[SourceStatus]:
        for item in items:
            reason = item.get("reason")
            if is_(reason, "reasonRepost") and tid(_time(item)) > self._since:
                # The repost's own id where it is told: the post may be the author's, too.
                uri = item["reason"].get("uri") or f"repost:{item['post']['uri']}"
                yield skipped(uri, SkipReason.RETWEET)

    # --- threads -------------------------------------------------------------------------------

    def _threads(self, posts: dict[str, Json]) -> Iterator[SourceStatus]:
        """Those with something new. What is older was told the last time."""
        groups: dict[str, dict[str, Json]] = {}
        for uri, post in posts.items():
            groups.setdefault(root_of(post), {})[uri] = post
        for root, group in groups.items():
            if any(sort_key(post) > self._since for post in group.values()):
                yield from self._thread(root, group)

    def _thread(self, root: str, group: dict[str, Json]) -> Iterator[SourceStatus]:
        gaps: dict[str, Gap] = {}
        if did_in(root) == self._own:
            if self._torn(group):
                walk = Walk(self._view, self._own)
                walk.know(group.values())
                walk.go()
                group, gaps = walk.posts, walk.gaps()
        elif torn := self._torn(group):
            # It goes on from an own answer to somebody else, further up.
            for uri in torn:
                yield skipped(uri, SkipReason.REPLY_TO_OTHER)
            group = {uri: post for uri, post in group.items() if uri not in torn}
        for uri, post in group.items():
            yield status_of(post, gaps.get(uri))

    def _torn(self, group: dict[str, Json]) -> set[str]:
        """Posts that answer an own one which is not there, and all below them."""
        torn: set[str] = set()
        for uri, post in sorted(group.items(), key=lambda entry: sort_key(entry[1])):
            parent = parent_of(post)
            is_own = did_in(parent) == self._own
            if is_own and (parent not in group or parent in torn):
                torn.add(uri)
        return torn


def _time(item: Json) -> datetime:
    """By which the feed is sorted."""
    if is_(item.get("reason"), "reasonRepost"):
        return time_of(None, item["reason"].get("indexedAt")) or datetime.now(UTC)
    return time_told(item["post"])
