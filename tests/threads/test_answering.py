"""Somebody calls the bot under a thread: whole stories, on both platforms."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, cast

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.utils.timezone import now
from pytest_django import Settings
from pytest_httpserver import HTTPServer

from tests.threads.bots.worlds import BlueskyWorld, MastodonWorld, World
from threads import answering
from threads.answering import IN_WHOLE, PER_ASKER, attend, word_of
from threads.bots import Call
from threads.http import Policy, Web
from threads.models import Account, Bot, Import, Mention, OptOut, Thread

pytestmark = pytest.mark.django_db
State = Mention.State


@pytest.fixture(params=[MastodonWorld, BlueskyWorld])
def world(request: pytest.FixtureRequest, httpserver: HTTPServer) -> World:
    made: World = request.param(httpserver)
    return made


def look(world: World) -> None:
    """As the minute's sweep does, whenever it is due."""
    Bot.objects.update(next_at=now())
    attend(world.bot(), Web(Policy(("127.0.0.1/32",))), world.services)


def states() -> list[str]:
    return list(Mention.objects.order_by("pk").values_list("state", flat=True))


def page(thread: Thread) -> Any:
    return Client().get(f"/threads/{thread.pk}/")


# --- the story ----------------------------------------------------------------------------------


def test_a_call_under_a_thread_is_answered_with_its_page(world: World) -> None:
    parts = world.write("Lamps need oil.", "Wicks need trimming.", "Keepers need sleep.")
    world.call("unroll please", under=parts[1])
    look(world)
    thread = Thread.objects.get()
    assert states() == [State.ANSWERED]
    (said,) = world.answers()
    assert "3 parts" in said
    assert f"{settings.BASE_URL}/threads/{thread.pk}/" in said
    answer = page(thread)
    assert answer.status_code == 200
    assert "Wicks need trimming." in answer.text
    assert "unroll please" not in answer.text
    mention = Mention.objects.get()
    assert (mention.thread, mention.author) == (thread, world.author_id("mira"))
    assert mention.answer
    assert Bot.objects.get().handle.startswith("unroll")
    assert Account.objects.get().claim == ""


def test_looking_twice_answers_once(world: World) -> None:
    world.call("unroll", under=world.write("One.", "Two.")[0])
    for _ in range(3):
        look(world)
    assert len(world.answers()) == 1
    Bot.objects.update(cursor="")  # as if that had been lost
    look(world)
    assert len(world.answers()) == 1
    assert Import.objects.count() == 1


def test_a_second_asker_gets_the_same_page_without_an_import(world: World) -> None:
    parts = world.write("One.", "Two.")
    world.call("unroll", under=parts[0])
    look(world)
    world.call("unroll", under=parts[1], by="dora")
    look(world)
    Import.objects.update(finished_at=now() - timedelta(days=1))
    world.call("unroll", under=parts[1], by="emi")
    look(world)
    assert Import.objects.count() == 1
    assert Thread.objects.count() == 1
    address = f"/threads/{Thread.objects.get().pk}/"
    assert [address in said for said in world.answers()] == [True, True, True]


def test_a_thread_that_grew_is_read_again(world: World) -> None:
    parts = world.write("One.", "Two.")
    world.call("unroll", under=parts[0])
    look(world)
    parts += world.write("Three.", under=parts[-1])
    world.call("unroll", under=parts[-1], by="dora")
    look(world)
    assert Thread.objects.get().length == 3
    assert Import.objects.count() == 2


def test_an_author_who_calls_finds_no_call_among_the_parts(world: World) -> None:
    parts = world.write("One.", "Two.")
    world.call("unroll", under=parts[-1], by="mira")
    look(world)
    thread = Thread.objects.get()
    assert thread.length == 2
    assert states() == [State.ANSWERED]


def test_a_lost_reply_is_found_again_instead_of_said_twice(world: World) -> None:
    world.call("unroll", under=world.write("One.", "Two.")[0])
    world.lose = 1
    look(world)
    assert states() == [State.WAITING]
    with time_machine.travel(now() + timedelta(minutes=5)):
        look(world)
    assert states() == [State.ANSWERED]
    assert len(world.answers()) == 1
    assert Import.objects.count() == 1


def test_a_worker_that_died_is_followed_by_another(world: World) -> None:
    world.call("unroll", under=world.write("One.", "Two.")[0])
    bot = world.bot()
    answering.listen(Bot.objects.create(platform=world.platform), bot)
    mention = Mention.objects.get()
    assert mention.take()
    assert not mention.take()
    look(world)
    assert world.answers() == []
    with time_machine.travel(now() + timedelta(hours=1)):
        look(world)
    assert states() == [State.ANSWERED]


