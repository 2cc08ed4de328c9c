"""What an account posts, read from where it was left, and what its profile says."""

from __future__ import annotations

import pytest
from pytest_httpserver import HTTPServer

from tests.threads.sources.mastodon_server import MastodonServer, texts
from threads.http import Policy, Web
from threads.sources.base import (
    Gap,
    SourceAccount,
    SourceForbiddenError,
    SourceFormatError,
    SourceGoneError,
    SourceLimitedError,
)
from threads.sources.mastodon import RECENT, MastodonAccount, home_of, profile
from threads.sources.services import Services


@pytest.fixture
def server(httpserver: HTTPServer) -> MastodonServer:
    return MastodonServer(httpserver)


@pytest.fixture
def web() -> Web:
    return Web(Policy(("127.0.0.1/32", "::1/128")))


@pytest.fixture
def mira(server: MastodonServer) -> SourceAccount:
    return SourceAccount(
        "mastodon", f"{server.base}/users/mira", f"mira@{server.host}", url=f"{server.base}/@mira"
    )


def test_at_first_the_most_recent_posts_are_read(
    server: MastodonServer, web: Web, mira: SourceAccount
) -> None:
    server.thread(*(f"{number}" for number in range(RECENT + 30)))
    boosted = server.post("Theirs.", by=server.account("bo"))
    server.post("", reblog=server.statuses[boosted])
    source = MastodonAccount(mira, {}, web)
    read = list(source.statuses())
    # The thread that the last of them belongs to is whole as far as a stranger sees.
    assert texts(read)[-RECENT:] == [f"{number}" for number in range(30, RECENT + 30)]
    assert source.account().name == "Mira Osei"
    assert source.findings.complete


def test_the_next_time_only_what_is_new_is_read(
    server: MastodonServer, web: Web, mira: SourceAccount
) -> None:
    server.thread("One.", "Two.")
    first = MastodonAccount(mira, {}, web)
    assert texts(list(first.statuses())) == ["One.", "Two."]
    idle = MastodonAccount(mira, first.cursor, web)
    assert list(idle.statuses()) == []
    assert idle.account() == mira
    assert idle.cursor == first.cursor
    for number in range(95):
        server.post(f"{number}")
    server.asked.clear()
    second = MastodonAccount(mira, idle.cursor, web)
    assert texts(list(second.statuses())) == [f"{number}" for number in range(95)]
    assert all("min_id" in path for path in server.asked)
    assert list(MastodonAccount(mira, second.cursor, web).statuses()) == []


def test_a_thread_that_goes_on_is_read_from_its_beginning(
    server: MastodonServer, web: Web, mira: SourceAccount
) -> None:
    ids = server.thread(*(f"Part {number}." for number in range(1, 51)))
    source = MastodonAccount(mira, {}, web)
    assert len(list(source.statuses())) == 50
    server.post("Part 51.", reply_to=ids[-1])
    again = list(MastodonAccount(mira, source.cursor, web).statuses())
    assert texts(again) == [f"Part {number}." for number in range(1, 52)]
    assert not any(status.gap for status in again)


def test_a_thread_that_goes_on_from_what_nobody_is_shown_says_so(
    server: MastodonServer, web: Web, mira: SourceAccount
) -> None:
    first = server.post("One.", visibility="private")
    source = MastodonAccount(mira, {}, web)
    assert list(source.statuses()) == []
    server.post("Two.", reply_to=first)
    (two,) = MastodonAccount(mira, source.cursor, web).statuses()
    assert two.gap is Gap.PARENT_PRIVATE


def test_answers_to_others_are_read_without_asking_for_what_they_answer(
    server: MastodonServer, web: Web, mira: SourceAccount
) -> None:
    theirs = server.post("Why?", by=server.account("bo"))
    server.post("Because.", reply_to=theirs)
    (answer,) = MastodonAccount(mira, {}, web).statuses()
    assert answer.reply_to == f"{server.base}/statuses/{theirs}"
    assert not any("context" in path for path in server.asked)


def test_a_limit_is_not_broken_and_the_cursor_stays(
    server: MastodonServer, web: Web, mira: SourceAccount
) -> None:
    server.thread(*(f"{number}" for number in range(95)))
    server.left = 2
    source = MastodonAccount(mira, {}, web)
    with pytest.raises(SourceLimitedError):
        list(source.statuses())
    assert source.cursor == {}
    assert server.left == 0


