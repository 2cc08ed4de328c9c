"""Threads of Bluesky, found whole from any of their posts."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_httpserver import HTTPServer
from werkzeug import Request

from tests.threads.sources.bluesky_server import Author, Post, Sky
from threads.sources import bluesky_walk
from threads.sources.base import (
    Gap,
    SkipReason,
    SourceAccount,
    SourceError,
    SourceForbiddenError,
    SourceFormatError,
    SourceGoneError,
    SourceLimitedError,
    SourceStatus,
    SourceUnavailableError,
)
from threads.sources.bluesky import BlueskyThread, find, profile


@pytest.fixture
def mira(sky: Sky) -> Author:
    return sky.author("mira.example", "Mira Osei")


@pytest.fixture
def ada(sky: Sky) -> Author:
    return sky.author("ada.example", "Ada Example")


def thread_at(sky: Sky, post: Post | str, **options: Any) -> BlueskyThread:
    place = find(post if isinstance(post, str) else post.url)
    assert place
    return BlueskyThread(place, sky.web, sky.services, **options)


def read(sky: Sky, post: Post | str, **options: Any) -> dict[str, SourceStatus]:
    return {status.id: status for status in thread_at(sky, post, **options).statuses()}


def texts(statuses: dict[str, SourceStatus]) -> list[str]:
    return [status.text for status in statuses.values()]


def numbered(count: int) -> list[str]:
    return [f"Part {number}." for number in range(1, count + 1)]


@pytest.mark.parametrize("at", [0, 7, 44])
def test_a_long_thread_is_found_whole_from_any_of_its_posts(
    sky: Sky, mira: Author, at: int
) -> None:
    parts = mira.thread(*numbered(45))
    found = read(sky, parts[at])
    assert texts(found) == numbered(45)
    assert [status.reply_to for status in found.values()] == ["", *(p.uri for p in parts[:-1])]
    assert all(status.gap is None for status in found.values())
    # Five views of ten levels each, and one for the post that was asked for.
    assert sky.count("getPostThread") <= 6


@given(
    parents=st.lists(st.integers(0, 99), min_size=1, max_size=14),
    strangers=st.lists(st.integers(0, 99), max_size=4),
    asked=st.integers(0, 99),
)
@settings(
    max_examples=12,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_any_tree_of_own_posts_is_found_by_views_alone(
    sky: Sky, parents: list[int], strangers: list[int], asked: int
) -> None:
    """`parents`: which of the posts before it each post answers."""
    author, ada = sky.author("mira.example"), sky.author("ada.example")
    sky.posts.clear()
    sky.depth = 3
    posts = [author.post("Part 0.")]
    for parent in parents:
        posts.append(author.post(f"Part {len(posts)}.", answers=posts[parent % len(posts)]))
    for stranger in strangers:
        ada.post("Why?", answers=posts[stranger % len(posts)])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bluesky_walk, "MOST_PAGES", 0)
        patch.setattr(bluesky_walk, "PAGES_ANYWAY", 0)
        found = read(sky, posts[asked % len(posts)])
    assert list(found) == [post.uri for post in posts]
    assert {status.gap for status in found.values()} == {None}


def test_the_network_is_asked_once_and_at_the_first_use(sky: Sky, mira: Author) -> None:
    source = thread_at(sky, mira.thread("One.", "Two.")[0])
    assert sky.asked == []
    assert source.account() == SourceAccount(
        "bluesky", mira.did, "mira.example", "Mira Osei", "https://bsky.app/profile/mira.example"
    )
    asked = len(sky.asked)
    assert list(source.statuses()) == list(source.statuses())
    assert len(sky.asked) == asked


def test_branches_come_along_and_the_posts_of_others_do_not(
    sky: Sky, mira: Author, ada: Author
) -> None:
    parts = mira.thread("One.", "Two.", "Three.")
    mira.thread("Beside.", "And more.", answers=parts[0])
    ada.post("Why?", answers=parts[1])
    assert texts(read(sky, parts[2])) == ["One.", "Two.", "Three.", "Beside.", "And more."]


def test_answers_to_others_below_are_read_for_whoever_wants_replies(
    sky: Sky, mira: Author, ada: Author
) -> None:
    root = mira.post("One.")
    mira.post("Two.", answers=root)
    question = ada.post("Why?", answers=root)
    because = mira.thread("Because.", "Since.", answers=question)
    for asked in (root, because[1]):
        found = read(sky, asked)
        assert texts(found) == ["One.", "Two.", "Because.", "Since."]
        assert found[because[0].uri].reply_to_account == ada.did


def test_a_chain_under_somebody_elses_post_is_told_as_what_it_is(
    sky: Sky, mira: Author, ada: Author
) -> None:
    question = ada.post("Why?")
    answers = mira.thread("Because.", "Since.", answers=question)
    first, second = read(sky, answers[1]).values()
    assert (first.reply_to, first.reply_to_account) == (question.uri, ada.did)
    assert second.reply_to == answers[0].uri


def test_posts_that_views_leave_out_are_found_in_the_feed(sky: Sky, mira: Author) -> None:
    sky.page = 7
    parts = mira.thread(*numbered(20))
    mira.thread("Another thread.", "Its end.")
    lost = parts[4]
    sky.methods["app.bsky.feed.getPostThread"] = without(sky, lost)
    found = read(sky, parts[0])
    assert list(found) == [part.uri for part in parts]
    assert all(status.gap is None for status in found.values())


def without(sky: Sky, lost: Post) -> Any:
    """The view of a thread whose answers do not show one post, which its feed has."""
    answer = sky.methods["app.bsky.feed.getPostThread"]

    def view(request: Any) -> Any:
        if request.args["uri"] == lost.uri:
            return answer(request)
        lost.state = "hidden"
        told = answer(request)
        lost.state = ""
        return told

    return view


def test_where_the_feed_is_too_long_answers_may_be_unseen(
    sky: Sky, mira: Author, ada: Author, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bluesky_walk, "MOST_PAGES", 2)
    sky.page = 10
    first, last = mira.thread("One.", "Two.")
    ada.post("Hidden.", answers=last).state = "hidden"
    for number in range(30):
        mira.post(f"Later {number}.")
    found = read(sky, first)
    assert [status.gap for status in found.values()] == [None, Gap.ANSWERS_UNSEEN]


def test_hidden_answers_of_others_are_no_gap(sky: Sky, mira: Author, ada: Author) -> None:
    first, last = mira.thread("One.", "Two.")
    ada.post("Hidden.", answers=last).state = "hidden"
    ada.post("Rude.", answers=first).state = "blocked"
    assert [status.gap for status in read(sky, first).values()] == [None, None]


def test_a_thread_without_end_is_read_as_far_as_it_is_sensible(
    sky: Sky, mira: Author, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bluesky_walk, "MOST_VIEWS", 2)
    monkeypatch.setattr(bluesky_walk, "MOST_PAGES", 0)
    source = thread_at(sky, mira.thread(*numbered(40))[0])
    statuses = list(source.statuses())
    assert len(statuses) == 21
    assert statuses[-1].gap is Gap.ANSWERS_UNSEEN
    assert source.findings.complete is False
    assert source.findings.warnings == [
        "This thread is so long that only 21 parts of it were read."
    ]


# --- what is gone, or not for us ----------------------------------------------------------------


def test_a_deleted_parent_is_told_as_a_gap(sky: Sky, mira: Author) -> None:
    parts = mira.thread(*numbered(5))
    parts[2].state = "deleted"
    found = read(sky, parts[3])
    assert {uri: status.gap for uri, status in found.items()} == {
        parts[0].uri: None,
        parts[1].uri: None,
        parts[3].uri: Gap.PARENT_DELETED,
        parts[4].uri: None,
    }


def test_what_stands_below_a_deleted_post_is_found_from_above(sky: Sky, mira: Author) -> None:
    parts = mira.thread(*numbered(5))
    parts[2].state = "deleted"
    found = read(sky, parts[0])
    assert texts(found) == ["Part 1.", "Part 2.", "Part 4.", "Part 5."]
    assert found[parts[3].uri].gap is Gap.PARENT_DELETED


def test_a_parent_that_is_blocked_is_told_as_a_gap(sky: Sky, mira: Author, ada: Author) -> None:
    question = ada.post("Why?")
    answer = mira.post("Because.", answers=question)
    question.state = "blocked"
    assert read(sky, answer)[answer.uri].gap is Gap.PARENT_BLOCKED


def test_posts_that_are_gone_are_told_as_deleted(sky: Sky, mira: Author) -> None:
    parts = mira.thread(*numbered(4))
    parts[3].state = "deleted"
    found = read(sky, parts[0], expected={part.uri for part in parts})
    assert [status.skip for status in found.values()] == [None, None, None, SkipReason.DELETED]
    assert found[parts[3].uri].text == ""


def test_a_post_that_lists_leave_out_is_not_believed_to_be_gone(
    sky: Sky, mira: Author, ada: Author
) -> None:
    parts = mira.thread(*numbered(3))
    parts[2].state = "blocked"
    expected = {part.uri for part in parts} | {ada.post("Of somebody else.").uri, "no uri"}
    found = read(sky, parts[0], expected=expected)
    assert list(found) == [parts[0].uri, parts[1].uri]


def test_a_failure_while_looking_for_posts_is_no_proof_that_they_are_gone(
    sky: Sky, mira: Author
) -> None:
    parts = mira.thread(*numbered(3))
    parts[2].state = "deleted"
    answer = sky.methods["app.bsky.feed.getPosts"]

    def fails_after(request: Any) -> Any:
        sky.fails(502)
        return answer(request)

    sky.methods["app.bsky.feed.getPosts"] = fails_after
    with pytest.raises(SourceUnavailableError):
        read(sky, parts[0], expected={part.uri for part in parts})


def test_a_thread_whose_first_post_is_gone_is_read_from_the_others(sky: Sky, mira: Author) -> None:
    parts = mira.thread(*numbered(14))
    parts[0].state = "deleted"
    found = read(sky, parts[0], expected={part.uri for part in parts[:3]})
    assert [status.skip for status in found.values()] == [SkipReason.DELETED, *[None] * 13]
    assert found[parts[1].uri].gap is Gap.PARENT_DELETED


def test_a_thread_of_which_nothing_is_left_is_gone(sky: Sky, mira: Author) -> None:
    parts = mira.thread(*numbered(2))
    for part in parts:
        part.state = "deleted"
    with pytest.raises(SourceGoneError, match="does not know this post"):
        read(sky, parts[0], expected={part.uri for part in parts})


def test_a_post_that_visitors_may_not_see_is_refused_in_words(sky: Sky, mira: Author) -> None:
    post = mira.post("One.")
    post.state = "blocked"
    with pytest.raises(SourceForbiddenError, match="Paste its text instead"):
        read(sky, post)


def test_authors_who_ask_not_to_be_shown_to_visitors_are_respected(sky: Sky) -> None:
    shy = sky.author("shy.example", labels=("!no-unauthenticated",))
    post = shy.post("For those who know me.")
    with pytest.raises(SourceForbiddenError, match=r"shy\.example asks Bluesky .* claim"):
        thread_at(sky, post).account()
    assert texts(read(sky, post, owned=True)) == ["For those who know me."]


# --- names --------------------------------------------------------------------------------------


def test_a_handle_may_change_and_the_posts_stay_the_same(sky: Sky, mira: Author) -> None:
    first, second = mira.thread("One.", "Two.")
    old = first.url
    mira.handle = "osei.example"
    found = read(sky, old, expected={first.uri, second.uri})
    assert list(found) == [first.uri, second.uri]
    assert found[first.uri].url == first.url != old
    with pytest.raises(SourceGoneError, match=r"does not know the account mira\.example"):
        read(sky, old)


def test_a_did_in_the_address_needs_no_handle(sky: Sky, mira: Author) -> None:
    post = mira.post("One.")
    assert texts(read(sky, post.uri)) == ["One."]
    assert sky.count("resolveHandle") == 0


def test_a_profile_tells_its_words_and_links(sky: Sky) -> None:
    shy = sky.author(
        "shy.example",
        "Shy Person",
        bio="Lamps, code u-1234. https://shy.example/about and lamps.example/x",
        labels=("!no-unauthenticated",),
    )
    for asked in (
        SourceAccount("bluesky", shy.did, "an-older-name.example"),
        SourceAccount("bluesky", "@shy.example", "shy.example"),
        SourceAccount("bluesky", "", "@shy.example"),
    ):
        told = profile(asked, sky.web, sky.services)
        assert told.account.remote_id == shy.did
        assert told.account.handle == "shy.example"
        assert "u-1234" in told.bio
        assert told.links == ("https://shy.example/about", "https://lamps.example/x")


# --- bad days -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "error", "words"),
    [
        (502, SourceUnavailableError, "Bluesky did not answer"),
        (403, SourceForbiddenError, "logged in"),
        (404, SourceGoneError, "does not know"),
        (501, SourceUnavailableError, "Bluesky did not answer"),
        (400, SourceFormatError, "did not accept our question"),
    ],
)
def test_what_the_server_says_is_told_in_words(
    sky: Sky, mira: Author, status: int, error: type[SourceError], words: str
) -> None:
    post = mira.post("One.")
    sky.fails(status)
    with pytest.raises(error, match=words):
        read(sky, post)


def test_the_limit_is_told_with_the_time_when_it_ends(sky: Sky, mira: Author) -> None:
    parts = mira.thread(*numbered(40))
    sky.rations(3)
    with pytest.raises(SourceLimitedError, match=r"wait until \d\d:\d\d UTC") as caught:
        read(sky, parts[0])
    assert caught.value.until
    assert len(sky.asked) == 3  # the fourth is not even tried


@pytest.mark.parametrize(
    ("reason", "words"),
    [("AccountTakedown", "taken down by Bluesky"), ("AccountDeactivated", "closed for now")],
)
def test_a_closed_account_is_told_as_gone(sky: Sky, mira: Author, reason: str, words: str) -> None:
    sky.refuses("app.bsky.feed.getPostThread", reason)
    with pytest.raises(SourceGoneError, match=words):
        read(sky, mira.post("One."))


def test_a_place_where_a_post_was_is_no_post(sky: Sky, mira: Author) -> None:
    post = mira.post("One.")
    gone = {"$type": "app.bsky.feed.defs#notFoundPost", "uri": post.uri, "notFound": True}
    sky.methods["app.bsky.feed.getPostThread"] = lambda request: {"thread": gone}
    with pytest.raises(SourceGoneError, match="does not know this post"):
        read(sky, post)


def test_a_refusal_without_a_word_is_told_as_such(
    sky: Sky, mira: Author, httpserver: HTTPServer
) -> None:
    httpserver.clear()
    httpserver.expect_request(re.compile("/xrpc/")).respond_with_data("<h1>No</h1>", status=400)
    with pytest.raises(SourceFormatError, match=r"did not accept our question .* \(400\)"):
        read(sky, mira.post("One."))


def test_a_post_that_is_deleted_while_we_read_is_left_out(sky: Sky, mira: Author) -> None:
    parts = mira.thread(*numbered(14))
    answer = sky.methods["app.bsky.feed.getPostThread"]

    def view(request: Request) -> dict[str, Any]:
        if request.args["uri"] == parts[10].uri:
            parts[10].state = "deleted"
        return answer(request)

    sky.methods["app.bsky.feed.getPostThread"] = view
    found = read(sky, parts[0])
    assert [part.uri in found for part in parts[9:12]] == [True, False, True]
    assert found[parts[11].uri].gap is Gap.PARENT_DELETED


@pytest.mark.parametrize("answer", [[], {}, {"thread": None}, {"thread": []}])
def test_a_server_that_is_no_appview_is_told_in_words(sky: Sky, mira: Author, answer: Any) -> None:
    sky.methods["app.bsky.feed.getPostThread"] = lambda request: answer
    with pytest.raises(SourceFormatError, match="cannot read"):
        read(sky, mira.post("One."))


def test_a_post_that_cannot_be_read_is_counted_and_the_others_come(sky: Sky, mira: Author) -> None:
    first, second = mira.thread("One.", "Two.")
    second.record = {"text": None}
    assert [status.skip for status in read(sky, first).values()] == [None, SkipReason.UNREADABLE]


def test_it_carries_no_files(sky: Sky, mira: Author) -> None:
    source = thread_at(sky, mira.post("One."))
    assert source.open_media(None, "") is None  # type: ignore[arg-type]  # whatever is asked for
