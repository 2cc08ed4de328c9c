"""The revisions of a post: seen, compared, gone back to."""

from __future__ import annotations

import pytest
from django.test import Client

from newsletter import drafting
from newsletter.models import Post
from tests.factories import make_post

pytestmark = pytest.mark.django_db


@pytest.fixture
def post() -> Post:
    post = make_post("The lamp burned.", title="Lamps")
    drafting.save_revision(post, base=1, body="The lamp went out.")
    drafting.save_revision(post, base=2, title="Lamps, again")
    return post


def address(post: Post, rest: str = "") -> str:
    return f"/admin/newsletter/post/{post.pk}/revisions/{rest}"


def test_all_are_listed(admin_client: Client, post: Post) -> None:
    assert admin_client.get(address(post)).text.count("What it changed") == 3


def test_a_revision_shows_what_it_changed(admin_client: Client, post: Post) -> None:
    answer = admin_client.get(address(post, "2/"))
    assert "<del>burned</del>" in answer.text
    assert "<ins>went out</ins>" in answer.text
    assert "Lamps, again" not in answer.text.split("<main")[1]


def test_the_first_revision_is_all_new(admin_client: Client, post: Post) -> None:
    assert "<ins>The lamp burned.</ins>" in admin_client.get(address(post, "1/")).text


def test_any_two_can_be_compared(admin_client: Client, post: Post) -> None:
    answer = admin_client.get(address(post, "1/?against=3"))
    assert "from revision 1 to 3" in answer.text
    assert "<ins>, again</ins>" in answer.text


def test_going_back_makes_a_new_revision(admin_client: Client, post: Post) -> None:
    admin_client.post(address(post, "1/restore/"), {"base": "3"})
    post.refresh_from_db()
    assert post.latest is not None
    assert (post.latest.number, post.latest.title, post.latest.body) == (
        4,
        "Lamps",
        "The lamp burned.",
    )


def test_going_back_overwrites_nobody(admin_client: Client, post: Post) -> None:
    answer = admin_client.post(address(post, "1/restore/"), {"base": "2"}, follow=True)
    assert "Revision 3 was saved in the meantime" in answer.text
    assert post.revisions.count() == 3
