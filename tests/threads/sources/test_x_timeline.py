"""What an account of X posted since it was last read, and what its profile says."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytest_httpserver import HTTPServer

from tests.threads.archives import HANDLE, OTHER, OWN
from tests.threads.sources.x_server import XServer, user
from threads.http import Policy, Web
from threads.sources import x_timeline
from threads.sources.base import SourceAccount, SourceGoneError
from threads.sources.x_api import profile
from threads.sources.x_timeline import XAccount

MIRA = SourceAccount("x", OWN, HANDLE, "Mira Osei", f"https://x.com/{HANDLE}")
Follow = Callable[..., XAccount]


@pytest.fixture
def x(httpserver: HTTPServer) -> XServer:
    return XServer(httpserver)


@pytest.fixture
def follow(x: XServer) -> Follow:
    web = Web(Policy(("127.0.0.1/32",)))

    def follow(cursor: dict[str, str] | None = None, account: SourceAccount = MIRA) -> XAccount:
        return XAccount(account, cursor or {}, web, x.services())

    return follow


def texts(source: XAccount) -> list[str]:
    return [status.text for status in source.statuses() if not status.skip]


def test_at_first_the_latest_posts_are_read(
    x: XServer, follow: Follow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(x_timeline, "FIRST_READ", 4)
    x.page_size = 2
    x.post("Long ago.")
    x.thread("One.", "Two.")
    x.post("RT @bo: Lamps.", repeats=x.post("Lamps.", by=OTHER))
    x.thread("Three.", "Four.")
    source = follow()
    assert source.account() == MIRA
    assert texts(source) == ["One.", "Two.", "Three.", "Four."]
    assert texts(source) == ["One.", "Two.", "Three.", "Four."]
    assert x.asked.count(f"/users/{OWN}/tweets") == 2


def test_the_next_time_only_what_is_new_is_read(x: XServer, follow: Follow) -> None:
    ids = x.thread("One.", "Two.")
    first = follow()
    assert first.cursor == {}
    assert texts(first) == ["One.", "Two."]
    x.post("Three.", reply_to=ids[1])
    again = follow(first.cursor)
    assert texts(again) == ["Three."]
    assert "/tweets" not in x.asked
    assert texts(follow(again.cursor)) == []
    assert follow(again.cursor).cursor == again.cursor


def test_a_thread_from_before_all_that_was_read_comes_whole(
    x: XServer, follow: Follow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(x_timeline, "FIRST_READ", 1)
    x.page_size = 1
    old = x.thread("One.", "Two.")
    x.post("A lone one.")
    first = follow()
    assert texts(first) == ["A lone one."]
    x.post("Three.", reply_to=old[1])
    assert texts(follow(first.cursor)) == ["One.", "Two.", "Three."]


def test_a_climb_that_is_too_long_is_told(
    x: XServer, follow: Follow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(x_timeline, "FIRST_READ", 1)
    monkeypatch.setattr("threads.sources.x_posts.HIGHEST", 0)
    x.page_size = 1
    x.thread("One.", "Two.")
    source = follow()
    assert texts(source) == ["Two."]
    assert "goes further up" in source.findings.warnings[0]
    assert not source.findings.complete


def test_an_account_is_found_by_its_handle_where_nothing_else_is_known(
    x: XServer, follow: Follow
) -> None:
    x.post("One.")
    source = follow(account=SourceAccount("x", f"@{HANDLE}", HANDLE))
    assert source.account() == MIRA
    assert texts(source) == ["One."]


def test_an_account_that_is_gone_says_so(follow: Follow) -> None:
    with pytest.raises(SourceGoneError, match="X knows no account @nobody"):
        follow(account=SourceAccount("x", "@nobody", "nobody")).account()


@pytest.mark.parametrize(("posted", "read"), [(3, 3), (90_000, 200)])
def test_the_first_reading_has_a_price(x: XServer, follow: Follow, posted: int, read: int) -> None:
    x.users[OWN]["public_metrics"] = {"tweet_count": posted}
    assert follow().price().posts == read


@pytest.mark.parametrize("full_archive", [True, False])
def test_later_readings_have_one_too(x: XServer, follow: Follow, full_archive: bool) -> None:
    x.full_archive = full_archive
    ids = x.thread("One.", "Two.", "Three.")
    assert follow({"since_id": ids[0]}).price().posts == (2 if full_archive else 0)


def test_it_carries_no_files(x: XServer, follow: Follow) -> None:
    x.post("One.", media=[{"url": "https://pbs.twimg.com/a.jpg"}])
    source = follow()
    (status,) = source.statuses()
    assert source.open_media(status.media[0], status.id) is None
    assert source.findings.cost == "1 post was read from X, for less than $0.01."


def test_a_profile_tells_where_its_links_lead(x: XServer) -> None:
    url = {"url": "https://t.co/home", "expanded_url": "https://mira.example/"}
    shop = {
        "start": 15,
        "end": 29,
        "url": "https://t.co/s",
        "expanded_url": "https://shop.example/",
    }

    wrong = {"start": 0, "end": 2, "url": "https://t.co/w"}
    x.users[OWN] = user(
        OWN,
        HANDLE,
        "Mira Osei",
        description="Lamps &amp; at https://t.co/s",
        entities={"url": {"urls": [url]}, "description": {"urls": [shop, wrong]}},
    )
    found = profile(MIRA, Web(Policy(("127.0.0.1/32",))), x.services())
    assert found.account == MIRA
    assert found.bio == "Lamps & at https://shop.example/"
    assert found.links == ("https://mira.example/", "https://shop.example/", "https://t.co/w")
    assert found.verified_links == ()
