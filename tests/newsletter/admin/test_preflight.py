"""Pre-flight: the page of facts, and what comes after it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client
from django.utils.timezone import now
from pytest_httpserver import HTTPServer

from newsletter.models import LinkedPage, Post
from tests.factories import make_newsletter, make_post
from tests.queue import run_jobs

pytestmark = pytest.mark.django_db
by_a_worker = pytest.mark.django_db(transaction=True)
HTMX = {"HX-Request": "true"}


def address(post: Post, page: str = "") -> str:
    return f"/admin/newsletter/post/{post.pk}/preflight/{page}"


def test_faults_come_first_and_each_leads_somewhere(admin_client: Client) -> None:
    make_newsletter()
    post = make_post("One.\n\n[blank: and then?]\n\n![](/media/ab/none.jpg)")
    page = admin_client.get(address(post)).text
    order = ["2 faults", "and then?", "not in the store", "no description", "In order", "headers"]
    assert sorted(order, key=page.index) == order
    assert f'href="/admin/newsletter/post/{post.pk}/change/#line-3"' in page


def test_a_post_that_is_whole_can_go_on(admin_client: Client) -> None:
    make_newsletter()
    page = admin_client.get(address(make_post())).text
    assert "It can go out." in page
    assert 'class="button primary" href="/admin/newsletter/post/' in page


def test_looking_changes_and_asks_nothing(
    admin_client: Client, httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")  # SpamAssassin takes its time
    post = make_post(f"<{httpserver.url_for('/')}>")
    for page in ("", "links/", "spam/"):
        assert admin_client.get(address(post, page)).status_code == 200
    assert not LinkedPage.objects.exists()
    assert not httpserver.log


@by_a_worker
def test_links_are_asked_by_a_worker_and_followed(
    admin_client: Client, httpserver: HTTPServer, queue: None
) -> None:
    httpserver.expect_request("/gone").respond_with_data("", status=410)
    make_newsletter()
    post = make_post(f"[a page]({httpserver.url_for('/gone')})")
    asked = admin_client.post(address(post, "links/"), headers=HTMX).text
    assert "1 of 1 page is being asked" in asked
    assert 'hx-trigger="every 2s"' in asked
    run_jobs()
    told = admin_client.get(address(post, "links/")).text
    assert "/gone is not there" in told
    assert "every 2s" not in told
    again = admin_client.post(address(post, "links/"), headers=HTMX).text
    assert "asked within the last day" in again
    assert "facts" not in again  # there is no news, so nothing moves where somebody reads
    run_jobs()
    assert len(httpserver.log) == 1


@by_a_worker
def test_what_is_asked_again_is_followed_again(
    admin_client: Client, httpserver: HTTPServer, queue: None
) -> None:
    httpserver.expect_request("/gone").respond_with_data("", status=410)
    make_newsletter()
    post = make_post(f"[a page]({httpserver.url_for('/gone')})")
    for moment in (now(), now() + timedelta(minutes=6)):
        with time_machine.travel(moment):
            asked = admin_client.post(address(post, "links/"), headers=HTMX).text
            run_jobs()
            told = admin_client.get(address(post, "links/")).text
        assert 'hx-trigger="every 2s"' in asked
        assert "/gone is not there" in told
    assert len(httpserver.log) == 2


@by_a_worker
def test_a_job_that_was_lost_is_asked_for_again(
    admin_client: Client, httpserver: HTTPServer, queue: None
) -> None:
    httpserver.expect_request("/").respond_with_data("")
    post = make_post(f"<{httpserver.url_for('/')}>")
    LinkedPage.objects.create(url=httpserver.url_for("/"))
    assert admin_client.post(address(post, "links/")).status_code == 302
    run_jobs()
    assert LinkedPage.objects.get().state == LinkedPage.State.ANSWERED


@by_a_worker
def test_a_job_about_a_post_that_is_gone_asks_nobody(
    admin_client: Client, httpserver: HTTPServer, queue: None
) -> None:
    post = make_post(f"<{httpserver.url_for('/')}>")
    admin_client.post(address(post, "links/"))
    Post.objects.all().delete()
    run_jobs()
    assert not httpserver.log


def test_the_score_of_spamassassin_is_told(
    admin_client: Client, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    post = make_post()
    report = "X-Spam-Status: Yes, score=6.2 required=5.0\n\n 6.2 TOO_LOUD   It shouts\n"
    (tmp_path / "report").write_text(report)
    program = tmp_path / "spamassassin"
    program.write_text(f"#!/bin/sh\ncat > /dev/null\ncat {tmp_path}/report\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    assert address(post, "spam/") in admin_client.get(address(post)).text
    page = admin_client.get(address(post, "spam/")).text
    assert "6.2 of 5.0 points" in page
    assert "It shouts" in page


def test_without_spamassassin_nothing_is_said_of_it(
    admin_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    post = make_post()
    assert "SpamAssassin" not in admin_client.get(address(post)).text
    assert "no answer in time" in admin_client.get(address(post, "spam/")).text


@pytest.mark.parametrize("page", ["preflight/", "preflight/links/", "preflight/spam/", "preview/"])
def test_only_who_may_write_may_look(client: Client, page: str) -> None:
    client.force_login(User.objects.create_user("guest", is_staff=True))
    post = make_post()
    assert client.get(f"/admin/newsletter/post/{post.pk}/{page}").status_code == 403