def test_a_platform_that_asks_for_patience_gets_it(world: World) -> None:
    world.call("unroll", under=world.write("One.", "Two.")[0])
    world.limit(600)
    look(world)
    row = Bot.objects.get()
    assert row.error
    assert row.next_at > now() + timedelta(minutes=5)
    assert not answering.is_due(world.platform)
    world.recover()
    with time_machine.travel(now() + timedelta(minutes=20)):
        assert answering.is_due(world.platform)
        look(world)
    assert states() == [State.ANSWERED]
    assert Bot.objects.get().error == ""


def test_what_breaks_us_does_so_a_few_times_and_no_more(world: World) -> None:
    parts = world.write("One.", "Two.")
    world.call("unroll", under=parts[0])
    answering.listen(Bot.objects.create(platform=world.platform), world.bot())
    for tries, state in ((0, State.WAITING), (answering.TRIES - 1, State.FAILED)):
        Mention.objects.update(tries=tries, next_at=now())
        mention = Mention.objects.get()
        assert mention.take()
        web = cast("Web", object())
        with pytest.raises(AttributeError):
            answering.answer(mention, answering.Reach(world.bot(), web, world.services))
        assert (states(), mention.next_at > now()) == ([state], True)
        assert "error of Unspool" in mention.note
    Mention.objects.update(tries=100, state=State.WAITING, next_at=now())
    look(world)
    assert states() == [State.FAILED]
    assert world.answers() == []


@pytest.mark.both_databases
@pytest.mark.django_db
def test_a_call_that_cannot_be_kept_keeps_no_other_from_being_heard() -> None:
    def call(**told: Any) -> Call:
        plain = {"id": "https://a.example/1", "by": "https://a.example/bo", "handle": "bo"}
        ref: dict[str, str] = {"status": "1", **told.pop("ref", {})}
        return Call(**(plain | told), words="unroll", called_at=now(), ref=ref)

    class Loud:
        platform, every = "mastodon", timedelta(minutes=1)

        def handle(self) -> str:
            return "unspool@a.example"

        def calls(self, cursor: str) -> tuple[list[Call], str]:
            odd = [call(id="x" * 501), call(by="x" * 501), call(ref={"acct": "b\0"})]
            return [*odd, call(handle="b\0"), call(handle="b" * 300)], "5"

    row = Bot.objects.create(platform="mastodon")
    loud: Any = Loud()
    answering.listen(row, loud)
    assert Mention.objects.get().handle == "b" * 200
    assert row.cursor == "5"


def test_a_call_that_cannot_be_read_hides_no_other(world: World) -> None:
    parts = world.write("One.", "Two.")
    world.call("unroll", under=parts[0], by="eve")
    world.call("unroll", under=parts[0], by="bo")
    world.notifications[0] |= {"record": {"text": 7}, "status": {"id": "7"}}
    look(world)
    assert states() == [State.ANSWERED]


def test_an_answer_that_is_never_taken_is_given_up(world: World) -> None:
    world.call("unroll", under=world.write("One.", "Two.")[0])
    answering.listen(Bot.objects.create(platform=world.platform), world.bot())
    world.lose = 1
    Mention.objects.update(tries=answering.TRIES - 1)
    if isinstance(world, MastodonWorld):
        world.fail(502)
    else:
        world.fails(*[502] * 9)
    attend(world.bot(), Web(Policy(("127.0.0.1/32",))), world.services)
    assert states() == [State.FAILED]
    assert Mention.objects.get().note


# --- who is heard -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "heard"),
    [
        ("unroll", "unroll"),
        ("Unroll, please!", "unroll"),
        ("Hey, unroll this thread please", "unroll"),
        ("STOP", "stop"),
        ("start", "start"),
        ("please don't stop", ""),
        ("unroll or stop", ""),
        ("what is this?", ""),
        ("", ""),
    ],
)
def test_only_the_three_words_are_understood(words: str, heard: str) -> None:
    assert word_of(words) == heard


def test_other_words_other_bots_and_our_own_calls_are_not_for_us(world: World) -> None:
    parts = world.write("One.", "Two.")
    world.call("what a thread!", under=parts[0])
    world.call("unroll", under=parts[0], by="robot", bot=True)
    world.people["us"] = world.us  # type: ignore[assignment]  # an id there, a person here
    world.call("unroll", under=parts[0], by="us")
    look(world)
    assert not Mention.objects.exists()


