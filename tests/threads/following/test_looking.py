"""One look at an account: what is asked, what comes home, and what becomes of the schedule."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils.timezone import now
from pytest_httpserver import HTTPServer
from werkzeug import Response

from tests.factories import make_account
from tests.threads.archives import OWN
from tests.threads.sources.test_feeds import rss
from tests.threads.sources.x_server import XServer, problem
from threads import following, importing
from threads.following.outcomes import LEASE, claim, healthy, wait_after
from threads.http import Policy, Web
from threads.models import Account, Follow, Import, Status, Thread
from threads.sources.pasted import PastedSource

pytestmark = pytest.mark.django_db
State = Follow.State
BEGAN = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture
def x(httpserver: HTTPServer) -> XServer:
    return XServer(httpserver)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(BEGAN, tick=False) as traveller:
        yield traveller


def followed(**fields: object) -> Follow:
    account = make_account(remote_id=OWN)
    return Follow.objects.create(account=account, **{"next_at": BEGAN} | fields)


def look(follow: Follow, x: XServer) -> list[Thread] | None:
    Follow.objects.filter(pk=follow.pk).update(next_at=now())
    return following.look(follow, Web(Policy(("127.0.0.1/32",))), x.services())


def test_a_new_thread_comes_to_the_inbox_once(x: XServer, clock: time_machine.Traveller) -> None:
    follow = followed()
    x.thread("A lamp has one job.", "Two lamps have two.")
    (thread,) = look(follow, x) or []
    assert (thread.title, thread.length, thread.in_inbox) == ("A lamp has one job.", 2, True)
    assert look(follow, x) == []
    assert Thread.objects.in_inbox().get() == thread
    assert follow.state == State.HEALTHY
    assert follow.next_at == now() + timedelta(minutes=60)


def test_what_was_here_before_stays_out_of_the_inbox(x: XServer) -> None:
    follow = followed()
    source = x.thread("A lamp has one job.", "Two lamps have two.")
    look(follow, x)
    Thread.objects.update(in_inbox=False)
    x.post("And three have three.", reply_to=source[-1])
    assert look(follow, x) == []
    thread = Thread.objects.visible().get()
    assert (thread.length, thread.in_inbox) == (3, False)


def test_a_look_that_finds_nothing_leaves_no_import(x: XServer) -> None:
    follow = followed()
    x.thread("One.", "Two.")
    look(follow, x)
    look(follow, x)
    other = x.post("A question?", by="20")
    x.post("An answer to somebody else.", reply_to=other)
    look(follow, x)
    assert Import.objects.count() == 1


def test_likes_alone_are_no_news(x: XServer) -> None:
    follow = followed()
    ids = x.thread("One.", "Two.")
    look(follow, x)
    before = list(Status.objects.values_list("digest", "likes"))
    x.posts[ids[0]]["public_metrics"]["like_count"] = 7
    Follow.objects.update(cursor={})
    follow.refresh_from_db()
    look(follow, x)
    assert Import.objects.count() == 1
    assert list(Status.objects.values_list("digest", "likes")) == before


def test_the_rest_of_a_thread_that_begins_here_joins_it(x: XServer) -> None:
    follow = followed()
    first = x.post("One.")
    assert look(follow, x) == []
    x.post("Two.", reply_to=first)
    (thread,) = look(follow, x) or []
    assert thread.length == 2
    assert thread.complete


# --- the feed ----------------------------------------------------------------------------------


@pytest.fixture
def feed(httpserver: HTTPServer) -> list[int]:
    """The numbers of the entries that it lists."""
    listed = [1]
    httpserver.expect_request("/feed").respond_with_handler(lambda _: Response(rss(*listed)))
    return listed


@pytest.fixture
def with_feed(x: XServer, feed: list[int], clock: time_machine.Traveller) -> Follow:
    """Looked at until all was quiet."""
    follow = followed(feed=f"{x.url}/feed")
    look(follow, x)
    look(follow, x)
    x.asked.clear()
    return follow


def test_a_feed_without_news_spares_the_platform(x: XServer, with_feed: Follow) -> None:
    x.thread("One.", "Two.")
    assert look(with_feed, x) == []
    assert x.asked == []
    assert with_feed.state == State.HEALTHY


def test_a_feed_with_news_is_followed_by_asking_the_platform(
    x: XServer, with_feed: Follow, feed: list[int]
) -> None:
    x.thread("One.", "Two.")
    feed.insert(0, 2)
    assert len(look(with_feed, x) or []) == 1


def test_whoever_posted_just_now_is_asked_again_whatever_the_feed_says(
    x: XServer, with_feed: Follow, feed: list[int]
) -> None:
    first = x.post("One.")
    feed.insert(0, 2)
    assert look(with_feed, x) == []
    x.post("Two, an answer, which no feed lists.", reply_to=first)
    assert len(look(with_feed, x) or []) == 1


def test_once_a_day_the_platform_is_asked_whatever_the_feed_says(
    x: XServer, with_feed: Follow, clock: time_machine.Traveller
) -> None:
    x.thread("One.", "Two.")
    clock.shift(timedelta(hours=23))
    assert look(with_feed, x) == []
    clock.shift(timedelta(hours=2))
    assert len(look(with_feed, x) or []) == 1


def test_a_feed_is_heard_again_when_the_look_after_it_failed(
    x: XServer, with_feed: Follow, feed: list[int]
) -> None:
    x.thread("One.", "Two.")
    feed.insert(0, 2)
    path = f"/users/{OWN}/tweets"
    x.instead[path] = problem(503, "Over capacity")
    look(with_feed, x)
    assert with_feed.state == State.FAILING
    del x.instead[path]
    assert len(look(with_feed, x) or []) == 1


@pytest.mark.parametrize("answer", [Response(status=404), Response("<html></html>")])
def test_a_feed_that_is_gone_or_none_does_not_stop_the_look(
    x: XServer, httpserver: HTTPServer, answer: Response
) -> None:
    httpserver.expect_request("/old").respond_with_response(answer)
    follow = followed(feed=f"{x.url}/old")
    x.thread("One.", "Two.")
    assert len(look(follow, x) or []) == 1
    assert follow.state == State.HEALTHY
    assert follow.error.startswith("The feed is no help: ")


def test_a_feed_that_asks_for_patience_gets_it(x: XServer, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/busy").respond_with_data(status=429, headers={"Retry-After": "600"})
    follow = followed(feed=f"{x.url}/busy")
    look(follow, x)
    assert follow.state == State.LIMITED
    assert x.asked == []


# --- how it goes on ----------------------------------------------------------------------------


def test_the_limit_of_the_platform_is_kept_and_for_its_other_accounts_as_well(
    x: XServer, clock: time_machine.Traveller
) -> None:
    follow = followed()
    other = Follow.objects.create(account=make_account(remote_id="20", handle="bo"))
    elsewhere = Follow.objects.create(
        account=make_account(platform="bluesky", remote_id="did:plc:1")
    )
    until = now() + timedelta(minutes=14)
    reset = str(int(until.timestamp()))
    told = {"x-rate-limit-remaining": "0", "x-rate-limit-reset": reset}
    x.instead[f"/users/{OWN}"] = problem(429, "Slow", told)
    look(follow, x)
    for row in (follow, other, elsewhere):
        row.refresh_from_db()
    assert (follow.state, other.state) == (State.LIMITED, State.LIMITED)
    assert until <= follow.next_at <= until + timedelta(seconds=2)
    assert other.next_at == follow.next_at
    assert elsewhere.state == State.HEALTHY
    assert following.sentence(follow).startswith("X asks for patience until 09:14")
    assert not following.hurry(follow)
    clock.shift(timedelta(minutes=15))
    del x.instead[f"/users/{OWN}"]
    assert look(follow, x) == []
    assert follow.state == State.HEALTHY


def test_a_failing_account_is_tried_less_and_less_often(
    x: XServer, clock: time_machine.Traveller
) -> None:
    follow = followed(every=240)
    x.instead[f"/users/{OWN}"] = problem(503, "Over capacity")
    waits = []
    for _ in range(6):
        look(follow, x)
        waits.append((follow.next_at - now()) / timedelta(hours=1))
    assert follow.state == State.FAILING
    assert follow.failures == 6
    assert waits == sorted(waits)
    assert waits[1] == pytest.approx(2 * waits[0])
    assert 20 < waits[-1] <= 24
    assert following.sentence(follow).startswith("X did not answer")
    del x.instead[f"/users/{OWN}"]
    look(follow, x)
    assert (follow.state, follow.failures, follow.error) == (State.HEALTHY, 0, "")


def test_two_accounts_that_fail_together_do_not_come_back_together() -> None:
    one, two = followed(), Follow(account=Account(platform="x", remote_id="20"))
    assert wait_after(one, 3) == wait_after(one, 3) != wait_after(two, 3)


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_what_will_not_pass_by_itself_waits_for_an_editor(x: XServer, status: int) -> None:
    follow = followed()
    x.instead[f"/users/{OWN}"] = problem(status, "No")
    look(follow, x)
    assert follow.state == State.STOPPED
    assert follow not in Follow.objects.due()
    assert follow.error
    assert look(follow, x) is None
    del x.instead[f"/users/{OWN}"]
    following.resume(follow)
    assert look(follow, x) == []


def test_a_token_that_is_not_set_is_told(x: XServer) -> None:
    follow = followed()
    following.look(follow, Web(Policy(("127.0.0.1/32",))), x.services(x_token=""))
    assert follow.state == State.STOPPED
    assert "X_TOKEN" in following.sentence(follow)


def test_a_bug_is_raised_and_told_as_one(x: XServer) -> None:
    follow = followed()
    x.instead[f"/users/{OWN}"] = Response('{"data": {"username": "miraosei"}}')
    with pytest.raises(KeyError):
        look(follow, x)
    assert follow.state == State.FAILING
    assert "Unspool's own" in follow.error


# --- one worker at a time ----------------------------------------------------------------------


@pytest.mark.both_databases
def test_only_one_worker_looks_at_a_time_and_a_dead_one_is_replaced(x: XServer) -> None:
    with time_machine.travel(BEGAN, tick=False) as clock:
        follow = followed()
        same = Follow.objects.get()
        assert claim(follow)
        assert not claim(same)
        assert look(same, x) is None
        assert following.sentence(follow) == "Somebody is looking right now."
        clock.shift(LEASE + timedelta(seconds=1))
        assert look(same, x) == []
        assert same.state == State.HEALTHY


@pytest.mark.both_databases
def test_what_a_worker_says_that_was_taken_for_dead_is_not_heard(x: XServer) -> None:
    with time_machine.travel(BEGAN, tick=False) as clock:
        late = followed()
        assert claim(late)
        clock.shift(LEASE + timedelta(seconds=1))
        quick = Follow.objects.get()
        look(quick, x)
        healthy(late, {"account": {"since_id": "1"}}, "")
        assert Follow.objects.get().cursor == quick.cursor


def test_a_pause_in_the_middle_of_a_look_is_kept(x: XServer) -> None:
    follow = followed()
    assert claim(follow)
    following.pause(Follow.objects.get())
    healthy(follow, {"account": {}}, "")
    assert follow.state == State.PAUSED
    assert follow.claimed_until is None
    assert look(follow, x) is None


def test_the_new_thread_survives_a_worker_that_dies_before_it_noted_the_cursor(x: XServer) -> None:
    follow = followed()
    x.thread("One.", "Two.")
    assert len(look(follow, x) or []) == 1
    Follow.objects.update(cursor={})
    follow.refresh_from_db()
    assert look(follow, x) == []
    assert Thread.objects.in_inbox().count() == 1


def test_pasted_words_have_no_place_to_look_at() -> None:
    source = PastedSource(["One.", "Two."], author="Mira")
    import_ = importing.run(importing.begin("a text"), source)
    assert import_.account
    with pytest.raises(following.CannotFollow, match="pasted"):
        following.follow(import_.account, Web())
