"""The revisions of a post: seen, compared, gone back to."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client

from newsletter import drafting
from newsletter.admin import revisions
from newsletter.models import Post
from tests.factories import make_issue, make_newsletter, make_post

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


@pytest.mark.parametrize("query", ["old=1&new=3", "old=3&new=1"])
def test_any_two_can_be_compared(admin_client: Client, post: Post, query: str) -> None:
    answer = admin_client.get(address(post, f"compare/?{query}"))
    assert "From revision 1 to 3" in answer.text
    assert "<ins>, again</ins>" in answer.text
    assert "Go back to revision 1" in answer.text
    assert "Go back to revision 3" not in answer.text


@pytest.mark.parametrize("query", ["", "old=1&new=9", "old=x&new=%C2%B2", f"old=1&new={10**30}"])
def test_what_is_not_there_cannot_be_compared(admin_client: Client, post: Post, query: str) -> None:
    assert admin_client.get(address(post, f"compare/?{query}")).status_code == 404


def test_one_with_itself_differs_in_nothing(admin_client: Client, post: Post) -> None:
    assert "Nothing changed." in admin_client.get(address(post, "compare/?old=2&new=2")).text


def test_what_was_thinned_out_is_passed_over(admin_client: Client, post: Post) -> None:
    post.revisions.filter(number=2).delete()
    answer = admin_client.get(address(post, "3/"))
    assert "from revision 1" in answer.text
    assert "<ins>went out</ins>" in answer.text


def test_autosaves_do_not_drown_what_was_saved_on_purpose(admin_client: Client, post: Post) -> None:
    ada, bo = (User.objects.create_user(name) for name in ("ada", "bo"))
    texts = ["The lamp went.", "The lamp went out again.", "The lamp went out again, twice."]
    for number, (by, body) in enumerate(zip([ada, bo, ada], texts, strict=True), 3):
        drafting.save_revision(post, base=number, by=by, body=body, autosaved=True)
    drafting.save_revision(post, base=6, by=bo, body="The end.")

    runs = admin_client.get(address(post)).context["runs"]

    assert [[step.after.number for step in run.steps] for run in runs] == [
        [7],
        [6, 5, 4],
        [3],
        [2],
        [1],
    ]
    assert runs[1].editors() == "ada and bo"
    assert runs[1].whole().words() == (2, 0)  # "out again, twice." for "out."
    page = admin_client.get(address(post)).text
    assert "3 times saved by itself while ada and bo wrote" in page
    assert "2 words came" in page


def test_a_long_history_comes_in_pages(
    admin_client: Client, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(revisions, "AT_ONCE", 2)
    first = admin_client.get(address(post)).text
    assert "in revision 2<" in first
    assert "in revision 1<" not in first
    assert "?before=2" in first
    second = admin_client.get(address(post, "?before=2")).text
    assert "in revision 1<" in second
    assert "?before" not in second


def test_what_changed_since_readers_got_it_is_one_click_away(admin_client: Client) -> None:
    post = make_issue(make_newsletter(), "reader@example.org").post
    drafting.save_revision(post, base=1, body="After.")
    since = f"{address(post)}compare/?old=1&amp;new=2"
    for page in ("revisions", "change", "publish"):
        text = admin_client.get(f"/admin/newsletter/post/{post.pk}/{page}/").text
        assert f'<a href="{since}">What changed since it was mailed</a>' in text
        assert text.count(since) == 2, page  # and what readers of the web do not see yet
    assert "<ins>After</ins>" in admin_client.get(since.replace("&amp;", "&")).text


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
