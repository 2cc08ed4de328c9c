"""Exports that cannot be read: known again by their files, and refused by their name."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from threads.sources.base import SourceFormatError
from threads.sources.files import Files, OneFile

BY_PATH = {
    "Instagram": re.compile(r"(^|/)your_instagram_activity/|(^|/)instagram[^/]*/"),
    "Facebook": re.compile(r"(^|/)your_(facebook_activity|activity_across_facebook)/"),
    "Bluesky": re.compile(r"\.car$"),
    "Google": re.compile(r"(^|/)Takeout/"),
    "LinkedIn": re.compile(r"(^|/)Shares\.csv$"),
}
OLD_TWITTER = re.compile(r"(^|/)(data/js/tweets/\d{4}_\d\d\.js|tweets\.csv)$")
BY_CONTENT = {
    "Bluesky": re.compile(rb"^.{1,8}eroots", re.DOTALL),
}
OF_MASTODON = re.compile(r"(^|/)(actor|likes|bookmarks)\.json$")
DATA = {".js", ".json", ".csv", ".xml"}


def refuse_foreign(files: Files) -> None:
    for path in files.paths:
        if OLD_TWITTER.search(path):
            raise old_twitter(files.name)
    if any(OF_MASTODON.search(path) for path in files.paths) or OF_MASTODON.search(files.name):
        raise SourceFormatError(
            f"{files.name} is of a Mastodon export, but holds nothing that was posted: that is in "
            "outbox.json. Give all of the export."
        )
    for platform, pattern in BY_PATH.items():
        if any(pattern.search(path) for path in files.paths):
            raise _foreign(files.name, platform)
    if isinstance(files, OneFile):
        _refuse_foreign_file(files)


def _refuse_foreign_file(files: OneFile) -> None:
    with files.open(files.paths[0]) as file:
        head = file.peek(4096)[:4096]
    suffix = PurePosixPath(files.name).suffix.lower()
    if not head.strip():
        raise SourceFormatError(f"{files.name} is empty.")
    if b"Grailbird" in head:
        raise old_twitter(files.name)
    for platform, pattern in BY_CONTENT.items():
        if pattern.search(head):
            raise _foreign(files.name, platform)
    if suffix == ".zip":
        raise SourceFormatError(
            f"{files.name} is not a zip file, though it is called one. Download it again."
        )
    if suffix in DATA:
        raise SourceFormatError(
            f"{files.name} holds no tweets. Of an X archive, give tweets.js, or all of it."
        )


def _foreign(name: str, platform: str) -> SourceFormatError:
    return SourceFormatError(
        f"{name} looks like an export of {platform}, which cannot be read. Paste the thread’s "
        "text, or give an archive of X or Mastodon or a saved Thread Reader page."
    )


def old_twitter(name: str) -> SourceFormatError:
    return SourceFormatError(
        f"{name} is the kind of archive that Twitter gave until 2018, which cannot be read. "
        "Request a new archive from X: it holds the old tweets too."
    )
