"""X: the archive that an author downloads, as a zip, a folder or a single tweets.js.

https://help.x.com/en/managing-your-account/how-to-download-your-x-archive
Its files are found by name; the manifest, where there is one, tells which there should be.
What its tweets look like is in `x_tweets`.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from itertools import chain
from pathlib import PurePosixPath
from typing import IO, Any

from threads.sources.base import (
    Findings,
    SkipReason,
    SourceAccount,
    SourceFormatError,
    SourceMedia,
    SourceStatus,
)
from threads.sources.files import Files
from threads.sources.json_rows import rows
from threads.sources.x_notes import Notes
from threads.sources.x_tweets import parse_tweet, skipped

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
MEDIA_FOLDER = re.compile(r"(community_)?tweets?_media")
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
        self.findings.warnings.clear()
        self.findings.complete = True
        self._note_absent_parts()
        left_out = self._left_out()
        notes = Notes(self._rows("long posts"))
        unseen = dict(left_out)
        for status in self._tweets():
            if reason := left_out.get(status.id):
                if unseen.pop(status.id, None):
                    yield skipped(status.id, reason)
                else:
                    yield skipped(status.id, SkipReason.DUPLICATE)
            elif status.skip or not notes.may_belong_to(status):
                yield status
        yield from notes.joined()
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

    def _rows(self, what: str) -> Iterator[Any]:
        pattern, _ = READ[what]
        for name in self._named(pattern):
            count = 0
            for row in rows(partial(self._open, name), name):
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

    def _tweets(self) -> Iterator[SourceStatus]:
        handle = self._known.handle if self._known else ""
        author = Author()
        for row in chain(self._rows("tweets"), self._rows("community tweets")):
            try:
                tweet = row.get("tweet", row)
                status = parse_tweet(tweet, handle, self._media.find)
            except (KeyError, TypeError, ValueError, AttributeError):
                yield skipped("", SkipReason.UNREADABLE)
                continue
            if self._known is None:
                author.saw(tweet)
            yield status
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


def x_account(id_: str, handle: str, name: str) -> SourceAccount:
    url = f"https://x.com/{handle}" if handle else ""
    return SourceAccount("x", remote_id=id_, handle=handle, name=name, url=url)


class Manifest:
    """What X says is in the archive."""

    def __init__(self, content: Any) -> None:
        content = content if isinstance(content, dict) else {}
        self._user = content.get("userInfo") or {}
        self._types = content.get("dataTypes") or {}
        self.is_partial = bool((content.get("archiveInfo") or {}).get("isPartialArchive"))
        self.counts = dict(file for type_ in self._types for file in self.files([type_]))

    def account(self) -> SourceAccount | None:
        if "accountId" not in self._user:
            return None
        user = self._user
        return x_account(user["accountId"], user.get("userName", ""), user.get("displayName", ""))

    def files(self, types: Iterable[str]) -> Iterator[tuple[str, int]]:
        """Their names, and how many rows each holds."""
        for type_ in types:
            for file in (self._types.get(type_) or {}).get("files", ()):
                yield PurePosixPath(file["fileName"]).name, int(file.get("count", 0))


class MediaIndex:
    """The files of pictures and videos, which are named `<tweet id>-<name at X>`."""

    def __init__(self, paths: Iterable[str], folder: PurePosixPath) -> None:
        self._paths: dict[str, str] = {}
        self._by_tweet: dict[str, list[str]] = {}
        for path in map(PurePosixPath, paths):
            if path.parent.parent == folder and MEDIA_FOLDER.fullmatch(path.parent.name):
                self._paths[path.name] = str(path)
                self._by_tweet.setdefault(path.name.partition("-")[0], []).append(path.name)

    def path(self, name: str) -> str | None:
        return self._paths.get(name)

    def find(self, tweet: str, names: list[str]) -> str:
        there = self._by_tweet.get(tweet)
        if not there:
            return ""
        for name in names:
            if f"{tweet}-{name}" in there:
                return f"{tweet}-{name}"
        # A video that was kept in none of the qualities that the tweet names.
        videos = [name for name in there if name.endswith(".mp4")]
        return videos[0] if names[0].endswith(".mp4") and len(videos) == 1 else ""


class Author:
    """Who wrote the tweets, where nothing says so: whoever is answered within the file."""

    def __init__(self) -> None:
        self._ids: set[str] = set()
        self._answers: list[tuple[str, str]] = []
        self._handles: dict[str, str] = {}

    def saw(self, tweet: Mapping[str, Any]) -> None:
        self._ids.add(tweet["id_str"])
        user = tweet.get("in_reply_to_user_id_str")
        if user:
            self._answers.append((tweet.get("in_reply_to_status_id_str", ""), user))
            if handle := tweet.get("in_reply_to_screen_name"):
                self._handles[user] = handle

    def account(self) -> SourceAccount:
        answered = Counter(user for parent, user in self._answers if parent in self._ids)
        if answered:
            id_ = answered.most_common(1)[0][0]
            return x_account(id_, self._handles.get(id_, ""), "")
        oldest = min(self._ids, key=int, default="")
        key = hashlib.sha256(oldest.encode()).hexdigest()[:16]
        return x_account(f"content:{key}", "", "")
