"""The list of posts, and their trash."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils.timezone import now

from newsletter import drafting, publishing
from newsletter.models import Post
from tests.factories import make_newsletter, make_post, make_thread

pytestmark = pytest.mark.django_db
LIST = "/admin/newsletter/post/"


def chosen(action: str, post: Post) -> dict[str, object]:
    return {"action": action, "_selected_action": [post.pk]}


def test_posts_are_found_by_title_and_text(admin_client: Client) -> None:
    make_post("About lamps.", title="One")
    make_post("About bells.", title="Two")
    page = admin_client.get(LIST, {"q": "bells"}).text
    assert "Two" in page
    assert ">One<" not in page


def test_changes_that_wait_are_shown(admin_client: Client) -> None:
    post = publishing.publish(make_post("Before."), newsletter=make_newsletter())
    drafting.save_revision(post, base=1, body="After.")
    assert "Published, with changes to release" in admin_client.get(LIST).text


def test_a_post_goes_to_the_trash_and_comes_back(admin_client: Client) -> None:
    post = make_post(title="Lamps")
    admin_client.post(LIST, chosen("move_to_trash", post))
    assert "Lamps" not in admin_client.get(LIST).text
    assert "Lamps" in admin_client.get(LIST, {"trash": "yes"}).text
    admin_client.post(f"{LIST}?trash=yes", chosen("restore", post))
    assert Post.objects.kept().get() == post


@pytest.mark.parametrize("query", ["", "?trash=yes"])
def test_what_is_not_in_the_trash_cannot_be_deleted(admin_client: Client, query: str) -> None:
    post = make_post()
    confirmed = {**chosen("delete_selected", post), "post": "yes"}
    admin_client.post(LIST + query, confirmed)
    assert admin_client.post(f"{LIST}{post.pk}/delete/", {"post": "yes"}).status_code == 403
    assert Post.objects.filter(pk=post.pk).exists()


def test_it_is_deleted_for_good_from_the_trash(admin_client: Client) -> None:
    post = drafting.compose([make_thread()])
    Post.objects.update(trashed_at=now())
    admin_client.post(f"{LIST}?trash=yes", {**chosen("delete_selected", post), "post": "yes"})
    assert not Post.objects.exists()
