"""Platforms with a bot of ours on them: people post and call, and the bot's answers are seen.

`world.lose` is how many answers the server takes without saying so; `world.busy_until` makes
it ask for patience.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from tests.threads.sources.bluesky_server import Json, Post, Sky, told
from tests.threads.sources.bluesky_server import Refusal as SkyRefusal
from tests.threads.sources.mastodon_server import MastodonServer
from threads.bots.base import Bot
from threads.bots.bluesky import BlueskyBot
from threads.bots.mastodon import MastodonBot
from threads.http import Policy, Web
from threads.sources.services import Services

TOKEN, PASSWORD = "wick-and-oil", "fresnel"


class MastodonWorld(MastodonServer):
    platform = "mastodon"

    def __init__(self, http: HTTPServer) -> None:
        super().__init__(http)
        self.token = TOKEN
        self.us = self.account("unroll", "The bot", bot=True)
        self.people = {"mira": self.mira}
        self.notifications: list[dict[str, Any]] = []
        self.keys: dict[str, str] = {}
        self.followers: set[str] = set()
        self.lose = 0
        self.services = Services()

    def bot(self) -> Bot:
        return MastodonBot(self.base, TOKEN, Web(Policy(("127.0.0.1/32",))))

    def who(self, name: str) -> str:
        if name not in self.people:
            self.people[name] = self.account(name, name.title())
        return self.people[name]

    def author_id(self, name: str) -> str:
        return str(self.accounts[self.who(name)]["uri"])

    def write(self, *texts: str, by: str = "mira", under: str | None = None) -> list[str]:
        ids: list[str] = []
        for text in texts:
            ids.append(self.post(text, reply_to=ids[-1] if ids else under, by=self.who(by)))
        return ids

    def call(self, words: str, *, under: str | None, by: str = "cleo", **of_caller: Any) -> str:
        self.accounts[self.who(by)] |= of_caller
        link = '<a href="/@unroll" class="u-url mention">@<span>unroll</span></a>'
        name = f'<span class="h-card">{link}</span>'
        id_ = self.post("", reply_to=under, by=self.who(by), html=f"<p>{name} {words}</p>")
        row = self.statuses[id_]
        self.notifications.append(
            {
                "id": str(len(self.notifications) + 1),
                "type": "mention",
                "created_at": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%S.000Z}",
                "account": row["account"],
                "status": row,
            }
        )
        return id_

    def answers(self) -> list[str]:
        return [row["content"] for row in self.statuses.values() if row["account"]["id"] == self.us]

    def follow(self, name: str) -> None:
        self.followers.add(self.who(name))

    def limit(self, retry_after: int) -> None:
        self.fail(429, Retry_After=str(retry_after))

    def _routes(self) -> Iterator[tuple[str, Callable[..., Response]]]:
        yield r"/api/v1/accounts/verify_credentials", self._credentials
        yield r"/api/v1/notifications", self._heard
        yield r"/api/v1/accounts/relationships", self._relationships
        yield r"/api/v1/statuses", self._say
        yield from super()._routes()

    def _credentials(self, request: Request, logged_in: bool) -> Response:
        if not logged_in:
            return self._refused(401, "The access token is invalid")
        return self._json(self.accounts[self.us])

    def _heard(self, request: Request, logged_in: bool) -> Response:
        assert logged_in
        assert request.args.getlist("types[]") == ["mention"]
        after, limit = int(request.args.get("min_id", 0)), int(request.args["limit"])
        rows = [row for row in self.notifications if int(row["id"]) > after]
        page = rows[:limit] if after else rows[-limit:]
        return self._json(page[::-1])

    def _relationships(self, request: Request, logged_in: bool) -> Response:
        ids = request.args.getlist("id[]")
        return self._json([{"id": id_, "followed_by": id_ in self.followers} for id_ in ids])

    def _say(self, request: Request, logged_in: bool) -> Response:
        assert logged_in
        said, key = request.get_json(), request.headers["Idempotency-Key"]
        if key not in self.keys:
            shown = {"visibility": said["visibility"]}
            parent = said["in_reply_to_id"]
            self.keys[key] = self.post(said["status"], reply_to=parent, by=self.us, **shown)
        if self.lose:
            self.lose -= 1
            self.keys.clear()  # as a server does after an hour
            return self._refused(502, "Bad gateway")
        return self._json(self.statuses[self.keys[key]])


class BlueskyWorld(Sky):
    platform = "bluesky"

    def __init__(self, httpserver: HTTPServer) -> None:
        super().__init__(httpserver)
        self.us = self.author("unroll.example", "The bot")
        self.people = {"mira": self.author("mira.example", "Mira Osei")}
        self.notifications: list[Json] = []
        self.records: dict[str, Json] = {}
        self.followers: set[str] = set()
        self.lose = 0
        self.methods |= {
            "com.atproto.server.createSession": self._log_in,
            "app.bsky.notification.listNotifications": self._heard,
            "app.bsky.graph.getRelationships": self._relationships,
            "com.atproto.repo.createRecord": self._say,
            "com.atproto.repo.getRecord": self._said,
        }

    def bot(self) -> Bot:
        web = Web(Policy(("127.0.0.1/32",)))
        return BlueskyBot(self.services.bluesky, "@unroll.example", PASSWORD, web)

    def who(self, name: str) -> Any:
        if name not in self.people:
            self.people[name] = self.author(f"{name}.example", name.title())
        return self.people[name]

    def author_id(self, name: str) -> str:
        return str(self.who(name).did)

    def write(self, *texts: str, by: str = "mira", under: str | None = None) -> list[str]:
        above = self.posts[under] if under else None
        return [post.uri for post in self.who(by).thread(*texts, answers=above)]

    def call(self, words: str, *, under: str | None, by: str = "cleo", **of_caller: Any) -> str:
        above = self.posts[under] if under else None
        if of_caller.get("bot"):
            self.who(by).labels = ("bot",)
        post: Post = self.who(by).post(f"@unroll.example {words}", answers=above)
        row = post.view() | {"reason": "mention", "indexedAt": told(datetime.now(UTC))}
        self.notifications.append(row)
        return post.uri

    def answers(self) -> list[str]:
        return [record["text"] for record in self.records.values()]

    def follow(self, name: str) -> None:
        self.followers.add(self.who(name).did)

    def limit(self, retry_after: int) -> None:
        self.rations(0)

    def recover(self) -> None:
        self.remaining = None

    def _log_in(self, request: Request) -> Json:
        asked = request.get_json()
        if asked != {"identifier": "unroll.example", "password": PASSWORD}:
            raise SkyRefusal(401, "AuthenticationRequired", "Invalid identifier or password")
        return {"did": self.us.did, "accessJwt": TOKEN, "handle": self.us.handle}

    def _heard(self, request: Request) -> Json:
        assert request.headers["Authorization"] == f"Bearer {TOKEN}"
        begin, limit = int(request.args.get("cursor", 0)), int(request.args["limit"])
        rows = self.notifications[::-1][begin : begin + limit]
        more = begin + limit < len(self.notifications)
        return {"notifications": rows} | ({"cursor": str(begin + limit)} if more else {})

    def _relationships(self, request: Request) -> Json:
        did = request.args["others"]
        row = {"$type": "app.bsky.graph.defs#relationship", "did": did}
        followed = {"followedBy": "at://x/app.bsky.graph.follow/1"} if did in self.followers else {}
        return {"actor": self.us.did, "relationships": [row | followed]}

    def _say(self, request: Request) -> Json:
        asked = request.get_json()
        assert re.fullmatch(r"[2-7a-j][2-7a-z]{12}", asked["rkey"])
        if asked["rkey"] in self.records:
            raise SkyRefusal(400, "InvalidRequest", "Record already exists")
        self.records[asked["rkey"]] = asked["record"]
        if self.lose:
            self.lose -= 1
            raise SkyRefusal(502, "UpstreamFailure", "Bad gateway")
        return {"uri": f"at://{self.us.did}/app.bsky.feed.post/{asked['rkey']}", "cid": "cid"}

    def _said(self, request: Request) -> Json:
        key = request.args["rkey"]
        if key not in self.records:
            raise SkyRefusal(400, "RecordNotFound", "Could not locate record")
        uri = f"at://{self.us.did}/app.bsky.feed.post/{key}"
        return {"uri": uri, "value": self.records[key]}


World = MastodonWorld | BlueskyWorld
