"""The page that shows the mails of the local mailbox."""

from __future__ import annotations

import re
from email.message import EmailMessage
from mailbox import Maildir
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from tests.browser import axe_faults, take_picture

pytestmark = pytest.mark.django_db

LIST = "/admin/newsletter/subscriber/mailbox/"


@pytest.fixture
def maildir(tmp_path: Path, settings: Settings) -> Maildir:
    settings.MAILBOX_DIR = tmp_path / "mail"
    return Maildir(settings.MAILBOX_DIR)


def arrive(
    maildir: Maildir, subject: str = "Hello", to: str = "reader@example.org", html: str = ""
) -> str:
    message = EmailMessage()
    message["Delivered-To"] = to
    message["From"] = "Ada Example <ada@letters.example>"
    message["To"] = to
    message["Subject"] = subject
    message["Date"] = "Mon, 04 May 2026 12:00:00 +0000"
    message["X-Unspool"] = "<script>alert(1)</script>"
    message.set_content("Plain words.\n")
    if html:
        message.add_alternative(html, subtype="html")
    return maildir.add(message.as_bytes())


def test_it_lists_the_newest_first(admin_client: Client, maildir: Maildir) -> None:
    for number in range(12):
        arrive(maildir, f"Number {number}.")
    page = admin_client.get(LIST).content.decode()
    places = [page.index(f"Number {number}.") for number in range(12)]
    assert places == sorted(places, reverse=True)
    assert "reader@example.org" in page
    assert "4 May 2026" in page


def test_many_mails_go_on_further_pages(admin_client: Client, maildir: Maildir) -> None:
    for number in range(51):
        arrive(maildir, f"Number {number}.")
    assert "Number 0." not in admin_client.get(LIST).content.decode()
    assert "Number 0." in admin_client.get(LIST, {"page": 2}).content.decode()


def test_an_empty_mailbox_says_so(admin_client: Client, maildir: Maildir) -> None:
    assert "No mail yet" in admin_client.get(LIST).content.decode()


def test_a_mail_has_its_faces(admin_client: Client, maildir: Maildir) -> None:
    url = f"{LIST}{arrive(maildir, html='<p>Hi</p>')}/"
    assert "<iframe" in admin_client.get(url).content.decode()
    assert "Plain words." in admin_client.get(url, {"face": "text"}).content.decode()
    headers = admin_client.get(url, {"face": "headers"}).content.decode()
    assert "X-Unspool" in headers
    assert "&lt;script&gt;alert(1)" in headers
    assert "<script>alert(1)" not in headers


def test_a_mail_without_html_opens_as_text(admin_client: Client, maildir: Maildir) -> None:
    key = arrive(maildir)
    page = admin_client.get(f"{LIST}{key}/").content.decode()
    assert "Plain words." in page
    assert "As it looks" not in page
    assert admin_client.get(f"{LIST}{key}/frame/").status_code == 404


def test_the_frame_may_do_nothing(admin_client: Client, maildir: Maildir) -> None:
    html = "<html><HEAD><title>x</title></head><body><script>alert(1)</script></body></html>"
    response = admin_client.get(f"{LIST}{arrive(maildir, html=html)}/frame/")
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "sandbox allow-popups allow-popups-to-escape-sandbox" in policy
    assert "script" not in policy
    assert "http" not in policy
    assert '<HEAD><base target="_blank">' in response.content.decode()


@pytest.mark.parametrize("key", ["nothing", "..", "..%2F..%2Fsecret_key", "a%00b", "new", "%2e%2e"])
def test_only_what_the_mailbox_lists_is_opened(
    admin_client: Client, maildir: Maildir, settings: Settings, key: str
) -> None:
    (settings.MAILBOX_DIR.parent / "secret_key").write_text("secret")
    for face in ("", "frame/"):
        response = admin_client.get(f"{LIST}{key}/{face}")
        assert response.status_code in (302, 404)
        assert b"secret" not in response.content


def test_only_editors_may_read_it(client: Client, maildir: Maildir) -> None:
    key = arrive(maildir, html="<p>Hi</p>")
    for address in (LIST, f"{LIST}{key}/", f"{LIST}{key}/frame/"):
        response = client.get(address)
        assert response.status_code == 302
        assert "/login/" in response["Location"]


def test_nobody_reads_what_lets_others_log_in(client: Client, maildir: Maildir) -> None:
    User.objects.create_superuser("chief", "chief@example.org")
    editor = User.objects.create_user("editor", "editor@example.org", is_staff=True)
    client.force_login(editor)
    to_chief = arrive(maildir, to="Chief@example.org", html="<p>A link</p>")
    own = arrive(maildir, to="editor@example.org")
    assert client.get(f"{LIST}{to_chief}/").status_code == 403
    assert client.get(f"{LIST}{to_chief}/frame/").status_code == 403
    assert client.get(f"{LIST}{own}/").status_code == 200


def test_it_only_reads(admin_client: Client, maildir: Maildir) -> None:
    assert admin_client.post(LIST).status_code == 405


def test_with_a_mail_server_there_is_no_local_mailbox(
    admin_client: Client, maildir: Maildir, settings: Settings
) -> None:
    settings.MAIL_IS_LOCAL = False
    assert admin_client.get(LIST).status_code == 404


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_in_the_frame_pictures_of_the_site_show_and_nothing_else_comes(
    page: Page,
    live_server: LiveServer,
    admin_client: Client,
    maildir: Maildir,
) -> None:
    picture = "/static/newsletter/mark.svg"
    elsewhere = live_server.url.replace("localhost", "127.0.0.1") + picture  # another origin
    html = f"""<html><head><title>x</title></head><body style="color: #333">
        <script>document.title = "run"; top.location = "about:blank"</script>
        <img id="own" src="{live_server.url}{picture}" alt="ours">
        <img id="foreign" src="{elsewhere}" alt="theirs">
        <a href="{live_server.url}/subscribe/">A link</a></body></html>"""
    key = arrive(maildir, "An issue", html=html)
    session = admin_client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    answered: list[str] = []
    page.on("response", lambda response: answered.append(response.url))

    page.goto(f"{live_server.url}{LIST}")
    assert axe_faults(page) == []
    take_picture(page, "mailbox")
    page.get_by_role("link", name="An issue").click()
    expect(page).to_have_url(re.compile(re.escape(f"{key}/")))
    page.wait_for_load_state("networkidle")
    frame = page.frame_locator("iframe")
    width = "picture => picture.naturalWidth"
    assert frame.locator("#own").evaluate(width) > 0
    assert frame.locator("#foreign").evaluate(width) == 0
    assert elsewhere not in answered
    take_picture(page, "mailbox-mail")
    assert page.url.endswith(f"{key}/")

    with page.context.expect_page() as opened:
        frame.get_by_role("link", name="A link").click()
    expect(opened.value.get_by_role("heading").first).to_be_visible()

    for face in ("text", "headers"):
        page.goto(f"{live_server.url}{LIST}{key}/?face={face}")
        assert axe_faults(page) == []
        take_picture(page, f"mailbox-{face}")
