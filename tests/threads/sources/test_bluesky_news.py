"""What an account of Bluesky posted since it was last asked."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from werkzeug import Request

from tests.threads.sources.bluesky_server import Author, Sky
from threads.sources import bluesky_news
from threads.sources.base import (
    Gap,
    SkipReason,
    SourceAccount,
    SourceForbiddenError,
    SourceGoneError,
    SourceLimitedError,
)
from threads.sources.bluesky import BlueskyAccount


@pytest.fixture
def mira(sky: Sky) -> Author:
    return sky.author("mira.example", "Mira Osei")


def news_of(sky: Sky, author: Author, cursor: dict[str, str] | None = None) -> BlueskyAccount:
    account = SourceAccount("bluesky", author.did, author.handle)
    return BlueskyAccount(account, cursor or {}, sky.web, sky.services)


def texts(source: BlueskyAccount) -> list[str]:
    return [status.text for status in source.statuses() if not status.skip]


def test_the_first_time_everything_comes_and_later_what_is_new(sky: Sky, mira: Author) -> None:
    mira.thread("One.", "Two.")
    first = news_of(sky, mira)
    assert texts(first) == ["One.", "Two."]
    mira.post("Three.")
    second = news_of(sky, mira, first.cursor)
    assert texts(second) == ["Three."]
    assert second.cursor["seen"] > first.cursor["seen"]


def test_it_asks_at_the_first_use_and_keeps_what_it_got(sky: Sky, mira: Author) -> None:
    mira.post("One.")
    source = news_of(sky, mira)
    assert sky.asked == []
    assert source.account().name == "Mira Osei"
    assert texts(source) == texts(source) == ["One."]
    assert len(sky.asked) == 2


def test_an_account_without_posts_is_asked_from_the_start_again(sky: Sky, mira: Author) -> None:
    source = news_of(sky, mira)
    assert texts(source) == []
    assert source.cursor == {}


def test_a_thread_that_went_on_comes_whole(sky: Sky, mira: Author) -> None:
    old = mira.thread(*[f"Part {number}." for number in range(1, 13)])
    source = news_of(sky, mira)
    assert len(texts(source)) == 12
    sky.tick(minutes=24 * 60)
    sky.page = 5
    mira.post("Something else.")
    mira.post("Part 13.", answers=old[-1])
    found = list(news_of(sky, mira, source.cursor).statuses())
    assert [status.text for status in found] == [
        *[f"Part {number}." for number in range(1, 13)],
        "Something else.",
        "Part 13.",
    ]


def test_the_first_time_ends_at_the_most_recent_posts_and_whole_threads(
    sky: Sky, mira: Author, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bluesky_news, "FIRST_POSTS", 10)
    sky.page = 4
    mira.thread("Too old.", "And this.")
    thread = mira.thread(*[f"Part {number}." for number in range(20)])
    assert texts(news_of(sky, mira)) == [part.text for part in thread]


def test_reposts_are_counted_even_of_own_posts_and_others_posts_never_come(
    sky: Sky, mira: Author
) -> None:
    ada = sky.author("ada.example")
    mira.repost(ada.post("Not Mira's."))
    own = mira.post("Mira's.")
    mira.repost(own)
    found = {status.id: status for status in news_of(sky, mira).statuses()}
    assert sorted(status.text for status in found.values()) == ["", "", "Mira's."]
    assert sum(status.skip is SkipReason.RETWEET for status in found.values()) == 2
    assert found[own.uri].skip is None


def test_old_reposts_are_not_counted_again(sky: Sky, mira: Author) -> None:
    mira.repost(sky.author("ada.example").post("Not Mira's."))
    mira.post("One.")
    source = news_of(sky, mira)
    source.account()
    mira.post("Two.")
    found = list(news_of(sky, mira, source.cursor).statuses())
    assert [status.text for status in found] == ["Two."]


def test_answers_to_others_are_told_as_such(sky: Sky, mira: Author) -> None:
    question = sky.author("ada.example").post("Why?")
    mira.thread("Because.", "Since.", answers=question)
    because, since = news_of(sky, mira).statuses()
    assert because.reply_to_account == question.author.did
    assert since.reply_to == because.id
    assert because.skip is since.skip is None  # whoever wants replies, takes them in


def test_what_goes_on_from_an_old_answer_to_somebody_else_is_no_thread(
    sky: Sky, mira: Author
) -> None:
    question = sky.author("ada.example").post("Why?")
    answers = mira.thread("Because.", "Since.", answers=question)
    source = news_of(sky, mira)
    source.account()
    sky.page = 3
    mira.thread("Moreover.", "Besides.", answers=answers[-1])
    found = list(news_of(sky, mira, source.cursor).statuses())
    assert [status.skip for status in found] == [SkipReason.REPLY_TO_OTHER] * 3


def test_a_deleted_part_is_told_as_a_gap(sky: Sky, mira: Author) -> None:
    parts = mira.thread("One.", "Two.", "Three.")
    parts[1].state = "deleted"
    assert [status.gap for status in news_of(sky, mira).statuses()] == [None, Gap.PARENT_DELETED]


def test_a_key_from_the_future_does_not_hide_what_comes_after(sky: Sky, mira: Author) -> None:
    mira.post("From afar.", at=datetime(2199, 1, 1, tzinfo=UTC), indexed_at=sky.tick())
    source = news_of(sky, mira)
    source.account()
    sky.now = datetime.now(UTC) + timedelta(minutes=5)
    mira.post("And then?")
    assert "And then?" in texts(news_of(sky, mira, source.cursor))


def test_too_much_at_once_is_told(sky: Sky, mira: Author, monkeypatch: pytest.MonkeyPatch) -> None:
    mira.post("One.")
    first = news_of(sky, mira)
    first.account()
    monkeypatch.setattr(bluesky_news, "MOST_PAGES", 2)
    sky.page = 2
    for number in range(6):
        mira.post(f"Post {number}.")
    second = news_of(sky, mira, first.cursor)
    assert texts(second) == ["Post 2.", "Post 3.", "Post 4.", "Post 5."]
    assert second.findings.complete is False
    assert second.findings.warnings == [
        "So much was posted that only the latest 4 posts were looked at."
    ]


def test_a_cursor_that_is_none_begins_anew(sky: Sky, mira: Author) -> None:
    mira.post("One.")
    assert texts(news_of(sky, mira, {"seen": "yesterday"})) == ["One."]


def test_at_the_limit_the_cursor_stays_as_it_was(sky: Sky, mira: Author) -> None:
    mira.post("One.")
    sky.rations(1)
    source = news_of(sky, mira)
    with pytest.raises(SourceLimitedError):
        source.account()
    assert source.cursor == {}


def test_shy_authors_are_followed_only_when_the_account_is_claimed(sky: Sky) -> None:
    shy = sky.author("shy.example", labels=("!no-unauthenticated",))
    shy.post("For those who know me.")
    with pytest.raises(SourceForbiddenError):
        news_of(sky, shy).account()
    account = SourceAccount("bluesky", shy.did)
    source = BlueskyAccount(account, {}, sky.web, sky.services, owned=True)
    assert texts(source) == ["For those who know me."]
    assert source.open_media(None, "") is None  # type: ignore[arg-type]  # whatever is asked for


def test_an_account_that_is_gone_is_told(sky: Sky, mira: Author) -> None:
    sky.authors.clear()
    with pytest.raises(SourceGoneError, match="does not know the account"):
        news_of(sky, mira).account()


def test_what_is_no_post_in_the_feed_is_passed_over(sky: Sky, mira: Author) -> None:
    mira.post("One.")
    answer = sky.methods["app.bsky.feed.getAuthorFeed"]

    def feed(request: Request) -> dict[str, Any]:
        told = answer(request)
        return told | {"feed": [{}, {"post": {"uri": 7}}, "post", *told["feed"]]}

    sky.methods["app.bsky.feed.getAuthorFeed"] = feed
    assert texts(news_of(sky, mira)) == ["One."]


def test_the_first_time_even_a_talkative_account_comes_to_an_end(
    sky: Sky, mira: Author, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bluesky_news, "MOST_PAGES", 2)
    sky.page = 2
    for number in range(6):
        mira.post(f"Post {number}.")
    source = news_of(sky, mira)
    assert len(texts(source)) == 4
    assert source.findings.complete is True
