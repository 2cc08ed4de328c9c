"""Files inside a zip, a folder, or given singly: read as streams, and trusted in nothing.

A real export may hold 50 GB of media, so only what is asked for is opened, and what is
opened is counted, since the sizes that a zip tells of itself may be lies.
"""

from __future__ import annotations

import io
import os
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from typing import IO, Protocol

from threads.sources.base import SourceFormatError

LARGEST = 2 * 1024**3  # bytes of one file
HIGHEST_RATIO = 200  # bytes out of a zip for each byte in it
HARMLESS = 100 * 1024  # bytes before that ratio is looked at
MOST_FILES = 1_000_000
DEEPEST = 4  # folders
JUNK = ("__MACOSX/", "._", ".DS_Store")


class Files(Protocol):
    """Where the files of an export are. A file is named by its path in there, with slashes."""

    name: str
    paths: list[str]

    def open(self, path: str) -> io.BufferedReader: ...


def open_files(path: Path, name: str) -> Files:
    if path.is_dir():
        return FolderFiles(path, name)
    with path.open("rb") as file:
        start = file.read(4)
    if start in {b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"}:
        return ZipFiles(path, name)
    return OneFile(path, name)


class OneFile:
    def __init__(self, path: Path, name: str) -> None:
        self.name = name
        self.paths = [path.name]
        self._path = path

    def open(self, path: str) -> io.BufferedReader:
        return _counted(lambda: self._path.open("rb"), self.name, LARGEST)


class FolderFiles:
    def __init__(self, root: Path, name: str) -> None:
        self.name = name
        self._root = root
        self.paths = list(self._walk())

    def _walk(self) -> Iterator[str]:
        for folder, folders, files in os.walk(self._root):
            here = Path(folder).relative_to(self._root)
            if len(here.parts) >= DEEPEST:
                folders.clear()
            for file in files:
                # A link could lead out of the folder.
                if not Path(folder, file).is_symlink() and not file.startswith(JUNK):
                    yield (here / file).as_posix()

    def open(self, path: str) -> io.BufferedReader:
        return _counted(lambda: (self._root / path).open("rb"), f"{self.name}/{path}", LARGEST)


class ZipFiles:
    def __init__(self, path: Path, name: str) -> None:
        self.name = name
        _refuse_endless_list(path, name)
        try:
            self._zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise SourceFormatError(
                f"{name} is a damaged zip file: its list of contents cannot be read. "
                "Download it again."
            ) from error
        self._members = {member.filename: member for member in self._zip.infolist()}
        for member in self._members.values():
            _refuse_dangerous(member, name)
        self.paths = [
            path
            for path in self._members
            if not path.endswith("/") and not path.startswith(JUNK) and "/._" not in path
        ]

    def open(self, path: str) -> io.BufferedReader:
        member = self._members[path]
        if member.flag_bits & 0x1:
            raise SourceFormatError(
                f"{self.name} is protected with a password. Unpack it and import the folder."
            )
        limit = min(LARGEST, max(HARMLESS, member.compress_size * HIGHEST_RATIO))
        return _counted(lambda: self._zip.open(member), f"{path} in {self.name}", limit)


def _refuse_endless_list(path: Path, name: str) -> None:
    """The list of contents stands at the end and is read at once: look at its length first."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - 70_000))
        tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    entries = int.from_bytes(tail[at + 10 : at + 12], "little")
    large = tail.rfind(b"PK\x06\x06", 0, max(at, 0))
    if entries == 0xFFFF and large >= 0:
        entries = int.from_bytes(tail[large + 32 : large + 40], "little")
    if entries > MOST_FILES:
        raise SourceFormatError(f"{name} lists {entries} files: no export is made like that.")


def _refuse_dangerous(member: zipfile.ZipInfo, name: str) -> None:
    written = PurePosixPath(member.orig_filename.replace("\\", "/"))
    drive = written.parts[:1] and ":" in written.parts[0]
    if drive or written.is_absolute() or ".." in written.parts:
        raise SourceFormatError(
            f"{name} contains “{member.filename}”, which leads out of it. It was not unpacked."
        )
    if stat.S_ISLNK(member.external_attr >> 16):
        raise SourceFormatError(
            f"{name} contains a link, “{member.filename}”. It was not unpacked."
        )


def _counted(open_: Callable[[], IO[bytes]], name: str, limit: int) -> io.BufferedReader:
    try:
        return io.BufferedReader(_Counted(open_(), name, limit), 256 * 1024)
    except (OSError, zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise SourceFormatError(f"{name} cannot be read: {error}.") from error


class _Counted(io.RawIOBase):
    def __init__(self, file: IO[bytes], name: str, limit: int) -> None:
        self._file = file
        self._name = name
        self._left = limit
        self._limit = limit

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        try:
            data = self._file.read(len(buffer))
        except (OSError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
            raise SourceFormatError(
                f"{self._name} is damaged: it cannot be read to its end. Download it again."
            ) from error
        self._left -= len(data)
        if self._left < 0:
            raise SourceFormatError(
                f"{self._name} unpacks to more than it may: "
                f"over {self._limit // 1024**2} MB. It was not read."
            )
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._file.close()
        super().close()
