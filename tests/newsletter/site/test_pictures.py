"""Sizes of pictures, written into the page."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.conf import settings
from PIL import Image

from newsletter.site.pictures import Picture, picture_of, with_sizes
from threads.media import bring_home


@pytest.fixture
def picture(tmp_path: Path) -> str:
    # A name of its own: sizes are remembered for good, as names tell contents.
    name = f"ab/{tmp_path.name}.png"
    file = Path(settings.MEDIA_ROOT) / name
    file.parent.mkdir(parents=True)
    Image.new("RGB", (30, 20)).save(file)
    return f"/media/{name}"


def test_pictures_of_ours_get_their_size(picture: str) -> None:
    html = with_sizes(f'<p>Look: <img src="{picture}" alt="x"></p>')
    assert html == f'<p>Look: <img src="{picture}" alt="x" width="30" height="20"></p>'


def test_all_but_the_first_wait_until_they_are_near(picture: str) -> None:
    html = with_sizes(f'<img src="{picture}"><img src="{picture}">')
    assert html.index('loading="lazy"') > html.index("<img", 1)


@pytest.mark.parametrize(
    "src", ["https://example.org/a.png", "/media/ab/none.png", "/media/../settings.py"]
)
def test_what_cannot_be_measured_stays_as_it_is(src: str) -> None:
    assert with_sizes(f'<img src="{src}" alt="">') == f'<img src="{src}" alt="">'


def test_a_file_that_is_no_picture_has_no_size() -> None:
    file = Path(settings.MEDIA_ROOT) / "no-picture.png"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("no picture")
    assert picture_of("/media/no-picture.png") == Picture("/media/no-picture.png")


def test_text_is_not_touched() -> None:
    html = "<p>a &lt; b &amp; <em>c</em></p>\n<ul>\n<li>1</li>\n</ul>\n"
    assert with_sizes(html) == html


def test_no_address_is_no_picture() -> None:
    assert picture_of("") is None


def test_a_wide_picture_offers_its_smaller_sizes() -> None:
    content = io.BytesIO()
    Image.new("RGB", (1700, 100)).save(content, "PNG")
    content.seek(0)
    name = bring_home(content, "wide.png").file
    stem = f"/media/{name.removesuffix('.png')}"
    srcset = f"{stem}-640.png 640w, {stem}-1280.png 1280w, {stem}.png 1700w"
    picture = Picture(f"/media/{name}", 1700, 100, srcset)
    assert picture_of(f"/media/{name}") == picture
    html = with_sizes(f'<img src="/media/{name}" alt="">')
    assert f'srcset="{srcset}" sizes="(max-width: 44rem) 100vw, 42rem"' in html


def test_a_wide_picture_from_before_has_only_itself(tmp_path: Path) -> None:
    file = Path(settings.MEDIA_ROOT) / f"{tmp_path.name}.png"
    file.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (1700, 100)).save(file)
    assert picture_of(f"/media/{file.name}") == Picture(f"/media/{file.name}", 1700, 100)
