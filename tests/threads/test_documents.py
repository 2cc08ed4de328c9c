"""Exports are whole: one file that needs nothing from anywhere."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from threads.documents import document


@pytest.fixture
def picture() -> str:
    return "/media/" + default_storage.save("ab/a.png", ContentFile(b"PNG"))


def test_pictures_are_inside(picture: str) -> None:
    html = document("Tea", f'<p><img src="{picture}" alt="x"></p>')
    assert 'src="data:image/png;base64,UE5H"' in html


def test_what_cannot_be_inside_has_its_whole_address(picture: str) -> None:
    body = (
        f'<video src="/media/ab/b.mp4" poster="{picture}"></video>'
        '<img src="/media/ab/gone.png" alt=""><img src="https://e.org/a.png" alt="">'
        '<a href="/media/ab/b.pdf">b</a>'
    )
    html = document("Tea", body)
    for address in ("/media/ab/b.mp4", "/media/ab/gone.png"):
        assert f'src="http://127.0.0.1:8000{address}"' in html
    assert 'poster="data:image/png' in html
    assert 'src="https://e.org/a.png"' in html
    assert 'href="http://127.0.0.1:8000/media/ab/b.pdf"' in html


def test_it_says_what_it_is() -> None:
    html = document("Tea & rum", "<p>x</p>", language="de", head=["By <A>"], foot="https://e.org/")
    assert '<html lang="de">' in html
    assert "<title>Tea &amp; rum</title>" in html
    assert '<p class="soft">By &lt;A&gt;</p>' in html
    assert '<a href="https://e.org/">https://e.org/</a>' in html
    assert "--paper: light-dark(" in html
