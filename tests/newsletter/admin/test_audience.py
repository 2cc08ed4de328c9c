from __future__ import annotations

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from newsletter import subscribing
from newsletter.models import Newsletter, Subscriber, Subscription, Suppression
from tests.browser import axe_faults, take_picture
from tests.factories import make_newsletter, make_subscription

pytestmark = pytest.mark.django_db

ADD = "/admin/newsletter/subscription/add/"
SUBSCRIPTIONS = "/admin/newsletter/subscription/"
SUBSCRIBERS = "/admin/newsletter/subscriber/"


@pytest.fixture
def newsletter() -> Newsletter:
    return make_newsletter()


def by_hand(newsletter: Newsletter, **fields: str) -> dict[str, str]:
    return {
        "newsletter": str(newsletter.pk),
        "address": "New@example.org",
        "name": "Anna",
        "consent_text": "Signed the list at the May fair.",
    } | fields


def test_adding_by_hand_asks_how_they_agreed(admin_client: Client, newsletter: Newsletter) -> None:
    page = admin_client.post(ADD, by_hand(newsletter, consent_text=" "))
    assert page.status_code == 200
    assert not Subscription.objects.exists()
    assert admin_client.post(ADD, by_hand(newsletter)).status_code == 302
    subscription = Subscription.objects.get()
    assert subscription.state == Subscription.State.ACTIVE
    assert subscription.consent_text == "Signed the list at the May fair."
    assert subscription.source == "by hand"
    assert subscription.subscriber.address == "New@example.org"
    assert subscription.subscriber.name == "Anna"


@pytest.mark.parametrize(
    ("state", "complaint"),
    [
        ("active", "reader of it already"),
        ("pending", "yet to confirm"),
        ("unsubscribed", "Only they can come back"),
        ("complained", "Only they can come back"),
    ],
)
def test_nobody_is_added_twice_or_brought_back(
    admin_client: Client, newsletter: Newsletter, state: str, complaint: str
) -> None:
    make_subscription(newsletter, "new@example.org", state=state)
    page = admin_client.post(ADD, by_hand(newsletter))
    assert complaint in page.content.decode()
    assert Subscription.objects.get().state == state


def test_the_erased_cannot_be_added(admin_client: Client, newsletter: Newsletter) -> None:
    Suppression.objects.add("new@example.org", reason="erased")
    assert "never be mailed" in admin_client.post(ADD, by_hand(newsletter)).content.decode()
    assert "has an @" in admin_client.post(ADD, by_hand(newsletter, address="x")).content.decode()


def test_readers_are_found_by_address_and_by_state(
    admin_client: Client, newsletter: Newsletter
) -> None:
    make_subscription(newsletter, "anna@example.org")
    make_subscription(newsletter, "berta@example.org", state="unsubscribed")
    found = admin_client.get(SUBSCRIPTIONS, {"q": "anna"}).content.decode()
    assert "anna@example.org" in found
    assert "berta@example.org" not in found
    found = admin_client.get(SUBSCRIPTIONS, {"state__exact": "unsubscribed"}).content.decode()
    assert "anna@example.org" not in found
    assert "berta@example.org" in found
    assert "anna@example.org" in admin_client.get(SUBSCRIBERS, {"q": "ANNA"}).content.decode()


def test_a_form_moves_no_state(admin_client: Client, newsletter: Newsletter) -> None:
    subscription = make_subscription(newsletter, state="unsubscribed")
    url = f"{SUBSCRIPTIONS}{subscription.pk}/change/"
    assert "reader@example.org" in admin_client.get(url).content.decode()
    admin_client.post(url, {"state": "active", "newsletter": newsletter.pk})
    subscription.refresh_from_db()
    assert subscription.state == "unsubscribed"
    assert admin_client.post(f"{SUBSCRIPTIONS}{subscription.pk}/delete/").status_code == 403


def test_an_editor_can_unsubscribe_readers(admin_client: Client, newsletter: Newsletter) -> None:
    subscription = make_subscription(newsletter)
    action = {"action": "unsubscribe", "_selected_action": str(subscription.pk)}
    admin_client.get(SUBSCRIPTIONS, action)
    subscription.refresh_from_db()
    assert subscription.state == "active"
    admin_client.post(SUBSCRIPTIONS, action)
    subscription.refresh_from_db()
    assert (subscription.state, subscription.ended_by) == ("unsubscribed", "by admin")


def test_a_reader_is_shown_with_their_subscriptions(
    admin_client: Client, newsletter: Newsletter
) -> None:
    reader = make_subscription(newsletter).subscriber
    url = f"{SUBSCRIBERS}{reader.pk}/change/"
    page = admin_client.get(url).content.decode()
    assert "reader@example.org" in page
    assert "Letters" in page
    admin_client.post(url, {"name": "Anna", "address": "other@example.org"})
    reader.refresh_from_db()
    assert (reader.name, reader.address) == ("Anna", "reader@example.org")
    assert admin_client.get(f"{SUBSCRIBERS}add/").status_code == 403


@pytest.mark.parametrize("in_bulk", [False, True])
def test_deleting_a_reader_erases_them(
    admin_client: Client, newsletter: Newsletter, in_bulk: bool
) -> None:
    reader = make_subscription(newsletter).subscriber
    if in_bulk:
        url, posted = SUBSCRIBERS, {"action": "delete_selected", "_selected_action": str(reader.pk)}
    else:
        url, posted = f"{SUBSCRIBERS}{reader.pk}/delete/", {}
    if not in_bulk:
        assert "The counts stay" in admin_client.get(url).content.decode()
        assert Subscriber.objects.exists()
    admin_client.post(url, posted | {"post": "yes"})
    assert not Subscriber.objects.exists()
    assert not Subscription.objects.exists()
    assert subscribing.suppressed("reader@example.org")


def test_the_history_keeps_no_address(admin_client: Client, newsletter: Newsletter) -> None:
    admin_client.post(ADD, by_hand(newsletter))
    reader = Subscriber.objects.get()
    admin_client.post(f"{SUBSCRIBERS}{reader.pk}/delete/", {"post": "yes"})
    assert LogEntry.objects.count() == 2
    for entry in LogEntry.objects.all():
        assert "example.org" not in entry.object_repr + entry.change_message


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_pages_have_no_fault(
    page: Page, live_server: LiveServer, admin_client: Client, newsletter: Newsletter
) -> None:
    reader = make_subscription(newsletter).subscriber
    make_subscription(newsletter, "left@example.org", state="unsubscribed")
    session = admin_client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    addresses = {
        "subscriptions": SUBSCRIPTIONS,
        "subscription-add": ADD,
        "subscription": f"{SUBSCRIPTIONS}{reader.subscriptions.get().pk}/change/",
        "subscriber": f"{SUBSCRIBERS}{reader.pk}/change/",
        "subscriber-delete": f"{SUBSCRIBERS}{reader.pk}/delete/",
    }
    for name, address in addresses.items():
        page.goto(live_server.url + address)
        take_picture(page, f"admin-{name}")
        assert axe_faults(page) == [], name
