"""The page that proves an account, and publishing what is not proven."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Page
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer
from pytest_httpserver import HTTPServer

from newsletter import drafting
from newsletter.models import Excuse, Newsletter, Post, PostSource
from tests.browser import faults_in
from tests.factories import make_account, make_newsletter, make_subscription, make_thread
from threads.models import Account, Claim

REASON = "Bo said yes."


@pytest.fixture
def account(httpserver: HTTPServer, settings: Settings) -> Account:
    settings.BASE_URL = "https://letters.example"
    httpserver.expect_request(re.compile("/api/.*")).respond_with_data("{}", status=401)
    return make_account(
        platform="mastodon",
        remote_id=httpserver.url_for("/users/bo"),
        handle="bo@social.example",
        name="Bo",
        url=httpserver.url_for("/@bo"),
        claim="",
        claimed_at=None,
    )


def address(account: Account, step: str = "") -> str:
    return f"/admin/threads/account/{account.pk}/claim/{step}"


def log() -> list[str]:
    return [entry.get_change_message() for entry in LogEntry.objects.order_by("pk")]


@pytest.mark.django_db
def test_looking_changes_nothing_and_asking_makes_a_code(
    admin_client: Client, account: Account
) -> None:
    page = admin_client.get(address(account)).text
    assert "https://letters.example/" in page
    assert "&lt;a rel=&quot;me&quot;" in page.replace('rel="me"', "rel=&quot;me&quot;")
    assert "Get a code" in page
    account.refresh_from_db()
    assert account.claim_code == ""
    assert admin_client.get(address(account, "code/")).status_code == 405

    page = admin_client.post(address(account, "code/"), follow=True).text
    account.refresh_from_db()
    assert f'value="{account.claim_code}"' in page
    assert log() == [f"Asked for the code {account.claim_code}."]


@pytest.mark.django_db
def test_checking_says_what_it_found(
    admin_client: Client, account: Account, httpserver: HTTPServer
) -> None:
    httpserver.expect_oneshot_request("/@bo").respond_with_data("<p>Nothing here.</p>")
    home = '<a rel="me" href="https://letters.example">'
    httpserver.expect_request("/@bo").respond_with_data(home)
    answer = admin_client.post(address(account, "check/"), follow=True).text
    assert "neither a link to this site nor the code" in answer
    assert "not proven yet" in answer
    answer = admin_client.post(address(account, "check/"), follow=True).text
    assert "This account is yours: its profile links here" in answer
    assert log() == [f"Proven: {Claim.LINK.label}."]
    assert Claim.LINK.label in admin_client.get("/admin/threads/account/").text


@pytest.mark.django_db
def test_other_accounts_have_other_ways(
    admin_client: Client, account: Account, settings: Settings
) -> None:
    Account.objects.update(platform="bluesky")
    page = admin_client.get(address(account)).text
    assert "change the handle to letters.example" in page
    settings.BASE_URL = "http://127.0.0.1:8000"
    page = admin_client.get(address(account)).text
    assert "no public address yet" in page
    Account.objects.update(platform="none")
    page = admin_client.get(address(account)).text
    assert "need no proof" in page
    assert "Check now" not in page
    assert "pasted: needs no proof" in admin_client.get("/admin/threads/account/").text


@pytest.mark.django_db
def test_only_who_may_change_accounts_proves_them(client: Client, account: Account) -> None:
    client.force_login(User.objects.create_user("ada", is_staff=True))
    assert client.get(address(account)).status_code == 403
    assert client.post(address(account, "check/")).status_code == 403


# --- publishing ---------------------------------------------------------------------------------


def choice(**fields: object) -> dict[str, object]:
    return {"revision": 1, "newsletter": make_newsletter().pk, "email": "", "at": ""} | fields


def post_of(account: Account) -> Post:
    return drafting.compose([make_thread(account=account)])


@pytest.mark.django_db
def test_the_reason_is_asked_for_where_it_is_needed(admin_client: Client, account: Account) -> None:
    make_newsletter(slug="notes")
    theirs = f"/admin/newsletter/post/{post_of(account).pk}/publish/"
    ours = f"/admin/newsletter/post/{post_of(make_account()).pk}/publish/"
    assert 'name="unclaimed"' not in admin_client.get(ours).text
    page = admin_client.get(theirs).text
    assert 'name="unclaimed"' in page
    assert address(account) in page

    fields = choice()
    answer = admin_client.post(theirs, fields)
    assert (answer.status_code, "Say why" in answer.text) == (400, True)
    assert not Post.objects.published().exists()

    page = admin_client.post(theirs, fields | {"unclaimed": REASON}, follow=True).text
    assert f"“{REASON}”" in page
    assert 'name="unclaimed"' not in page
    assert Excuse.objects.get().by == User.objects.get()
    assert log() == [
        f"Published on the web. Its words are not proven to be the creator’s own: {REASON}"
    ]


@pytest.mark.django_db
def test_the_second_question_before_a_mail_keeps_the_reason(
    admin_client: Client, account: Account
) -> None:
    post = post_of(account)
    fields = choice(email="yes", unclaimed=REASON)
    make_subscription(Newsletter.objects.get())
    page = admin_client.post(f"/admin/newsletter/post/{post.pk}/publish/", fields).text
    assert f'name="unclaimed" value="{REASON}"' in page or f"{REASON}</textarea>" in page
    assert not Excuse.objects.exists()


@pytest.mark.django_db
def test_releasing_asks_for_those_who_joined(admin_client: Client, account: Account) -> None:
    post = post_of(make_account())
    page = f"/admin/newsletter/post/{post.pk}/"
    admin_client.post(f"{page}publish/", choice())
    drafting.save_revision(post, base=1, body="With words of Bo.")
    PostSource.objects.create(post=post, thread=make_thread(account=account), position=2)
    assert 'id="release-unclaimed"' in admin_client.get(f"{page}publish/").text
    refusal = admin_client.post(
        f"{page}release/", {"revision": 2, "unclaimed": " "}, follow=True
    ).text
    assert "nobody has proven yet" in refusal
    admin_client.post(f"{page}release/", {"revision": 2, "unclaimed": REASON})
    assert Excuse.objects.get().reason == REASON
    post.refresh_from_db()
    assert post.live == post.latest


# --- in the browser -----------------------------------------------------------------------------


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_no_page_has_a_fault(
    page: Page, live_server: LiveServer, admin_client: Client, account: Account
) -> None:
    session = admin_client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
    )
    make_newsletter()
    Account.objects.update(claim_code="unspool-7f3k9q")
    addresses = {
        "claim": address(account),
        "unproven": f"/admin/newsletter/post/{post_of(account).pk}/publish/",
    }
    for name, path in addresses.items():
        page.goto(f"{live_server.url}{path}")
        assert faults_in(page, name, "light", "dark-phone") == [], name
    page.goto(f"{live_server.url}{address(account)}")
    page.get_by_role("button", name="Copy the code").click()
    chosen = "document.activeElement.value.substring(0, document.activeElement.selectionEnd)"
    assert page.evaluate(f"document.querySelector('#code').focus(), {chosen}") == "unspool-7f3k9q"
