"""The attachments of statuses: what the source carries comes home, the rest waits or is lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from threads.media import MediaRefused, bring_home
from threads.models import Attachment, Status
from threads.sources.base import Source, SourceError, SourceMedia, SourceStatus


@dataclass(slots=True)
class Changes:
    """To attachments that are visible already, so they wait for the end of the import."""

    add: list[Attachment] = field(default_factory=list)
    change: list[tuple[Attachment, dict[str, Any]]] = field(default_factory=list)
    remove: list[Attachment] = field(default_factory=list)


def absent(media: SourceMedia) -> Attachment.State:
    """Of what the source does not carry itself: it waits to be fetched, where it can be."""
    can_be_fetched = media.url.startswith(("http://", "https://"))
    return Attachment.State.WAITING if can_be_fetched else Attachment.State.LOST


class Belongings:
    def __init__(self, source: Source) -> None:
        self.source = source
        self.added: list[str] = []  # files that were not in the store before

    def of(self, status: SourceStatus, row: Status) -> Iterator[Attachment]:
        for position, media in enumerate(status.media, start=1):
            yield self._attachment(media, status.id, row, position)

    def change(
        self, status: SourceStatus, row: Status, there: dict[int, Attachment], changes: Changes
    ) -> None:
        for position, media in enumerate(status.media, start=1):
            old = there.pop(position, None)
            if old and old.source_url == media.url:
                if news := self._news(old, media, status.id):
                    changes.change.append((old, news))
                continue
            if old:
                changes.remove.append(old)
            changes.add.append(self._attachment(media, status.id, row, position))
        changes.remove += there.values()

    def _news(self, old: Attachment, media: SourceMedia, status_id: str) -> dict[str, Any]:
        """An editor's alternative text stays, and so does a file that is here already."""
        news: dict[str, Any] = {"alt": media.alt} if media.alt not in {"", old.alt} else {}
        if old.state != Attachment.State.PRESENT and media.name:
            news |= self._fetched(media, status_id)
        return news

    def _attachment(
        self, media: SourceMedia, status_id: str, row: Status, position: int
    ) -> Attachment:
        told = {"kind": media.kind.value, "width": media.width, "height": media.height}
        return Attachment(
            status=row,
            position=position,
            source_url=media.url[:1000],
            poster_url=media.poster_url[:1000],
            alt=media.alt,
            **told | self._fetched(media, status_id),
        )

    def _fetched(self, media: SourceMedia, status_id: str) -> dict[str, Any]:
        try:
            file = self.source.open_media(media, status_id)
            if file is None:
                return {"state": absent(media).value}
            with file:
                home = bring_home(
                    file, media.name or "The file", width=media.width, height=media.height
                )
        except (MediaRefused, SourceError) as refusal:
            return {"state": Attachment.State.REFUSED, "note": str(refusal)[:300]}
        self.added += home.new
        return {
            "state": Attachment.State.PRESENT,
            "note": "",
            # What the platform calls a GIF comes as a video.
            "kind": media.kind.value if home.kind == "video" else home.kind,
            "file": home.file,
            "poster": home.poster,
            "width": home.width,
            "height": home.height,
        }
