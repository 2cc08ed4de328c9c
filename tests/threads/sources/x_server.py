"""A small X: the endpoints of its API v2 that are asked, over posts of the test's own.

Answers are shaped as https://docs.x.com/x-api describes them: newest first, in pages, with
what is not to be had in `errors` beside the rest.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from tests.threads.archives import EPOCH, FIRST, HANDLE, OTHER, OWN, escape, id_at
from threads.sources.services import Services

TOKEN = "a-token-for-tests"
Post = dict[str, Any]


class XServer:
    """Each post is a minute after the last. `asked` has the paths, in their order."""

    def __init__(self, server: HTTPServer) -> None:
        self.url = server.url_for("").rstrip("/")
        self.posts: dict[str, Post] = {}
        self.users = {OWN: user(OWN, HANDLE, "Mira Osei"), OTHER: user(OTHER, "bo", "Bo Lind")}
        self.media: dict[str, Post] = {}
        self.polls: dict[str, Post] = {}
        self.deleted: set[str] = set()
        self.protected: set[str] = set()
        self.full_archive = True
        self.page_size = 1000
        self.headers: dict[str, str] = {}
        self.instead: dict[str, Response] = {}  # by path: another answer
        self.clock = FIRST
        self.asked: list[str] = []
        server.expect_request(re.compile("/2/.*")).respond_with_handler(self._answer)

    def services(self, **fields: Any) -> Services:
        return Services(**{"x": self.url, "x_token": TOKEN} | fields)

    # --- what is posted -----------------------------------------------------------------------

    def post(
        self,
        text: str,
        *,
        by: str = OWN,
        reply_to: str = "",
        quotes: str = "",
        repeats: str = "",
        links: Mapping[str, Mapping[str, str] | str] | None = None,
        mentions: Sequence[str] = (),
        hashtags: Sequence[str] = (),
        media: Sequence[Post] = (),
        poll: Sequence[tuple[str, int]] = (),
        note: str = "",
        edits: Sequence[str] = (),
        likes: int = 0,
        **fields: Any,
    ) -> str:
        """`text` as its author wrote it; `note` is all of a long one."""
        self.clock += timedelta(minutes=1)
        id_ = id_at(self.clock)
        parent = self.posts.get(reply_to)
        raw = escape(text)
        keys = [self._keep(id_, number, one) for number, one in enumerate(media)]
        if media:
            raw += " " * bool(raw) + "https://t.co/media"
        post: Post = {
            "id": id_,
            "text": raw,
            "author_id": by,
            "conversation_id": parent["conversation_id"] if parent else id_,
            "created_at": f"{self.clock:%Y-%m-%dT%H:%M:%S}.000Z",
            "lang": "en",
            "edit_history_tweet_ids": [*edits, id_],
            "public_metrics": {"like_count": likes, "reply_count": 0},
            "entities": entities(raw, links or {}, mentions, hashtags, keys),
        }
        if parent:
            post["in_reply_to_user_id"] = parent["author_id"]
        types = {"replied_to": reply_to, "quoted": quotes, "retweeted": repeats}
        references = [{"type": name, "id": other} for name, other in types.items() if other]
        post |= {"referenced_tweets": references} if references else {}
        post |= {"attachments": {"media_keys": keys}} if keys else {}
        if poll:
            post["attachments"] = {"poll_ids": [f"9{id_}"]}
            self.polls[f"9{id_}"] = _poll(f"9{id_}", poll)
        if note:
            marks = entities(note, links or {}, mentions, hashtags, [])
            post["note_tweet"] = {"text": note, "entities": marks}
        self.posts[id_] = post | fields
        return id_

    def thread(self, *texts: str, **options: Any) -> list[str]:
        ids = [self.post(texts[0], **options)]
        for text in texts[1:]:
            ids.append(self.post(text, reply_to=ids[-1], by=options.get("by", OWN)))
        return ids

    def _keep(self, id_: str, number: int, media: Post) -> str:
        key = f"3_{id_}{number}"
        self.media[key] = {"media_key": key, "type": "photo", **media}
        return key

    # --- what is answered ---------------------------------------------------------------------

    def _answer(self, request: Request) -> Response:
        path = request.path.removeprefix("/2")
        self.asked.append(path)
        if request.headers.get("Authorization") != f"Bearer {TOKEN}":
            return problem(401, "Unauthorized")
        if path in self.instead:
            return self.instead[path]
        if path.startswith("/tweets/search/"):
            body = self._search(path, request.args)
        elif path.startswith("/tweets/counts/"):
            body = self._count(path, request.args)
        elif path.startswith("/users/"):
            body = self._of_user(path, request.args)
        elif path == "/tweets":
            body = self._looked_up(request.args["ids"].split(","))
        else:
            body = self._looked_up([path.rpartition("/")[2]])
            body |= {"data": body["data"][0]} if body.get("data") else {}
        if body is REFUSED:
            return problem(403, "client-not-enrolled")
        return Response(json.dumps(body), content_type="application/json", headers=self.headers)

    def _search(self, path: str, asked: Mapping[str, str]) -> Post:
        if path.endswith("/all") and not self.full_archive:
            return REFUSED
        return self._page(self._matching(path, asked), asked, "next_token")

    def _count(self, path: str, asked: Mapping[str, str]) -> Post:
        if path.endswith("/all") and not self.full_archive:
            return REFUSED
        return {"data": [], "meta": {"total_tweet_count": len(self._matching(path, asked))}}

    def _matching(self, path: str, asked: Mapping[str, str]) -> list[Post]:
        """A conversation's search finds the answers, not what they answer."""
        found = re.fullmatch(r"conversation_id:(\d+) from:(\d+)", asked["query"])
        author = found[2] if found else asked["query"].split()[0].removeprefix("from:")
        days = 7 if path.endswith("/recent") else 30
        since = asked.get("start_time") or f"{datetime.now(UTC) - timedelta(days=days):%Y-%m-%dT%X}"
        if "since_id" in asked:
            since = ""
        return [
            post
            for post in self._visible()
            if post["author_id"] == author
            and since[:19] <= post["created_at"] <= asked.get("end_time", "9")
            and int(post["id"]) > int(asked.get("since_id", 0))
            and (not found or found[1] == post["conversation_id"] != post["id"])
        ]

    def _of_user(self, path: str, asked: Mapping[str, str]) -> Post:
        _, _, name, *rest = path.split("/")
        if rest == ["tweets"]:
            since = int(asked.get("since_id", 0))
            posts = [
                post
                for post in self._visible()
                if post["author_id"] == name and int(post["id"]) > since
            ]
            own = [post for post in posts if not _repeats(post)]
            return self._page(own, asked, "pagination_token")
        key, value = ("username", rest[0]) if name == "by" else ("id", name)
        if name == "by":
            value = rest[1]
        users = [user for user in self.users.values() if user[key] == value]
        return {"data": users[0]} if users else {"errors": [_error(value, "user", "not-found")]}

    def _visible(self) -> list[Post]:
        gone = self.deleted | self.protected
        older = {id_ for post in self.posts.values() for id_ in post[HISTORY][:-1]}
        posts = [post for id_, post in self.posts.items() if id_ not in gone | older]
        return sorted(posts, key=lambda post: -int(post["id"]))

    def _page(self, posts: list[Post], asked: Mapping[str, str], turned_by: str) -> Post:
        size = min(int(asked["max_results"]), self.page_size)
        start = int(asked.get(turned_by, 0))
        body = self._told(posts[start : start + size])
        body["meta"] = {"result_count": len(body.get("data", []))}
        if start + size < len(posts):
            body["meta"]["next_token"] = str(start + size)
        return body

    def _looked_up(self, ids: Sequence[str]) -> Post:
        hidden = self.deleted | self.protected
        body = self._told([self.posts[id_] for id_ in ids if id_ in self.posts.keys() - hidden])
        body.setdefault("errors", [])
        body["errors"] += [self._lacking(id_) for id_ in ids if id_ not in self.posts]
        body["errors"] += [self._lacking(id_) for id_ in ids if id_ in self.posts.keys() & hidden]
        return {key: value for key, value in body.items() if value}

    def _told(self, posts: Sequence[Post]) -> Post:
        """With what they refer to, and without what is gone."""
        near = [self.posts[id_] for id_ in _references(posts) if id_ in self._shown()]
        everybody = {post["author_id"] for post in (*posts, *near)}
        attached = [post.get("attachments", {}) for post in posts]
        keys = [key for one in attached for key in one.get("media_keys", ())]
        polls = [id_ for one in attached for id_ in one.get("poll_ids", ())]
        included = {
            "users": [self.users[id_] for id_ in sorted(everybody)],
            "tweets": near,
            "media": [self.media[key] for key in keys],
            "polls": [self.polls[id_] for id_ in polls],
        }
        body: Post = {"data": list(posts)} if posts else {}
        body["includes"] = {name: rows for name, rows in included.items() if rows}
        lacking = [self._lacking(id_) for id_ in _references(posts) if id_ not in self._shown()]
        return body | ({"errors": lacking} if lacking else {})

    def _shown(self) -> set[str]:
        return self.posts.keys() - self.deleted - self.protected

    def _lacking(self, id_: str) -> Post:
        hidden = id_ in self.protected
        return _error(id_, "tweet", "not-authorized-for" if hidden else "not-found")


