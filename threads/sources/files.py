"""Files inside a zip, a tar, a folder, or given singly: read as streams, and trusted in nothing.

A real export may hold 50 GB of media, so only what is asked for is opened, and what is
opened is counted, since the sizes that a zip tells of itself may be lies. A tar is compressed
as a whole and has no list of contents, so it is unpacked into one temporary file first.
"""

from __future__ import annotations

import gzip
import io
import os
import stat
import tarfile
import tempfile
import weakref
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from typing import IO, Protocol, cast

from threads.sources.base import SourceFormatError

LARGEST = 2 * 1024**3  # bytes of one file
HIGHEST_RATIO = 200  # bytes out of a zip for each byte in it
HARMLESS = 100 * 1024  # bytes before that ratio is looked at
LARGEST_TAR = 20 * 1024**3  # bytes, unpacked
MOST_FILES = 1_000_000
MOST_IN_TAR = 100_000  # each costs half a kilobyte of memory
LARGEST_HEADER = 1024**2  # bytes in a tar that tell of a single file
CHUNK = 1024**2
DEEPEST = 4  # folders
DEEP = "media_attachments"  # is Mastodon's, whose folders go further down
GZIP = b"\x1f\x8b"
BROKEN = (zlib.error, EOFError, NotImplementedError)
NOT_UNPACKED = "It was not unpacked."
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
    if start.startswith(GZIP) or _is_tar(path):
        return TarFiles(path, name)
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
            if len(here.parts) >= DEEPEST and DEEP not in here.parts:
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
        weakref.finalize(self, self._zip.close)
        self._members = {member.filename: member for member in self._zip.infolist()}
        for member in self._members.values():
            _refuse_leading_out(member.orig_filename, name)
            if stat.S_ISLNK(member.external_attr >> 16):
                raise _no_plain_file(member.filename, name)
        self.paths = [
            path for path in self._members if not path.endswith("/") and not _is_junk(path)
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


def _refuse_leading_out(path: str, name: str) -> None:
    written = PurePosixPath(path.replace("\\", "/"))
    drive = written.parts[:1] and ":" in written.parts[0]
    if drive or written.is_absolute() or ".." in written.parts:
        raise SourceFormatError(f"{name} contains “{path}”, which leads out of it. {NOT_UNPACKED}")


def _no_plain_file(path: str, name: str) -> SourceFormatError:
    return SourceFormatError(f"{name} contains a link or a device, “{path}”. {NOT_UNPACKED}")


def _is_junk(path: str) -> bool:
    return path.startswith(JUNK) or "/._" in path


class TarFiles:
    def __init__(self, path: Path, name: str) -> None:
        self.name = name
        with path.open("rb") as packed:
            is_packed = packed.read(2) == GZIP
        file: IO[bytes] = _temporary() if is_packed else path.open("rb")
        weakref.finalize(self, file.close)
        if is_packed:
            _unpack(path, name, file)
        try:
            self._tar = tarfile.TarFile(fileobj=cast("IO[bytes]", _InSips(file)))
            self._members = dict(self._listed())
        except (tarfile.TarError, OSError, ValueError, OverflowError, RecursionError) as error:
            raise _damaged_tar(name) from error
        self.paths = [path for path in self._members if not _is_junk(path)]

    def _listed(self) -> Iterator[tuple[str, tarfile.TarInfo]]:
        for number, member in enumerate(self._tar):
            path = member.name.encode(errors="replace").decode()
            _refuse_leading_out(path, self.name)
            if number >= MOST_IN_TAR:
                raise SourceFormatError(
                    f"{self.name} lists more than {MOST_IN_TAR} files. "
                    "Unpack it and import the folder."
                )
            if not (member.isdir() or member.isreg()) or member.issparse():
                raise _no_plain_file(path, self.name)
            if member.isreg():
                yield path.removeprefix("./"), member

    def open(self, path: str) -> io.BufferedReader:
        def opened() -> IO[bytes]:
            return cast("IO[bytes]", self._tar.extractfile(self._members[path]))

        return _counted(opened, f"{path} in {self.name}", LARGEST)


def _is_tar(path: Path) -> bool:
    with path.open("rb") as file:
        return _begins_a_tar(file.read(512))


def _begins_a_tar(head: bytes) -> bool:
    return head[257:262] == b"ustar"


def _temporary() -> IO[bytes]:
    """Nobody else sees it, and it goes when it is closed."""
    return tempfile.TemporaryFile()


def _unpack(path: Path, name: str, into: IO[bytes]) -> None:
    limit = min(LARGEST_TAR, max(16 * CHUNK, path.stat().st_size * HIGHEST_RATIO))
    try:
        with gzip.open(path) as packed:
            while chunk := packed.read(CHUNK):
                if not into.tell() and not _begins_a_tar(chunk):
                    raise SourceFormatError(f"{name} is compressed, but it is no tar archive.")
                if into.tell() + len(chunk) > limit:
                    raise _too_large(name, limit)
                into.write(chunk)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise _damaged_tar(name) from error
    into.seek(0)


def _damaged_tar(name: str) -> SourceFormatError:
    return SourceFormatError(
        f"{name} is a damaged archive: it cannot be read to its end. Download it again."
    )


class _InSips:
    """A file of which nobody reads much at once: names in a tar may claim to be that long."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.seek = file.seek
        self.tell = file.tell

    def read(self, size: int = -1) -> bytes:
        if not 0 <= size <= LARGEST_HEADER:
            raise tarfile.ReadError("A header is longer than any name is.")
        return self._file.read(size)


def _counted(open_: Callable[[], IO[bytes]], name: str, limit: int) -> io.BufferedReader:
    try:
        return io.BufferedReader(_Counted(open_(), name, limit), 256 * 1024)
    except (OSError, zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise SourceFormatError(f"{name} cannot be read: {error}.") from error


def _too_large(name: str, limit: int) -> SourceFormatError:
    return SourceFormatError(
        f"{name} unpacks to more than it may: over {limit // 1024**2} MB. It was not read."
    )


class _Counted(io.RawIOBase):
    def __init__(self, file: IO[bytes], name: str, limit: int) -> None:
        self._file = file
        self._name = name
        self._left = limit
        self._limit = limit

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override] # any buffer
        try:
            data = self._file.read(len(buffer))
        except (OSError, zipfile.BadZipFile, tarfile.TarError, *BROKEN) as error:
            raise SourceFormatError(
                f"{self._name} is damaged: it cannot be read to its end. Download it again."
            ) from error
        self._left -= len(data)
        if self._left < 0:
            raise _too_large(self._name, self._limit)
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._file.close()
        super().close()
