"""A server that speaks the Mastodon API: what it is asked, and its refusals in our words.

https://docs.joinmastodon.org/api/ Whether a host is one is found out by asking it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeGuard
from urllib.parse import parse_qs, quote, urlsplit

from threads.http import (
    Answer,
    FetchError,
    FetchFailed,
    FetchForbidden,
    FetchGone,
    FetchLimited,
    FetchRefused,
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
from threads.sources.mastodon_status import MALFORMED, Row, actor, remote_id

CONVERSATION = Limit(40 * 1024**2, 30)  # with a token it holds up to 4,096 statuses and more
PAGE_SIZE = 40  # the most that a server gives
INSTANCE = ("/api/v2/instance", "/api/v1/instance")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a status is to be asked for: its server, and its id there."""

    base: str  # https://social.example
    id: str

    @property
    def host(self) -> str:
        return urlsplit(self.base).netloc


@dataclass(frozen=True, slots=True)
class Context:
    ancestors: list[Row]  # from the first to the nearest
    descendants: list[Row]


class Server:
    def __init__(self, base: str, web: Web, token: str = "") -> None:
        self.base = base
        self.host = urlsplit(base).netloc
        self.web = web
        self.token = token

    def speaks_mastodon(self) -> bool:
        for path in INSTANCE:
            try:
                with _in_our_words(self):
                    answer = self.web.get(self.base + path, token=self.token)
            except SourceForbiddenError as error:
                return _says_why(error.__cause__)  # one that wants a log-in even for this
            except SourceFormatError:
                continue
            if isinstance(_object(answer).get("version"), str):
                return True
        return False

    def status(self, id_: str) -> Row:
        row = self._ask(f"/api/v1/statuses/{quote(id_, safe='')}")
        if not is_status(row):
            raise SourceFormatError(f"{self.host} does not answer like a Mastodon server.")
        return row

    def context(self, id_: str) -> Context:
        found = self._ask(f"/api/v1/statuses/{quote(id_, safe='')}/context", limit=CONVERSATION)
        if not isinstance(found, dict):
            raise SourceFormatError(f"{self.host} does not answer like a Mastodon server.")
        return Context(_rows(found.get("ancestors")), _rows(found.get("descendants")))

    def account(self, handle: str) -> Row:
        found = self._ask("/api/v1/accounts/lookup", {"acct": handle})
        if not isinstance(found, dict) or not isinstance(found.get("id"), str):
            raise SourceFormatError(f"{self.host} does not answer like a Mastodon server.")
        return found

    def statuses(self, account: str, **params: str) -> Iterator[list[Row]]:
        """Pages: from `min_id` on towards the newest, else from the newest backwards."""
        rel = "prev" if "min_id" in params else "next"
        wanted = {"limit": str(PAGE_SIZE), "exclude_reblogs": "true", **params}
        while True:
            path = f"/api/v1/accounts/{quote(account, safe='')}/statuses"
            answer = self._get(path, wanted)
            page = _rows(self._json(answer))
            if not page:
                return
            yield page
            onwards = _linked(answer, rel)
            if not onwards or onwards.items() <= wanted.items():
                return
            wanted |= onwards

    def _ask(self, path: str, params: Mapping[str, str] | None = None, **options: Any) -> Any:
        return self._json(self._get(path, params, **options))

    def _get(self, path: str, params: Mapping[str, str] | None = None, **options: Any) -> Answer:
        with _in_our_words(self):
            return self.web.get(self.base + path, params=params, token=self.token, **options)

    def _json(self, answer: Answer) -> Any:
        with _in_our_words(self):
            return answer.json()


def is_status(row: Any) -> TypeGuard[Row]:
    """As much of one as it takes to know whose it is, and what it answers."""
    match row:
        case {"id": str(), "account": {"id": str(), "username": str()}, "created_at": str()}:
            answered = (row.get("in_reply_to_id"), row.get("in_reply_to_account_id"))
            return _has_ids(row) and all(isinstance(id_, str | None) for id_ in answered)
    return False


def _has_ids(row: Row) -> bool:
    try:
        remote_id(row)
        actor(row["account"])
    except MALFORMED:
        return False
    return True


def _rows(found: object) -> list[Row]:
    return [row for row in found if is_status(row)] if isinstance(found, list) else []


def _object(answer: Answer) -> dict[str, Any]:
    try:
        found = json.loads(answer.body)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _linked(answer: Answer, rel: str) -> dict[str, str]:
    """Where to go on, as the header `Link` tells it; only the ids of it are taken."""
    found = re.search(rf'<([^<>]*)>\s*;\s*rel="{rel}"', answer.headers.get("link", ""))
    query = parse_qs(urlsplit(found[1]).query) if found else {}
    return {key: query[key][-1] for key in ("max_id", "min_id") if key in query}


def _says_why(error: BaseException | None) -> bool:
    """As an API does, and not as a web site that does not like us."""
    answer = error.answer if isinstance(error, FetchError) else None
    return answer is not None and isinstance(_object(answer).get("error"), str)


@contextmanager
def _in_our_words(server: Server) -> Iterator[None]:
    try:
        yield
    except FetchError as error:
        raise _as_source_error(error, server) from error


def _as_source_error(error: FetchError, server: Server) -> SourceError:
    match error:
        case FetchLimited():
            return SourceLimitedError(str(error), error.until)
        case FetchFailed():
            return SourceUnavailableError(str(error))
        case FetchGone():
            return SourceGoneError(
                f"{server.host} does not have this (any more), or does not show it to everybody."
            )
        case FetchForbidden() if server.token:
            return SourceForbiddenError(
                f"{server.host} does not accept our token, or it does not allow to read. "
                "Put a new one into MASTODON_TOKENS."
            )
        case FetchForbidden():
            return SourceForbiddenError(
                f"{server.host} shows this only to those who are logged in. Put a token of an "
                "account there into MASTODON_TOKENS, or import the archive of the account instead."
            )
        case FetchRefused():
            return SourceFormatError(str(error))
    return SourceUnavailableError(str(error))
