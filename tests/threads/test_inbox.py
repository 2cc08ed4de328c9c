"""One mail a day, to those who want it, when there is something to tell."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

import pytest
import time_machine
from django.contrib.auth.models import User
from pytest_django import Settings

from tests.factories import make_import, make_thread
from tests.mailserver import Mailbox
from threads import inbox
from threads.jobs import send_inbox_mail
from threads.models import InboxMail, Thread

pytestmark = pytest.mark.django_db
EVENING = datetime(2026, 3, 1, 20, tzinfo=UTC)


@pytest.fixture
def clock(settings: Settings) -> Iterator[time_machine.Traveller]:
    settings.TIME_ZONE = "UTC"
    with time_machine.travel(EVENING, tick=False) as traveller:
        yield traveller


@pytest.fixture
def editor(clock: time_machine.Traveller) -> User:
    user = User.objects.create_user("ada", "ada@letters.example", first_name="Ada", is_staff=True)
    inbox.want_mail(user, wanted=True)
    return user


def arrive(title: str, at: datetime, **fields: object) -> Thread:
    import_ = make_import(finished_at=at, kind="mastodon")
    return make_thread(("One.", "Two."), title=title, in_inbox=True, imported_by=import_, **fields)


def work() -> None:
    """What the sweep wakes, twice: a job may come twice."""
    for pk in [*InboxMail.objects.due().values_list("pk", flat=True)] * 2:
        send_inbox_mail(pk)


def texts(message: EmailMessage) -> tuple[str, str]:
    plain, html = (part.get_content().replace("\r\n", "\n") for part in message.iter_parts())
    return plain, html


def test_what_came_since_yesterday_is_told_once_in_the_morning(
    editor: User, mailbox: Mailbox, clock: time_machine.Traveller, settings: Settings
) -> None:
    settings.BASE_URL = "https://letters.example"
    thread = arrive("Lamps & <b>light</b>", EVENING + timedelta(hours=1))
    arrive("Told before", EVENING - timedelta(hours=1))
    work()
    assert mailbox.received == []
    clock.move_to(EVENING + timedelta(hours=12))
    work()
    work()
    (received,) = mailbox.received
    assert received.recipient == "ada@letters.example"
    message = received.message
    assert message["Subject"] == "1 new thread in the inbox"
    assert message["Auto-Submitted"] == "auto-generated"
    plain, html = texts(message)
    assert plain.startswith("Hello Ada,\n\na new thread has come to the inbox:\n\nLamps & <b>")
    assert f"https://letters.example/admin/threads/thread/{thread.pk}/change/" in plain
    assert "https://letters.example/admin/threads/thread/inbox/" in plain
    assert "Lamps &amp; &lt;b&gt;light" in html
    assert "Told before" not in plain + html


def test_a_day_without_news_has_no_mail_and_nothing_is_forgotten(
    editor: User, mailbox: Mailbox, clock: time_machine.Traveller
) -> None:
    clock.move_to(EVENING + timedelta(hours=12))
    work()
    arrive("After eight", EVENING + timedelta(hours=13))
    clock.move_to(EVENING + timedelta(hours=20))
    work()
    assert mailbox.received == []
    clock.move_to(EVENING + timedelta(hours=36))
    work()
    assert "After eight" in texts(mailbox.received[0].message)[0]


def test_what_an_editor_has_seen_to_is_no_news(
    editor: User, mailbox: Mailbox, clock: time_machine.Traveller
) -> None:
    arrive("Seen", EVENING + timedelta(hours=1))
    Thread.objects.update(in_inbox=False)
    clock.move_to(EVENING + timedelta(hours=12))
    work()
    assert mailbox.received == []


def test_many_threads_are_counted_and_the_newest_named(
    editor: User, mailbox: Mailbox, clock: time_machine.Traveller
) -> None:
    for number in range(inbox.SHOWN + 2):
        began = EVENING + timedelta(minutes=number)
        arrive(f"Thread {number}.", EVENING + timedelta(hours=1), started_at=began)
    clock.move_to(EVENING + timedelta(hours=12))
    work()
    plain, html = texts(mailbox.received[0].message)
    assert plain.count("\nThread ") == inbox.SHOWN
    assert "And 2 more." in plain
    assert "And 2 more." in html
    assert "Thread 1." not in plain.splitlines()


@pytest.mark.parametrize(
    "fields", [{"email": ""}, {"is_active": False}, {"is_staff": False}], ids=str
)
def test_whoever_cannot_see_the_inbox_gets_no_mail(
    editor: User, mailbox: Mailbox, clock: time_machine.Traveller, fields: dict[str, object]
) -> None:
    User.objects.update(**fields)
    arrive("News", EVENING + timedelta(hours=1))
    clock.move_to(EVENING + timedelta(hours=12))
    work()
    assert mailbox.received == []


@pytest.mark.both_databases
def test_two_workers_send_one_mail(
    editor: User, mailbox: Mailbox, clock: time_machine.Traveller
) -> None:
    arrive("News", EVENING + timedelta(hours=1))
    clock.move_to(EVENING + timedelta(hours=12))
    one, two = InboxMail.objects.get(), InboxMail.objects.get()
    assert [inbox.send(one), inbox.send(two)] == [True, False]
    assert len(mailbox.received) == 1


def test_a_mail_that_was_surely_not_taken_is_tried_again(
    editor: User, mailbox: Mailbox, clock: time_machine.Traveller
) -> None:
    arrive("News", EVENING + timedelta(hours=1))
    mailbox.refuse["ada@letters.example"] = "450 4.2.1 later"
    clock.move_to(EVENING + timedelta(hours=12))
    work()
    mailbox.refuse.clear()
    work()
    assert mailbox.received == []
    clock.shift(inbox.TRY_AGAIN_AFTER)
    work()
    assert "News" in texts(mailbox.received[0].message)[0]


def test_a_mail_that_is_refused_for_good_is_not_tried_again_today(
    editor: User, mailbox: Mailbox, clock: time_machine.Traveller
) -> None:
    arrive("News", EVENING + timedelta(hours=1))
    mailbox.refuse["ada@letters.example"] = "550 5.1.1 nobody"
    clock.move_to(EVENING + timedelta(hours=12))
    work()
    mailbox.refuse.clear()
    assert not InboxMail.objects.due().exists()


def test_a_mail_server_that_is_away_is_waited_for(
    editor: User, settings: Settings, clock: time_machine.Traveller
) -> None:
    nobody = {"host": "127.0.0.1", "port": 9}
    backend = "django.core.mail.backends.smtp.EmailBackend"
    settings.MAILERS = {"default": {"BACKEND": backend, "OPTIONS": nobody}}
    arrive("News", EVENING + timedelta(hours=1))
    clock.move_to(EVENING + timedelta(hours=12))
    work()
    assert InboxMail.objects.get().next_at == EVENING + timedelta(hours=12, minutes=10)


def test_the_morning_is_that_of_the_installation(
    settings: Settings, clock: time_machine.Traveller
) -> None:
    settings.TIME_ZONE = "Asia/Tokyo"
    assert inbox.next_morning() == datetime(2026, 3, 1, 23, tzinfo=UTC)
