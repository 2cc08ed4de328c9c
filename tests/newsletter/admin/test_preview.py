"""A post as readers will see it, saved or not."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.factories import make_newsletter, make_post

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("face", ["web", "mail", "text"])
def test_each_face_shows_what_was_saved(admin_client: Client, face: str) -> None:
    make_newsletter(name="Slow Signals")
    post = make_post("The lamp **burned**.", title="Lamps")
    answer = admin_client.get(f"/admin/newsletter/post/{post.pk}/preview/{face}/")
    assert "Lamps" in answer.text
    assert "lamp" in answer.text


@pytest.mark.parametrize("face", ["mail", "text"])
def test_a_mail_is_shown_without_any_reader(admin_client: Client, face: str) -> None:
    answer = admin_client.get(f"/admin/newsletter/post/{make_post().pk}/preview/{face}/")
    assert "\ue000" not in answer.text


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
    post.refresh_from_db()
    assert str(post.latest) == "Post 1 (1)"


def test_a_post_without_a_newsletter_can_be_seen(admin_client: Client) -> None:
    for face in ("web", "mail", "text"):
        answer = admin_client.get(f"/admin/newsletter/post/{make_post().pk}/preview/{face}/")
        assert answer.status_code == 200
