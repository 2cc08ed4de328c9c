"""What is the same for sources that ask the network: they do so once, at their first use."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from functools import cached_property
from typing import IO

from threads.sources.base import Findings, SourceAccount, SourceMedia, SourceStatus

Read = tuple[SourceAccount, list[SourceStatus]]


class Fetched(ABC):
    def __init__(self) -> None:
        self.findings = Findings()

    def account(self) -> SourceAccount:
        return self._found[0]

    def statuses(self) -> Iterator[SourceStatus]:
        yield from self._found[1]

    def open_media(self, media: SourceMedia, status_id: str) -> IO[bytes] | None:
        """Files are downloaded later, one by one."""
        return None

    @cached_property
    def _found(self) -> Read:
        return self._read()

    @abstractmethod
    def _read(self) -> Read:
        """Asks for all of it."""
