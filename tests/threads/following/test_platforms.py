"""Accounts of Mastodon and Bluesky, kept current."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils.timezone import now
from pytest_httpserver import HTTPServer
from werkzeug import Response

from tests.threads.sources.bluesky_server import Sky
from tests.threads.sources.mastodon_server import MastodonServer
from tests.threads.sources.test_feeds import rss
from threads import following
from threads.http import Policy, Web
from threads.models import Follow, Thread
from threads.sources.services import Services

pytestmark = pytest.mark.django_db
State = Follow.State


@pytest.fixture
def web() -> Web:
    return Web(Policy(("127.0.0.1/32",)))


@pytest.fixture
def feed(httpserver: HTTPServer) -> list[int]:
    """What the account's own feed lists: never an answer."""
    listed = [1]
    path = re.compile(r"/@mira\.rss")
    httpserver.expect_request(path).respond_with_handler(lambda _: Response(rss(*listed)))
    return listed


@pytest.fixture
def server(httpserver: HTTPServer, feed: list[int]) -> MastodonServer:
    return MastodonServer(httpserver)


def look(follow: Follow, web: Web, services: Services | None = None) -> list[Thread]:
    Follow.objects.update(next_at=now())
    return following.look(follow, web, services or Services()) or []


def test_an_account_of_mastodon_is_followed_by_its_own_feed(
    server: MastodonServer, feed: list[int], web: Web
) -> None:
    account = following.find(f"{server.base}/@mira", web, Services())
    follow = following.follow(account, web)
    assert (account.remote_id, account.name) == (f"{server.base}/users/mira", "Mira Osei")
    assert follow.feed == f"{server.base}/@mira.rss"
    server.thread("A lamp has one job.", "Two lamps have two.")
    (thread,) = look(follow, web)
    assert (thread.title, thread.length) == ("A lamp has one job.", 2)
    look(follow, web)  # the first quiet look
    asked = len(server.asked)
    ids = server.thread("Another one.", "And its answer.")
    assert look(follow, web) == []
    assert len(server.asked) == asked
    feed.insert(0, 2)
    assert [found.length for found in look(follow, web)] == [2]
    server.post("A third part.", reply_to=ids[-1])
    look(follow, web)
    assert Thread.objects.get(title="Another one.").length == 3


def test_mastodons_limit_is_obeyed_by_its_own_header(server: MastodonServer, web: Web) -> None:
    account = following.find(f"{server.base}/@mira", web, Services())
    follow = following.follow(account, web)
    until = (now() + timedelta(minutes=4)).replace(microsecond=0)
    told = {"X_RateLimit_Remaining": "0", "X_RateLimit_Reset": until.isoformat()}
    server.fail(429, **told)
    look(follow, web)
    assert follow.state == State.LIMITED
    assert until <= follow.next_at <= until + timedelta(seconds=2)
    assert following.sentence(follow).startswith("Mastodon asks for patience until")


def test_an_account_of_bluesky_is_followed_by_its_did(sky: Sky) -> None:
    mira = sky.author("mira.example", "Mira Osei")
    account = following.find("@mira.example", sky.web, sky.services)
    follow = following.follow(account, sky.web)
    assert (account.remote_id, account.handle) == (mira.did, "mira.example")
    assert follow.feed == f"https://bsky.app/profile/{mira.did}/rss"
    Follow.objects.update(feed="")  # nothing out there is asked by a test
    follow.refresh_from_db()
    mira.thread("A lamp has one job.", "Two lamps have two.")
    assert [found.length for found in look(follow, sky.web, sky.services)] == [2]
    assert look(follow, sky.web, sky.services) == []
    mira.handle = "osei.example"
    mira.thread("Under another name.", "But the same did.")
    assert [found.length for found in look(follow, sky.web, sky.services)] == [2]
