"""Which files of pictures and videos an X archive carries, and for which tweets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath

MEDIA_FOLDER = re.compile(r"(community_)?tweets?_media")


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

    def names(self, tweet: str) -> Sequence[str]:
        return self._by_tweet.get(tweet, ())

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
