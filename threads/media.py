"""Pictures and videos on their way home: checked, cleaned, and named by their content.

What cannot be read as a picture is refused rather than kept, and every picture is written
anew, so that nothing but the picture itself (no place, no camera) gets into the store.
"""

from __future__ import annotations

import hashlib
import io
import struct
import tempfile
import warnings
from dataclasses import dataclass
from typing import IO, Any

from django.core.exceptions import SuspiciousFileOperation
from django.core.files import File
from django.core.files.storage import default_storage
from PIL import ExifTags, Image, ImageDraw, ImageOps, ImageSequence, UnidentifiedImageError

LARGEST_PICTURE = 40_000_000  # pixels
LARGEST_ANIMATION = 400_000_000  # pixels, over all its frames
LARGEST_FILE = 2 * 1024**3
CHUNK = 1024 * 1024
ANIMATED = {"GIF", "WEBP", "PNG"}
FORMATS = {"PNG": "png", "JPEG": "jpg", "WEBP": "webp", "GIF": "gif"}
WIDE = 1600  # pixels; what is wider is kept in smaller sizes, too
SMALLER = (1280, 640)
POSTER_SIZE = (1280, 720)  # of a video whose size nobody tells
PLATE, SIGN = (38, 41, 46), (235, 232, 226)


class MediaRefused(Exception):
    """Not a picture or video to keep; the message says why."""


@dataclass(frozen=True, slots=True)
class StoredMedia:
    file: str  # the name under MEDIA_ROOT
    width: int | None
    height: int | None
    kind: str  # "image", "gif" or "video"
    poster: str = ""
    new: tuple[str, ...] = ()  # the names that were not in the store before


def bring_home(
    file: IO[bytes],
    name: str,
    *,
    width: int | None = None,
    height: int | None = None,
    poster: str = "",
) -> StoredMedia:
    """Keep a picture or video.

    `width` and `height` are what is known of a video's size, `poster` its still in the store.
    """
    with tempfile.SpooledTemporaryFile(max_size=16 * CHUNK) as copy:
        _copy(file, copy, name)
        head = copy.read(12)
        copy.seek(0)
        if head[4:8] == b"ftyp":
            return _keep_video(copy, width, height, poster)
        return _keep_picture(copy, name)


def _copy(file: IO[bytes], copy: IO[bytes], name: str) -> None:
    size = 0
    while chunk := file.read(CHUNK):
        size += len(chunk)
        if size > LARGEST_FILE:
            raise MediaRefused(f"{name} is larger than 2 GB.")
        copy.write(chunk)
    if not size:
        raise MediaRefused(f"{name} is empty.")
    copy.seek(0)


# --- pictures ---------------------------------------------------------------------------------


def _keep_picture(file: IO[bytes], name: str) -> StoredMedia:
    try:
        with _opened(file, name) as image:
            frames = getattr(image, "n_frames", 1)
            if image.format in ANIMATED and frames > 1:
                return _keep_animation(image, frames, name)
            content, suffix, size = _written_anew(image)
            file_name, new = _keep(content, suffix)
            new += _keep_smaller(content, file_name)
    except (OSError, ValueError, SyntaxError, struct.error) as error:
        if isinstance(error, OSError) and error.errno:
            raise  # it is the store's: pictures have no numbers for what is wrong with them
        raise MediaRefused(f"{name} is damaged: it cannot be read to its end.") from error
    return StoredMedia(file_name, *size, kind="image", new=new)


def smaller(name: str, width: int) -> str:
    """What a picture's version of this width is called: `ab/abcdef-640.jpg`."""
    stem, dot, suffix = name.rpartition(".")
    return f"{stem}-{width}{dot}{suffix}"


def narrower(name: str, width: int) -> str:
    """The version of this width in the store; the picture itself, where there is none."""
    version = smaller(name, width)
    return version if default_storage.exists(version) else name


def _keep_smaller(content: IO[bytes], name: str) -> tuple[str, ...]:
    """The versions of a wide picture for smaller places, once; their names, where they are new."""
    content.seek(0)
    with Image.open(content) as image:
        missing = [width for width in SMALLER if not default_storage.exists(smaller(name, width))]
        if image.width <= WIDE or not missing:
            return ()
        return tuple(_save_smaller(image, name, width) for width in missing)


def _save_smaller(image: Image.Image, name: str, width: int) -> str:
    # A palette's colours cannot be mixed.
    full = image.convert("RGBA") if image.mode == "P" else image
    small = full.resize((width, max(1, round(image.height * width / image.width))))
    content = io.BytesIO()
    small.save(content, image.format, quality=85, icc_profile=image.info.get("icc_profile"))
    content.seek(0)
    return default_storage.save(smaller(name, width), File(content))


