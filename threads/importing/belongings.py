"""The attachments of statuses: what the source carries comes home, the rest waits or is lost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from threads.importing.progress import Progress
from threads.importing.rows import Row
from threads.importing.telling import Media, media_from
from threads.media import MediaRefused, bring_home
from threads.models import Attachment
from threads.sources.base import Source, SourceError, SourceMedia


@dataclass(slots=True)
class Changes:
    """To attachments that are visible already, so they are written with their statuses."""

    add: list[Row] = field(default_factory=list)
    change: list[tuple[Attachment, dict[str, Any]]] = field(default_factory=list)
    remove: list[Attachment] = field(default_factory=list)


def absent(media: SourceMedia) -> Attachment.State:
    """Of what the source does not carry itself: it waits to be fetched, where it can be."""
    can_be_fetched = media.url.startswith(("http://", "https://"))
    return Attachment.State.WAITING if can_be_fetched else Attachment.State.LOST


class Belongings:
    """Files are read and checked here, which is slow: never within a transaction."""

    def __init__(self, source: Source, progress: Progress) -> None:
        self.source = source
        self.added: list[str] = []  # files that were not in the store before
        self._progress = progress

    def of(self, id_: str, told: Sequence[Media]) -> Iterator[dict[str, Any]]:
        """Rows, but for the status that they belong to."""
        for position, media in enumerate(media_from(told), start=1):
            yield self._attachment(media, id_, position)

    def change(
        self, id_: str, told: Sequence[Media], pk: int, old: Sequence[Attachment], changes: Changes
    ) -> None:
        there = {attachment.position: attachment for attachment in old}
        for position, media in enumerate(media_from(told), start=1):
            one = there.pop(position, None)
            if one and one.source_url == media.url[:1000]:
                if news := self._news(one, media, id_):
                    changes.change.append((one, news))
                continue
            if one:
                changes.remove.append(one)
            changes.add.append({**self._attachment(media, id_, position), "status_id": pk})
        changes.remove += there.values()

    def _news(self, old: Attachment, media: SourceMedia, status_id: str) -> dict[str, Any]:
        """An editor's alternative text stays, and so does a file that is here already."""
        news: dict[str, Any] = {"alt": media.alt} if media.alt not in {"", old.alt} else {}
        if old.state != Attachment.State.PRESENT and media.name:
            news |= self._fetched(media, status_id)
        return news

    def _attachment(self, media: SourceMedia, status_id: str, position: int) -> dict[str, Any]:
        return {
            "position": position,
            "kind": media.kind.value,
            "state": Attachment.State.LOST.value,
            "source_url": media.url[:1000],
            "poster_url": media.poster_url[:1000],
            "tries": 0,
            "try_at": None,
            "alt": media.alt,
            "file": "",
            "poster": "",
            "width": media.width,
            "height": media.height,
            "note": "",
            **self._fetched(media, status_id),
        }

    def _fetched(self, media: SourceMedia, status_id: str) -> dict[str, Any]:
        try:
            file = self.source.open_media(media, status_id)
            if file is None:
                return {"state": absent(media).value}
            self._progress.lives()
            with file:
                home = bring_home(
                    file, media.name or "The file", width=media.width, height=media.height
                )
        except (MediaRefused, SourceError) as refusal:
            return {"state": Attachment.State.REFUSED.value, "note": str(refusal)[:300]}
        self.added += home.new
        return {
            "state": Attachment.State.PRESENT.value,
            "note": "",
            # What the platform calls a GIF comes as a video.
            "kind": media.kind.value if home.kind == "video" else home.kind,
            "file": home.file,
            "poster": home.poster,
            "width": home.width,
            "height": home.height,
        }
