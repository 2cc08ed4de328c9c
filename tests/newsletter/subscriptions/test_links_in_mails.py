"""What happens behind the links in a mail: GET shows, POST acts."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils.timezone import now

from newsletter import links, subscribing
from newsletter.models import Newsletter, Subscriber, Subscription
from newsletter.sending.message import nobodys_links
from tests.factories import make_newsletter, make_subscription
from tests.mailserver import Mailbox
from tests.queue import run_jobs

pytestmark = pytest.mark.django_db
State = Subscription.State


@pytest.fixture
def newsletter() -> Newsletter:
    return make_newsletter()


@pytest.fixture
def active(newsletter: Newsletter) -> Subscription:
    return make_subscription(newsletter, confirmed_at=now())


@pytest.fixture
def pending(newsletter: Newsletter) -> Subscription:
    return make_subscription(newsletter, state=State.PENDING, confirmation_sent_at=now())


def path(url: str) -> str:
    return url.removeprefix("http://127.0.0.1:8000")


def state_of(subscription: Subscription) -> str:
    return Subscription.objects.get(pk=subscription.pk).state


def test_link_scanners_change_nothing(
    client: Client, active: Subscription, newsletter: Newsletter
) -> None:
    other = make_subscription(
        newsletter, "other@example.org", state=State.PENDING, confirmation_sent_at=now()
    )
    before = list(Subscription.objects.order_by("pk").values())
    readers = list(Subscriber.objects.order_by("pk").values())
    addresses = [
        path(links.confirm_url(other)),
        path(links.unsubscribe_url(active)),
        path(links.preferences_url(active)),
        path(links.preferences_url(active)) + "?leave_all=yes&List-Unsubscribe=One-Click",
    ]
    for number in range(1000):
        ask = client.head if number % 4 == 0 else client.get
        assert ask(addresses[number // 4 % 4]).status_code == 200
    assert list(Subscription.objects.order_by("pk").values()) == before
    assert list(Subscriber.objects.order_by("pk").values()) == readers


def test_other_methods_are_refused(client: Client, active: Subscription) -> None:
    for url in (links.unsubscribe_url(active), links.preferences_url(active)):
        assert client.delete(path(url)).status_code == 405
        assert client.put(path(url)).status_code == 405


def test_the_button_confirms(client: Client, pending: Subscription) -> None:
    address = path(links.confirm_url(pending))
    assert "Subscribe to Letters?" in client.get(address).content.decode()
    page = client.post(address)
    assert "Welcome to Letters" in page.content.decode()
    assert not page.cookies
    assert state_of(pending) == State.ACTIVE
    assert client.get(address).status_code == 200


def test_a_link_that_is_too_old_says_so(client: Client, pending: Subscription) -> None:
    address = path(links.confirm_url(pending))
    with time_machine.travel(now() + timedelta(hours=49)):
        for page in (client.get(address), client.post(address)):
            assert page.status_code == 410
            assert "has expired" in page.content.decode()
    assert state_of(pending) == State.PENDING


def test_a_spent_link_says_so(client: Client, pending: Subscription) -> None:
    address = path(links.confirm_url(pending))
    client.post(address)
    subscribing.unsubscribe(pending)
    for page in (client.get(address), client.post(address)):
        assert page.status_code == 410
        assert "used before" in page.content.decode()
    assert state_of(pending) == State.UNSUBSCRIBED


@pytest.mark.parametrize("purpose", ["c", "u", "s"])
@pytest.mark.parametrize("token", ["x", "1.forged", "1..x", "é"])
def test_a_broken_link_says_so(client: Client, purpose: str, token: str) -> None:
    for page in (client.get(f"/{purpose}/{token}/"), client.post(f"/{purpose}/{token}/")):
        assert page.status_code == 404
        assert "This link does not work" in page.content.decode()


def test_a_link_of_a_test_mail_says_that_it_is_one(client: Client, active: Subscription) -> None:
    example = nobodys_links()
    for address in (example.unsubscribe, example.preferences):
        for page in (client.get(path(address)), client.post(path(address))):
            assert page.status_code == 404
            assert "came with a test mail" in page.text
            assert "cut a long link" not in page.text
    assert state_of(active) == State.ACTIVE


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ("List-Unsubscribe=One-Click", "application/x-www-form-urlencoded"),
        (
            '--b\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\n'
            "One-Click\r\n--b--\r\n",
            "multipart/form-data; boundary=b",
        ),
    ],
)
def test_mail_programs_unsubscribe_by_themselves(
    active: Subscription, body: str, content_type: str
) -> None:
    stranger = Client(enforce_csrf_checks=True)
    address = path(links.unsubscribe_url(active))
    for _ in range(2):
        answer = stranger.post(address, body, content_type=content_type)
        assert answer.status_code == 200
        assert not answer.cookies
        assert state_of(active) == State.UNSUBSCRIBED
    assert Subscription.objects.get().ended_by == "one click"


def test_a_person_leaves_with_one_press(client: Client, active: Subscription) -> None:
    address = path(links.unsubscribe_url(active))
    page = client.get(address).content.decode()
    assert "Leave Letters?" in page
    assert "re…@example.org" in page
    assert "reader@example.org" not in page
    page = client.post(address).content.decode()
    assert "You have left Letters" in page
    assert "subscribe me again" in page
    assert state_of(active) == State.UNSUBSCRIBED
    assert "You have left Letters" in client.get(address).content.decode()


def test_a_confirmation_that_waits_can_be_called_off(client: Client, pending: Subscription) -> None:
    client.post(path(links.unsubscribe_url(pending)))
    assert client.post(path(links.confirm_url(pending))).status_code == 410


def test_a_reader_who_was_erased_has_nothing_to_leave(client: Client, active: Subscription) -> None:
    unsubscribe, preferences = links.unsubscribe_url(active), links.preferences_url(active)
    subscribing.erase("reader@example.org")
    for address in (path(unsubscribe), path(preferences)):
        for page in (client.get(address), client.post(address)):
            assert page.status_code == 200
            assert "not on any list" in page.content.decode()
    one_click = client.post(path(unsubscribe), {"List-Unsubscribe": "One-Click"})
    assert one_click.status_code == 200


def test_preferences_show_every_newsletter(client: Client, active: Subscription) -> None:
    make_newsletter(slug="other", name="The other one")
    page = client.get(path(links.preferences_url(active))).content.decode()
    assert "The other one" in page
    assert "not subscribed" in page
    assert "reader@example.org" not in page


def test_a_reader_leaves_one_newsletter_or_all(client: Client, active: Subscription) -> None:
    other = make_subscription(make_newsletter(slug="other"))
    address = path(links.preferences_url(active))
    client.post(address, {"leave": "other"})
    assert (state_of(active), state_of(other)) == (State.ACTIVE, State.UNSUBSCRIBED)
    client.post(address, {"leave_all": "yes"})
    assert state_of(active) == State.UNSUBSCRIBED


@pytest.mark.parametrize("posted", [{"leave": "\0"}, {"join": "\0"}, {"join": "none"}, {}])
def test_nonsense_changes_nothing(
    client: Client, active: Subscription, posted: dict[str, str]
) -> None:
    assert client.post(path(links.preferences_url(active)), posted).status_code == 200
    assert state_of(active) == State.ACTIVE


def test_a_reader_gives_a_name(client: Client, active: Subscription) -> None:
    client.post(path(links.preferences_url(active)), {"name": " Anna\r\n\0 <b>B</b> "})
    assert Subscriber.objects.get().name == "Anna <b>B</b>"
    page = client.get(path(links.preferences_url(active))).content.decode()
    assert "Anna &lt;b&gt;B&lt;/b&gt;" in page


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("queue")
def test_a_change_of_mind_goes_by_a_confirmation(
    client: Client, active: Subscription, mailbox: Mailbox
) -> None:
    subscribing.unsubscribe(active)
    client.post(path(links.preferences_url(active)), {"join": "letters"})
    assert state_of(active) == State.UNSUBSCRIBED
    run_jobs()
    active.refresh_from_db()
    assert path(links.confirm_url(active)) in mailbox.received[0].raw.decode().replace("=\r\n", "")
    client.post(path(links.confirm_url(active)))
    assert state_of(active) == State.ACTIVE


def test_the_pages_are_not_kept_by_anybody(client: Client, active: Subscription) -> None:
    page = client.get(path(links.preferences_url(active)))
    assert "no-store" in page["Cache-Control"]
    assert page["Referrer-Policy"] == "same-origin"