def test_a_name_that_somebody_else_has_now_is_not_followed(
    server: MastodonServer, web: Web, mira: SourceAccount
) -> None:
    server.accounts[server.mira]["uri"] = f"{server.base}/ap/users/2"
    with pytest.raises(SourceGoneError, match="is somebody else now"):
        list(MastodonAccount(mira, {}, web).statuses())
    with pytest.raises(SourceGoneError):
        profile(mira, web)


def test_a_profile_tells_its_links_and_which_of_them_were_checked(
    server: MastodonServer, web: Web, mira: SourceAccount
) -> None:
    note = '<p>Kites, lanterns.<br />Also <a href="https://kites.example/">kites</a></p>'
    fields = [
        (
            "Letters",
            '<a href="https://letters.example/" rel="me">letters.example</a>',
            "2026-01-01",
        ),
        ("Code", "unspool-4711", None),
        ("Shop", '<a href="https://shop.example/">shop.example</a>', None),
    ]
    server.accounts[server.mira] |= {
        "note": note,
        "fields": [{"name": n, "value": v, "verified_at": at} for n, v, at in fields],
    }
    found = profile(mira, web)
    assert found.account.remote_id == mira.remote_id
    assert found.bio.splitlines() == [
        "Kites, lanterns.",
        "Also kites",
        "Letters: https://letters.example/",
        "Code: unspool-4711",
        "Shop: https://shop.example/",
    ]
    assert found.verified_links == ("https://letters.example/",)
    assert set(found.links) == {
        "https://letters.example/",
        "https://kites.example/",
        "https://shop.example/",
    }


def test_a_profile_of_another_shape_is_no_crash(
    server: MastodonServer, web: Web, mira: SourceAccount
) -> None:
    server.accounts[server.mira]["fields"] = [7]
    with pytest.raises(SourceFormatError, match="in a way that cannot be read"):
        profile(mira, web)
    server.accounts[server.mira] |= {"emojis": [7], "fields": []}
    with pytest.raises(SourceFormatError, match="in a way that cannot be read"):
        profile(mira, web)
    with pytest.raises(SourceFormatError, match="Nobody knows on which server"):
        profile(SourceAccount("mastodon", "@mira", "mira"), web)


def test_a_profile_that_needs_a_log_in_is_read_with_a_token(
    server: MastodonServer, web: Web, mira: SourceAccount
) -> None:
    server.closed, server.token = True, "kite"
    with pytest.raises(SourceForbiddenError):
        profile(mira, web)
    assert profile(mira, web, "kite").account.name == "Mira Osei"


# --- servers that lie ---------------------------------------------------------------------------


def test_an_account_never_turns_into_another_of_its_server_or_elsewhere(
    server: MastodonServer, web: Web, mira: SourceAccount
) -> None:
    server.post("One.")
    for uri in ("https://other.example/users/bo", f"{server.base}/users/bo"):
        server.accounts[server.mira]["uri"] = uri
        with pytest.raises(SourceGoneError, match="somebody else"):
            MastodonAccount(mira, {"account": server.mira}, web).account()


def test_a_server_cannot_give_out_an_account_of_another(server: MastodonServer, web: Web) -> None:
    server.accounts[server.mira]["uri"] = "https://other.example/users/mira"
    asked = SourceAccount("mastodon", "", f"mira@{server.host}", url=f"{server.base}/@mira")
    with pytest.raises(SourceFormatError, match=r"give @mira@other\.example"):
        profile(asked, web)


def test_a_token_goes_to_the_server_that_is_asked_and_to_no_other() -> None:
    tokens = Services(mastodon_tokens={"social.example": "kite"})
    evil = "https://evil.example/@eve"
    for remote_id in ("ftp://social.example/users/eve", "https://social.example:99999/users/eve"):
        account = SourceAccount("mastodon", remote_id, "eve@social.example", url=evil)
        assert home_of(account) == "https://evil.example"
        assert tokens.mastodon_token(home_of(account)) == ""


@pytest.mark.parametrize("name", ["", "mira\u202eevil", "mira\0", "mira osei", "<b>mira</b>"])
def test_a_name_that_shows_something_else_than_it_is_is_no_name(
    server: MastodonServer, web: Web, mira: SourceAccount, name: str
) -> None:
    server.accounts[server.mira] |= {"username": name}
    with pytest.raises(SourceFormatError):
        profile(mira, web)


def test_display_names_do_not_turn_around_what_follows(
    server: MastodonServer, web: Web, mira: SourceAccount
) -> None:
    server.accounts[server.mira]["display_name"] = "Mira\u202e\x07 \u2066Osei\u200b"
    assert profile(mira, web).account.name == "Mira Osei"