HISTORY = "edit_history_tweet_ids"
REFUSED: Post = {}


def user(id_: str, handle: str, name: str, **fields: Any) -> Post:
    return {"id": id_, "username": handle, "name": name} | fields


def problem(status: int, title: str, headers: Mapping[str, str] | None = None) -> Response:
    body = {"title": title, "status": status, "type": "about:blank", "detail": title}
    return Response(json.dumps(body), status, headers, content_type="application/problem+json")


def entities(
    raw: str,
    links: Mapping[str, Mapping[str, str] | str],
    mentions: Iterable[str],
    hashtags: Iterable[str],
    media: Iterable[str],
) -> Post:
    """Their places count the code points of the text as it is given."""

    def placed(what: str) -> Post:
        return {"start": raw.index(what), "end": raw.index(what) + len(what)}

    urls: list[Post] = [{**placed("https://t.co/media"), "media_key": key} for key in media]
    urls = [url | {"url": "https://t.co/media", "expanded_url": "https://x.com/"} for url in urls]
    for short, target in links.items():
        told = {"expanded_url": target} if isinstance(target, str) else dict(target)
        urls.append({**placed(short), "url": short, "display_url": "cut…", **told})
    found: Post = {
        "urls": urls,
        "mentions": [{**placed(f"@{name}"), "username": name} for name in mentions],
        "hashtags": [{**placed(f"#{tag}"), "tag": tag} for tag in hashtags],
    }
    return {name: marks for name, marks in found.items() if marks}


def _references(posts: Iterable[Post]) -> list[str]:
    return [found["id"] for post in posts for found in post.get("referenced_tweets", ())]


def _repeats(post: Post) -> bool:
    return any(found["type"] == "retweeted" for found in post.get("referenced_tweets", ()))


def _error(value: str, kind: str, problem: str) -> Post:
    return {
        "resource_type": kind,
        "resource_id": value,
        "value": value,
        "parameter": "id",
        "title": "Not Found Error" if problem == "not-found" else "Authorization Error",
        "type": f"https://api.twitter.com/2/problems/"
        f"{'resource-not-found' if problem == 'not-found' else 'not-authorized-for-resource'}",
    }


def _poll(id_: str, options: Iterable[tuple[str, int]]) -> Post:
    choices = [
        {"position": number, "label": label, "votes": votes}
        for number, (label, votes) in enumerate(options, 1)
    ]
    return {"id": id_, "options": choices[::-1], "voting_status": "closed"}


__all__ = ["EPOCH", "TOKEN", "XServer", "problem", "user"]
