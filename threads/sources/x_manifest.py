"""Whose archive of X it is, and what should be in it: told by its manifest, or found out."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from typing import Any

from threads.sources.base import SourceAccount
from threads.sources.x_shapes import Tweet
from threads.text.names import shown_name


def x_account(id_: str, handle: str, name: str) -> SourceAccount:
    url = f"https://x.com/{handle}" if handle else ""
    return SourceAccount("x", remote_id=id_, handle=handle, name=shown_name(name), url=url)


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


class Author:
    """Who wrote the tweets, where nothing says so: whoever is answered within the file."""

    def __init__(self) -> None:
        self._ids: set[str] = set()
        self._answers: list[tuple[str, str]] = []
        self._handles: dict[str, str] = {}

    def saw(self, tweet: Tweet) -> None:
        self._ids.add(tweet.id_str)
        if user := tweet.in_reply_to_user_id_str:
            self._answers.append((tweet.in_reply_to_status_id_str or "", user))
            if handle := tweet.in_reply_to_screen_name:
                self._handles[user] = handle

    def account(self) -> SourceAccount:
        answered = Counter(user for parent, user in self._answers if parent in self._ids)
        if answered:
            id_ = answered.most_common(1)[0][0]
            return x_account(id_, self._handles.get(id_, ""), "")
        oldest = min(self._ids, key=int, default="")
        key = hashlib.sha256(oldest.encode()).hexdigest()[:16]
        return x_account(f"content:{key}", "", "")
