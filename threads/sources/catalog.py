"""Which source reads what: finds out what a file or folder is, or says what it is instead."""

from __future__ import annotations

import re
from pathlib import Path

from threads.sources import thread_reader
from threads.sources.base import Source, SourceFormatError
from threads.sources.decoding import decode
from threads.sources.files import Files, OneFile, open_files
from threads.sources.foreign import refuse_foreign
from threads.sources.pasted import PastedSource
from threads.sources.thread_reader import ThreadReaderSource
from threads.sources.x_archive import XArchive, is_x_archive

TWEETS = re.compile(rb"\s*window\.YTD\.tweets?\.part")
KINDS = ("x_archive", "thread_reader", "pasted")
LARGEST_TEXT = 20 * 1024**2


def open_source(path: Path, *, kind: str | None = None, name: str = "") -> Source:
    """`name` is what the person who reads an error calls the file; by default what it is."""
    name = name or path.name or str(path)
    if kind and kind not in KINDS:
        raise SourceFormatError(f"There is no kind “{kind}”. Known are {', '.join(KINDS)}.")
    try:
        files = open_files(path, name)
        if kind == "x_archive" or (kind is None and _may_be_archive(files)):
            return XArchive(files)
        return _page_or_text(files, kind)
    except FileNotFoundError:
        raise SourceFormatError(f"There is no file or folder {path}.") from None
    except OSError as error:
        raise SourceFormatError(f"{name} cannot be read: {error.strerror}.") from error


def _may_be_archive(files: Files) -> bool:
    if isinstance(files, OneFile):
        with files.open(files.paths[0]) as file:
            if TWEETS.match(file.peek(100)):
                files.paths = ["tweets.js"]  # whatever it is called here
    if is_x_archive(files):
        return True
    refuse_foreign(files)
    return not isinstance(files, OneFile)


def _page_or_text(files: Files, kind: str | None) -> Source:
    if not isinstance(files, OneFile):
        raise SourceFormatError(f"{files.name} is no page or text: give a single file.")
    with files.open(files.paths[0]) as file:
        data = file.read(LARGEST_TEXT + 1)
    if len(data) > LARGEST_TEXT:
        raise SourceFormatError(
            f"{files.name} is too large for a page or a text, and it is no archive."
        )
    text = decode(data, files.name)
    if kind == "thread_reader" or (kind is None and thread_reader.recognises(text)):
        return ThreadReaderSource(text, files.name)
    return PastedSource.from_text(text, files.name)
