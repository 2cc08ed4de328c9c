"""What a bot hears, and what it can be asked to do."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps
from typing import Protocol

from threads.http import FetchFailed

NAMES = re.compile(r"@[\w.@-]+")
Ref = Mapping[str, str]  # what the platform must be told again to answer a call


@dataclass(frozen=True, slots=True)
class Call:
    """One status that names the bot."""

    id: str
    by: str  # the remote id of an account
    handle: str
    words: str  # plain, without any @names
    called_at: datetime
    ref: Ref
    is_bot: bool = False


@dataclass(frozen=True, slots=True)
class Above:
    """The status that a call answers."""

    id: str
    author: str  # the remote id of an account
    url: str


class Bot(Protocol):
    platform: str
    every: timedelta  # between two looks

    def handle(self) -> str:
        """Its own, as people write it after the @."""
        ...

    def calls(self, cursor: str) -> tuple[list[Call], str]:
        """What was called since, without its own; and the cursor for the next time."""
        ...

    def above(self, ref: Ref) -> Above | None: ...

    def is_followed_by(self, ref: Ref) -> bool: ...

    def answer(self, ref: Ref, words: str, url: str, *, again: bool) -> str:
        """The remote id of the answer, which is posted once however often this is called.

        `again`: it was tried before, and may have been posted. `url` follows the words.
        """
        ...


MALFORMED = (AttributeError, IndexError, KeyError, TypeError, ValueError)


def calls_in[T](rows: Iterable[T], parse: Callable[[T], Call | None]) -> Iterator[Call]:
    """What a stranger wrote in a strange way is no call, and hides no other."""
    for row in rows:
        with suppress(*MALFORMED):
            if call := parse(row):
                yield call


def without_names(text: str) -> str:
    return " ".join(NAMES.sub(" ", text).split())


def understood[**P, T](ask: Callable[P, T]) -> Callable[P, T]:
    """Answers that are not as the platform documents them are a bad day of the server's."""

    @wraps(ask)
    def asked(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return ask(*args, **kwargs)
        except MALFORMED as error:
            raise FetchFailed(
                "The bot’s server answered something that cannot be understood. Try again later."
            ) from error

    return asked
