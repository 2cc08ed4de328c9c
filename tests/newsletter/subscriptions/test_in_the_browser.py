"""The readers' pages in a real browser: no fault for axe-core, in light, dark and on a phone."""

from __future__ import annotations

import pytest
from django.utils.timezone import now
from playwright.sync_api import Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from newsletter import links
from newsletter.models import Subscription
from tests.browser import axe_faults, faults_in, take_picture
from tests.factories import make_newsletter, make_subscription

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def reader(live_server: LiveServer, settings: Settings) -> Subscription:
    settings.BASE_URL = live_server.url
    newsletter = make_newsletter(
        name="Slow Letters", description="One long read, every other week."
    )
    return make_subscription(newsletter, confirmed_at=now())


def test_no_page_has_a_fault(page: Page, live_server: LiveServer, reader: Subscription) -> None:
    other = make_newsletter(slug="other", name="Field Notes", description="Short and rough.")
    waiting = make_subscription(other, state="pending", confirmation_sent_at=now())
    addresses = {
        "subscribe": f"{live_server.url}/subscribe/",
        "confirm": links.confirm_url(waiting),
        "unsubscribe": links.unsubscribe_url(reader),
        "preferences": links.preferences_url(reader),
        "dead-link": f"{live_server.url}/c/nothing/",
    }
    for name, address in addresses.items():
        page.goto(address)
        assert faults_in(page, name, "light", "dark", "phone") == [], name


def test_a_person_is_told_what_is_wrong_and_can_leave(
    page: Page, live_server: LiveServer, reader: Subscription
) -> None:
    page.goto(f"{live_server.url}/subscribe/")
    page.get_by_label("Email address").fill("not an address")
    page.get_by_role("button", name="Subscribe").click()
    expect(page.locator(".error")).to_contain_text("has an @ in it")
    assert axe_faults(page) == []
    take_picture(page, "subscribe-error")

    page.goto(links.unsubscribe_url(reader))
    page.get_by_role("button", name="Unsubscribe").click()
    expect(page.get_by_role("heading", name="You have left Slow Letters")).to_be_visible()
    assert axe_faults(page) == []
    take_picture(page, "left")
    assert page.context.cookies() == []
