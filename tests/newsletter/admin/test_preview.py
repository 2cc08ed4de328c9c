"""A post as readers will see it, saved or not."""

from __future__ import annotations

import re
from email import message_from_bytes, policy

import pytest
from django.conf import settings
from django.contrib.auth.models import Permission, User
from django.test import Client

from newsletter.models import Post, Subscription
from newsletter.sending.message import example_message
from tests.factories import make_newsletter, make_post, make_subscription

pytestmark = pytest.mark.django_db


def seen(client: Client, post: Post, face: str = "", **choice: str | int) -> str:
    address = f"/admin/newsletter/post/{post.pk}/preview/{face}"
    return client.get(address, choice).text


@pytest.mark.parametrize("face", ["web", "mail", "text"])
def test_each_face_shows_what_was_saved(admin_client: Client, face: str) -> None:
    make_newsletter(name="Slow Signals")
    page = seen(admin_client, make_post("The lamp **burned**.", title="Lamps"), f"{face}/")
    assert "Lamps" in page
    assert "lamp" in page


@pytest.mark.parametrize("face", ["mail", "text"])
def test_a_mail_is_shown_without_any_reader(admin_client: Client, face: str) -> None:
    page = seen(admin_client, make_post(), f"{face}/")
    assert "\ue000" not in page
    assert "/u/preview/" in page


def test_the_mail_is_the_one_that_goes_out(admin_client: Client) -> None:
    post = make_post("The lamp **burned**.", newsletter=make_newsletter())
    sent = message_from_bytes(example_message(post), policy=policy.default)
    for face, kind in (("mail/", "html"), ("text/", "plain")):
        body = sent.get_body((kind,))
        assert body
        shown = seen(admin_client, post, face).replace("/preview/", "/example/")
        shown = shown.replace('<base target="_blank">', "")
        assert "\n".join(body.get_content().strip().splitlines()) in shown


def test_a_preview_may_carry_styles_but_no_script(admin_client: Client) -> None:
    answer = admin_client.get(f"/admin/newsletter/post/{make_post().pk}/preview/mail/")
    policy = answer.headers["Content-Security-Policy"]
    assert "style-src 'self' 'unsafe-inline'" in policy
    assert "default-src 'none'" in policy
    assert "script-src" not in policy


def test_what_is_not_saved_is_shown_and_checked(admin_client: Client) -> None:
    post = make_post("Before.")
    answer = admin_client.post(
        f"/admin/newsletter/post/{post.pk}/preview/web/unsaved/",
        {"title": "New title", "body": "After. <script>\r\n\r\n[blank: and then?]"},
    )
    said = answer.json()
    assert "New title" in said["face"]
    assert "After." in said["face"]
    assert "<script>" not in said["face"]
    assert "Blank: and then?" in said["checks"]
    filled = {"title": "New title", "body": "After."}
    answer = admin_client.post(f"/admin/newsletter/post/{post.pk}/preview/web/unsaved/", filled)
    assert answer.json()["open"] == said["open"] - 1
    post.refresh_from_db()
    assert str(post.latest) == "Post 1 (1)"


def test_a_post_without_a_newsletter_can_be_seen(admin_client: Client) -> None:
    for face in ("web/", "mail/", "text/", ""):
        address = f"/admin/newsletter/post/{make_post().pk}/preview/{face}"
        assert admin_client.get(address).status_code == 200


def test_dark_is_dark_whatever_the_browser_likes(admin_client: Client) -> None:
    words = "It says @media (prefers-color-scheme: dark) here."
    post = make_post(words)
    mails = {look: seen(admin_client, post, "mail/", look=look) for look in ("", "dark", "light")}
    assert all(words in mail for mail in mails.values())
    rules = {look: mail.partition("<body")[0] for look, mail in mails.items()}
    assert "@media (prefers-color-scheme: dark)" in rules[""]
    assert "@media all" in rules["dark"]
    assert "@media not all" in rules["light"]
    for face in ("web/", "text/"):
        assert 'class="look-dark"' in seen(admin_client, post, face, look="dark")
        assert "look-" not in seen(admin_client, post, face, look="pink")


def test_an_own_picture_is_shown_from_where_the_editor_is(admin_client: Client) -> None:
    post = make_post(f'![A lamp](/media/ab/a.png)\n\n`src="{settings.BASE_URL}/media/a`')
    mail = seen(admin_client, post, "mail/")
    assert 'src="/media/ab/a.png"' in mail
    assert f'src="{settings.BASE_URL}/media/a' in mail


# --- as one reader ------------------------------------------------------------------------------


def test_an_inbox_shows_sender_subject_and_preheader(admin_client: Client) -> None:
    make_newsletter()
    page = seen(admin_client, make_post(subject="On lamps", preheader="And bells"))
    for words in ("Ada Example", "On lamps", "And bells", "To any reader", "reply@letters.example"):
        assert words in page


def test_a_reader_is_found_by_address_or_name(admin_client: Client) -> None:
    letters = make_newsletter()
    edith = make_subscription(letters, "edith@reader.example")
    edith.subscriber.name = "Edith Ok"
    edith.subscriber.save()
    make_subscription(letters, "gone@reader.example", state=Subscription.State.UNSUBSCRIBED)
    make_subscription(make_newsletter(slug="notes"), "edith@notes.example")
    post = make_post(newsletter=letters)
    for words in ("EDITH@", "ith ok", "reader.example"):
        assert re.findall(r"reader=(\d+)", seen(admin_client, post, q=words)) == [str(edith.pk)]
    assert "No reader of Letters" in seen(admin_client, post, q="nobody")
    assert "To edith@reader.example" in seen(admin_client, post, reader=edith.pk)


def test_a_search_answers_ten_at_most(admin_client: Client) -> None:
    letters = make_newsletter()
    for number in range(12):
        make_subscription(letters, f"reader{number}@e.example")
    page = seen(admin_client, make_post(newsletter=letters), q="reader")
    assert len(re.findall(r"reader=\d+", page)) == 10


def test_a_readers_own_links_are_shown_and_do_nothing(admin_client: Client, client: Client) -> None:
    letters = make_newsletter()
    edith = make_subscription(letters, "edith@reader.example")
    post = make_post(newsletter=letters)
    for face in ("mail/", "text/"):
        page = seen(admin_client, post, face, reader=edith.pk)
        links = set(re.findall(rf"{re.escape(settings.BASE_URL)}(/[us]/[^\"\s<]+)", page))
        assert links == {f"/u/{edith.pk}.preview/", f"/s/{edith.pk}.preview/"}
        for link in links:
            client.post(link, {"List-Unsubscribe": "One-Click"})
    edith.refresh_from_db()
    assert edith.state == Subscription.State.ACTIVE


def test_who_may_not_see_readers_finds_none(client: Client) -> None:
    writer = User.objects.create_user("writer", is_staff=True)
    writer.user_permissions.add(Permission.objects.get(codename="change_post"))
    client.force_login(writer)
    letters = make_newsletter()
    edith = make_subscription(letters, "edith@reader.example")
    post = make_post(newsletter=letters)
    page = seen(client, post, q="edith", reader=edith.pk)
    assert "edith@" not in page
    assert "As a reader gets it" not in page
    assert "/u/preview/" in seen(client, post, "mail/", reader=edith.pk)


def test_a_reader_is_found_without_signs_that_show_nothing(admin_client: Client) -> None:
    edith = make_subscription(make_newsletter())
    page = seen(admin_client, make_post(), q=f"{edith.subscriber.address}\0")
    assert f"reader={edith.pk}" in page
    assert "\0" not in page  # which PostgreSQL does not search for
