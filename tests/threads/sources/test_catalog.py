"""What a file or folder is taken for, and how what cannot be read is refused."""

from __future__ import annotations

import gzip
import zipfile
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer

from tests.threads.archives import Archive
from tests.threads.mastodon_archives import MastodonExport
from tests.threads.sources.bluesky_server import Sky
from tests.threads.sources.mastodon_server import MastodonServer
from threads.http import Policy, Web
from threads.sources import catalog
from threads.sources.base import SourceAccount, SourceError, SourceFormatError
from threads.sources.catalog import KINDS, open_account, open_address, open_source
from threads.sources.services import Services

PAGE = """<!doctype html><div class="t-main"><div id="tweet_1" class="content-tweet"
data-screenname="ada" data-tweet="1032014091219894272">One.</div>
<div id="tweet_2" class="content-tweet" data-screenname="ada"
data-tweet="1032014091219894273">Two.</div></div>"""


@pytest.fixture
def archive() -> Archive:
    archive = Archive()
    archive.thread("One.", "Two.")
    return archive


def refusal(path: Path, **options: str) -> str:
    with pytest.raises(SourceError) as caught:
        open_source(path, **options)
    message = str(caught.value)
    assert "\n" not in message
    return message


def test_it_knows_an_archive_a_page_and_a_text(archive: Archive, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(PAGE)
    (tmp_path / "text.md").write_text("One.\n\nTwo.")
    export = MastodonExport()
    export.thread("One.", "Two.")
    found = [
        archive.zip(tmp_path / "a.zip"),
        export.tar(tmp_path / "b.tar.gz"),
        archive.folder(tmp_path / "folder"),
        tmp_path / "folder" / "data" / "tweets.js",
        tmp_path / "page.html",
        tmp_path / "text.md",
    ]
    kinds = [open_source(path).kind for path in found]
    assert kinds == [
        "x_archive",
        "mastodon_archive",
        "x_archive",
        "x_archive",
        "thread_reader",
        "pasted",
    ]
    assert set(kinds) == set(KINDS)


def test_tweets_are_known_under_any_name(archive: Archive, tmp_path: Path) -> None:
    path = tmp_path / "0a1b2c.js"
    path.write_bytes(archive.files()["tweets.js"])
    assert len(list(open_source(path, name="tweets (1).js").statuses())) == 2


def test_it_is_taken_for_what_it_is_told_to_be(tmp_path: Path) -> None:
    (tmp_path / "text.md").write_text("One.\n\nTwo.")
    assert open_source(tmp_path / "text.md", kind="pasted").kind == "pasted"
    assert "not a saved page" in refusal(tmp_path / "text.md", kind="thread_reader")
    assert "no tweets" in refusal(tmp_path / "text.md", kind="x_archive")


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.zip", b"<html>", "a.zip is not a zip file"),
        ("a.zip", b"", "a.zip is empty."),
        ("a.txt", b"", "a.txt is empty."),
        ("a.txt", b"  \n ", "a.txt is empty."),
        ("a.txt", "One.\n\nTwo.".encode("utf-16"), "UTF-8"),
        ("a.txt", "Größe".encode("latin-1"), "UTF-8"),
        ("actor.json", b"{}", "actor.json is of a Mastodon export, but holds nothing"),
        ("likes.json", b"{}", "Give all of the export."),
        ("a.tar.gz", b"\x1f\x8b\x08", "a.tar.gz is a damaged archive"),
        ("a.gz", gzip.compress(b"Hello", mtime=0), "it is no tar archive"),
        ("repo.car", b"x", "Bluesky"),
        ("repo", b"\x3a\xa2eroots\x81\xd8", "Bluesky"),
        ("2012_01.js", b"Grailbird.data.tweets_2012_01 =\n[]", "until 2018"),
        ("like.js", b"window.YTD.like.part0 = []", "like.js holds no tweets."),
        ("x.json", b"[1]", "x.json holds no tweets."),
    ],
)
def test_a_file_that_cannot_be_read_says_why(
    tmp_path: Path, name: str, content: bytes, message: str
) -> None:
    (tmp_path / name).write_bytes(content)
    assert message in refusal(tmp_path / name)


