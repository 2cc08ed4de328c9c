"""The command that keeps accounts current."""

from __future__ import annotations

import json

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings
from pytest_httpserver import HTTPServer

from tests.threads.archives import OWN
from tests.threads.management.test_import_threads import run, told
from tests.threads.sources.test_feeds import rss
from tests.threads.sources.x_server import TOKEN, XServer
from threads.models import Account, Follow, Thread

pytestmark = pytest.mark.django_db
MIRA = "x.com/miraosei"


@pytest.fixture
def x(httpserver: HTTPServer, settings: Settings) -> XServer:
    server = XServer(httpserver)
    settings.X_URL, settings.X_TOKEN = server.url, TOKEN
    return server


def test_an_account_is_found_followed_and_looked_at(x: XServer) -> None:
    found = told("follow", MIRA, "--every", "30")
    assert (found["account"], found["state"]) == ("Mira Osei (@miraosei)", "healthy")
    assert (found["every"], found["checked_at"]) == (30, None)
    assert Account.objects.get().remote_id == OWN

    x.thread("A lamp has one job.", "Two lamps have two.")
    looked = told("follow", "--look")
    thread = Thread.objects.in_inbox().get()
    assert looked["threads"] == [{"id": thread.pk, "title": "A lamp has one job.", "length": 2}]
    assert [one["account"] for one in looked["looked"]] == ["Mira Osei (@miraosei)"]
    assert told("follow", "--look") == {"looked": [], "threads": []}


def test_an_account_that_an_archive_brought_is_the_same(x: XServer) -> None:
    account = Account.objects.create(platform="x", remote_id="@miraosei", handle="miraosei")
    told("follow", MIRA)
    account.refresh_from_db()
    assert (account.remote_id, account.follow.every) == (OWN, 60)


def test_following_again_changes_the_rhythm_and_ends_a_pause(x: XServer) -> None:
    run("follow", MIRA)
    Follow.objects.update(state=Follow.State.PAUSED)
    run("follow", MIRA, "--every", "720")
    assert list(Follow.objects.values_list("every", "state")) == [(720, "healthy")]


def test_the_list_says_how_it_goes(x: XServer) -> None:
    assert "Nobody is followed yet" in run("follow", "--list")[0]
    run("follow", MIRA)
    assert run("follow", "--list")[0] == (
        "Mira Osei (@miraosei) on X, every 60 minutes: Not looked at yet, next at once.\n"
    )
    run("follow", "--look")
    assert json.loads(run("follow", "--list", "--json")[0])[0]["health"].startswith(
        "Looked at just now, next in "
    )


def test_a_look_is_told_to_people_as_well(x: XServer) -> None:
    run("follow", MIRA)
    x.thread("A lamp has one job.", "Two lamps have two.")
    out, err = run("follow", "--look")
    assert out.startswith("Looked at 1 account: 1 new thread in the inbox.\n")
    assert "2 parts  A lamp has one job." in out
    assert err.startswith("Mira Osei (@miraosei): Looked at")


@pytest.mark.parametrize("meant", [MIRA, "https://twitter.com/MiraOsei"])
def test_it_stops_by_the_same_address_and_the_threads_stay(x: XServer, meant: str) -> None:
    run("follow", MIRA)
    x.thread("One.", "Two.")
    run("follow", "--look")
    assert "Its threads stay" in run("follow", "--stop", meant)[0]
    assert not Follow.objects.exists()
    assert Thread.objects.visible().exists()
    with pytest.raises(CommandError, match="is not followed"):
        run("follow", "--stop", meant)


def test_a_feed_is_tried_before_it_is_kept(x: XServer, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/feed").respond_with_data(rss(1))
    found = told("follow", MIRA, "--feed", httpserver.url_for("/feed"))
    assert found["feed"] == httpserver.url_for("/feed")
    with pytest.raises(CommandError, match="The feed cannot be used"):
        run("follow", MIRA, "--feed", httpserver.url_for("/nowhere"))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["x.com/nobody"], "X knows no account @nobody"),
        (["https://blog.example/feed.xml"], "the feed of a site has no threads"),
        ([MIRA, "--every", "1"], "every 5 minutes at most"),
    ],
)
def test_what_cannot_be_followed_is_told_in_one_line(
    x: XServer, arguments: list[str], said: str
) -> None:
    with pytest.raises(CommandError, match=said) as refusal:
        call_command("follow", *arguments)
    assert "\n" not in str(refusal.value)
    assert refusal.value.returncode == 1
    assert not Follow.objects.exists()
