"""Putting a post before its readers."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils.timezone import now

from newsletter import drafting
from newsletter.models import Delivery, Issue, Newsletter, Post
from tests.factories import make_newsletter, make_post, make_subscription

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def newsletter() -> Newsletter:
    return make_newsletter()


def address(post: Post, page: str = "publish") -> str:
    return f"/admin/newsletter/post/{post.pk}/{page}/"


def choice(newsletter: Newsletter, **fields: object) -> dict[str, object]:
    return {"revision": 1, "newsletter": newsletter.pk, "email": "", "at": ""} | fields


def test_it_goes_on_the_web_at_once(admin_client: Client, newsletter: Newsletter) -> None:
    post = make_post()
    answer = admin_client.post(address(post), choice(newsletter), follow=True)
    assert "Published on the web." in answer.text
    assert Post.objects.published().get() == post
    assert not Issue.objects.exists()


def test_mailing_asks_a_second_time(
    admin_client: Client, newsletter: Newsletter, queue: None
) -> None:
    post = make_post()
    make_subscription(newsletter, "one@example.org")
    make_subscription(newsletter, "two@example.org")

    first = admin_client.post(address(post), choice(newsletter, email="yes"))
    assert "2 readers" in first.text
    assert not Post.objects.published().exists()

    admin_client.post(address(post), choice(newsletter, email="yes", confirmed="yes"))
    assert Delivery.objects.count() == 2


def test_what_is_missing_for_mailing_is_named(admin_client: Client) -> None:
    newsletter = make_newsletter(postal_address="", reply_to="")
    post = make_post()
    assert "reply-to address and postal address are missing" in admin_client.get(address(post)).text
    answer = admin_client.post(address(post), choice(newsletter, email="yes", confirmed="yes"))
    assert answer.status_code == 409
    assert not Post.objects.published().exists()


def test_a_blank_stands_in_the_way_and_is_named(
    admin_client: Client, newsletter: Newsletter
) -> None:
    post = make_post("Words.\n\n[blank: and then?]")
    page = admin_client.get(address(post)).text
    assert "A blank is open in line 3: and then?" in page
    answer = admin_client.post(address(post), choice(newsletter))
    assert "and then?" in answer.text
    assert not Post.objects.published().exists()


def test_it_can_be_scheduled_and_taken_off_again(
    admin_client: Client, newsletter: Newsletter
) -> None:
    post = make_post()
    at = (now() + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    admin_client.post(address(post), choice(newsletter, at=at))
    post.refresh_from_db()
    assert post.state == Post.State.SCHEDULED
    admin_client.post(address(post, "withdraw"))
    post.refresh_from_db()
    assert post.state == Post.State.DRAFT


def test_what_was_edited_meanwhile_is_not_published_unseen(
    admin_client: Client, newsletter: Newsletter
) -> None:
    post = make_post()
    drafting.save_revision(post, base=1, body="Other words.")
    answer = admin_client.post(address(post), choice(newsletter, revision=1))
    assert "edited while this page was open" in answer.text
    assert not Post.objects.published().exists()


def test_what_is_saved_this_very_second_is_not_published_unseen(
    admin_client: Client, newsletter: Newsletter
) -> None:
    post = make_post("Seen.")

    def save_in_between(execute: Any, sql: str, *rest: Any) -> Any:
        """As soon as the form found that nobody had, and asks for the newsletter."""
        if '"newsletter_newsletter"."id" = %s' in sql and post.revisions.count() == 1:
            drafting.save_revision(post, base=1, body="Unseen.")
        return execute(sql, *rest)

    with connection.execute_wrapper(save_in_between):
        admin_client.post(address(post), choice(newsletter))
    live = Post.objects.published().get().live
    assert (post.revisions.count(), live and live.body) == (2, "Seen.")


def test_changes_wait_until_they_are_released(admin_client: Client, newsletter: Newsletter) -> None:
    post = make_post("Before.")
    admin_client.post(address(post), choice(newsletter))
    drafting.save_revision(post, base=1, body="After.")
    assert "Release the changes" in admin_client.get(address(post)).text
    drafting.save_revision(post, base=2, body="After, and in mid-sen", autosaved=True)
    answer = admin_client.post(address(post, "release"), {"revision": 2}, follow=True)
    post.refresh_from_db()
    assert post.live is not None
    assert post.live.body == "After."
    assert "readers still see revision 2, the latest is 3" in answer.text


def test_an_older_page_takes_nothing_back_from_readers(
    admin_client: Client, newsletter: Newsletter
) -> None:
    post = make_post("Before.")
    admin_client.post(address(post), choice(newsletter))
    drafting.save_revision(post, base=1, body="After.")
    drafting.save_revision(post, base=2, body="After all.")
    admin_client.post(address(post, "release"), {"revision": 3})
    answer = admin_client.post(address(post, "release"), {"revision": 2}, follow=True)
    assert "a later one already" in answer.text
    post.refresh_from_db()
    assert post.live is not None
    assert post.live.body == "After all."


def test_a_draft_has_nothing_to_release(admin_client: Client, newsletter: Newsletter) -> None:
    answer = admin_client.post(address(make_post(), "release"), {"revision": 1}, follow=True)
    assert "is not published yet" in answer.text


def test_a_published_post_can_be_mailed_later(
    admin_client: Client, newsletter: Newsletter, queue: None
) -> None:
    post = make_post()
    make_subscription(newsletter)
    admin_client.post(address(post), choice(newsletter))
    admin_client.post(address(post), choice(newsletter, email="yes", confirmed="yes"))
    assert Issue.objects.get().post == post
    assert "A post is mailed once." in admin_client.get(address(post)).text


def test_without_a_newsletter_it_says_to_make_one(admin_client: Client) -> None:
    assert "There is no newsletter" in admin_client.get(address(make_post())).text
