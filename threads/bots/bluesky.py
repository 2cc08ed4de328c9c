"""The bot on Bluesky. https://docs.bsky.app/docs/starter-templates/bots

It asks its own server (PDS), which asks the AppView for it. A log-in is good for one look:
a server allows some hundred of them a day.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any

from threads.bots.base import Above, Call, Ref, calls_in, understood, without_names
from threads.http import FetchGone, FetchRefused, Web

PAGE_SIZE = 50
PAGES = 10  # for one look, the newest first
POST = "app.bsky.feed.post"
DIGITS = "234567abcdefghijklmnopqrstuvwxyz"
Row = Mapping[str, Any]


class BlueskyBot:
    platform = "bluesky"
    every = timedelta(minutes=6)

    def __init__(self, service: str, handle: str, password: str, web: Web) -> None:
        self._service = service
        self._handle = handle.removeprefix("@")
        self._password = password
        self._web = web

    def handle(self) -> str:
        return self._handle

    @understood
    def calls(self, cursor: str) -> tuple[list[Call], str]:
        self._session["did"]
        calls: list[Call] = []
        newest, page = cursor, ""
        for _ in range(PAGES):
            params = {"reasons": "mention", "limit": str(PAGE_SIZE)}
            answer = self._get(
                "app.bsky.notification.listNotifications",
                params | ({"cursor": page} if page else {}),
            )
            rows: list[Row] = answer["notifications"]
            # Equal times are read again: what was heard before is known by its id.
            fresh = [row for row in rows if row["indexedAt"] >= cursor]
            calls += calls_in(fresh, self._call)
            newest = max([newest, *(row["indexedAt"] for row in fresh)])
            page = answer.get("cursor") or ""
            if not page or len(fresh) < len(rows) or not cursor:
                break
        return calls[::-1], newest

    @understood
    def above(self, ref: Ref) -> Above | None:
        uri = ref["parent_uri"]
        if not uri:
            return None
        author, _, rkey = uri.removeprefix("at://").partition(f"/{POST}/")
        return Above(uri, author, f"https://bsky.app/profile/{author}/post/{rkey}")

    @understood
    def is_followed_by(self, ref: Ref) -> bool:
        params = {"actor": self._session["did"], "others": ref["by"]}
        found = self._get("app.bsky.graph.getRelationships", params)["relationships"]
        return any(row.get("did") == ref["by"] and row.get("followedBy") for row in found)

    @understood
    def answer(self, ref: Ref, words: str, url: str, *, again: bool) -> str:
        """Its key follows from the call, so that there can be only one."""
        rkey = key_of(ref["uri"])
        if again and (there := self._posted(rkey)):
            return there
        text = f"{words} {url}".strip()
        parent = {"uri": ref["uri"], "cid": ref["cid"]}
        root = {"uri": ref["root_uri"], "cid": ref["root_cid"]} if ref["root_uri"] else parent
        record = {
            "$type": POST,
            "text": text,
            "facets": [link_facet(text, url)] if url else [],
            "reply": {"root": root, "parent": parent},
            "langs": ["en"],
            "createdAt": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%S.000Z}",
        }
        asked = {"repo": self._session["did"], "collection": POST, "rkey": rkey, "record": record}
        try:
            return str(self._post("com.atproto.repo.createRecord", asked)["uri"])
        except FetchRefused:
            if there := self._posted(rkey):
                return there
            raise

    def _posted(self, rkey: str) -> str:
        params = {"repo": self._session["did"], "collection": POST, "rkey": rkey}
        try:
            return str(self._get("com.atproto.repo.getRecord", params)["uri"])
        except FetchGone:
            return ""
        except FetchRefused as error:
            # RecordNotFound comes as a 400.
            if error.answer and error.answer.status == 400:
                return ""
            raise

    def _call(self, row: Row) -> Call | None:
        author, record = row["author"], row["record"]
        if row["reason"] != "mention" or author["did"] == self._session["did"]:
            return None
        reply = record.get("reply") or {}
        parent, root = reply.get("parent") or {}, reply.get("root") or {}
        return Call(
            id=row["uri"],
            by=author["did"],
            handle=author["handle"],
            words=without_names(record.get("text", "")),
            called_at=datetime.fromisoformat(row["indexedAt"]),
            ref={
                "uri": row["uri"],
                "cid": row["cid"],
                "by": author["did"],
                "parent_uri": parent.get("uri", ""),
                "root_uri": root.get("uri", ""),
                "root_cid": root.get("cid", ""),
            },
            is_bot=_has_label(author.get("labels") or (), "bot"),
        )

    @cached_property
    def _session(self) -> Row:
        asked = {"identifier": self._handle, "password": self._password}
        session: Row = self._web.post(
            f"{self._service}/xrpc/com.atproto.server.createSession", json=asked
        ).json()
        return session

    def _get(self, method: str, params: Mapping[str, str]) -> Any:
        token = self._session["accessJwt"]
        return self._web.get(f"{self._service}/xrpc/{method}", params=params, token=token).json()

    def _post(self, method: str, asked: Mapping[str, Any]) -> Any:
        token = self._session["accessJwt"]
        return self._web.post(f"{self._service}/xrpc/{method}", json=asked, token=token).json()


def key_of(uri: str) -> str:
    """A record key in the form of a timestamp, as posts have; always the same for a call.

    https://atproto.com/specs/tid
    """
    number = int.from_bytes(hashlib.sha256(uri.encode()).digest()[:8]) >> 1
    return "".join(DIGITS[number >> 5 * place & 31] for place in reversed(range(13)))


def link_facet(text: str, url: str) -> dict[str, Any]:
    """Offsets are in bytes of UTF-8, the end excluded."""
    begin = len(text[: text.index(url)].encode())
    return {
        "index": {"byteStart": begin, "byteEnd": begin + len(url.encode())},
        "features": [{"$type": "app.bsky.richtext.facet#link", "uri": url}],
    }


def _has_label(labels: Iterable[Row], name: str) -> bool:
    return any(label.get("val") == name for label in labels)
