"""The front page of the editors' site."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils.timezone import now
from pytest_django import Settings

from newsletter import publishing
from newsletter.models import Issue
from tests.factories import (
    make_account,
    make_import,
    make_issue,
    make_newsletter,
    make_post,
    make_thread,
)
from threads.models import Import

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(admin_client: Client) -> Client:
    make_newsletter()
    return admin_client


def test_an_empty_installation_is_led_to_importing(desk: Client) -> None:
    page = desk.get("/admin/").text
    assert '<a class="button push primary" href="/admin/threads/import/add/">' in page
    assert "Imported threads wait here" in page


def test_threads_wait_until_a_post_is_made_of_them(desk: Client) -> None:
    waiting, used = make_thread(title="Waiting"), make_thread(title="Used")
    make_thread(title="Put away", trashed_at=now())
    make_post(title="Of it").sources.create(thread=used, position=1)
    page = desk.get("/admin/").text
    assert f'<a href="/admin/threads/thread/{waiting.pk}/change/">Waiting</a>' in page
    assert ">Used<" not in page
    assert "Put away" not in page


def test_what_strangers_had_unrolled_waits_for_nobody(desk: Client) -> None:
    bo = make_account(remote_id="7", handle="bo", claim="", claimed_at=None)
    make_thread(title="Unrolled", account=bo, unrolled_at=now())
    make_thread(title="Imported", account=bo)
    make_thread(title="Mine", unrolled_at=now())
    page = desk.get("/admin/").text
    assert [title in page for title in ("Unrolled", "Imported", "Mine")] == [False, True, True]


def test_drafts_are_offered_the_latest_first(desk: Client) -> None:
    for days, title in [(3, "Oldest"), (1, "Latest"), (2, "Middle")]:
        post = make_post(title=title)
        post.revisions.update(created_at=now() - timedelta(days=days))
    page = desk.get("/admin/").text
    assert page.index("Latest") < page.index("Middle") < page.index("Oldest")
    assert "saved 1\xa0day ago" in page
    assert f"/admin/newsletter/post/{post.pk}/board/" in page


def test_what_is_published_is_no_draft(desk: Client) -> None:
    publishing.publish(make_post(title="Out"))
    assert "Nothing is being written." in desk.get("/admin/").text


def test_the_last_import_is_told(desk: Client) -> None:
    make_import(source="tweets.zip", thread_ids=[1, 2])
    assert "tweets.zip, 2 threads" in desk.get("/admin/").text


def test_an_import_that_failed_says_why(desk: Client) -> None:
    make_import(source="photos.zip", state=Import.State.FAILED, error="There are no tweets in it.")
    assert "photos.zip: There are no tweets in it." in desk.get("/admin/").text


def test_the_last_issue_shows_its_counts(desk: Client) -> None:
    issue = make_issue(make_newsletter(slug="other"), "a@example.org", "b@example.org")
    Issue.objects.filter(pk=issue.pk).update(pause_reason="The server refuses.", state="paused")
    page = desk.get("/admin/").text
    assert "<dt>expected</dt><dd>2</dd>" in page
    assert "<dt>waiting</dt><dd>2</dd>" in page
    assert "The server refuses." in page


def test_it_says_what_keeps_a_newsletter_from_being_mailed(admin_client: Client) -> None:
    newsletter = make_newsletter(reply_to="", postal_address=" ")
    page = admin_client.get("/admin/").text
    assert "its reply-to address, postal address are missing" in page
    assert f'href="/admin/newsletter/newsletter/{newsletter.pk}/change/"' in page


def test_the_side_follows_the_work(desk: Client) -> None:
    page = desk.get("/admin/").text
    assert page.index(">Publish</h2>") < page.index(">Threads</h2>") < page.index(">People</h2>")


def test_the_local_mailbox_is_at_hand_while_there_is_one(desk: Client, settings: Settings) -> None:
    link = '<a href="/admin/newsletter/subscriber/mailbox/"'
    assert link in desk.get("/admin/").text
    settings.MAIL_IS_LOCAL = False
    assert link not in desk.get("/admin/").text


def test_the_side_marks_where_the_editor_is(desk: Client) -> None:
    for path in ("newsletter/post/", "newsletter/subscriber/mailbox/"):
        page = desk.get(f"/admin/{path}").text
        side = page[page.index('id="nav-sidebar"') : page.index("<main")]
        assert side.count("aria-current") == 1
        assert f'<a href="/admin/{path}" aria-current="page">' in side


def test_each_app_has_a_page(desk: Client) -> None:
    assert "<h1>Publish</h1>" in desk.get("/admin/newsletter/").text


def test_no_page_stands_in_it_that_our_policy_would_break(desk: Client) -> None:
    assert "django_rq" not in desk.get("/admin/").text


def test_a_list_is_called_the_same_in_the_window_as_on_the_page(admin_client: Client) -> None:
    page = admin_client.get("/admin/threads/thread/").text
    assert "<title>Threads | Unspool</title>" in page
    assert "<h1>Threads</h1>" in page
