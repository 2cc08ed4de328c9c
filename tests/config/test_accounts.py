"""Editors come in by one-time links: the first one, invited ones, forgetful ones."""

from __future__ import annotations

import json
import re
from io import StringIO
from urllib.parse import urlsplit

import pytest
from django.contrib.auth.models import Permission, User
from django.core.management import CommandError, call_command
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from config.accounts import editors, first_editor, login_link
from tests.browser import axe_faults, take_picture
from tests.mailserver import Mailbox

pytestmark = pytest.mark.django_db

PASSWORD = "lamp-turns-slowly"


def choose(client: Client, link: str, **fields: str) -> int:
    """Follow the link and send the form; the status of the answer."""
    page = client.get(link, follow=True)
    passwords = {"new_password1": PASSWORD, "new_password2": PASSWORD}
    return client.post(page.request["PATH_INFO"], passwords | fields).status_code


def link_in(mailbox: Mailbox) -> str:
    text = mailbox.received[-1].message.get_content()
    found = re.search(r"http://127\.0\.0\.1:\d+(/admin/password/\S+)", text)
    assert found, text
    return found[1]


def printed_link(name: str) -> str:
    out = StringIO()
    call_command("login_link", name, "--json", stdout=out)
    return str(json.loads(out.getvalue())["link"])


def test_the_first_account_is_made_once_and_has_no_password() -> None:
    editor = first_editor()
    assert editor
    assert editor.is_superuser
    assert not editor.has_usable_password()
    assert first_editor() is None


def test_a_link_lets_one_in_to_choose_a_password_once(client: Client) -> None:
    first_editor()
    link = printed_link("editor")
    assert choose(client, link, email="ann@example.org") == 302
    assert client.get("/admin/newsletter/post/").status_code == 200
    assert client.login(username="editor", password=PASSWORD)
    assert User.objects.get().email == "ann@example.org"
    assert "used before" in Client().get(link, follow=True).content.decode()


def test_a_link_is_printed_alone_without_json(capsys: pytest.CaptureFixture[str]) -> None:
    first_editor()
    call_command("login_link", "editor")
    assert re.fullmatch(r"http://\S+/admin/password/\S+\n", capsys.readouterr().out)


@pytest.mark.parametrize("name", ["nobody", "reader", "gone"])
def test_who_may_not_come_in_gets_no_link(name: str) -> None:
    User.objects.create_user("reader")
    User.objects.create_superuser("gone", is_active=False)
    with pytest.raises(CommandError, match=name) as raised:
        call_command("login_link", name)
    assert raised.value.returncode == 1
    assert "\n" not in str(raised.value)


def test_without_any_account_the_advice_is_to_start_it() -> None:
    with pytest.raises(CommandError, match="Run `up`"):
        call_command("login_link", "editor")


def test_a_weak_password_is_refused_and_the_link_lives_on(client: Client) -> None:
    editor = first_editor()
    assert editor
    link = login_link(editor)
    assert choose(client, link, new_password1="12345", new_password2="12345") == 200
    assert choose(client, link) == 302


def test_a_forgotten_password_is_replaced_by_mail(client: Client, mailbox: Mailbox) -> None:
    User.objects.create_superuser("ann", "Ann@example.org", "old-and-forgotten")
    assert "/admin/password_reset/" in client.get("/admin/login/").content.decode()
    client.post("/admin/password_reset/", {"email": "ann@example.org"})
    assert choose(client, link_in(mailbox)) == 302
    assert client.login(username="ann", password=PASSWORD)


def test_the_mail_leads_to_the_site_as_it_is_named_now(
    client: Client, mailbox: Mailbox, settings: Settings
) -> None:
    User.objects.create_superuser("ann", "ann@example.org", "old-and-forgotten")
    client.get("/admin/login/")  # by then the pages are imported
    settings.BASE_URL = "http://127.0.0.1:4444"
    client.post("/admin/password_reset/", {"email": "ann@example.org"})
    assert "http://127.0.0.1:4444/admin/password/" in mailbox.received[-1].message.get_content()


