"""Text files become text, or one clear line says why not."""

from __future__ import annotations

import codecs

from threads.sources.base import SourceFormatError


def decode(data: bytes, name: str) -> str:
    if not data.strip():
        raise SourceFormatError(f"{name} is empty.")
    try:
        text = data.removeprefix(codecs.BOM_UTF8).decode()
    except UnicodeDecodeError as error:
        raise SourceFormatError(
            f"{name} is not a text in UTF-8 (line {data.count(b'\n', 0, error.start) + 1}). "
            "Save it again with the encoding UTF-8."
        ) from error
    if "\0" in text:
        raise SourceFormatError(
            f"{name} is not a text in UTF-8, but perhaps one in UTF-16. "
            "Save it again with the encoding UTF-8."
        )
    return text
