"""The subscribe page: the form, what keeps machines out, and one answer for everybody."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
import time_machine
from django.template import Context, Template
from django.test import Client
from pytest_django import Settings

from newsletter.models import (
    Newsletter,
    SignUpAttempt,
    Subscriber,
    Subscription,
    Suppression,
)
from newsletter.subscriptions.forms import CONSENT
from tests.factories import make_newsletter, make_subscription
from tests.mailserver import Mailbox
from tests.queue import run_jobs

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Page

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("queue")]

START = datetime(2026, 5, 4, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(START, tick=False) as clock:
        yield clock


@pytest.fixture
def newsletter() -> Newsletter:
    return make_newsletter()


def stamp_in(page: Page) -> str:
    found = re.search(r'name="stamp" value="([^"]+)"', page.content.decode())
    assert found
    return found[1]


def fill_in(
    client: Client,
    clock: time_machine.Traveller,
    address: str = "reader@example.org",
    **fields: str,
) -> Page:
    """As a person does: open the page, take ten seconds, press the button."""
    stamp = stamp_in(client.get("/subscribe/"))
    clock.shift(timedelta(seconds=10))
    return client.post(
        "/subscribe/", {"newsletter": "letters", "address": address, "stamp": stamp} | fields
    )


def test_a_person_gets_a_mail_with_a_link(
    client: Client, newsletter: Newsletter, mailbox: Mailbox, clock: time_machine.Traveller
) -> None:
    page = fill_in(client, clock)
    assert page.status_code == 200
    assert "Look in your mailbox" in page.content.decode()
    run_jobs()
    assert [mail.recipient for mail in mailbox.received] == ["reader@example.org"]
    subscription = Subscription.objects.get()
    assert subscription.consent_text == CONSENT
    assert subscription.source == "subscribe form"


def test_the_consent_that_is_stored_was_on_the_page(client: Client, newsletter: Newsletter) -> None:
    assert CONSENT in client.get("/subscribe/").content.decode()


def test_nobody_can_find_out_who_is_a_reader(
    client: Client, newsletter: Newsletter, mailbox: Mailbox, clock: time_machine.Traveller
) -> None:
    make_subscription(newsletter, "active@example.org")
    make_subscription(newsletter, "left@example.org", state="unsubscribed")
    make_subscription(newsletter, "pending@example.org", state="pending")
    Suppression.objects.add("suppressed@example.org", reason="erased")
    people = ["unknown", "active", "left", "pending", "suppressed"]
    answers = [fill_in(client, clock, f"{who}@example.org") for who in people]
    assert len({(answer.status_code, answer.content) for answer in answers}) == 1
    run_jobs()
    assert {mail.recipient for mail in mailbox.received} == {
        f"{who}@example.org" for who in ("unknown", "left", "pending")
    }


def test_the_pages_set_no_cookie(
    client: Client, newsletter: Newsletter, clock: time_machine.Traveller
) -> None:
    assert not client.get("/subscribe/").cookies
    assert not fill_in(client, clock).cookies


def test_no_csrf_token_is_asked_for(newsletter: Newsletter, clock: time_machine.Traveller) -> None:
    assert fill_in(Client(enforce_csrf_checks=True), clock).status_code == 200


@pytest.mark.parametrize(
    ("address", "complaint"),
    [("", "Write your email address"), ("reader", "has an @"), ("a@b.org\nBcc: c@d.org", "line")],
)
def test_a_bad_address_is_answered_with_what_is_wrong(
    client: Client,
    newsletter: Newsletter,
    clock: time_machine.Traveller,
    address: str,
    complaint: str,
) -> None:
    page = fill_in(client, clock, address)
    assert page.status_code == 422
    assert complaint in page.content.decode()
    assert not Subscriber.objects.exists()


def test_who_is_too_quick_is_asked_again_and_need_not_wait_anew(
    client: Client, newsletter: Newsletter, clock: time_machine.Traveller
) -> None:
    posted = {
        "newsletter": "letters",
        "address": "reader@example.org",
        "stamp": stamp_in(client.get("/subscribe/")),
    }
    page = client.post("/subscribe/", posted)
    assert page.status_code == 422
    assert "That was quick" in page.content.decode()
    assert 'value="reader@example.org"' in page.content.decode()
    clock.shift(timedelta(seconds=2))
    assert client.post("/subscribe/", posted | {"stamp": stamp_in(page)}).status_code == 200


@pytest.mark.parametrize("stamp", ["", "1.2:3:forged", "\0"])
def test_a_form_that_is_not_ours_is_asked_again(
    client: Client, newsletter: Newsletter, clock: time_machine.Traveller, stamp: str
) -> None:
    page = fill_in(client, clock, stamp=stamp)
    assert page.status_code == 422
    assert not Subscriber.objects.exists()


def test_a_form_left_open_for_a_day_is_asked_again(
    client: Client, newsletter: Newsletter, clock: time_machine.Traveller
) -> None:
    stamp = stamp_in(client.get("/subscribe/"))
    clock.shift(timedelta(hours=25))
    page = fill_in(client, clock, stamp=stamp)
    assert "open for a long time" in page.content.decode()
    assert stamp_in(page) != stamp


def test_a_machine_that_fills_in_everything_learns_nothing(
    client: Client, newsletter: Newsletter, clock: time_machine.Traveller
) -> None:
    person = fill_in(client, clock)
    machine = fill_in(client, clock, "bot@example.org", website="https://spam.example/")
    assert (machine.status_code, machine.content) == (person.status_code, person.content)
    assert not Subscriber.objects.filter(address="bot@example.org").exists()


def test_one_visitor_may_try_twenty_times_an_hour(
    client: Client, newsletter: Newsletter, clock: time_machine.Traveller
) -> None:
    statuses = [fill_in(client, clock, f"n{n}@example.org").status_code for n in range(21)]
    assert statuses == [200] * 20 + [429]
    assert Subscriber.objects.count() == 20
    clock.shift(timedelta(hours=1, seconds=1))
    assert fill_in(client, clock).status_code == 200


def test_where_a_visitor_came_from_is_not_kept(
    client: Client, newsletter: Newsletter, clock: time_machine.Traveller
) -> None:
    fill_in(client, clock)
    assert "127.0.0.1" not in SignUpAttempt.objects.get().visitor
    clock.shift(timedelta(hours=1, seconds=1))
    fill_in(client, clock, "other@example.org")
    assert SignUpAttempt.objects.count() == 1


@pytest.mark.parametrize(
    ("base_url_is_https", "forwarded", "visitors"),
    [
        (True, ["203.0.113.1", "203.0.113.2"], 2),
        (True, ["203.0.113.9, 203.0.113.1", "203.0.113.8, 203.0.113.1"], 1),
        (True, ["2001:db8:1:2::3", "2001:db8:1:2::4"], 1),
        (True, ["2001:db8:1:2::3", "2001:db8:1:3::3"], 2),
        (True, ["nonsense", "more nonsense"], 2),
        (False, ["203.0.113.1", "203.0.113.2"], 1),
    ],
)
def test_only_the_proxy_is_believed(
    newsletter: Newsletter,
    clock: time_machine.Traveller,
    settings: Settings,
    base_url_is_https: bool,
    forwarded: list[str],
    visitors: int,
) -> None:
    settings.HTTPS = base_url_is_https
    for number, value in enumerate(forwarded):
        client = Client(headers={"X-Forwarded-For": value})
        fill_in(client, clock, f"n{number}@example.org")
    assert SignUpAttempt.objects.values("visitor").distinct().count() == visitors


def test_several_newsletters_are_offered(
    client: Client, newsletter: Newsletter, clock: time_machine.Traveller
) -> None:
    make_newsletter(slug="other", name="The other one")
    assert "The other one" in client.get("/subscribe/").content.decode()
    fill_in(client, clock, newsletter="other")
    assert Subscription.objects.get().newsletter.slug == "other"


def test_a_link_can_choose_the_newsletter(client: Client, newsletter: Newsletter) -> None:
    make_newsletter(slug="other")
    page = client.get("/subscribe/?newsletter=other").content.decode()
    assert re.search(r'value="other"[^>]*checked', page)
    assert not re.search(r'value="letters"[^>]*checked', page)


@pytest.mark.parametrize("slug", ["", "nonsense", "\0"])
def test_a_newsletter_that_is_not_there_cannot_be_chosen(
    client: Client, newsletter: Newsletter, clock: time_machine.Traveller, slug: str
) -> None:
    make_newsletter(slug="other")
    assert client.get("/subscribe/", {"newsletter": slug}).status_code == 200
    assert fill_in(client, clock, newsletter=slug).status_code == 422


def test_a_site_without_a_newsletter_says_so(client: Client) -> None:
    page = client.get("/subscribe/")
    assert page.status_code == 200
    assert "Nothing to subscribe to yet" in page.content.decode()


def test_looking_changes_nothing(client: Client, newsletter: Newsletter) -> None:
    asked = {"newsletter": "letters", "address": "reader@example.org"}
    for method in (client.get, client.head):
        assert method("/subscribe/", asked).status_code == 200
    assert not Subscriber.objects.exists()
    assert not SignUpAttempt.objects.exists()


def test_the_form_stands_in_other_pages(newsletter: Newsletter) -> None:
    template = Template("{% load subscribing %}{% subscribe_form newsletter %}")
    html = template.render(Context({"newsletter": newsletter}))
    assert 'action="/subscribe/"' in html
    assert 'name="newsletter" value="letters"' in html
    assert CONSENT in html


def test_the_row_waits_where_the_queue_is_away(
    client: Client, newsletter: Newsletter, clock: time_machine.Traveller, settings: Settings
) -> None:
    gone = {"URL": "unix:///nonexistent/valkey.sock"}
    settings.RQ_QUEUES = dict.fromkeys(settings.RQ_QUEUES, gone)
    assert fill_in(client, clock).status_code == 200
    assert Subscription.objects.confirmation_due().count() == 1