def test_a_call_under_nothing_and_under_a_lone_part_finds_no_thread(world: World) -> None:
    world.call("unroll", under=None)
    world.call("unroll", under=world.write("Alone.")[0], by="dora")
    look(world)
    assert states() == [State.REFUSED, State.REFUSED]
    assert not Thread.objects.exists()
    assert not Import.objects.exists()


def test_a_thread_that_is_not_for_everybody_cannot_be_seen(world: World) -> None:
    parts = world.write("One.", "Two.")
    world.call("unroll", under=parts[1])
    if isinstance(world, MastodonWorld):
        world.statuses[parts[1]]["visibility"] = "private"
    else:
        world.posts[parts[1]].state = "deleted"
    look(world)
    assert states() == [State.REFUSED]
    assert "cannot see this thread" in world.answers()[0]


def test_who_asks_all_the_time_is_not_answered_all_the_time(world: World) -> None:
    parts = world.write("One.", "Two.")
    for _ in range(PER_ASKER + 2):
        world.call("unroll", under=parts[0])
    look(world)
    assert len(world.answers()) == PER_ASKER
    assert states()[PER_ASKER:] == [State.REFUSED] * 2


def test_when_all_ask_at_once_the_last_ones_wait(world: World) -> None:
    world.call("unroll", under=world.write("One.", "Two.")[0])
    Mention.objects.bulk_create(
        Mention(platform=world.platform, remote_id=f"{n}", asks="unroll", state=State.ANSWERED)
        for n in range(IN_WHOLE)
    )
    Mention.objects.update(answered_at=now())
    look(world)
    assert world.answers() == []
    with time_machine.travel(now() + timedelta(hours=2)):
        look(world)
    assert len(world.answers()) == 1


# --- policy -------------------------------------------------------------------------------------


def test_only_followers(world: World, settings: Settings) -> None:
    settings.UNROLL_POLICY = "followers"
    parts = world.write("One.", "Two.")
    world.follow("dora")
    world.call("unroll", under=parts[0])
    world.call("unroll", under=parts[0], by="dora")
    look(world)
    assert states() == [State.REFUSED, State.ANSWERED]
    assert "Follow me" in world.answers()[0]


def test_only_what_claimed_accounts_wrote(world: World, settings: Settings) -> None:
    settings.UNROLL_POLICY = "claimed"
    parts = world.write("One.", "Two.")
    world.call("unroll", under=parts[0])
    look(world)
    assert states() == [State.REFUSED]
    Account.objects.create(
        platform=world.platform, remote_id=world.author_id("mira"), claim="code", handle="mira"
    )
    world.call("unroll", under=parts[0], by="dora")
    look(world)
    assert states() == [State.REFUSED, State.ANSWERED]


# --- authors decide -----------------------------------------------------------------------------


def test_an_author_who_says_stop_is_left_alone_and_can_come_back(world: World) -> None:
    parts = world.write("One.", "Two.")
    world.call("unroll", under=parts[0])
    look(world)
    thread = Thread.objects.get()
    assert page(thread).status_code == 200

    world.call("stop", under=None, by="mira")
    look(world)
    assert OptOut.objects.get().remote_id == world.author_id("mira")
    assert page(thread).status_code == 404

    world.call("unroll", under=parts[0], by="dora")
    world.call("unroll", under=parts[1], by="dora")
    look(world)
    kind = [said for said in world.answers() if "asked that their threads" in said]
    assert len(kind) == 1
    assert states()[-2:] == [State.REFUSED, State.REFUSED]

    world.call("start", under=None, by="mira")
    look(world)
    assert not OptOut.objects.exists()
    assert page(thread).status_code == 200


def test_nobody_is_opted_out_by_somebody_else(world: World) -> None:
    parts = world.write("One.", "Two.")
    world.call("stop", under=parts[0], by="cleo")
    world.call("unroll", under=parts[0], by="dora")
    look(world)
    assert OptOut.objects.get().remote_id == world.author_id("cleo")
    assert states() == [State.ANSWERED, State.ANSWERED]


def test_a_stop_that_comes_late_does_not_undo_a_start(world: World) -> None:
    world.call("stop", under=None, by="mira")
    world.call("start", under=None, by="mira")
    answering.listen(Bot.objects.create(platform=world.platform), world.bot())
    first, second = Mention.objects.order_by("pk")
    for mention in (second, first):
        assert mention.take()
        answering.answer(
            mention, answering.Reach(world.bot(), Web(Policy(("127.0.0.1/32",))), world.services)
        )
    assert not OptOut.objects.exists()
