"""Mastodon: the archive that an author downloads, as a zip, a tar.gz, a folder, or outbox.json.

https://docs.joinmastodon.org/user/moving/#export Its `outbox.json` holds all that was posted,
`actor.json` who posted it, and `media_attachments/` the files. What one activity looks like is
in `mastodon_activity`. Much of an export is not for everybody: that is counted, and never shown.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import PurePosixPath
from typing import IO

from threads.sources.base import (
    Findings,
    SkipReason,
    SourceAccount,
    SourceFormatError,
    SourceMedia,
    SourceStatus,
)
from threads.sources.files import Files, OneFile
from threads.sources.json_rows import rows
from threads.sources.mastodon_activity import author_of, parse_activity, parse_actor
from threads.sources.mastodon_status import MALFORMED

OUTBOX, ACTOR = "outbox.json", "actor.json"
MEDIA = "media_attachments/files/"  # what stands before it depends on where a server stores files
LARGEST_ACTOR = 1024**2
HEAD = 4096


def is_mastodon_archive(files: Files) -> bool:
    if isinstance(files, OneFile):
        return files.name == OUTBOX or _is_outbox(files)
    return any(PurePosixPath(path).name == OUTBOX for path in files.paths)


def _is_outbox(files: OneFile) -> bool:
    """Whatever it is called here."""
    with files.open(files.paths[0]) as file:
        head = file.peek(HEAD)[:HEAD].lstrip()
    return head.startswith(b"{") and b'"OrderedCollection"' in head and b'"orderedItems"' in head


class MastodonArchive:
    kind = "mastodon_archive"

    def __init__(self, files: Files) -> None:
        self.findings = Findings()
        self._files = files
        self._alone = isinstance(files, OneFile)
        named = [path for path in files.paths if PurePosixPath(path).name == OUTBOX]
        outboxes = files.paths[:1] if self._alone else named
        if not outboxes:
            raise SourceFormatError(
                f"{files.name} is no Mastodon export: there is no outbox.json in it. "
                "Give the export as Mastodon made it, unpacked or not."
            )
        self._outbox = min(outboxes, key=lambda path: (path.count("/"), path))
        self._media = dict(_by_suffix(files.paths))
        self._known = self._actor()
        self._guess: SourceAccount | None = None

    def account(self) -> SourceAccount:
        if self._known:
            return self._known
        if self._guess is None:
            self._guess = self._first_author()
        return self._guess

    def statuses(self) -> Iterator[SourceStatus]:
        self._warn()
        for activity in rows(partial(self._files.open, self._outbox), OUTBOX, "orderedItems"):
            try:
                status = parse_activity(activity, self._find_file)
            except MALFORMED:
                status = SourceStatus("", "", "", skip=SkipReason.UNREADABLE)
            yield status

    def open_media(self, media: SourceMedia, status_id: str) -> IO[bytes] | None:
        return self._files.open(media.name) if media.name else None

    def _find_file(self, path: str) -> str:
        _, media, rest = path.partition(MEDIA)
        return self._media.get(rest, "") if media else ""

    def _actor(self) -> SourceAccount | None:
        path = str(PurePosixPath(self._outbox).with_name(ACTOR))
        if self._alone or path not in self._files.paths:
            return None
        with self._files.open(path) as file:
            written = file.read(LARGEST_ACTOR)
        try:
            return parse_actor(json.loads(written))
        except MALFORMED as error:  # what is no JSON, too
            raise SourceFormatError(
                f"actor.json in {self._files.name} is not as Mastodon writes it. "
                "Take it out to import what was posted alone."
            ) from error

    def _first_author(self) -> SourceAccount:
        for activity in rows(partial(self._files.open, self._outbox), OUTBOX, "orderedItems"):
            try:
                return author_of(activity)
            except MALFORMED:
                continue
        raise SourceFormatError(f"{self._files.name} holds nothing that was posted.")

    def _warn(self) -> None:
        self.findings.warnings.clear()
        self.findings.complete = True
        if self._alone:
            warning = (
                "Only outbox.json was given: the pictures and the author’s name are in the rest of "
                "the export."
            )
        elif self._known is None:
            warning = f"actor.json is missing in {self._files.name}: it tells the author’s name."
        else:
            return
        self.findings.warnings.append(warning)
        self.findings.complete = False


def _by_suffix(paths: Iterable[str]) -> Iterator[tuple[str, str]]:
    for path in paths:
        _, media, rest = path.partition(MEDIA)
        if media:
            yield rest, path
