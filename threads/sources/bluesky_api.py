"""What Bluesky's AppView answers to anybody, without a log-in, and its errors in our words.

https://docs.bsky.app/docs/category/http-reference
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import batched
from typing import Any
from urllib.parse import urlencode

from threads.http import (
    FetchError,
    FetchFailed,
    FetchForbidden,
    FetchGone,
    FetchLimited,
    Limit,
    Web,
)
from threads.sources.base import (
    SourceError,
    SourceForbiddenError,
    SourceFormatError,
    SourceGoneError,
    SourceLimitedError,
    SourceUnavailableError,
)

Json = Mapping[str, Any]
DEPTH = 10  # no more levels of answers are shown at once, however many are asked for
PARENTS = 1000
POSTS_AT_ONCE = 25
PAGE = 100
LARGEST = Limit(20 * 1024**2, 20)  # a post that everybody answered
# Bluesky answers 400 to nearly everything and says in a word what it is.
GONE = {"NotFound", "ProfileNotFound", "RepoNotFound", "HandleNotFound"}
CLOSED = {
    "AccountDeactivated": "was closed for now by whom it belongs to",
    "AccountTakedown": "was taken down by Bluesky",
}
UNKNOWN_NAMES = ("unable to resolve handle", "profile not found", "actor not found")


@dataclass(frozen=True, slots=True)
class AppView:
    web: Web
    base: str

    def did_of(self, handle: str) -> str:
        params = {"handle": handle}
        told = self._get("com.atproto.identity.resolveHandle", f"the account {handle}", params)
        return str(_part(told, "did", str))

    def profile(self, actor: str) -> Json:
        return self._get("app.bsky.actor.getProfile", f"the account {actor}", {"actor": actor})

    def thread(self, uri: str, *, parents: int = 0) -> Json:
        """The post with those above and below it, or what stands in its place.

        Raises SourceGoneError where there is none.
        """
        params = {"uri": uri, "depth": str(DEPTH), "parentHeight": str(parents)}
        told = self._get("app.bsky.feed.getPostThread", "this post", params)
        node: Json = _part(told, "thread", dict)
        if is_(node, "notFoundPost"):
            raise SourceGoneError(_gone("this post"))
        return node

    def posts(self, uris: Sequence[str]) -> Iterator[Json]:
        """In any order. Those that are gone, or blocked, are simply not among them."""
        for some in batched(uris, POSTS_AT_ONCE, strict=False):
            told = self._get("app.bsky.feed.getPosts", "these posts", {"uris": some})
            yield from _rows(told, "posts")

    def feed(self, did: str, cursor: str = "") -> tuple[list[Json], str]:
        """A page of what an account posted, answered and reposted, the newest first, and
        where the next page begins.

        Not with the filter `posts_and_author_threads`: it drops the parts of a thread whose
        first post is on another page.
        """
        params = {"actor": did, "limit": str(PAGE), "filter": "posts_with_replies"}
        if cursor:
            params["cursor"] = cursor
        told = self._get("app.bsky.feed.getAuthorFeed", "the posts of this account", params)
        items = [item for item in _rows(told, "feed") if is_post(item.get("post"))]
        return items, str(told.get("cursor") or "")

    def _get(self, method: str, what: str, params: Mapping[str, str | Sequence[str]]) -> Json:
        address = f"{self.base}/xrpc/{method}?{urlencode(params, doseq=True)}"
        try:
            told = self.web.get(address, limit=LARGEST).json()
        except FetchError as error:
            raise translated(error, what) from error
        if not isinstance(told, dict):
            raise _unreadable()
        return told


def is_(node: object, kind: str) -> bool:
    """Whether a place in a thread or a feed is a `threadViewPost`, a `notFoundPost`, …"""
    return isinstance(node, Mapping) and str(node.get("$type")).endswith(f"#{kind}")


def is_post(post: object) -> bool:
    """Whether it has at least what tells whose it is and where it stands."""
    match post:
        case {"uri": str(), "author": {"did": str()}, "record": {}}:
            return True
        case _:
            return False


def is_post_of(post: Any, did: str) -> bool:
    return is_post(post) and bool(post["author"]["did"] == did)


def translated(error: FetchError, what: str) -> SourceError:
    match error:
        case FetchLimited():
            when = f"{error.until:%H:%M} UTC"
            return SourceLimitedError(f"Bluesky asks us to wait until {when}.", error.until)
        case FetchForbidden():
            return SourceForbiddenError(
                f"Bluesky shows {what} only to those who are logged in. Paste the text instead."
            )
        case FetchGone():
            return SourceGoneError(_gone(what))
        case FetchFailed():
            return SourceUnavailableError(f"Bluesky did not answer as it should: {error}")
        case _:
            return _refused(error, what)


def _refused(error: FetchError, what: str) -> SourceError:
    name, message = _reason(error)
    if name in CLOSED:
        return SourceGoneError(f"On Bluesky, {what} {CLOSED[name]}.")
    if name in GONE or message.lower().startswith(UNKNOWN_NAMES):
        return SourceGoneError(_gone(what))
    return SourceFormatError(f"Bluesky did not accept our question about {what}: {error}")


def _reason(error: FetchError) -> tuple[str, str]:
    """The word and the sentence that an answer of Bluesky gives for a refusal."""
    try:
        told = error.answer.json() if error.answer else None
    except FetchFailed:
        told = None
    told = told if isinstance(told, dict) else {}
    return str(told.get("error")), str(told.get("message"))


def _gone(what: str) -> str:
    return f"Bluesky does not know {what} (any more). Look whether the address is right."


def _part(told: Json, name: str, kind: type) -> Any:
    if not isinstance(told.get(name), kind):
        raise _unreadable()
    return told[name]


def _rows(told: Json, name: str) -> list[Json]:
    return [row for row in _part(told, name, list) if isinstance(row, dict)]


def _unreadable() -> SourceFormatError:
    return SourceFormatError(
        "Bluesky sent something that we cannot read. Perhaps its address in the settings is wrong."
    )
