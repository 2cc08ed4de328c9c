"""Pictures and videos come home clean, and what is none stays outside."""

from __future__ import annotations

import hashlib
import io
import zlib
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from PIL import ExifTags, Image

from tests.threads.archives import picture
from threads import media
from threads.media import MediaRefused, StoredMedia, bring_home


def home(content: bytes, name: str = "a.jpg", **size: Any) -> StoredMedia:
    return bring_home(io.BytesIO(content), name, **size)


def stored(name: str) -> bytes:
    with default_storage.open(name) as file:
        return bytes(file.read())


def animation(kind: str, frames: int = 3, **options: Any) -> bytes:
    images = [Image.new("RGB", (20, 10), (80 * number, 0, 0)) for number in range(frames)]
    content = io.BytesIO()
    images[0].save(
        content, kind, save_all=True, append_images=images[1:], duration=70, loop=0, **options
    )
    return content.getvalue()


def with_exif(orientation: int, size: tuple[int, int] = (40, 30)) -> bytes:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    exif[ExifTags.Base.Make] = "Secret camera"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (59.0, 54.0, 0.0)
    return picture(size, exif=exif, comment=b"Secret comment")


@pytest.mark.parametrize(
    ("kind", "suffix"), [("JPEG", "jpg"), ("PNG", "png"), ("WEBP", "webp"), ("GIF", "gif")]
)
def test_a_picture_is_named_by_what_it_holds(kind: str, suffix: str) -> None:
    found = home(picture(kind=kind))
    digest = hashlib.sha256(stored(found.file)).hexdigest()
    assert found.file == f"{digest[:2]}/{digest}.{suffix}"
    assert (found.width, found.height, found.kind, found.poster) == (40, 30, "image", "")


def test_the_same_picture_is_kept_once() -> None:
    first, second = home(picture()), home(picture(), "other.jpg")
    assert first.file == second.file
    assert (first.new, second.new) == ((first.file,), ())


def test_a_file_that_was_cut_short_is_written_again() -> None:
    found = home(picture())
    Path(default_storage.path(found.file)).write_bytes(b"cut")
    home(picture())
    assert Image.open(io.BytesIO(stored(found.file))).size == (40, 30)


def test_place_and_camera_are_taken_out() -> None:
    content = stored(home(with_exif(1)).file)
    assert b"Secret" not in content
    assert not Image.open(io.BytesIO(content)).getexif()


def test_a_picture_taken_sideways_stands_upright() -> None:
    found = home(with_exif(6))
    assert (found.width, found.height) == (30, 40)
    assert Image.open(io.BytesIO(stored(found.file))).size == (30, 40)
    assert b"Secret" not in stored(found.file)


def test_a_picture_loses_next_to_nothing() -> None:
    noise = Image.effect_noise((64, 64), 90).convert("RGB")
    content = io.BytesIO()
    noise.save(content, "JPEG", quality=60)
    before = Image.open(content).convert("RGB").tobytes()
    after = Image.open(io.BytesIO(stored(home(content.getvalue()).file))).convert("RGB").tobytes()
    assert sum(abs(a - b) for a, b in zip(before, after, strict=True)) / len(before) < 2


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
def test_an_animation_goes_on_moving_and_has_a_still(kind: str) -> None:
    found = home(animation(kind), "a.gif")
    moving = Image.open(io.BytesIO(stored(found.file)))
    moving.load()
    assert (found.kind, getattr(moving, "n_frames", 1)) == ("gif", 3)
    assert moving.info["duration"] == 70
    assert moving.info["loop"] == 0
    assert Image.open(io.BytesIO(stored(found.poster))).size == (20, 10)


def test_an_animation_that_plays_once_plays_once() -> None:
    frames = [Image.new("RGB", (9, 9), colour) for colour in ("red", "blue")]
    content = io.BytesIO()
    frames[0].save(content, "GIF", save_all=True, append_images=frames[1:], comment=b"Secret")
    found = stored(home(content.getvalue()).file)
    assert "loop" not in Image.open(io.BytesIO(found)).info
    assert b"Secret" not in found


