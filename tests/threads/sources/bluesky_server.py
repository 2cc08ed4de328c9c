"""A small Bluesky: invented people, and an AppView that answers as the real one does.

    mira = sky.author("mira.example", "Mira Osei")
    parts = mira.thread("One.", "Two.", "Three.")
    mira.post("More.", answers=parts[-1])
    BlueskyThread(find(parts[0].url), sky.web, sky.services)

It shows ten levels of answers, pages what an account posted, and forgets what is deleted.
`sky.asked` tells what it was asked.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from threads.http import Policy, Web
from threads.sources.bluesky_ids import tid
from threads.sources.services import Services

Json = dict[str, Any]
DEPTH = 10
BEGINNING = datetime(2026, 3, 1, 9, tzinfo=UTC)


class Refusal(Exception):
    def __init__(self, status: int, error: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.told = {"error": error, "message": message}


@dataclass
class Author:
    sky: Sky
    did: str
    handle: str
    name: str = ""
    bio: str = ""
    labels: tuple[str, ...] = ()

    def post(self, text: str, *, answers: Post | None = None, **told: Any) -> Post:
        """`told`: the fields of a Post, or of its record (`facets`, `langs`, `labels`, …)."""
        at = told.pop("at", None) or self.sky.tick()
        post = Post(self, text, answers, at, key=told.pop("key", None) or tid(at))
        for name in ("embed", "likes", "indexed_at", "moderation"):
            if name in told:
                setattr(post, name, told.pop(name))
        post.record = told
        self.sky.posts[post.uri] = post
        return post

    def thread(self, *texts: str, answers: Post | None = None) -> list[Post]:
        """Each answers the one before it; the first one `answers`, or nothing."""
        posts: list[Post] = []
        for text in texts:
            posts.append(self.post(text, answers=posts[-1] if posts else answers))
        return posts

    def repost(self, post: Post) -> None:
        self.sky.reposts.append((self, post, self.sky.tick()))

    def view(self) -> Json:
        labels = [{"src": self.did, "uri": "", "val": label} for label in self.labels]
        told = {"did": self.did, "handle": self.handle, "labels": labels}
        return told | ({"displayName": self.name} if self.name else {})


@dataclass
class Post:
    author: Author
    text: str
    answers: Post | None
    at: datetime
    key: str
    embed: Json | None = None  # as it is shown: `app.bsky.embed.…#view`
    likes: int = 0
    indexed_at: datetime | None = None
    moderation: tuple[str, ...] = ()  # labels by others than the author
    record: Json = field(default_factory=dict)
    state: str = ""  # "deleted", "blocked", or "hidden": left out without a word

    @property
    def uri(self) -> str:
        return f"at://{self.author.did}/app.bsky.feed.post/{self.key}"

    @property
    def url(self) -> str:
        return f"https://bsky.app/profile/{self.author.handle}/post/{self.key}"

    @property
    def root(self) -> Post:
        return self.answers.root if self.answers else self

    @property
    def sorted_at(self) -> datetime:
        return min(self.at, self.indexed_at or self.at)

    def view(self) -> Json:
        record: Json = {
            "$type": "app.bsky.feed.post",
            "text": self.text,
            "createdAt": told(self.at),
            "langs": ["en"],
        }
        if self.answers:
            record["reply"] = {
                "root": {"uri": self.root.uri, "cid": "cid"},
                "parent": {"uri": self.answers.uri, "cid": "cid"},
            }
        view = {
            "uri": self.uri,
            "cid": "cid",
            "author": self.author.view(),
            "record": record | self.record,
            "replyCount": len(list(self.author.sky.answers_to(self))),
            "likeCount": self.likes,
            "indexedAt": told(self.indexed_at or self.at),
            "labels": [{"src": "did:plc:mod", "val": label} for label in self.moderation],
        }
        return view | ({"embed": self.embed} if self.embed else {})

    def quoted(self) -> Json:
        """As the embed of another post."""
        view = self.view()
        shown = {name: view[name] for name in ("uri", "cid", "author", "indexedAt")}
        shown |= {"$type": "app.bsky.embed.record#viewRecord", "value": view["record"]}
        return {"$type": "app.bsky.embed.record#view", "record": shown}


def told(time: datetime) -> str:
    return f"{time.astimezone(UTC):%Y-%m-%dT%H:%M:%S}.{time.microsecond // 1000:03}Z"


class Sky:
    """The server. Set `page` for smaller pages; `fails` and `rations` for bad days."""

    def __init__(self, httpserver: HTTPServer) -> None:
        self.authors: list[Author] = []
        self.posts: dict[str, Post] = {}
        self.reposts: list[tuple[Author, Post, datetime]] = []
        self.asked: list[tuple[str, dict[str, list[str]]]] = []
        self.page = 100
        self.depth = DEPTH
        self.now = BEGINNING
        self.remaining: int | None = None
        self._failures: list[int] = []
        self.methods: dict[str, Callable[[Request], Json]] = {
            "com.atproto.identity.resolveHandle": self._resolve_handle,
            "app.bsky.actor.getProfile": self._profile,
            "app.bsky.feed.getPosts": self._posts,
            "app.bsky.feed.getPostThread": self._thread,
            "app.bsky.feed.getAuthorFeed": self._feed,
        }
        httpserver.expect_request(re.compile("^/xrpc/")).respond_with_handler(self._answer)
        self.services = Services(bluesky=httpserver.url_for("").rstrip("/"))
        self.web = Web(Policy(("127.0.0.1/32",)))

    def author(
        self, handle: str, name: str = "", *, bio: str = "", labels: tuple[str, ...] = ()
    ) -> Author:
        did = f"did:plc:{handle.partition('.')[0]:2<24}"
        author = Author(self, did, handle, name, bio, labels)
        self.authors.append(author)
        return author

    def tick(self, minutes: int = 1) -> datetime:
        self.now += timedelta(minutes=minutes)
        return self.now

    def fails(self, *statuses: int) -> None:
        """The next answers, each with its status."""
        self._failures += statuses

    def rations(self, remaining: int) -> None:
        """So many answers, and then 429 for a quarter of an hour."""
        self.remaining = remaining

    def refuses(self, method: str, error: str, message: str = "No") -> None:
        """From now on, as a 400 that says why in a word."""

        def refuse(request: Request) -> Json:
            raise Refusal(400, error, message)

        self.methods[method] = refuse

    def count(self, method: str) -> int:
        return sum(name.endswith(method) for name, _ in self.asked)

    def answers_to(self, post: Post) -> Iterator[Post]:
        for other in self.posts.values():
            if other.answers is post and other.state != "deleted":
                yield other

    # --- the server ----------------------------------------------------------------------------

    def _answer(self, request: Request) -> Response:
        name = request.path.removeprefix("/xrpc/")
        self.asked.append((name, request.args.to_dict(flat=False)))
        try:
            if self._failures:
                raise Refusal(self._failures.pop(0), "UpstreamFailure", "Not today")
            headers = self._ration()
            if name not in self.methods:
                raise Refusal(501, "MethodNotImplemented", "Method Not Implemented")
            return _json(200, self.methods[name](request), headers)
        except Refusal as refusal:
            return _json(refusal.status, refusal.told, self._limits())

    def _ration(self) -> dict[str, str]:
        if self.remaining is not None:
            if not self.remaining:
                raise Refusal(429, "RateLimitExceeded", "Rate Limit Exceeded")
            self.remaining -= 1
        return self._limits()

    def _limits(self) -> dict[str, str]:
        if self.remaining is None:
            return {}
        reset = int((datetime.now(UTC) + timedelta(minutes=15)).timestamp())
        return {
            "ratelimit-limit": "3000",
            "ratelimit-remaining": str(self.remaining),
            "ratelimit-reset": str(reset),
            "ratelimit-policy": "3000;w=300",
        }

    # --- what it is asked ----------------------------------------------------------------------

    def _resolve_handle(self, request: Request) -> Json:
        for author in self.authors:
            if author.handle == request.args["handle"]:
                return {"did": author.did}
        raise Refusal(400, "InvalidRequest", "Unable to resolve handle")

    def _who(self, actor: str) -> Author:
        for author in self.authors:
            if actor in (author.did, author.handle):
                return author
        raise Refusal(400, "InvalidRequest", "Profile not found")

    def _profile(self, request: Request) -> Json:
        author = self._who(request.args["actor"])
        return author.view() | {"description": author.bio}

    def _posts(self, request: Request) -> Json:
        uris = request.args.getlist("uris")
        if not 1 <= len(uris) <= 25:
            raise Refusal(400, "InvalidRequest", "Error: uris must not have more than 25 elements")
        found = [self.posts[uri] for uri in uris if uri in self.posts]
        return {
            "posts": [post.view() for post in found if post.state not in ("deleted", "blocked")]
        }

    def _thread(self, request: Request) -> Json:
        uri = request.args["uri"]
        if uri not in self.posts or self.posts[uri].state == "deleted":
            raise Refusal(400, "NotFound", f"Post not found: {uri}")
        node = self._node(self.posts[uri], min(int(request.args.get("depth", 6)), self.depth))
        if node["$type"].endswith("threadViewPost"):
            self._add_parents(node, self.posts[uri], int(request.args.get("parentHeight", 80)))
        return {"thread": node}

    def _node(self, post: Post, depth: int) -> Json:
        if post.state in ("deleted", "blocked"):
            kind = {"deleted": "notFound", "blocked": "blocked"}[post.state]
            return {"$type": f"app.bsky.feed.defs#{kind}Post", "uri": post.uri, kind: True}
        node: Json = {"$type": "app.bsky.feed.defs#threadViewPost", "post": post.view()}
        if depth:
            below = [other for other in self.answers_to(post) if other.state != "hidden"]
            node["replies"] = [self._node(other, depth - 1) for other in below]
        return node

    def _add_parents(self, node: Json, post: Post, height: int) -> None:
        while height and post.answers and "post" in node:
            node["parent"] = self._node(post.answers, 0)
            node, post, height = node["parent"], post.answers, height - 1

    def _feed(self, request: Request) -> Json:
        author = self._who(request.args["actor"])
        limit = min(int(request.args.get("limit", 50)), self.page)
        items = sorted(self._items(author), key=lambda item: item[0], reverse=True)
        if before := request.args.get("cursor"):
            items = [item for item in items if told(item[0]) < before]
        page = items[:limit]
        shown = [item for _, item in page]
        if request.args.get("filter") == "posts_and_author_threads":
            shown = _self_threads(shown)
        cursor = {"cursor": told(page[-1][0])} if len(items) > limit else {}
        return {"feed": shown} | cursor

    def _items(self, author: Author) -> Iterator[tuple[datetime, Json]]:
        for post in self.posts.values():
            if post.author is author and not post.state:
                above = {"root": post.root, "parent": post.answers} if post.answers else {}
                reply = {name: self._place(other) for name, other in above.items() if other}
                yield post.sorted_at, {"post": post.view()} | ({"reply": reply} if reply else {})
        for who, post, at in self.reposts:
            if who is author and not post.state:
                reason = {"$type": "app.bsky.feed.defs#reasonRepost", "by": who.view()}
                yield at, {"post": post.view(), "reason": reason | {"indexedAt": told(at)}}

    def _place(self, post: Post) -> Json:
        if post.state in ("deleted", "blocked"):
            return self._node(post, 0)
        return {"$type": "app.bsky.feed.defs#postView"} | post.view()


def _self_threads(items: list[Json]) -> list[Json]:
    """As the real one does it: only with a first post that is on the same page."""
    here = {item["post"]["uri"]: item["post"] for item in items if "reason" not in item}

    def ok(uri: str) -> bool:
        reply = here[uri]["record"].get("reply") if uri in here else None
        return uri in here and (not reply or ok(reply["parent"]["uri"]))

    return [item for item in items if "reason" in item or ok(item["post"]["uri"])]


def _json(status: int, value: Json, headers: Mapping[str, str]) -> Response:
    return Response(json.dumps(value), status, headers, content_type="application/json")


@pytest.fixture
def sky(httpserver: HTTPServer) -> Sky:
    return Sky(httpserver)
