"""Writes Mastodon archives: the files that Mastodon gives, with statuses of the test's own."""

from __future__ import annotations

import io
import json
import tarfile
import zipfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.threads.sources.mastodon_server import as_html

FIRST = datetime(2026, 3, 1, 9, tzinfo=UTC)
PUBLIC = "https://www.w3.org/ns/activitystreams#Public"
ACTOR = "https://social.example/users/mira"
FOLLOWERS = f"{ACTOR}/followers"
CONTEXT = "https://www.w3.org/ns/activitystreams"


class MastodonExport:
    """Collects statuses, and writes them as Mastodon would, oldest first, a minute apart."""

    def __init__(self, *, actor: str = ACTOR, name: str = "Mira Osei") -> None:
        self.actor = actor
        self.items: list[Any] = []
        self.media: dict[str, bytes] = {}
        self.profile: dict[str, Any] | None = {
            "@context": CONTEXT,
            "id": actor,
            "type": "Person",
            "preferredUsername": "mira",
            "name": name,
            "summary": "<p>Kites.</p>",
            "url": "https://social.example/@mira",
            "tag": [],
        }
        self.clock = FIRST

    def post(
        self,
        text: str = "",
        *,
        reply_to: str | None = None,
        to: Sequence[str] = (PUBLIC,),
        cc: Sequence[str] = (FOLLOWERS,),
        files: Mapping[str, tuple[str, bytes | None]] | None = None,
        **told: Any,
    ) -> str:
        """Its id. `files`: by their paths, each with its alt text and what it holds, if at all."""
        self.clock += timedelta(minutes=1)
        number = f"116{len(self.items):015}"
        id_, published = f"{self.actor}/statuses/{number}", f"{self.clock:%Y-%m-%dT%H:%M:%SZ}"
        note = {
            "id": id_,
            "type": "Note",
            "summary": None,
            "inReplyTo": reply_to,
            "published": published,
            "url": f"https://social.example/@mira/{number}",
            "attributedTo": self.actor,
            "to": list(to),
            "cc": list(cc),
            "sensitive": False,
            "conversation": "tag:social.example,2026-03-01:objectId=1:objectType=Conversation",
            "content": as_html(text),
            "contentMap": {"en": as_html(text)},
            "attachment": [
                {
                    "type": "Document",
                    "mediaType": told.pop("media_type", "image/jpeg"),
                    "url": path,
                    "name": alt or None,
                    "width": 40,
                    "height": 30,
                }
                for path, (alt, _) in (files or {}).items()
            ],
            "tag": [],
        }
        for path, (_, content) in (files or {}).items():
            if content is not None:
                self.media[path.lstrip("/").removeprefix("bucket/")] = content
        self.activity("Create", note | told, id=f"{id_}/activity", published=published)
        return id_

    def boost(self, address: str) -> None:
        self.activity("Announce", address)

    def thread(self, *texts: str, **told: Any) -> list[str]:
        ids: list[str] = []
        for text in texts:
            ids.append(self.post(text, reply_to=ids[-1] if ids else None, **told))
        return ids

    def activity(self, type_: str, object_: Any, **told: Any) -> None:
        self.items.append(
            {
                "id": f"{self.actor}/statuses/{len(self.items)}/activity",
                "type": type_,
                "actor": self.actor,
                "published": f"{self.clock:%Y-%m-%dT%H:%M:%SZ}",
                "to": [PUBLIC],
                "cc": [],
                "object": object_,
            }
            | told
        )

    # --- writing ------------------------------------------------------------------------------

    def outbox(self) -> bytes:
        box = {
            "@context": CONTEXT,
            "id": "outbox.json",
            "type": "OrderedCollection",
            "totalItems": 9_999,  # as the server counted once
            "orderedItems": self.items,
        }
        return json.dumps(box).encode()

    def files(self) -> dict[str, bytes]:
        files = dict(self.media)
        if self.profile is not None:
            files["actor.json"] = json.dumps(self.profile).encode()
        files["likes.json"] = b'{"orderedItems": ["https://other.example/1"]}'
        return files | {"outbox.json": self.outbox()}

    def folder(self, path: Path) -> Path:
        for name, content in self.files().items():
            (path / name).parent.mkdir(parents=True, exist_ok=True)
            (path / name).write_bytes(content)
        return path

    def zip(self, path: Path) -> Path:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in self.files().items():
                archive.writestr(name, content)
        return path

    def tar(self, path: Path) -> Path:
        """Compressed if it is named so."""
        kind = "w:gz" if path.suffix == ".gz" else "w"
        with tarfile.open(path, kind, format=tarfile.USTAR_FORMAT) as archive:  # type: ignore[call-overload] # a mode in a variable
            for name, content in self.files().items():
                member = tarfile.TarInfo(name)
                member.size = len(content)
                archive.addfile(member, io.BytesIO(content))
        return path
