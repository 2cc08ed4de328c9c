"""Asking the X API v2, with the operator's own token, and counting what it costs.

https://docs.x.com/x-api/introduction: prices are per post read; limits are per endpoint and
quarter of an hour.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from typing import Any, cast

from threads.http import (
    FetchFailed,
    FetchForbidden,
    FetchGone,
    FetchLimited,
    FetchRefused,
    Web,
)
from threads.sources.base import (
    Price,
    SourceForbiddenError,
    SourceFormatError,
    SourceGoneError,
    SourceLimitedError,
    SourceUnavailableError,
)
from threads.sources.services import Services

Answer = dict[str, Any]
INSTEAD = "upload the author’s archive, paste the thread, or send it with the bookmark"
NO_TOKEN = f"X shows nothing without a token: {INSTEAD}. Or set X_TOKEN, which X sells."
RUBBISH = "X answered something that cannot be understood. Try again later."
BREATH = 1.0  # seconds: the search of the full archive may be asked once in one
UNPAID = 402


class Asking:
    """One run's questions to X."""

    def __init__(self, web: Web, services: Services) -> None:
        if not services.x_token:
            raise SourceForbiddenError(NO_TOKEN)
        self._web = web
        self._services = services
        self.read: set[str] = set()  # posts: X counts each once a day, however often it is read

    def get(self, path: str, **params: str) -> Answer:
        """`path` without the `/2`. Raises a SourceError in words for the editor."""
        try:
            url = f"{self._services.x.rstrip('/')}/2{path}"
            answer = self._web.get(url, params=params, token=self._services.x_token).json()
        except FetchLimited as error:
            raise SourceLimitedError(
                f"X answers no more until {error.until:%H:%M} UTC.", error.until
            ) from error
        except FetchFailed as error:
            raise SourceUnavailableError(f"X did not answer: {error}") from error
        except FetchGone as error:
            raise SourceGoneError("X knows no such post or account.") from error
        except FetchForbidden as error:
            raise SourceForbiddenError(f"X does not accept X_TOKEN for this: {INSTEAD}.") from error
        except FetchRefused as error:
            raise SourceFormatError(_refusal(error)) from error
        try:
            self._count(answer)
        except (AttributeError, KeyError, TypeError) as error:
            raise SourceUnavailableError(RUBBISH) from error
        return cast("Answer", answer)

    def search(self, path: str, **params: str) -> Iterator[Answer]:
        """All pages of what is found."""
        yield from self._pages(path, "next_token", BREATH, params)

    def timeline(self, path: str, **params: str) -> Iterator[Answer]:
        """Page by page, the newest posts first."""
        yield from self._pages(path, "pagination_token", 0, params)

    def _pages(
        self, path: str, turned_by: str, pause: float, params: Mapping[str, str]
    ) -> Iterator[Answer]:
        page = self.get(path, **params)
        yield page
        while token := (page.get("meta") or {}).get("next_token"):
            time.sleep(pause)
            page = self.get(path, **params, **{turned_by: str(token)})
            yield page

    def _count(self, answer: Answer) -> None:
        data = answer.get("data") or []
        posts = data if isinstance(data, list) else [data]
        posts = [*posts, *(answer.get("includes") or {}).get("tweets", [])]
        self.read |= {str(post["id"]) for post in posts if "text" in post}

    def price(self, posts: int) -> Price:
        return Price(posts, posts * self._services.x_price)

    def cost(self) -> str:
        """What it came to, in a sentence."""
        count, dollars = len(self.read), self.price(len(self.read)).dollars
        posts = "1 post was" if count == 1 else f"{count:,} posts were"
        return f"{posts} read from X, for {in_dollars(dollars)}."


def in_dollars(dollars: float) -> str:
    return f"about ${dollars:,.2f}" if dollars >= 0.01 else "less than $0.01"


def _refusal(error: FetchRefused) -> str:
    if error.answer and error.answer.status == UNPAID:
        return f"The credits for the X API are used up: buy more from X, or {INSTEAD}."
    return f"X refused to answer: {error}"
