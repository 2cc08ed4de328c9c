"""Finding a part of a post's threads, and its words as a quotation."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils.timezone import now

from newsletter import drafting
from newsletter.models import Post
from tests.factories import make_post, make_thread
from threads.models import Status

pytestmark = pytest.mark.django_db


@pytest.fixture
def post() -> Post:
    texts = ["Ä lamp *burns* <b>.", *(f"Night {number}." for number in range(2, 12))]
    return drafting.compose([make_thread(texts)])


def found(client: Client, post: Post, words: str) -> str:
    answer = client.get(f"/admin/newsletter/post/{post.pk}/parts/", {"words": words})
    assert answer.status_code == 200
    return str(answer.content, "utf-8")


def test_parts_are_found_by_all_their_words_in_any_order(admin_client: Client, post: Post) -> None:
    page = found(admin_client, post, "BURNS ä")
    assert "Ä lamp *burns* &lt;b&gt;." in page
    assert "part 1 of 11, 1 March 2026" in page
    assert page.count("<li>") == 1
    assert "No part of this post’s threads" in found(admin_client, post, "burns night")


def test_it_shows_the_first_and_says_how_many_more(admin_client: Client, post: Post) -> None:
    page = found(admin_client, post, "night")
    assert page.count("<li>") == 8
    assert "And 2 more." in page


def test_what_was_deleted_at_its_source_is_not_quoted(admin_client: Client, post: Post) -> None:
    part = Status.objects.get(text="Night 2.")
    address = f"/admin/newsletter/post/{post.pk}/parts/{part.pk}/"
    assert admin_client.get(address).json()["markdown"].startswith("> Night 2.\n>\n> — [Mira Osei")
    Status.objects.filter(pk=part.pk).update(deleted_at=now())
    assert admin_client.get(address).status_code == 404
    assert "Night 2." not in found(admin_client, post, "2")


def test_only_parts_of_the_posts_own_threads_are_quoted(admin_client: Client, post: Post) -> None:
    part, other = Status.objects.all()[0], make_post()
    address = f"/admin/newsletter/post/{other.pk}/parts/{part.pk}/"
    assert admin_client.get(address).status_code == 404
    assert "No part of this post’s threads" in found(admin_client, other, "")


def test_who_may_not_write_finds_nothing(client: Client, post: Post) -> None:
    client.force_login(User.objects.create_user("reader", is_staff=True))
    for address in ("parts/", f"parts/{Status.objects.all()[0].pk}/"):
        assert client.get(f"/admin/newsletter/post/{post.pk}/{address}").status_code == 403
