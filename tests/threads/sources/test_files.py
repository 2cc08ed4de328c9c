"""Zips and folders are read as streams, and hostile ones refused."""

from __future__ import annotations

import gzip
import io
import os
import stat
import struct
import tarfile
import time
import tracemalloc
import zipfile
from pathlib import Path
from typing import IO, Any

import pytest

from threads.sources import files as files_module
from threads.sources.base import SourceFormatError
from threads.sources.files import FolderFiles, OneFile, ZipFiles, open_files


def zipped(path: Path, **members: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def read_on(file: IO[bytes]) -> None:
    while file.read(1024**2):
        pass


def test_a_path_is_opened_as_what_it_is(tmp_path: Path) -> None:
    text = tmp_path / "a.txt"
    text.write_text("Hello")
    archive = zipped(tmp_path / "a.bin", a=b"Hello")
    assert isinstance(open_files(text, "a.txt"), OneFile)
    assert isinstance(open_files(archive, "a.zip"), ZipFiles)
    assert isinstance(open_files(tmp_path, "folder"), FolderFiles)


def test_a_folder_lists_its_files_but_no_links_and_nothing_far_below(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "tweets.js").write_text("[]")
    (tmp_path / "data" / "account.js").symlink_to("/etc/hostname")
    picture = tmp_path / "media_attachments" / "files" / "1" / "2" / "3" / "4" / "5" / "kite.jpg"
    picture.parent.mkdir(parents=True)
    picture.write_text("")
    deep = tmp_path / "1" / "2" / "3" / "4" / "5"
    deep.mkdir(parents=True)
    (deep / "far.txt").write_text("")
    assert sorted(open_files(tmp_path, "x").paths) == [
        "data/tweets.js",
        "media_attachments/files/1/2/3/4/5/kite.jpg",
    ]


def test_a_zip_is_closed_as_soon_as_nobody_may_read_it(tmp_path: Path) -> None:
    files = open_files(zipped(tmp_path / "a.zip", a=b"Hello"), "a.zip")
    assert isinstance(files, ZipFiles)
    archive = files._zip
    del files
    assert archive.fp is None


@pytest.mark.parametrize(
    "name", ["../evil.js", "data/../../evil.js", "/etc/evil.js", "C:/evil.js", "..\\evil.js"]
)
def test_a_zip_that_leads_out_of_itself_is_refused(tmp_path: Path, name: str) -> None:
    path = zipped(tmp_path / "a.zip", **{name: b"x", "data/tweets.js": b"[]"})
    with pytest.raises(SourceFormatError, match="leads out of it"):
        open_files(path, "a.zip")


def test_a_zip_with_a_link_in_it_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        link = zipfile.ZipInfo("data/tweets.js")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    with pytest.raises(SourceFormatError, match="contains a link or a device"):
        open_files(path, "a.zip")


def test_a_zip_bomb_is_refused_soon_and_in_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("data/tweets.js", "w") as member,
    ):
        for _ in range(300):
            member.write(b" " * 1024**2)
    began = time.process_time()
    tracemalloc.start()
    with (
        open_files(path, "a.zip").open("data/tweets.js") as file,
        pytest.raises(SourceFormatError, match="unpacks to more than it may"),
    ):
        read_on(file)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert time.process_time() - began < 2
    assert peak < 20 * 1024**2


def test_the_size_that_a_zip_tells_of_itself_is_not_believed(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", a=b"x" * 10_000_000)
    lying = path.read_bytes().replace(struct.pack("<L", 10_000_000), struct.pack("<L", 100))
    path.write_bytes(lying)
    with open_files(path, "a.zip").open("a") as file, pytest.raises(SourceFormatError):
        read_on(file)


def test_a_file_larger_than_the_limit_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files_module, "LARGEST", 1000)
    (tmp_path / "a.js").write_bytes(b"x" * 1001)
    with (
        open_files(tmp_path / "a.js", "a.js").open("a.js") as file,
        pytest.raises(SourceFormatError, match=r"a\.js unpacks to more"),
    ):
        file.read()