def test_two_pictures_in_one_file_are_kept_as_the_first() -> None:
    content = io.BytesIO()
    first, second = Image.new("RGB", (40, 30), "red"), Image.new("RGB", (40, 30), "blue")
    first.save(content, "MPO", save_all=True, append_images=[second])
    found = home(content.getvalue())
    assert (found.kind, found.file[-4:]) == ("image", ".jpg")


def test_a_video_is_kept_as_it_is_with_a_still_of_its_shape() -> None:
    content = b"\0\0\0\x18ftypmp42" + b"\0" * 100
    found = home(content, "a.mp4", width=720, height=1280)
    assert stored(found.file) == content
    assert found.file.endswith(".mp4")
    assert (found.width, found.height, found.kind) == (720, 1280, "video")
    still = Image.open(io.BytesIO(stored(found.poster)))
    assert still.size == (720, 1280)
    assert len(still.getcolors(10**6) or ()) > 1


def test_a_video_of_unknown_or_huge_size_has_a_still_too() -> None:
    content = b"\0\0\0\x18ftypisom" + b"\0" * 100
    unknown, huge = home(content), home(content, width=7680, height=4320)
    assert Image.open(io.BytesIO(stored(unknown.poster))).size == (1280, 720)
    assert Image.open(io.BytesIO(stored(huge.poster))).size == (1280, 720)
    assert (unknown.width, unknown.height) == (None, None)


def png_header(width: int, height: int) -> bytes:
    """A picture that says it is large, and holds nothing."""
    ihdr = width.to_bytes(4) + height.to_bytes(4) + b"\x08\x02\0\0\0"
    chunk = b"IHDR" + ihdr
    header = (13).to_bytes(4) + chunk + zlib.crc32(chunk).to_bytes(4)
    return b"\x89PNG\r\n\x1a\n" + header + (9).to_bytes(4) + b"IDAT"


@pytest.mark.parametrize("size", [(6400, 6400), (13_000, 13_000), (30_000, 30_000)])
def test_a_picture_over_40_megapixels_is_refused(size: tuple[int, int]) -> None:
    with pytest.raises(MediaRefused, match=r"^big\.png has more than 40 megapixels"):
        home(png_header(*size), "big.png")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "is not a PNG, JPEG, WebP or GIF"),
        (b"<script>alert(1)</script>", "is not a PNG"),
        (picture(kind="BMP"), "is not a PNG"),
        (picture((400, 400))[:700], "is damaged"),
        (picture((400, 400), kind="PNG")[:300], "is damaged"),
    ],
)
def test_what_is_no_picture_is_refused(content: bytes, message: str) -> None:
    with pytest.raises(MediaRefused, match=message):
        home(content)


def test_an_animation_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(media, "LARGEST_ANIMATION", 20 * 10 * 2)
    with pytest.raises(MediaRefused, match="too many frames"):
        home(animation("GIF"))


def test_a_file_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(media, "LARGEST_FILE", 100)
    with pytest.raises(MediaRefused, match="larger than 2 GB"):
        home(picture())


def test_a_wide_picture_is_kept_in_smaller_sizes_once() -> None:
    wide, again = home(picture((1700, 850))), home(picture((1700, 850)))
    names = [media.smaller(wide.file, width) for width in (1280, 640)]
    assert (wide.new, again.new) == ((wide.file, *names), ())
    for name, size in zip(names, [(1280, 640), (640, 320)], strict=True):
        with default_storage.open(name) as file, Image.open(file) as image:
            assert (image.size, image.format) == (size, "JPEG")
    assert media.narrower(wide.file, 640) == names[1]


def test_colours_from_a_palette_are_mixed_for_smaller_sizes() -> None:
    content = io.BytesIO()
    Image.new("P", (1700, 20)).save(content, "PNG")
    assert len(home(content.getvalue()).new) == 3


def test_what_is_not_wide_has_one_size() -> None:
    found = home(picture((1600, 20)))
    assert found.new == (found.file,)
    assert media.narrower(found.file, 640) == found.file


def test_an_empty_store_is_empty() -> None:
    assert media.bytes_stored() == 0
    found = home(picture())
    assert media.bytes_stored() == len(stored(found.file))
