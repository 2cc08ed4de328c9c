"""Addresses as people type them, and those that lead to no part of a thread."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from threads.http import Web
from threads.sources.addresses import is_address, thread_reader_id, tidy
from threads.sources.base import SourceAccount, SourceError, SourceFormatError
from threads.sources.bluesky import BlueskyAccount, BlueskyThread
from threads.sources.catalog import open_account, open_address
from threads.sources.services import Services

ON_X = "https://x.com/miraosei/status/20"


@pytest.mark.parametrize(
    "written",
    [
        ON_X,
        f"  {ON_X}\n",
        f"<{ON_X}>",
        f"“{ON_X}”.",
        f"({ON_X})",
        "x.com/miraosei/status/20",
        "//x.com/miraosei/status/20",
        "https:/x.com/miraosei/status/20",
        "https;//x.com/miraosei/status/20",
        "ttps://x.com/miraosei/status/20",
        "https://x.com/miraosei/\n status/20",
    ],
)
def test_what_is_typed_wrongly_is_forgiven(written: str) -> None:
    assert tidy(written) == ON_X


def test_what_bluesky_calls_a_post_is_an_address_too() -> None:
    uri = "at://did:plc:mira/app.bsky.feed.post/3mg2abcdefg2k"
    assert is_address(uri)
    assert tidy(f" <{uri}>") == "https://bsky.app/profile/did:plc:mira/post/3mg2abcdefg2k"


def test_a_plain_address_stays_one() -> None:
    assert tidy("http://127.0.0.1:8000/@mira/1") == "http://127.0.0.1:8000/@mira/1"


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("", "This is no address."),
        ("<>", "This is no address."),
        ("A lamp turns.", "This is no address."),
        ("https://[x", "This is no address."),
        (f"{ON_X} {ON_X}", "one at a time"),
        ("https://mira:secret@x.com/a/status/1", "cannot be fetched"),
        (f"{ON_X}?{'x' * 1000}", "cannot be fetched"),
    ],
)
def test_what_is_no_address_is_told_so(written: str, words: str) -> None:
    with pytest.raises(SourceFormatError, match=words) as caught:
        tidy(written)
    assert "secret" not in str(caught.value)


@given(st.text(max_size=40))
def test_any_text_is_an_address_or_refused(text: str) -> None:
    is_address(text)
    with suppress(SourceFormatError):
        assert tidy(text).startswith(("https://", "http://"))


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        (f" {ON_X}\n", True),
        (f"<{ON_X}>", True),
        ("x.com/miraosei/status/20", True),
        ("social.example/@mira/1234", True),
        ("bsky.app/profile/mira.example/post/3l", True),
        ("https://example.org", True),
        (f"See {ON_X}", False),
        (f"{ON_X}\nA lamp turns.", False),
        ("either/or", False),
        ("archive.zip", False),
        ("lamps.txt/about", False),
        ("", False),
    ],
)
def test_a_text_that_is_an_address_alone_is_known(text: str, meant: bool) -> None:
    assert is_address(text) is meant


@pytest.mark.parametrize(
    ("url", "id_"),
    [
        ("https://threadreaderapp.com/thread/1234567.html?refreshed=1", "1234567"),
        ("https://www.threadreaderapp.com/scrolly/1234567", "1234567"),
        ("https://threadreaderapp.com/user/miraosei", ""),
        ("https://example.org/threadreaderapp.com/thread/1.html", ""),
    ],
)
def test_the_post_of_an_unrolled_page_is_known(url: str, id_: str) -> None:
    assert thread_reader_id(url) == id_


def refusal(written: str, services: Services) -> str:
    with pytest.raises(SourceError) as caught:
        open_address(written, Web(), services)
    message = str(caught.value)
    assert "\n" not in message
    return message


def test_an_unrolled_page_is_read_from_x_where_x_may_be_asked() -> None:
    source = open_address("threadreaderapp.com/thread/20.html", Web(), Services(x_token="t"))
    assert source.kind == "x_api"
    message = refusal("threadreaderapp.com/thread/20.html", Services())
    assert "open threadreaderapp.com/thread/20.html in your browser, save the page" in message


def test_x_without_a_token_says_what_to_do_instead() -> None:
    message = refusal("x.com/miraosei/status/20", Services())
    assert all(word in message for word in ("archive", "paste", "bookmark", "X_TOKEN"))


@pytest.mark.parametrize(
    "url",
    [
        "https://x.com/miraosei",
        "https://twitter.com/miraosei/with_replies?x=1",
        "https://bsky.app/profile/mira.example",
        "https://social.example/@mira",
        "https://social.example/@mira@other.example/media",
        "https://social.example/users/mira/",
        "threadreaderapp.com/user/miraosei",
    ],
)
def test_the_address_of_an_account_says_to_follow_it(url: str) -> None:
    assert "is an account: follow it instead" in refusal(url, Services(x_token="t"))


@pytest.mark.parametrize("url", ["https://x.com/home?secret=1", "https://x.com/i/bookmarks"])
def test_what_is_no_thread_is_told_so_without_its_query(url: str) -> None:
    message = refusal(url, Services(x_token="t"))
    assert "is no thread on X, Mastodon or Bluesky" in message
    assert "secret" not in message


@pytest.mark.parametrize(
    "written",
    ["bsky.app/profile/mira.example/post/3mg", "at://did:plc:mira/app.bsky.feed.post/3mg"],
)
def test_a_post_on_bluesky_is_read_from_there(written: str) -> None:
    assert isinstance(open_address(written, Web(), Services()), BlueskyThread)


def test_an_account_on_bluesky_is_followed_there() -> None:
    account = SourceAccount("bluesky", "did:plc:mira")
    assert isinstance(open_account("bluesky", account, {}, Web(), Services()), BlueskyAccount)


def test_an_account_elsewhere_cannot_be_followed() -> None:
    account = SourceAccount("none", "mira")
    with pytest.raises(SourceFormatError, match="cannot be followed"):
        open_account("none", account, {}, Web(), Services())