@pytest.mark.parametrize(
    ("member", "message"),
    [
        ("letters.txt", "holds no tweets"),
        ("actor.json", "is of a Mastodon export, but holds nothing that was posted"),
        ("your_instagram_activity/media/posts_1.json", "Instagram"),
        ("your_facebook_activity/posts/your_posts_1.json", "Facebook"),
        ("Takeout/archive_browser.html", "Google"),
        ("Shares.csv", "LinkedIn"),
        ("data/js/tweets/2012_01.js", "until 2018"),
        ("tweets.csv", "until 2018"),
    ],
)
@pytest.mark.parametrize("packed", [True, False])
def test_an_export_that_is_not_from_x_is_named(
    tmp_path: Path, member: str, message: str, packed: bool
) -> None:
    if packed:
        path = tmp_path / "export.zip"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(member, "{}")
    else:
        path = tmp_path / "export"
        (path / member).parent.mkdir(parents=True)
        (path / member).write_text("{}")
    assert message in refusal(path)


def test_what_is_not_there_is_told(tmp_path: Path) -> None:
    assert refusal(tmp_path / "none.zip") == f"There is no file or folder {tmp_path}/none.zip."
    assert "cannot be read" in refusal(tmp_path / ("a" * 300))


def test_a_folder_is_no_page(tmp_path: Path) -> None:
    assert "give a single file" in refusal(tmp_path, kind="thread_reader")


def test_an_unknown_kind_is_told_the_known_ones(tmp_path: Path) -> None:
    assert "x_archive, mastodon_archive, thread_reader, pasted" in refusal(tmp_path, kind="myspace")


def test_a_text_of_any_length_is_no_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalog, "LARGEST_TEXT", 3)
    (tmp_path / "a.txt").write_text("Long.")
    assert "too large" in refusal(tmp_path / "a.txt")


def test_errors_call_the_file_what_its_reader_calls_it(tmp_path: Path) -> None:
    (tmp_path / "0a1b2c.zip").write_bytes(b"no zip")
    with pytest.raises(SourceFormatError, match=r"^my\.zip is not a zip file"):
        open_source(tmp_path / "0a1b2c.zip", name="my.zip")


# --- addresses --------------------------------------------------------------------------------

WEB = Web(Policy(("127.0.0.1/32",)))


def test_it_finds_the_source_of_an_address_on_every_platform(
    httpserver: HTTPServer, sky: Sky
) -> None:
    server = MastodonServer(httpserver)
    on_mastodon = server.url(server.thread("One.", "Two.")[1])
    on_bluesky = sky.author("mira.example", "Mira Osei").thread("One.", "Two.")[1].url
    for address, kind in {
        on_mastodon: "mastodon",
        on_bluesky.removeprefix("https://"): "bluesky",
    }.items():
        source = open_address(address, WEB, sky.services)
        assert source.kind == kind
        assert len(list(source.statuses())) == 2


def test_a_server_gets_its_own_token_alone() -> None:
    services = Services(mastodon_tokens={"social.example": "kite"})
    assert services.mastodon_token("https://social.example/@mira/1") == "kite"
    assert services.mastodon_token("https://other.example/") == ""
    assert services.mastodon_token("") == ""
    assert services.mastodon_token("https://[x") == ""


@pytest.mark.parametrize(
    ("platform", "kind"), [("x", "x_api"), ("mastodon", "mastodon"), ("bluesky", "bluesky")]
)
def test_it_finds_the_source_of_an_account_on_every_platform(platform: str, kind: str) -> None:
    account = SourceAccount(platform, "https://social.example/users/mira", "mira")
    source = open_account(platform, account, {"since": "1"}, WEB, Services(x_token="t"))
    assert source.kind == kind
    assert source.cursor == {"since": "1"}
