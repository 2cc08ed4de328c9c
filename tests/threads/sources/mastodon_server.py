"""A Mastodon server of the test's own, with the limits that a real one has for strangers.

    server = MastodonServer(httpserver)
    ids = server.thread("One.", "Two.", "Three.")
    server.url(ids[0])                       # https://docs.joinmastodon.org/api/ from there on
    server.edit(ids[1], "Two, better.")
    server.delete(ids[2])
    server.fail(429, until=…)                # what is asked from now on

Ids, pages, headers and the order of answers are those of Mastodon 4.5.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

FIRST = datetime(2026, 3, 1, 9, tzinfo=UTC)
ANCESTORS, DESCENDANTS, LEVELS = 40, 60, 20
LIMIT = 300  # questions in five minutes
SHOWN = {"public", "unlisted"}


class MastodonServer:
    """Statuses are dictionaries as the API tells them; each is a minute after the last."""

    def __init__(self, http: HTTPServer) -> None:
        self.base = http.url_for("").rstrip("/")
        self.host = self.base.partition("://")[2]
        self.accounts: dict[str, dict[str, Any]] = {}
        self.statuses: dict[str, dict[str, Any]] = {}
        self.clock = FIRST
        self.token = ""  # who sends it is logged in, and sees what followers see
        self.closed = False  # whether everything needs a log-in
        self.asked: list[str] = []  # paths, with their queries
        self.left = LIMIT
        self._failure: tuple[re.Pattern[str], int, dict[str, str]] | None = None
        self.mira = self.account("mira", "Mira Osei")
        http.expect_request(re.compile(r"/(api|@|users|web|deck).*")).respond_with_handler(
            self._answer
        )

    # --- what there is ------------------------------------------------------------------------

    def account(self, name: str, display_name: str = "", *, at: str = "", **told: Any) -> str:
        """Its id. `at`: another server, of which this one has only a copy."""
        id_ = str(109_000_000_000_000_000 + len(self.accounts) + 1)
        base = f"https://{at}" if at else self.base
        self.accounts[id_] = {
            "id": id_,
            "username": name,
            "acct": f"{name}@{at}" if at else name,
            "display_name": display_name,
            "locked": False,
            "bot": False,
            "note": "",
            "uri": f"{base}/users/{name}",
            "url": f"{base}/@{name}",
            "avatar": f"{base}/avatars/original/missing.png",
            "emojis": [],
            "fields": [],
        } | told
        return id_

    def post(
        self, text: str, *, reply_to: str | None = None, by: str = "", html: str = "", **told: Any
    ) -> str:
        """Its id. `text` as it was typed, or the `html` of it; `told` replaces anything else."""
        self.clock += timedelta(minutes=1)
        author = self.accounts[by or self.mira]
        id_ = _snowflake(self.clock, len(self.statuses))
        parent = self.statuses.get(reply_to or "")
        self.statuses[id_] = {
            "id": id_,
            "created_at": _time(self.clock),
            "in_reply_to_id": reply_to,
            "in_reply_to_account_id": parent["account"]["id"] if parent else None,
            "sensitive": False,
            "spoiler_text": "",
            "visibility": "public",
            "language": "en",
            "uri": f"{author['uri']}/statuses/{id_}",
            "url": f"{author['url']}/{id_}",
            "replies_count": 0,
            "reblogs_count": 0,
            "favourites_count": 0,
            "edited_at": None,
            "content": html or as_html(text),
            "reblog": None,
            "account": author,
            "media_attachments": [],
            "mentions": [],
            "tags": [],
            "emojis": [],
            "quote": None,
            "card": None,
            "poll": None,
        } | told
        if parent and self.statuses[id_]["visibility"] in SHOWN:
            parent["replies_count"] += 1
        return id_

    def thread(self, *texts: str, by: str = "", **told: Any) -> list[str]:
        ids: list[str] = []
        for text in texts:
            ids.append(self.post(text, reply_to=ids[-1] if ids else None, by=by, **told))
        return ids

    def edit(self, id_: str, text: str) -> None:
        self.clock += timedelta(minutes=1)
        self.statuses[id_] |= {"content": as_html(text), "edited_at": _time(self.clock)}

    def delete(self, id_: str) -> None:
        """Its answers stay, and remember only whom they answered."""
        gone = self.statuses.pop(id_)
        if parent := self.statuses.get(gone["in_reply_to_id"] or ""):
            parent["replies_count"] -= 1
        for status in self.statuses.values():
            if status["in_reply_to_id"] == id_:
                status["in_reply_to_id"] = None

    def url(self, id_: str) -> str:
        """What stands in a browser."""
        return f"{self.base}/@{self.statuses[id_]['account']['acct']}/{id_}"

    def uri(self, id_: str) -> str:
        uri: str = self.statuses[id_]["uri"]
        return uri

    # --- how it behaves -----------------------------------------------------------------------

    def fail(self, status: int, *, path: str = "", **headers: str) -> None:
        """What is asked from now on, or only on paths that match, is refused."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self._failure = (re.compile(path), status, named)

    def recover(self) -> None:
        self._failure = None

    def _answer(self, request: Request) -> Response:
        self.asked.append(request.full_path.rstrip("?"))
        if self._failure and self._failure[0].search(request.path):
            return self._refused(self._failure[1], "It was told to fail.", self._failure[2])
        self.left -= 1
        if self.left < 0:
            return self._refused(429, "Throttled")
        logged_in = bool(self.token) and _token(request) == self.token
        if self.closed and not logged_in:
            return self._refused(401, "This method requires an authenticated user")
        for pattern, answer in self._routes():
            if found := re.fullmatch(pattern, request.path):
                return answer(request, logged_in, *found.groups())
        return self._refused(404, "Record not found")

    def _routes(self) -> Iterator[tuple[str, Callable[..., Response]]]:
        yield r"/api/v2/instance", self._instance
        yield r"/api/v1/accounts/lookup", self._lookup
        yield r"/api/v1/accounts/(\d+)", self._account
        yield r"/api/v1/accounts/(\d+)/statuses", self._page
        yield r"/api/v1/statuses/(\d+)", self._status
        yield r"/api/v1/statuses/(\d+)/context", self._context

    def _instance(self, request: Request, logged_in: bool) -> Response:
        return self._json({"domain": self.host, "version": "4.5.0", "title": "A server"})

    def _lookup(self, request: Request, logged_in: bool) -> Response:
        name = request.args.get("acct", "")
        named = [row for row in self.accounts.values() if row["acct"] == name]
        return self._json(named[0]) if named else self._refused(404, "Record not found")

    def _account(self, request: Request, logged_in: bool, id_: str) -> Response:
        row = self.accounts.get(id_)
        return self._json(row) if row else self._refused(404, "Record not found")

    def _status(self, request: Request, logged_in: bool, id_: str) -> Response:
        row = self.statuses.get(id_)
        if row is None or not _is_shown(row, logged_in):
            return self._refused(404, "Record not found")
        return self._json(row)

    def _context(self, request: Request, logged_in: bool, id_: str) -> Response:
        row = self.statuses.get(id_)
        if row is None or not _is_shown(row, logged_in):
            return self._refused(404, "Record not found")
        above = self._above(row)[: None if logged_in else ANCESTORS]
        below = list(self._below(row, 4096 if logged_in else LEVELS))
        # Cut first, and hidden then.
        below = below[: 4096 if logged_in else DESCENDANTS]
        return self._json(
            {
                "ancestors": [row for row in reversed(above) if _is_shown(row, logged_in)],
                "descendants": [row for row in below if _is_shown(row, logged_in)],
            }
        )

    def _above(self, row: dict[str, Any]) -> list[dict[str, Any]]:
        above = []
        while parent := self.statuses.get(row["in_reply_to_id"] or ""):
            above.append(parent)
            row = parent
        return above

    def _below(self, row: dict[str, Any], levels: int) -> Iterator[dict[str, Any]]:
        """Each branch to its end, the earliest first."""
        answers = [one for one in self.statuses.values() if one["in_reply_to_id"] == row["id"]]
        for answer in answers if levels else ():
            yield answer
            yield from self._below(answer, levels - 1)

    def _page(self, request: Request, logged_in: bool, account: str) -> Response:
        rows = [
            row
            for row in reversed(self.statuses.values())
            if row["account"]["id"] == account and _is_shown(row, logged_in)
        ]
        if request.args.get("exclude_reblogs") == "true":
            rows = [row for row in rows if not row["reblog"]]
        limit = min(int(request.args.get("limit", 20)), 40)
        if min_id := request.args.get("min_id"):
            rows = [row for row in rows if int(row["id"]) > int(min_id)][-limit:]
        if max_id := request.args.get("max_id"):
            rows = [row for row in rows if int(row["id"]) < int(max_id)]
        rows = rows[:limit]
        path = f"{self.base}/api/v1/accounts/{account}/statuses?limit={limit}"
        links = [f'<{path}&max_id={rows[-1]["id"]}>; rel="next"'] if len(rows) == limit else []
        links += [f'<{path}&min_id={rows[0]["id"]}>; rel="prev"'] if rows else []
        return self._json(rows, **({"Link": ", ".join(links)} if links else {}))

    def _json(self, value: object, **headers: str) -> Response:
        told = {**self._rate(), **headers}
        return Response(json.dumps(value), headers=told, content_type="application/json")

    def _refused(self, status: int, error: str, headers: dict[str, str] | None = None) -> Response:
        told = {**self._rate(), **(headers or {})}
        body = json.dumps({"error": error})
        return Response(body, status, headers=told, content_type="application/json")

    def _rate(self) -> dict[str, str]:
        # An ISO time, where others tell seconds.
        reset = datetime.now(UTC) + timedelta(minutes=5)
        return {
            "X-RateLimit-Limit": str(LIMIT),
            "X-RateLimit-Remaining": str(max(0, self.left)),
            "X-RateLimit-Reset": f"{reset:%Y-%m-%dT%H:%M:%S.%fZ}",
        }


