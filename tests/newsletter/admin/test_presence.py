"""What the desk hears of others: who is here, and what they saved."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client

from newsletter import drafting, presence
from tests.factories import make_post

pytestmark = pytest.mark.django_db


def test_the_desk_hears_who_is_here_and_what_they_saved(admin_client: Client) -> None:
    post = make_post("One.")
    bo = User.objects.create_user("bo")
    presence.note(post, bo)
    address = f"/admin/newsletter/post/{post.pk}/presence/"
    assert admin_client.post(address, {"base": "1"}).json() == {"others": ["bo"]}

    drafting.save_revision(post, base=1, by=bo, body="Two.")
    said = admin_client.post(address, {"base": "1"}).json()
    assert (said["news"]["base"], said["news"]["by"]) == (2, "bo")
    assert said["news"]["words"]["body"] == "Two."
    assert said["post"]["slug"] == post.slug
    assert "news" not in admin_client.post(address, {}).json()


def test_only_who_may_write_is_told(client: Client) -> None:
    client.force_login(User.objects.create_user("reader", is_staff=True))
    address = f"/admin/newsletter/post/{make_post().pk}/presence/"
    assert client.post(address, {"base": "1"}).status_code == 403
