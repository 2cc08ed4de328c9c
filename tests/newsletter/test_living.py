"""A post takes over what changed in its threads, one decision at a time."""

from __future__ import annotations

import pytest
from django.test import Client

from newsletter import drafting, living
from newsletter.models import Post, SettledChange
from tests.factories import make_import, make_thread
from threads.models import Change, Status, Thread

pytestmark = pytest.mark.django_db


@pytest.fixture
def thread() -> Thread:
    return make_thread(["The lamp.", "It burned.", "Nobody lied."])


@pytest.fixture
def post(thread: Thread) -> Post:
    return drafting.compose([thread])


def change(thread: Thread, position: int, kind: str, before: str = "", after: str = "") -> Change:
    return Change.objects.create(
        thread=thread,
        status=Status.objects.get(thread=thread, position=position),
        imported_by=make_import(),
        kind=kind,
        before=before,
        after=after,
    )


def body_of(post: Post) -> str:
    post.refresh_from_db()
    assert post.latest
    return post.latest.body


def test_an_edit_is_taken_over_once(post: Post, thread: Thread) -> None:
    news = change(thread, 2, Change.Kind.EDITED, "It burned.", "It went out.")
    assert list(living.open_changes(post)) == [news]
    revision = living.take(post, news, base=1)
    assert (revision.number, "It went out." in body_of(post)) == (2, True)
    assert "It burned." not in body_of(post)
    assert not living.open_changes(post)


def test_a_change_that_is_left_is_not_asked_about_again(post: Post, thread: Thread) -> None:
    before = body_of(post)
    living.leave(post, change(thread, 2, Change.Kind.EDITED, "It burned.", "It went out."))
    assert body_of(post) == before
    assert not living.open_changes(post)


def test_a_new_part_stands_behind_the_one_it_answers(post: Post, thread: Thread) -> None:
    drafting.save_revision(post, base=1, body="It burned.\n\nMine.")
    post.refresh_from_db()
    living.take(post, change(thread, 3, Change.Kind.ADDED, after="Nobody lied."), base=2)
    assert body_of(post) == "It burned.\n\nNobody lied.\n\nMine."


def test_rewritten_words_are_left_to_the_editor(post: Post, thread: Thread) -> None:
    drafting.save_revision(post, base=1, body="It shone.")
    post.refresh_from_db()
    news = change(thread, 2, Change.Kind.DELETED, "It burned.")
    with pytest.raises(living.CannotTake, match="rewritten"):
        living.take(post, news, base=2)
    assert body_of(post) == "It shone."
    assert list(living.open_changes(post)) == [news]


def test_a_save_in_between_is_not_overwritten(post: Post, thread: Thread) -> None:
    news = change(thread, 2, Change.Kind.EDITED, "It burned.", "It went out.")
    drafting.save_revision(post, base=1, body="It burned.\n\nMine.")
    with pytest.raises(drafting.Conflict):
        living.take(post, news, base=1)
    assert not SettledChange.objects.exists()


def test_what_changed_before_the_draft_is_no_news(thread: Thread) -> None:
    change(thread, 2, Change.Kind.EDITED, "It burned.", "It went out.")
    assert not living.open_changes(drafting.compose([thread]))


def test_the_desk_offers_it_and_the_page_takes_it(
    admin_client: Client, post: Post, thread: Thread
) -> None:
    news = change(thread, 2, Change.Kind.EDITED, "It burned.", "It went out.")
    page = f"/admin/newsletter/post/{post.pk}/source/"
    assert page in admin_client.get(f"/admin/newsletter/post/{post.pk}/change/").text
    assert "<del>burned</del>" in admin_client.get(page).text
    answer = admin_client.post(f"{page}{news.pk}/", {"base": "1", "take": "1"}, follow=True)
    assert "as revision 2" in answer.text
    assert "Nothing is left to decide" in answer.text


def test_the_page_says_what_cannot_be_done(
    admin_client: Client, post: Post, thread: Thread
) -> None:
    gone = change(thread, 2, Change.Kind.DELETED, "Other words.")
    late = change(thread, 3, Change.Kind.EDITED, "Nobody lied.", "Some lied.")
    page = f"/admin/newsletter/post/{post.pk}/source/"
    answer = admin_client.post(f"{page}{gone.pk}/", {"base": "1", "take": "1"}, follow=True)
    assert "were rewritten" in answer.text
    answer = admin_client.post(f"{page}{late.pk}/", {"base": "7", "take": "1"}, follow=True)
    assert "was saved in the meantime" in answer.text
    answer = admin_client.post(f"{page}{gone.pk}/", {"leave": "1"}, follow=True)
    assert "Left as it is" in answer.text


def test_the_desk_takes_it_without_a_page(admin_client: Client, post: Post, thread: Thread) -> None:
    news = change(thread, 2, Change.Kind.EDITED, "It burned.", "It went out.")
    late = change(thread, 3, Change.Kind.EDITED, "Some lied.", "All lied.")
    page = f"/admin/newsletter/post/{post.pk}/source/"
    script = {"Accept": "application/json"}
    form = {"base": "1", "take": "1"}
    answer = admin_client.post(f"{page}{news.pk}/", form, headers=script).json()
    assert answer == {"said": "Taken over, as revision 2.", "base": 2, "body": body_of(post)}
    answer = admin_client.post(f"{page}{late.pk}/", form | {"base": "2"}, headers=script)
    assert answer.status_code == 409
    assert "were rewritten" in answer.json()["refused"]
    answer = admin_client.post(f"{page}{late.pk}/", {"leave": "1"}, headers=script)
    assert answer.json()["said"] == "Left as it is."


def test_both_are_shown_side_by_side(admin_client: Client, post: Post, thread: Thread) -> None:
    before = "The log had three columns, and only three: what was seen, what was done."
    news = change(thread, 2, Change.Kind.EDITED, before, before.replace("three", "four"))
    page = f"/admin/newsletter/post/{post.pk}/source/{news.pk}/both/"
    shown = admin_client.post(page, {"body": f"New.\n\n{before.replace('seen', 'known')}"}).text
    source, mine = shown.split("In your post")
    assert "<del>three</del><ins>four</ins>" in source
    assert "<del>seen</del><ins>known</ins>" in mine
    assert "do not stand here any more" in admin_client.post(page, {"body": "New."}).text
