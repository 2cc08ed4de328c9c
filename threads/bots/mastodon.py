"""The bot on Mastodon. https://docs.joinmastodon.org/methods/notifications/"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from threads.bots.base import Above, Call, Ref, calls_in, understood, without_names
from threads.http import Web

PAGE_SIZE = 40
PAGES = 5  # for one look; what is left comes with the next
Row = Mapping[str, Any]


class MastodonBot:
    platform = "mastodon"
    every = timedelta(minutes=1)

    def __init__(self, server: str, token: str, web: Web) -> None:
        self._server = server
        self._token = token
        self._web = web

    @understood
    def handle(self) -> str:
        host = self._server.partition("://")[2]
        return f"{self._me['acct']}@{host}"

    @understood
    def calls(self, cursor: str) -> tuple[list[Call], str]:
        self._me["id"]
        calls: list[Call] = []
        for _ in range(PAGES):
            params = {"types[]": "mention", "limit": str(PAGE_SIZE)}
            # `min_id` begins with the oldest, so that no page is skipped over.
            page = self._get(
                "/api/v1/notifications", params | ({"min_id": cursor} if cursor else {})
            )
            rows = sorted(page, key=lambda row: int(row["id"]))
            calls += calls_in(rows, self._call)
            began, cursor = cursor, rows[-1]["id"] if rows else cursor
            if not began or len(rows) < PAGE_SIZE:
                break
        return calls, cursor

    @understood
    def above(self, ref: Ref) -> Above | None:
        if not ref["parent"]:
            return None
        row = self._get(f"/api/v1/statuses/{ref['parent']}")
        url = row["url"] or row["uri"]
        return Above(id=row["uri"], author=_actor(row["account"]), url=url)

    @understood
    def is_followed_by(self, ref: Ref) -> bool:
        found = self._get("/api/v1/accounts/relationships", {"id[]": ref["account"]})
        return any(row["id"] == ref["account"] and row["followed_by"] for row in found)

    @understood
    def answer(self, ref: Ref, words: str, url: str, *, again: bool) -> str:
        """A server forgets an Idempotency-Key after an hour, so what was tried is looked for."""
        if again and (there := self._posted(ref)):
            return there
        posted = self._web.post(
            f"{self._server}/api/v1/statuses",
            json={
                "status": f"@{ref['acct']} {words} {url}".strip(),
                "in_reply_to_id": ref["status"],
                "visibility": ref["visibility"],
            },
            token=self._token,
            headers={"Idempotency-Key": f"unspool-{ref['status']}"},
        )
        return str(posted.json()["uri"])

    def _posted(self, ref: Ref) -> str:
        below = self._get(f"/api/v1/statuses/{ref['status']}/context")["descendants"]
        ours = (
            row["uri"]
            for row in below
            if row["account"]["id"] == self._me["id"] and row["in_reply_to_id"] == ref["status"]
        )
        return next(ours, "")

    @cached_property
    def _me(self) -> Row:
        row: Row = self._get("/api/v1/accounts/verify_credentials")
        return row

    def _call(self, row: Row) -> Call | None:
        status, caller = row.get("status"), row["account"]
        if not status or caller["id"] == self._me["id"]:
            return None
        return Call(
            id=status["uri"],
            by=_actor(caller),
            handle=caller["acct"],
            words=_words(status["content"]),
            called_at=datetime.fromisoformat(row["created_at"]),
            ref={
                "status": status["id"],
                "parent": status["in_reply_to_id"] or "",
                "account": caller["id"],
                "acct": caller["acct"],
                "visibility": status["visibility"],
            },
            is_bot=bool(caller.get("bot")),
        )

    def _get(self, path: str, params: Mapping[str, str] | None = None) -> Any:
        return self._web.get(f"{self._server}{path}", params=params, token=self._token).json()


def _actor(account: Row) -> str:
    return str(account.get("uri") or account["url"])


def _words(html: str) -> str:
    page = LexborHTMLParser(html, is_fragment=True)
    for node in page.css(".h-card, a.mention"):
        node.decompose()
    root = page.root
    return without_names(root.text(separator=" ") if root else "")
