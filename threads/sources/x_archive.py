"""X: the archive that an author downloads, as a zip, a folder or a single tweets.js.

https://help.x.com/en/managing-your-account/how-to-download-your-x-archive
Its files are found by name; the manifest, where there is one, tells which there should be.
What its tweets look like is in `x_tweets`.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import chain
from pathlib import PurePosixPath
from typing import IO, Any

from threads.sources.base import (
    Findings,
    Same,
    SkipReason,
    SourceAccount,
    SourceFormatError,
    SourceMedia,
    SourceStatus,
)
from threads.sources.files import Files
from threads.sources.json_rows import Open, rows, wrapped_rows
from threads.sources.x_manifest import Author, Manifest, x_account
from threads.sources.x_media import MediaIndex
from threads.sources.x_notes import Notes
from threads.sources.x_reading import Reader
from threads.sources.x_tweets import skipped

TWEETS = re.compile(r"tweets?(-part\d+)?\.js")
READ = {  # which files, and what the manifest calls them
    "tweets": (TWEETS, ("tweets", "tweet")),
    "community tweets": (re.compile(r"community-tweets?(-part\d+)?\.js"), ("communityTweet",)),
    "long posts": (re.compile(r"note-tweets?(-part\d+)?\.js"), ("noteTweet",)),
}
LEFT_OUT = {  # read for the ids alone
    SkipReason.DELETED: re.compile(r"deleted-tweets?(-headers)?(-part\d+)?\.js"),
    SkipReason.CIRCLE: re.compile(r"(twitter-)?circle-tweets?(-part\d+)?\.js"),
}
ID_KEYS = ("id_str", "id", "tweet_id", "tweetId")
LARGEST_OBJECT = 16 * 1024**2


def is_x_archive(files: Files) -> bool:
    return any(TWEETS.fullmatch(PurePosixPath(path).name) for path in files.paths)


class XArchive:
    kind = "x_archive"

    def __init__(self, files: Files) -> None:
        self.findings = Findings()
        self._files = files
        tweets = [path for path in files.paths if TWEETS.fullmatch(PurePosixPath(path).name)]
        if not tweets:
            raise SourceFormatError(
                f"{files.name} holds no tweets: there is no tweets.js in it. "
                "Give the archive as X sent it, unpacked or not."
            )
        folder = PurePosixPath(min(tweets, key=lambda path: (path.count("/"), path))).parent
        paths = map(PurePosixPath, files.paths)
        self._data = {path.name: str(path) for path in paths if path.parent == folder}
        self._media = MediaIndex(files.paths, folder)
        try:
            self._manifest = Manifest(self._object("manifest.js"))
            self._known = self._manifest.account() or self._account_file()
        except (AttributeError, KeyError, TypeError) as error:
            raise SourceFormatError(
                f"manifest.js or account.js in {files.name} is not as X writes it. "
                "Take both out to import the tweets alone."
            ) from error
        self._guess: SourceAccount | None = None

    def account(self) -> SourceAccount:
        if self._known is None and self._guess is None:
            for _ in self.statuses():
                pass
        account = self._known or self._guess
        assert account  # noqa: S101 - reading to the end leaves at least a guess
        return account

    def statuses(self) -> Iterator[SourceStatus]:
        told = self.statuses_but({})  # nothing is the same as nothing
        return (status for status in told if isinstance(status, SourceStatus))

    def statuses_but(self, same: Mapping[str, str]) -> Iterator[SourceStatus | Same]:
        self.findings.warnings.clear()
        self.findings.complete = True
        self._note_absent_parts()
        left_out = self._left_out()
        notes = Notes(self._rows("long posts", rows))
        unseen = dict(left_out)
        for status in self._tweets(notes, same):
            if reason := left_out.get(status.id):
                if unseen.pop(status.id, None):
                    yield skipped(status.id, reason)
                else:
                    yield skipped(status.id, SkipReason.DUPLICATE)
            elif isinstance(status, Same) or status.skip or not notes.may_belong_to(status):
                yield status
        for status in notes.joined():
            yield Same(status.id) if status.fingerprint in same else status
        for id_, reason in unseen.items():
            yield skipped(id_, reason)

    def open_media(self, media: SourceMedia, status_id: str) -> IO[bytes] | None:
        path = self._media.path(media.name)
        return self._files.open(path) if path else None

    # --- files --------------------------------------------------------------------------------

    def _named(self, pattern: re.Pattern[str]) -> list[str]:
        return sorted(
            (name for name in self._data if pattern.fullmatch(name)),
            key=lambda name: (len(name), name),  # part 10 after part 9
        )

    def _open(self, name: str) -> io.BufferedReader:
        return self._files.open(self._data[name])

    def _object(self, name: str) -> Any:
        """What a script of one object or a short list holds."""
        if name not in self._data:
            return None
        with self._open(name) as file:
            written = file.read(LARGEST_OBJECT)
        try:
            text = written.decode("utf-8-sig")
            return json.loads(text[text.index("=") + 1 :])
        except ValueError as error:
            raise SourceFormatError(f"{name} in {self._files.name} is damaged: {error}.") from error

    def _rows[T](self, what: str, read: Callable[[Open, str], Iterator[T]]) -> Iterator[T]:
        pattern, _ = READ[what]
        for name in self._named(pattern):
            count = 0
            for row in read(partial(self._open, name), name):
                count += 1
                yield row
            expected = self._manifest.counts.get(name, count)
            if count != expected:
                self._warn(
                    f"{name} holds {count} {what}; by the manifest there should be {expected}."
                )

    def _note_absent_parts(self) -> None:
        if self._manifest.is_partial:
            self._warn("X gave this archive in several pieces, and this is only one of them.")
        for what, (_, keys) in READ.items():
            for name, count in self._manifest.files(keys):
                if count and name not in self._data:
                    self._warn(f"{name} is missing: by the manifest it holds {count} {what}.")

    def _warn(self, warning: str) -> None:
        self.findings.warnings.append(warning)
        self.findings.complete = False

    # --- what is in them ----------------------------------------------------------------------

    def _tweets(self, notes: Notes, same: Mapping[str, str]) -> Iterator[SourceStatus | Same]:
        handle = self._known.handle if self._known else ""
        author = None if self._known or self._guess else Author()
        # Who wrote them is found out from all of them.
        reader = Reader(handle, self._media, notes, author, {} if author else same)

        def read(open_: Open, name: str) -> Iterator[SourceStatus | Same]:
            return wrapped_rows(open_, name, "tweet", reader.from_bytes, reader.from_object)

        yield from chain(self._rows("tweets", read), self._rows("community tweets", read))
        if author:
            self._guess = author.account()

    def _left_out(self) -> dict[str, SkipReason]:
        left_out: dict[str, SkipReason] = {}
        for reason, pattern in LEFT_OUT.items():
            for name in self._named(pattern):
                found = map(_id, rows(partial(self._open, name), name))
                left_out |= {id_: reason for id_ in found if id_}
        return left_out

    def _account_file(self) -> SourceAccount | None:
        """Its e-mail address is not looked at."""
        for row in self._object("account.js") or ():
            account = row["account"]
            return x_account(
                account["accountId"], account["username"], account.get("accountDisplayName", "")
            )
        return None


def _id(row: Any) -> str:
    """However deep it is wrapped: what is not for everybody has to be known again."""
    while isinstance(row, dict):
        for key in ID_KEYS:
            if key in row:
                return str(row[key])
        row = next(iter(row.values()), None)
    return ""
