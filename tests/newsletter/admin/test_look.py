"""The editors' site in a real browser: no fault for axe-core, nothing that its policy blocks."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from newsletter.models import Newsletter
from tests.browser import faults_in
from tests.factories import make_import, make_issue, make_newsletter, make_post, make_thread

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LOOKS = ("light", "dark-phone")


@pytest.fixture
def editor(page: Page, live_server: LiveServer, client: Client) -> Page:
    """The browser of somebody who has logged in."""
    client.force_login(User.objects.create_superuser("mira", "mira@example.org"))
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
    )
    return page


def fill_the_desk() -> Newsletter:
    make_import(source="tweets.zip")
    make_thread(title="A thread that waits", complete=False)
    make_post(title="A draft")
    make_issue(make_newsletter(), "a@example.org")
    return make_newsletter(slug="bare", postal_address="")


def pages_of(newsletter: Newsletter) -> dict[str, str]:
    record = f"newsletter/newsletter/{newsletter.pk}"
    return {
        "home": "",
        "app": "newsletter/",
        "list": "newsletter/newsletter/",
        "form": f"{record}/change/",
        "delete": f"{record}/delete/",
        "history": f"{record}/history/",
    }


def test_no_page_has_a_fault(editor: Page, live_server: LiveServer) -> None:
    editor.goto(f"{live_server.url}/admin/")
    assert "Your newsletter" in editor.locator("h1").inner_text()
    assert faults_in(editor, "admin-setup", *LOOKS) == []
    for name, path in pages_of(fill_the_desk()).items():
        editor.goto(f"{live_server.url}/admin/{path}", wait_until="networkidle")
        assert faults_in(editor, f"admin-{name}", *LOOKS) == [], name


def test_nothing_is_blocked_by_the_policy(editor: Page, live_server: LiveServer) -> None:
    said: list[str] = []
    editor.on("console", lambda message: said.append(message.text))
    editor.goto(f"{live_server.url}/admin/newsletter/newsletter/setup/", wait_until="networkidle")
    for path in pages_of(fill_the_desk()).values():
        editor.goto(f"{live_server.url}/admin/{path}", wait_until="networkidle")
    assert said == []


def test_the_log_in_page_has_no_fault(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/admin/login/", wait_until="networkidle")
    assert faults_in(page, "admin-login", *LOOKS) == []
    page.get_by_label("Username").fill("nobody")
    page.get_by_label("Password").fill("wrong")
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("alert")).to_contain_text("Please enter the correct username")
    assert faults_in(page, "admin-login-refused", *LOOKS) == []


def test_the_look_can_be_chosen(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/admin/login/")
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.get_by_role("button", name="Toggle theme").click()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != light
    page.reload()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != light


def test_the_side_opens_on_a_phone(editor: Page, live_server: LiveServer) -> None:
    editor.set_viewport_size({"width": 390, "height": 844})
    make_newsletter()
    editor.goto(f"{live_server.url}/admin/")
    posts = editor.get_by_role("link", name="Posts", exact=True)
    assert not posts.is_visible()
    editor.get_by_role("button", name="Menu").click()
    posts.click()
    expect(editor.locator("h1")).to_have_text("Posts")
