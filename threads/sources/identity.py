"""Ids for statuses whose source has none: the same content gets the same ids again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable


def content_hash(texts: Iterable[str]) -> str:
    """Of the words alone, so that spaces and line ends do not matter."""
    words = "\0".join(" ".join(text.split()) for text in texts)
    return hashlib.sha256(words.encode(errors="surrogatepass")).hexdigest()[:16]