def test_known_and_unknown_addresses_get_the_same_answer(client: Client, mailbox: Mailbox) -> None:
    User.objects.create_superuser("ann", "ann@example.org", "old-and-forgotten")
    answers = {
        client.post("/admin/password_reset/", {"email": email}, follow=True).content
        for email in ("ann@example.org", "bo@example.org")
    }
    assert len(answers) == 1
    assert [mail.recipient for mail in mailbox.received] == ["ann@example.org"]


@pytest.fixture
def chief(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("chief"))
    return client


@pytest.mark.django_db(transaction=True)
def test_an_editor_is_invited_by_mail(chief: Client, mailbox: Mailbox) -> None:
    chief.post("/admin/auth/user/add/", {"email": "Bo@example.org", "first_name": "Bo"})
    invited = User.objects.get(username="bo@example.org")
    assert invited.has_perm("newsletter.change_post")
    assert not invited.has_perm("auth.add_user")
    assert "Hello Bo" in mailbox.received[0].message.get_content()
    guest = Client()
    assert choose(guest, link_in(mailbox)) == 302
    assert guest.get("/admin/newsletter/post/").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_an_invitation_that_cannot_be_mailed_is_not_lost(chief: Client, settings: Settings) -> None:
    settings.MAILERS = {
        "default": {
            "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "OPTIONS": {"host": "127.0.0.1", "port": 1},
        }
    }
    chief.post("/admin/auth/user/add/", {"email": "bo@example.org"})
    page = chief.get("/admin/auth/user/").content.decode()
    assert "could not be sent" in page
    assert "/admin/password/" in page


def test_nobody_is_invited_twice(chief: Client, mailbox: Mailbox) -> None:
    User.objects.create_user("bo", "bo@example.org")
    page = chief.post("/admin/auth/user/add/", {"email": "BO@example.org"})
    assert "has an account already" in page.content.decode()
    assert not mailbox.received


def test_a_new_link_is_mailed_on_request(chief: Client, mailbox: Mailbox) -> None:
    bo = User.objects.create_user("bo", "bo@example.org")
    without = User.objects.create_user("cy")
    chosen = {"action": "mail_links", "_selected_action": [bo.pk, without.pk]}
    page = chief.post("/admin/auth/user/", chosen, follow=True).content.decode()
    assert [mail.recipient for mail in mailbox.received] == ["bo@example.org"]
    assert "Cy was not mailed" in page


def test_who_manages_accounts_without_being_chief_cannot_become_one(client: Client) -> None:
    chief = User.objects.create_superuser("chief", "chief@example.org")
    keeper = User.objects.create_user("keeper", is_staff=True)
    keeper.user_permissions.set(Permission.objects.filter(content_type__model="user"))
    client.force_login(keeper)
    assert client.get("/admin/auth/user/add/").status_code == 200
    assert "is_superuser" not in client.get("/admin/auth/user/add/").content.decode()
    client.post(
        f"/admin/auth/user/{keeper.pk}/change/", {"username": "keeper", "is_superuser": "on"}
    )
    keeper.refresh_from_db()
    assert not keeper.is_superuser
    stolen = {"username": "chief", "email": "keeper@example.org"}
    client.post(f"/admin/auth/user/{chief.pk}/change/", stolen)
    client.post(f"/admin/auth/user/{chief.pk}/delete/", {"post": "yes"})
    chief.refresh_from_db()
    assert chief.email == "chief@example.org"


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_pages_before_the_log_in_have_no_fault(page: Page, live_server: LiveServer) -> None:
    editor = first_editor()
    assert editor
    for path in ("/admin/password_reset/", "/admin/password_reset/sent/", "/admin/password/x/y/"):
        page.goto(f"{live_server.url}{path}")
        assert axe_faults(page) == []
    page.goto(live_server.url + urlsplit(login_link(editor)).path)
    assert axe_faults(page) == []
    take_picture(page, "choose-password")
    page.get_by_label("New password:").fill(PASSWORD)
    page.get_by_label("New password confirmation").fill(PASSWORD)
    page.get_by_role("button", name="Save and log in").click()
    expect(page).not_to_have_url(re.compile("/password/"))
    expect(page).to_have_url(re.compile("/admin/"))


def test_editors_may_do_everything_but_manage_accounts() -> None:
    apps = {permission.content_type.app_label for permission in editors().permissions.all()}
    assert apps == {"threads", "newsletter"}
