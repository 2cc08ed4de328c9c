"""Media files: whole, in part, and never anything else."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.http.response import HttpResponseBase
from django.test import Client
from pytest_django import Settings

VIDEO = bytes(range(100))


@pytest.fixture(autouse=True)
def _files(settings: Settings) -> None:
    root = Path(settings.MEDIA_ROOT)
    (root / "ab").mkdir(parents=True)
    (root / "ab" / "abc.mp4").write_bytes(VIDEO)
    (root / "ab" / "abd.jpg").write_bytes(b"a picture")
    (root / "ab" / "abe.html").write_text("<script>alert(1)</script>")
    (root.parent / "secret_key").write_text("hidden")


def body(response: HttpResponseBase) -> bytes:
    return b"".join(response.streaming_content)  # type: ignore[attr-defined]


def test_a_picture_may_be_kept_for_good_and_runs_nothing(client: Client) -> None:
    response = client.get("/media/ab/abd.jpg")
    assert body(response) == b"a picture"
    assert response.headers["Content-Type"] == "image/jpeg"
    assert "immutable" in response.headers["Cache-Control"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_what_is_no_picture_is_only_to_be_saved(client: Client) -> None:
    response = client.get("/media/ab/abe.html")
    assert response.headers["Content-Disposition"] == "attachment"
    response.close()


@pytest.mark.parametrize(
    "path", ["ab", "ab/", "ab/none.jpg", "../secret_key", "%2e%2e/secret_key", "ab/%00.jpg"]
)
def test_nothing_else_is_there(client: Client, path: str) -> None:
    assert client.get(f"/media/{path}").status_code == 404


@pytest.mark.parametrize(
    ("wanted", "start", "end"),
    [
        ("bytes=0-9", 0, 10),
        ("bytes=90-", 90, 100),
        ("bytes=90-900", 90, 100),
        ("bytes=-5", 95, 100),
        ("bytes=-500", 0, 100),
        ("bytes=99-99", 99, 100),
    ],
)
def test_a_player_may_ask_for_a_part(client: Client, wanted: str, start: int, end: int) -> None:
    response = client.get("/media/ab/abc.mp4", headers={"Range": wanted})
    assert response.status_code == 206
    assert body(response) == VIDEO[start:end]
    assert response.headers["Content-Length"] == str(end - start)
    assert response.headers["Content-Range"] == f"bytes {start}-{end - 1}/100"


@pytest.mark.parametrize("wanted", ["bytes=100-", "bytes=9-3", "bytes=-0"])
def test_a_part_that_is_not_there_is_refused(client: Client, wanted: str) -> None:
    response = client.get("/media/ab/abc.mp4", headers={"Range": wanted})
    assert response.status_code == 416
    assert response.headers["Content-Range"] == "bytes */100"


@pytest.mark.parametrize("wanted", ["", "bytes=-", "bytes=0-1,5-6", "lines=1-2"])
def test_what_is_not_understood_gets_the_whole(client: Client, wanted: str) -> None:
    response = client.get("/media/ab/abc.mp4", headers={"Range": wanted} if wanted else {})
    assert (response.status_code, body(response)) == (200, VIDEO)