def test_a_small_file_may_be_pressed_as_much_as_it_likes(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", a=b" " * 90_000)
    with open_files(path, "a.zip").open("a") as file:
        assert len(file.read()) == 90_000


def test_a_damaged_zip_is_told_from_no_zip(tmp_path: Path) -> None:
    whole = zipped(tmp_path / "a.zip", a=b"x" * 1000).read_bytes()
    (tmp_path / "cut.zip").write_bytes(whole[:60])
    with pytest.raises(SourceFormatError, match=r"cut\.zip is a damaged zip file"):
        open_files(tmp_path / "cut.zip", "cut.zip")


def test_a_damaged_member_is_named(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", a=bytes(range(256)) * 40)
    content = bytearray(path.read_bytes())
    content[60:80] = b"\0" * 20
    path.write_bytes(content)
    with (
        open_files(path, "a.zip").open("a") as file,
        pytest.raises(SourceFormatError, match=r"^a in a\.zip is damaged"),
    ):
        file.read()


def test_a_member_whose_own_header_is_damaged_is_named(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", a=b"x")
    path.write_bytes(b"PK\x03\x04" + b"\0" * 26 + path.read_bytes()[30:])
    with pytest.raises(SourceFormatError, match=r"^a in a\.zip cannot be read"):
        open_files(path, "a.zip").open("a")


def test_a_zip_with_a_password_says_what_to_do(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", a=b"x")
    content = bytearray(path.read_bytes())
    at = content.index(b"PK\x01\x02")
    content[at + 8] |= 1
    path.write_bytes(content)
    with pytest.raises(SourceFormatError, match="protected with a password"):
        open_files(path, "a.zip").open("a")


@pytest.mark.parametrize("large", [False, True])
def test_a_list_of_contents_without_end_is_not_read(tmp_path: Path, large: bool) -> None:
    """Told by the number at its end, in the old form and in that of large zips."""
    end = b"PK\x05\x06" + struct.pack("<HHHHLLH", 0, 0, 0xFFFF, 0xFFFF, 2**31, 0, 0)
    if large:
        end = b"PK\x06\x06" + struct.pack("<QHHLLQQQQ", 44, 0, 0, 0, 0, 9**9, 9**9, 2**40, 0) + end
    (tmp_path / "a.zip").write_bytes(b"PK\x03\x04" + end)
    with pytest.raises(SourceFormatError, match="lists 387420489 files" if large else "damaged"):
        open_files(tmp_path / "a.zip", "a.zip")


def test_a_real_archive_with_many_pictures_is_not_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(12_000):
            archive.writestr(f"data/tweets_media/{number}-x.jpg", b"")
    assert len(open_files(path, "a.zip").paths) == 12_000


def test_a_file_that_is_gone_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text("x")
    found = open_files(tmp_path, "folder")
    (tmp_path / "a.js").unlink()
    with pytest.raises(SourceFormatError, match=r"folder/a\.js cannot be read"):
        found.open("a.js")


def test_what_is_opened_is_a_stream(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", a=b"Hello")
    with open_files(path, "a.zip").open("a") as file:
        assert isinstance(file, io.BufferedReader)
        assert (file.peek(2)[:2], file.read()) == (b"He", b"Hello")


# --- tars -------------------------------------------------------------------------------------


def tarred(path: Path, *members: tuple[str, bytes], **told: Any) -> Path:
    """`told`: of the last member."""
    with tarfile.open(path, "w:gz" if path.suffix == ".gz" else "w") as archive:
        for number, (name, content) in enumerate(members, 1):
            member = tarfile.TarInfo(name)
            member.size = len(content)
            for key, value in told.items() if number == len(members) else ():
                setattr(member, key, value)
            archive.addfile(member, io.BytesIO(content))
    return path


@pytest.mark.parametrize("name", ["a.tar", "a.tar.gz"])
def test_a_tar_is_read_whatever_its_wrapping(tmp_path: Path, name: str) -> None:
    long = "media/" + "x" * 200
    large = os.urandom(2_000_000)
    members = [("./b", large), ("._b", b""), ("a", b"A"), (long, b"L")]
    found = open_files(tarred(tmp_path / name, *members), name)
    assert found.paths == ["b", "a", long]
    with found.open("b") as first, found.open("a") as second:
        assert (first.read(10), second.read(), len(first.read())) == (large[:10], b"A", 1_999_990)


@pytest.mark.parametrize("name", ["../evil.js", "data/../../evil.js", "/etc/evil.js", "C:/evil.js"])
def test_a_tar_that_leads_out_of_itself_is_refused(tmp_path: Path, name: str) -> None:
    path = tarred(tmp_path / "a.tar.gz", (name, b"x"))
    with pytest.raises(SourceFormatError, match="leads out of it"):
        open_files(path, "a.tar.gz")


@pytest.mark.parametrize(
    "kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE]
)
def test_links_and_devices_in_a_tar_are_refused(tmp_path: Path, kind: bytes) -> None:
    path = tarred(tmp_path / "a.tar", ("outbox.json", b""), type=kind, linkname="/etc/passwd")
    with pytest.raises(SourceFormatError, match="contains a link or a device"):
        open_files(path, "a.tar")


def test_a_tar_bomb_is_refused_soon_and_in_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "a.tar.gz"
    head = tarfile.TarInfo("outbox.json")
    head.size = 100 * 1024**2
    with gzip.open(path, "wb") as packed:
        packed.write(head.tobuf())
        for _ in range(100):
            packed.write(b" " * 1024**2)
    tracemalloc.start()
    with pytest.raises(SourceFormatError, match=r"a\.tar\.gz unpacks to more than it may"):
        open_files(path, "a.tar.gz")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 20 * 1024**2


@pytest.mark.parametrize("kind", [tarfile.GNUTYPE_LONGNAME, tarfile.XHDTYPE])
def test_a_name_of_a_hundred_megabytes_is_not_read(tmp_path: Path, kind: bytes) -> None:
    head = tarfile.TarInfo("x")
    head.type, head.size = kind, 100 * 1024**2
    path = tmp_path / "a.tar"
    with path.open("wb") as file:
        file.write(head.tobuf())
        file.truncate(101 * 1024**2)  # nothing but a hole on the disk
    tracemalloc.start()
    with pytest.raises(SourceFormatError, match="damaged archive"):
        open_files(path, "a.tar")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 10 * 1024**2


def test_headers_upon_headers_are_refused(tmp_path: Path) -> None:
    head = tarfile.TarInfo("x")
    head.type = tarfile.XHDTYPE
    (tmp_path / "a.tar").write_bytes(head.tobuf() * 5_000)
    with pytest.raises(SourceFormatError, match="damaged archive"):
        open_files(tmp_path / "a.tar", "a.tar")


def test_a_tar_that_lists_without_end_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files_module, "MOST_IN_TAR", 3)
    path = tarred(tmp_path / "a.tar", *((f"{number}", b"") for number in range(4)))
    with pytest.raises(SourceFormatError, match="lists more than 3 files"):
        open_files(path, "a.tar")


@pytest.mark.parametrize("name", ["a.tar", "a.tar.gz"])
def test_a_tar_that_breaks_off_is_damaged(tmp_path: Path, name: str) -> None:
    path = tarred(tmp_path / name, ("a", bytes(range(256)) * 400))
    path.write_bytes(path.read_bytes()[: -11_000 if name == "a.tar" else -20])
    with pytest.raises(SourceFormatError, match="damaged archive: it cannot be read to its end"):
        open_files(path, name)
