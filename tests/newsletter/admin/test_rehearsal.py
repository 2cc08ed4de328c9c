"""A test mail to the editor who asks for it."""

from __future__ import annotations

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import Settings

from newsletter.admin.rehearsal import MOST_AN_HOUR
from newsletter.models import Post
from tests.factories import make_newsletter, make_post
from tests.mailserver import Mailbox

pytestmark = pytest.mark.django_db


def ask(client: Client, post: Post, **fields: str) -> str:
    answer = client.post(f"/admin/newsletter/post/{post.pk}/test/", fields, follow=True)
    return answer.text


def test_it_goes_to_oneself_and_to_nobody_else(admin_client: Client, mailbox: Mailbox) -> None:
    make_newsletter()
    page = ask(admin_client, make_post(title="Lamps"), to="other@example.org")
    assert [mail.recipient for mail in mailbox.received] == ["admin@example.com"]
    assert mailbox.received[0].message["Subject"] == "Test: Lamps"
    assert 'lies in the <a href="/admin/newsletter/subscriber/mailbox/">' in page
    assert LogEntry.objects.get().get_change_message() == "Sent a test mail to admin@example.com."


@pytest.mark.parametrize(
    ("origin", "page"), [("desk", "change"), ("preflight", "preflight"), ("x", "preview")]
)
def test_it_leads_back_to_where_it_was_asked(
    admin_client: Client, mailbox: Mailbox, origin: str, page: str
) -> None:
    post = make_post()
    answer = admin_client.post(f"/admin/newsletter/post/{post.pk}/test/", {"from": origin})
    assert answer.headers["Location"] == f"/admin/newsletter/post/{post.pk}/{page}/"


def test_with_a_server_of_ones_own_it_is_on_its_way(
    admin_client: Client, mailbox: Mailbox, settings: Settings
) -> None:
    settings.MAIL_IS_LOCAL = False
    make_newsletter()
    assert "on its way to admin@example.com" in ask(admin_client, make_post())


def test_what_stands_in_the_way_is_said(
    admin_client: Client, admin_user: User, mailbox: Mailbox
) -> None:
    post = make_post()
    assert "There is no newsletter yet" in ask(admin_client, post)
    letters = make_newsletter(sender_email="")
    assert "its sender address is missing" in ask(admin_client, post)
    letters.sender_email = "ada@letters.example"
    letters.save()
    mailbox.refuse["admin@example.com"] = "550 5.7.1 not here"
    assert "refused it: 550 5.7.1 not here" in ask(admin_client, post)
    User.objects.update(email="")
    assert "Your account has no email address: add it under Users." in ask(admin_client, post)
    assert not mailbox.received
    assert not LogEntry.objects.exists()


def test_nobody_floods_their_own_mailbox(
    admin_client: Client, admin_user: User, mailbox: Mailbox
) -> None:
    make_newsletter()
    post = make_post()
    ask(admin_client, post)
    entry = LogEntry.objects.get()
    for _ in range(MOST_AN_HOUR - 1):
        entry.pk = None
        entry.save()
    assert "went out within the hour" in ask(admin_client, post)
    assert len(mailbox.received) == 1


def test_a_link_does_not_send_it(admin_client: Client) -> None:
    answer = admin_client.get(f"/admin/newsletter/post/{make_post().pk}/test/")
    assert answer.status_code == 405
