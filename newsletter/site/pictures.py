"""The sizes of pictures, written into the page so that nothing moves when they arrive."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from PIL import Image
from selectolax.lexbor import LexborHTMLParser

from threads.media import SMALLER, WIDE, narrower

SIZES = "(max-width: 44rem) 100vw, 42rem"  # the measure in tokens.css, and a little around it


@dataclass(frozen=True)
class Picture:
    src: str
    width: int | None = None
    height: int | None = None
    srcset: str = ""  # its versions for smaller places, where it has any


def picture_of(src: str) -> Picture | None:
    """A picture under /media/ with its size, as far as it is known; None without an address."""
    if not src:
        return None
    if not src.startswith(settings.MEDIA_URL):
        return Picture(src)
    try:
        name = src.removeprefix(settings.MEDIA_URL)
        width, height = _size(name)
        return Picture(src, width, height, _srcset(name, width))
    except (OSError, SuspiciousFileOperation):
        return Picture(src)  # gone, no picture, or not among our files


def with_sizes(html: str) -> str:
    """The HTML with the size of each picture of ours; all but the first wait for the scroll."""
    tree = LexborHTMLParser(html, is_fragment=True)
    for number, image in enumerate(tree.css("img")):
        picture = picture_of(image.attributes.get("src") or "")
        if picture and picture.width and picture.height:
            image.attrs["width"] = str(picture.width)
            image.attrs["height"] = str(picture.height)
        if picture and picture.srcset:
            image.attrs["srcset"] = picture.srcset
            image.attrs["sizes"] = SIZES
        if number:
            image.attrs["loading"] = "lazy"
    return tree.html or ""


def _srcset(name: str, width: int) -> str:
    if width <= WIDE:
        return ""
    versions = {narrower(name, smaller): smaller for smaller in reversed(SMALLER)} | {name: width}
    if len(versions) == 1:
        return ""  # it came before there were any
    return ", ".join(f"{settings.MEDIA_URL}{file} {wide}w" for file, wide in versions.items())


@lru_cache(maxsize=4096)
def _size(name: str) -> tuple[int, int]:
    # Kept for good: media files are named by their content, so their sizes never change.
    with default_storage.open(name) as file, Image.open(file) as image:
        return image.size