def _opened(file: IO[bytes], name: str) -> Image.Image:
    try:
        with warnings.catch_warnings():
            # Between its own limit and twice that, Pillow only warns.
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(file, formats=tuple(FORMATS))
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise MediaRefused(f"{name} has more than 40 megapixels.") from None
    except UnidentifiedImageError:
        raise MediaRefused(f"{name} is not a PNG, JPEG, WebP or GIF picture.") from None
    if image.width * image.height > LARGEST_PICTURE:
        raise MediaRefused(f"{name} has more than 40 megapixels.")
    return image


def _written_anew(image: Image.Image) -> tuple[IO[bytes], str, tuple[int, int]]:
    # Cameras that take two pictures at once write MPO, which begins with a JPEG.
    kind = image.format if image.format in FORMATS else "JPEG"
    options: dict[str, Any] = {"icc_profile": image.info.get("icc_profile"), "quality": 92}
    image.info.pop("comment", None)
    if image.format == "JPEG" and image.getexif().get(ExifTags.Base.Orientation, 1) == 1:
        upright, options["quality"] = image, "keep"  # the same tables: next to nothing is lost
    else:
        upright = ImageOps.exif_transpose(image)
    content = io.BytesIO()
    upright.save(content, kind, **options)
    return content, FORMATS[kind], upright.size


def _keep_animation(image: Image.Image, frames: int, name: str) -> StoredMedia:
    if image.width * image.height * frames > LARGEST_ANIMATION:
        raise MediaRefused(f"{name} has too many frames for its size.")
    durations = [_duration(frame) for frame in ImageSequence.Iterator(image)]
    options: dict[str, Any] = {"duration": durations, "comment": b""}
    options |= {"loop": image.info["loop"]} if "loop" in image.info else {}
    content = io.BytesIO()
    image.seek(0)
    image.save(content, image.format, save_all=True, quality=90, **options)
    file_name, new = _keep(content, FORMATS[str(image.format)])
    poster, also_new = _keep(_first_frame(image), "jpg")
    return StoredMedia(file_name, *image.size, "gif", poster, new + also_new)


def _first_frame(image: Image.Image) -> IO[bytes]:
    still = io.BytesIO()
    image.seek(0)
    first = image.convert("RGBA")
    Image.alpha_composite(Image.new("RGBA", first.size, "white"), first).convert("RGB").save(
        still, "JPEG", quality=90
    )
    return still


def still_of(name: str) -> str:
    """The still of a picture in the store; empty where it does not move, or is not there."""
    try:
        with default_storage.open(name) as file, Image.open(file) as image:
            moves = getattr(image, "n_frames", 1) > 1
            return _keep(_first_frame(image), "jpg")[0] if moves else ""
    except (OSError, ValueError, SuspiciousFileOperation):
        return ""


def _duration(frame: Image.Image) -> float:
    frame.load()  # some formats know it only then
    return float(frame.info.get("duration", 0))


# --- videos -----------------------------------------------------------------------------------


def _keep_video(file: IO[bytes], width: int | None, height: int | None, poster: str) -> StoredMedia:
    file_name, new = _keep(file, "mp4")
    if not poster:
        drawn = plate(width or POSTER_SIZE[0], height or POSTER_SIZE[1])
        poster, also_new = _keep(drawn, "jpg")
        new += also_new
    return StoredMedia(file_name, width, height, "video", poster, new)


def plate(width: int, height: int) -> IO[bytes]:
    """A calm still with the sign for playing, where a video has no picture of its own."""
    scale = min(1.0, POSTER_SIZE[0] / max(width, height))
    width, height = max(1, round(width * scale)), max(1, round(height * scale))
    image = Image.new("RGB", (width, height), PLATE)
    draw = ImageDraw.Draw(image)
    radius = min(width, height) / 8
    x, y = width / 2, height / 2
    draw.ellipse((x - radius, y - radius, x + radius, y + radius), outline=SIGN, width=4)
    left, right, half = x - radius * 0.3, x + radius * 0.5, radius * 0.45
    draw.polygon([(left, y - half), (left, y + half), (right, y)], fill=SIGN)
    content = io.BytesIO()
    image.save(content, "JPEG", quality=90)
    return content


# --- the store --------------------------------------------------------------------------------


def _keep(content: IO[bytes], suffix: str) -> tuple[str, tuple[str, ...]]:
    """The name it has in the store, and the same again if it was not there before."""
    content.seek(0)
    sha256 = hashlib.sha256()
    while chunk := content.read(CHUNK):
        sha256.update(chunk)
    digest = sha256.hexdigest()
    name = f"{digest[:2]}/{digest}.{suffix}"
    size = content.seek(0, io.SEEK_END)
    if default_storage.exists(name):
        if default_storage.size(name) == size:
            return name, ()
        default_storage.delete(name)  # cut short when a process died
    content.seek(0)
    return default_storage.save(name, File(content)), (name,)


def bytes_stored() -> int:
    """How much lies in the store. Looks at every file: once for a run will do."""
    if not default_storage.exists(""):
        return 0
    return sum(
        default_storage.size(f"{folder}/{name}")
        for folder in default_storage.listdir("")[0]
        for name in default_storage.listdir(folder)[1]
    )