def as_html(text: str) -> str:
    """What Mastodon makes of what was typed."""
    paragraphs = html.escape(text, quote=False).split("\n\n")
    lines = [_linked(paragraph).replace("\n", "<br />") for paragraph in paragraphs]
    return "".join(f"<p>{line}</p>" for line in lines)


def mention(address: str, name: str) -> str:
    return (
        f'<span class="h-card" translate="no"><a href="{address}" class="u-url mention">'
        f"@<span>{name}</span></a></span>"
    )


def picture(url: str, description: str = "", **told: Any) -> dict[str, Any]:
    """An entry of `media_attachments`."""
    return {
        "id": "1",
        "type": "image",
        "url": url,
        "preview_url": url.replace("/original/", "/small/"),
        "remote_url": None,
        "meta": {"original": {"width": 1200, "height": 800}},
        "description": description or None,
    } | told


def _linked(text: str) -> str:
    def address(found: re.Match[str]) -> str:
        rest = found[2]
        shown, hidden = (rest[:30], rest[30:]) if len(rest) > 30 else (rest, "")
        return (
            f'<a href="{found[0]}" target="_blank" rel="nofollow noopener" translate="no">'
            f'<span class="invisible">{found[1]}</span>'
            f'<span class="{"ellipsis" if hidden else ""}">{shown}</span>'
            f'<span class="invisible">{hidden}</span></a>'
        )

    text = re.sub(r"(https?://)([^\s<]+)", address, text)
    return re.sub(
        r"(?<!\S)#(\w+)",
        r'<a href="https://social.example/tags/\1" class="mention hashtag" rel="tag">'
        r"#<span>\1</span></a>",
        text,
    )


def _is_shown(row: dict[str, Any], logged_in: bool) -> bool:
    return logged_in or row["visibility"] in SHOWN


def _token(request: Request) -> str:
    return request.headers.get("Authorization", "").removeprefix("Bearer ")


def _snowflake(when: datetime, sequence: int) -> str:
    return str((round(when.timestamp() * 1000) << 16) + sequence)


def _time(when: datetime) -> str:
    return f"{when:%Y-%m-%dT%H:%M:%S.000Z}"


def texts(statuses: Sequence[Any]) -> list[str]:
    return [status.text for status in statuses]
