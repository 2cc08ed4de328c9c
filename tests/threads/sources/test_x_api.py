"""Threads of X, asked of a small X of our own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Response

from tests.threads.archives import OTHER, OWN
from tests.threads.sources.x_server import XServer, problem
from threads.http import Policy, Web
from threads.sources import x_asking
from threads.sources.base import (
    Gap,
    Priced,
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
from threads.sources.services import Services
from threads.sources.x_api import Place, XThread, find


@pytest.fixture
def x(httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch) -> XServer:
    monkeypatch.setattr(x_asking, "BREATH", 0)
    return XServer(httpserver)


@pytest.fixture
def web() -> Web:
    return Web(Policy(("127.0.0.1/32",)))


@pytest.fixture
def read(x: XServer, web: Web) -> Callable[..., XThread]:
    def read(id_: str, **options: frozenset[str]) -> XThread:
        return XThread(Place(id_), web, x.services(), **options)

    return read


Read = Callable[..., XThread]


def texts(source: XThread) -> list[str]:
    return [status.text for status in source.statuses() if not status.skip]


def by_id(source: XThread) -> dict[str, SourceStatus]:
    return {status.id: status for status in source.statuses()}


@pytest.mark.parametrize("number", [0, 1, 2])
def test_any_part_brings_the_whole_thread(x: XServer, read: Read, number: int) -> None:
    ids = x.thread("A lamp, one.", "Two.", "Three.")
    x.thread("Another thread.", "It ends.")
    source = read(ids[number])
    assert source.account() == SourceAccount(
        "x", OWN, "miraosei", "Mira Osei", "https://x.com/miraosei"
    )
    first, second, third = source.statuses()
    assert (first.id, second.id, third.id) == tuple(ids)
    assert (first.reply_to, second.reply_to, third.reply_to) == ("", ids[0], ids[1])
    assert second.reply_to_account == OWN
    assert second.url == f"https://x.com/miraosei/status/{ids[1]}"
    assert list(source.statuses()) == [first, second, third]
    assert source.findings.warnings == []
    assert source.findings.complete


def test_x_is_asked_once_for_everything(x: XServer, read: Read) -> None:
    ids = x.thread("One.", "Two.")
    source = read(ids[1])
    assert x.asked == []
    for _ in range(2):
        source.account()
        list(source.statuses())
    assert x.asked == [f"/tweets/{ids[1]}", "/tweets", "/tweets/search/all"]


def test_long_threads_come_page_by_page(x: XServer, read: Read) -> None:
    x.page_size = 10
    ids = x.thread(*(f"Part {number}." for number in range(35)))
    assert texts(read(ids[0])) == [f"Part {number}." for number in range(35)]
    assert x.asked.count("/tweets/search/all") == 4


def test_what_the_search_misses_is_found_from_below(x: XServer, read: Read) -> None:
    ids = x.thread("One.", "Two.", "Three.", "Four.")
    x.posts[ids[1]]["conversation_id"] = x.posts[ids[2]]["conversation_id"] = "1"
    assert texts(read(ids[3])) == ["One.", "Two.", "Three.", "Four."]


def test_a_climb_has_an_end(x: XServer, read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("threads.sources.x_posts.HIGHEST", 1)
    ids = x.thread("One.", "Two.", "Three.", "Four.")
    for id_ in ids[1:]:
        x.posts[id_]["conversation_id"] = ids[3]
    source = read(ids[3])
    assert texts(source) == ["Three.", "Four."]
    assert "goes further up" in source.findings.warnings[0]
    assert not source.findings.complete


@pytest.mark.parametrize(
    ("fate", "gap"),
    [("deleted", Gap.PARENT_DELETED), ("protected", Gap.PARENT_PRIVATE)],
)
@pytest.mark.parametrize("number", [0, 1])
def test_a_parent_that_is_not_to_be_had_is_told_as_a_gap(
    x: XServer, read: Read, fate: str, gap: Gap, number: int
) -> None:
    ids = x.thread("One.", "Two.", "Three.", "Four.")
    getattr(x, fate).add(ids[number])
    found = by_id(read(ids[3]))
    assert ids[number] not in found
    assert found[ids[number + 1]].gap is gap
    assert [status.gap for status in found.values() if status.gap] == [gap]


def test_expected_parts_that_were_deleted_are_told(x: XServer, read: Read) -> None:
    ids = x.thread("One.", "Two.", "Three.")
    branch = x.post("Beside it.", reply_to=ids[0])
    x.posts[branch]["conversation_id"] = "1"
    x.deleted.add(ids[2])
    found = by_id(read(ids[0], expected=frozenset([*ids, branch])))
    assert found[ids[2]].skip is SkipReason.DELETED
    assert found[branch].text == "Beside it."
    assert [status.skip for status in found.values()].count(None) == 3


def test_an_expected_part_that_is_only_hidden_is_not_called_deleted(x: XServer, read: Read) -> None:
    ids = x.thread("One.", "Two.")
    x.protected.add(ids[1])
    assert ids[1] not in by_id(read(ids[0], expected=frozenset(ids)))


def test_the_latest_version_of_an_edited_post_is_found(x: XServer, read: Read) -> None:
    old = x.post("A lmap.")
    new = x.post("A lamp.", edits=[old])
    x.posts[new]["conversation_id"] = old
    answer = x.post("Two.", reply_to=old)
    x.posts[old]["edit_history_tweet_ids"] = [old, new]
    found = by_id(read(answer))
    assert found[new].versions == (old, new)
    assert found[answer].reply_to == old
    assert found[answer].gap is None


def test_a_repost_leads_to_what_it_repeats(x: XServer, read: Read) -> None:
    ids = x.thread("One.", "Two.")
    repost = x.post("RT @miraosei: Two.", by=OTHER, repeats=ids[1])
    source = read(repost)
    assert texts(source) == ["One.", "Two."]
    assert source.account().remote_id == OWN


def test_answers_to_others_within_the_thread_are_told_as_such(x: XServer, read: Read) -> None:
    ids = x.thread("One.", "Two.")
    question = x.post("Why?", by=OTHER, reply_to=ids[1])
    reply = x.post("@bo Because.", reply_to=question)
    found = by_id(read(ids[0]))
    assert question not in found
    assert found[reply].reply_to_account == OTHER


def test_a_thread_below_anothers_post_is_told_so(x: XServer, read: Read) -> None:
    above = x.post("Why do lamps turn?", by=OTHER)
    first = x.post("@bo Because.", reply_to=above)
    second = x.post("And slowly.", reply_to=first)
    source = read(second)
    assert texts(source) == ["@bo Because.", "And slowly."]
    assert "below somebody else’s post" in source.findings.warnings[0]


def test_without_the_full_archive_what_may_be_missing_is_told(x: XServer, read: Read) -> None:
    x.full_archive = False
    ids = x.thread("One.", "Two.", "Three.")
    source = read(ids[1])
    assert texts(source) == ["One.", "Two."]
    assert [status.gap for status in source.statuses()] == [None, Gap.ANSWERS_UNSEEN]
    assert "The author’s archive has all of it." in source.findings.warnings[0]
    assert not source.findings.complete


def test_a_young_thread_needs_no_full_archive(x: XServer, read: Read) -> None:
    x.full_archive = False
    x.clock = datetime.now(UTC) - timedelta(hours=1)
    ids = x.thread("One.", "Two.", "Three.")
    source = read(ids[0])
    assert texts(source) == ["One.", "Two.", "Three."]
    assert source.findings.warnings == []


def test_a_post_that_is_none_is_unreadable(x: XServer, read: Read) -> None:
    ids = x.thread("One.", "Two.")
    x.posts[ids[1]]["created_at"] = "2026-13-41"
    assert by_id(read(ids[0]))[ids[1]].skip is SkipReason.UNREADABLE


# --- money ------------------------------------------------------------------------------------


def test_the_price_is_known_before_much_is_read(x: XServer, read: Read) -> None:
    ids = x.thread(*(f"Part {number}." for number in range(40)))
    source = read(ids[0])
    assert isinstance(source, Priced)
    assert source.price().posts == 40
    assert source.price().dollars == pytest.approx(0.2)
    assert "/tweets/search/all" not in x.asked
    list(source.statuses())
    assert source.findings.cost == "40 posts were read from X, for about $0.20."


def test_the_price_is_guessed_where_the_full_archive_is_closed(x: XServer, read: Read) -> None:
    x.full_archive = False
    assert read(x.thread("One.", "Two.")[0]).price().posts == 1


def test_a_single_post_costs_next_to_nothing(x: XServer, read: Read) -> None:
    source = read(x.post("One."))
    list(source.statuses())
    assert source.findings.cost == "1 post was read from X, for less than $0.01."


# --- refusals ---------------------------------------------------------------------------------


def test_without_a_token_it_says_what_to_do_instead(web: Web) -> None:
    with pytest.raises(SourceForbiddenError, match=r"upload the author’s archive.*X_TOKEN"):
        XThread(Place("1"), web, Services())


@pytest.mark.parametrize(
    ("fate", "error", "words"),
    [
        ("deleted", SourceGoneError, "it was deleted, or never there"),
        ("protected", SourceForbiddenError, "upload that"),
    ],
)
def test_a_post_that_is_not_to_be_had_says_why(
    x: XServer, read: Read, fate: str, error: type[SourceError], words: str
) -> None:
    id_ = x.post("One.")
    getattr(x, fate).add(id_)
    with pytest.raises(error, match=words):
        read(id_).account()


LATER = str(int(datetime.now(UTC).timestamp()) + 600)


@pytest.mark.parametrize(
    ("answer", "error", "words"),
    [
        (problem(401, "Unauthorized"), SourceForbiddenError, "does not accept X_TOKEN"),
        (problem(402, "CreditsDepleted"), SourceFormatError, "buy more"),
        (problem(403, "Forbidden"), SourceForbiddenError, "upload the author"),
        (problem(400, "Invalid Request"), SourceFormatError, "X refused"),
        (problem(404, "Not Found"), SourceGoneError, "no such post"),
        (
            problem(429, "Too Many", {"x-rate-limit-reset": LATER}),
            SourceLimitedError,
            "no more until",
        ),
        (problem(503, "Over capacity"), SourceUnavailableError, "did not answer"),
        (Response("<html>"), SourceUnavailableError, "did not answer"),
        (Response("{}"), SourceUnavailableError, "cannot be understood"),
        (Response("[1]"), SourceUnavailableError, "cannot be understood"),
        (Response('{"data": "x"}'), SourceUnavailableError, "cannot be understood"),
        (
            Response('{"data": {"text": ""}}'),
            SourceUnavailableError,
            "cannot be understood",
        ),
        (Response('{"data": {"id": "1"}}'), SourceUnavailableError, "be understood"),
        (
            Response(iter([b"{"]), headers={"Content-Length": "9"}),
            SourceUnavailableError,
            "not to the end",
        ),
    ],
)
def test_what_x_says_is_put_in_words(
    x: XServer,
    read: Read,
    answer: Response,
    error: type[SourceError],
    words: str,
) -> None:
    x.instead["/tweets/1"] = answer
    with pytest.raises(error, match=words) as caught:
        read("1").account()
    assert type(caught.value) is error
    assert "\n" not in str(caught.value)
    assert "a-token" not in str(caught.value)


def test_a_limit_in_the_midst_is_one_too(x: XServer, read: Read) -> None:
    ids = x.thread("One.", "Two.")
    reset = {"x-rate-limit-remaining": "0", "x-rate-limit-reset": LATER}
    x.instead["/tweets/search/all"] = problem(429, "Too Many", reset)
    with pytest.raises(SourceLimitedError) as caught:
        list(read(ids[0]).statuses())
    assert caught.value.until == datetime.fromtimestamp(int(LATER), UTC)


def test_it_carries_no_files(x: XServer, read: Read) -> None:
    source = read(x.post("One.", media=[{"url": "https://pbs.twimg.com/a.jpg"}]))
    (status,) = source.statuses()
    assert source.open_media(status.media[0], status.id) is None


# --- addresses --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "place"),
    [
        ("https://x.com/miraosei/status/20", Place("20", "miraosei")),
        ("https://twitter.com/miraosei/status/20?s=20&t=x#m", Place("20", "miraosei")),
        ("https://www.x.com/miraosei/status/20/photo/1", Place("20", "miraosei")),
        ("http://mobile.twitter.com/miraosei/statuses/20", Place("20", "miraosei")),
        ("https://m.twitter.com/#!/miraosei/status/20", Place("20", "miraosei")),
        ("https://x.com/i/web/status/20", Place("20")),
        ("https://X.com/i/status/0020/", Place("20")),
        ("https://x.com/miraosei", None),
        ("https://x.com.example/miraosei/status/20", None),
        ("https://example.com/https://x.com/a/status/20", None),
        ("https://x.com/miraosei/status/123456789012345678901", None),
    ],
)
def test_the_address_of_a_post_is_known_in_all_its_forms(url: str, place: Place | None) -> None:
    assert find(url) == place
