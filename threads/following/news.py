"""What a source tells that is not here yet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import IO

from threads.models import Status
from threads.sources.base import Source, SourceAccount, SourceMedia, SourceStatus


class News(Source):
    """A source without what is here already, so that likes alone change nothing.

    Importing takes the rest of each thread from the database.
    """

    def __init__(self, source: Source) -> None:
        self._source = source
        self._account = source.account()
        self.kind = source.kind
        statuses = list(source.statuses())
        self.findings = source.findings
        here = dict(
            Status.objects.visible()
            .filter(platform=self._account.platform, remote_id__in=[one.id for one in statuses])
            .values_list("remote_id", "edited_at")
        )
        self._statuses = [one for one in statuses if one.id not in here or _edited(one, here)]

    def __bool__(self) -> bool:
        return any(not status.skip for status in self._statuses)

    def account(self) -> SourceAccount:
        return self._account

    def statuses(self) -> Iterator[SourceStatus]:
        return iter(self._statuses)

    def open_media(self, media: SourceMedia, status_id: str) -> IO[bytes] | None:
        return self._source.open_media(media, status_id)


def _edited(status: SourceStatus, here: dict[str, datetime | None]) -> bool:
    return not status.skip and status.edited_at not in {None, here[status.id]}
