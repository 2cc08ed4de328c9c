"""What the bot on Mastodon reads and says, beside the whole stories."""

from __future__ import annotations

import pytest
from pytest_httpserver import HTTPServer

from tests.threads.bots.worlds import MastodonWorld
from threads.bots.mastodon import PAGE_SIZE, PAGES
from threads.http import FetchFailed, FetchForbidden


@pytest.fixture
def world(httpserver: HTTPServer) -> MastodonWorld:
    return MastodonWorld(httpserver)


def test_it_begins_with_the_latest_page_and_then_misses_none(world: MastodonWorld) -> None:
    for _ in range(PAGE_SIZE + 10):
        world.call("unroll", under=None)
    calls, cursor = world.bot().calls("")
    assert len(calls) == PAGE_SIZE
    first = world.call("unroll", under=None)
    for _ in range(PAGE_SIZE * PAGES):
        world.call("unroll", under=None)
    calls, cursor = world.bot().calls(cursor)
    assert (len(calls), calls[0].id) == (PAGE_SIZE * PAGES, world.uri(first))
    calls, cursor = world.bot().calls(cursor)
    assert len(calls) == 1
    assert world.bot().calls(cursor) == ([], cursor)


def test_an_answer_is_as_public_as_the_call(world: MastodonWorld) -> None:
    call = world.call("unroll", under=None)
    world.statuses[call]["visibility"] = "direct"
    bot = world.bot()
    (heard,) = bot.calls("")[0]
    bot.answer(heard.ref, "Here:", "https://letters.example/", again=False)
    (said,) = [row for row in world.statuses.values() if row["account"]["id"] == world.us]
    assert said["visibility"] == "direct"
    assert said["content"].startswith("<p>@cleo Here:")
    assert bot.answer(heard.ref, "Here:", "https://letters.example/", again=True) == said["uri"]


def test_what_cannot_be_understood_is_tried_again_later(world: MastodonWorld) -> None:
    world.accounts[world.us].pop("id")
    with pytest.raises(FetchFailed, match="cannot be understood"):
        world.bot().calls("")


def test_a_token_that_is_not_taken_is_named_in_no_message(world: MastodonWorld) -> None:
    world.token = "another"
    with pytest.raises(FetchForbidden) as refusal:
        world.bot().handle()
    assert "wick" not in str(refusal.value)
