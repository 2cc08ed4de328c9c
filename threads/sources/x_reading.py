"""Rows of an archive's tweets become statuses, or are known again by their bytes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from threads.sources.base import Same, SkipReason, SourceStatus
from threads.sources.x_fingerprints import Fingerprints, with_more
from threads.sources.x_manifest import Author
from threads.sources.x_media import MediaIndex
from threads.sources.x_notes import Notes
from threads.sources.x_shapes import Tweet, converted, decoded
from threads.sources.x_tweets import parse_tweet, skipped


class Reader:
    """Of one pass through an archive. `same`: ids by the fingerprints that are known."""

    def __init__(
        self,
        handle: str,
        media: MediaIndex,
        notes: Notes,
        author: Author | None,
        same: Mapping[str, str],
    ) -> None:
        self._handle = handle
        self._fingerprints = Fingerprints(handle)
        self._media = media
        self._notes = notes
        self._author = author
        self._same = same

    def from_bytes(self, row: bytes) -> SourceStatus | Same:
        """Raises msgspec's errors and UnicodeDecodeError for what is not as X writes it."""
        fingerprint = self._fingerprints.of(row)
        id_ = self._same.get(fingerprint)
        # There may be files or a note for it that were not there when it was read before.
        if id_ and not self._media.names(id_) and not self._notes.may_concern(id_):
            return Same(id_)
        return self._status(decoded(row), fingerprint)

    def from_object(self, row: Any) -> SourceStatus | Same:
        """Of a row that was read carefully, whatever it is."""
        tweet = row.get("tweet", row) if isinstance(row, dict) else row
        try:
            return self._status(converted(tweet), "")
        except msgspec.ValidationError:
            return skipped("", SkipReason.UNREADABLE)

    def _status(self, tweet: Tweet, fingerprint: str) -> SourceStatus | Same:
        if files := self._media.names(tweet.id_str):
            fingerprint = with_more(fingerprint, *sorted(files))
            id_ = self._same.get(fingerprint)
            if id_ and not self._notes.may_concern(id_):
                return Same(id_)
        try:
            status = parse_tweet(tweet, self._handle, self._media.find, fingerprint)
        except (KeyError, ValueError):
            return skipped("", SkipReason.UNREADABLE)
        if self._author:
            self._author.saw(tweet)
        return status
