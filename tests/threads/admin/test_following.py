"""Following accounts in the admin, and the inbox to which their new threads come."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now
from pytest_django import Settings
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects
from pytest_httpserver import HTTPServer

from newsletter.drafting import compose
from newsletter.models import Post
from tests.factories import make_account, make_newsletter, make_thread
from tests.threads.sources.x_server import TOKEN, XServer
from threads.models import Account, Follow, InboxMail, Thread

pytestmark = pytest.mark.django_db
State = Follow.State
LIST = "/admin/threads/follow/"
ADD = f"{LIST}add/"
INBOX = "/admin/threads/thread/inbox/"


@pytest.fixture
def x(httpserver: HTTPServer, settings: Settings) -> XServer:
    server = XServer(httpserver)
    settings.X_URL, settings.X_TOKEN = server.url, TOKEN
    return server


def follow(**fields: object) -> Follow:
    return Follow.objects.create(**{"account": make_account()} | fields)


# --- following ---------------------------------------------------------------------------------


def test_an_account_is_followed_by_its_address(x: XServer, admin_client: Client) -> None:
    page = admin_client.post(ADD, {"address": "x.com/miraosei", "every": "30", "feed": ""})
    assertRedirects(page, LIST)
    row = Follow.objects.get()
    assert (row.account.handle, row.every, row.state) == ("miraosei", 30, State.HEALTHY)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("x.com/nobody", "X knows no account @nobody"),
        ("https://blog.example/feed.xml", "the feed of a site has no threads"),
        ("", "This field is required"),
    ],
)
def test_what_cannot_be_followed_says_why_beside_the_field(
    x: XServer, admin_client: Client, address: str, said: str
) -> None:
    page = admin_client.post(ADD, {"address": address, "every": "60", "feed": ""})
    assertContains(page, said, status_code=400)
    assert not Follow.objects.exists()


def test_a_feed_that_is_none_is_refused(x: XServer, admin_client: Client) -> None:
    told = {"address": "x.com/miraosei", "every": "60", "feed": f"{x.url}/nowhere"}
    assertContains(admin_client.post(ADD, told), "The feed cannot be used", status_code=400)


def test_the_page_of_an_account_leads_to_following_it(admin_client: Client) -> None:
    account = make_account()
    page = f"/admin/threads/account/{account.pk}/change/"
    assertContains(admin_client.get(page), f"{ADD}?address=https%3A%2F%2Fx.com%2Fmiraosei")
    assertContains(admin_client.get(f"{ADD}?address=x.com/m"), 'value="x.com/m"')
    follow(account=account, state=State.STOPPED, error="The token was refused.")
    assertContains(admin_client.get(page), "The token was refused.")
    pasted = make_account(platform="none", remote_id="text:1")
    page = f"/admin/threads/account/{pasted.pk}/change/"
    assertContains(admin_client.get(page), "has no place to look at")


@pytest.mark.parametrize(
    ("fields", "badge", "said"),
    [
        ({}, "current", "Not looked at yet, next at once."),
        ({"state": State.LIMITED, "next_at": 3}, "waiting", "X asks for patience until "),
        (
            {"state": State.FAILING, "failures": 2, "next_at": 3, "error": "X did not answer."},
            "failing",
            "X did not answer. Tried 2 times, again in 2 hours.",
        ),
        ({"state": State.STOPPED, "error": "Set X_TOKEN."}, "stopped", "Set X_TOKEN."),
        (
            {"state": State.PAUSED},
            "paused",
            "Nothing is asked until you resume it. Not looked at yet.",
        ),
    ],
)
def test_the_list_says_how_each_is_doing(
    admin_client: Client, fields: dict[str, object], badge: str, said: str
) -> None:
    if "next_at" in fields:
        fields = fields | {"next_at": now() + timedelta(hours=3)}
    follow(**fields)
    page = admin_client.get(LIST)
    assertContains(page, f">{badge}</span> {said}")


def test_looking_now_pausing_and_resuming_are_one_press_each(admin_client: Client) -> None:
    row = follow(state=State.STOPPED, error="Set X_TOKEN.", next_at=now() + timedelta(hours=1))
    for verb, state in (("look", "healthy"), ("pause", "paused"), ("resume", "healthy")):
        assertRedirects(admin_client.post(f"{LIST}{row.pk}/{verb}/"), LIST)
        row.refresh_from_db()
        assert row.state == state
        assert row.next_at <= now()
    assert admin_client.get(f"{LIST}{row.pk}/pause/").status_code == 405


def test_looking_now_does_not_break_the_platforms_limit(admin_client: Client) -> None:
    until = now() + timedelta(minutes=10)
    row = follow(state=State.LIMITED, next_at=until)
    page = admin_client.post(f"{LIST}{row.pk}/look/", follow=True)
    assertContains(page, "X asks for patience until")
    row.refresh_from_db()
    assert row.next_at == until


def test_the_rhythm_is_chosen_and_one_from_the_command_line_is_kept(admin_client: Client) -> None:
    row = follow(every=45)
    page = f"{LIST}{row.pk}/change/"
    assertContains(admin_client.get(page), "every 45 minutes")
    admin_client.post(page, {"every": "15", "feed": ""})
    row.refresh_from_db()
    assert row.every == 15


def test_without_anybody_the_list_says_what_it_is_for(admin_client: Client) -> None:
    assertContains(admin_client.get(LIST), "Nobody is followed yet.")


# --- the inbox ---------------------------------------------------------------------------------


def new_thread(title: str = "A lamp has one job.", **fields: object) -> Thread:
    return make_thread((title, "Two lamps have two."), title=title, in_inbox=True, **fields)


def test_the_inbox_shows_what_is_new_and_how_it_begins(admin_client: Client) -> None:
    new_thread()
    make_thread(title="An old one")
    page = admin_client.get(INBOX)
    assertContains(page, "A lamp has one job. Two lamps have two.")
    assertContains(page, "Mira Osei (@miraosei)")
    assertNotContains(page, "An old one")


def test_an_empty_inbox_says_what_to_do(admin_client: Client) -> None:
    assertContains(admin_client.get(INBOX), ADD)
    follow()
    assertContains(admin_client.get(INBOX), "1 account is followed")


def test_an_account_that_needs_an_editor_is_told_in_the_inbox(admin_client: Client) -> None:
    follow(state=State.STOPPED, error="Set X_TOKEN.")
    assertContains(admin_client.get(INBOX), "Set X_TOKEN.")


def test_several_threads_become_one_draft_and_leave_the_inbox(admin_client: Client) -> None:
    one, two = new_thread("One lamp."), new_thread("Two lamps.")
    page = admin_client.post(INBOX, {"make_draft": "chosen", "thread": [one.pk, two.pk]})
    post = Post.objects.get()
    assertRedirects(page, reverse("admin:newsletter_post_change", args=[post.pk]))
    assert {*post.threads.all()} == {one, two}
    assert not Thread.objects.in_inbox().exists()


def test_a_draft_made_elsewhere_takes_its_thread_out_as_well() -> None:
    thread = new_thread()
    compose([thread])
    assert not Thread.objects.in_inbox().exists()


def test_one_thread_is_kept_and_one_thrown_away_by_its_own_button(admin_client: Client) -> None:
    kept, bad, other = new_thread("One."), new_thread("Two."), new_thread("Three.")
    assertRedirects(admin_client.post(INBOX, {"keep": kept.pk, "thread": [other.pk]}), INBOX)
    assertRedirects(admin_client.post(INBOX, {"move_to_trash": bad.pk}), INBOX)
    assert Thread.objects.in_inbox().get() == other
    assert {*Thread.objects.visible()} == {kept, other}
    assert Thread.objects.trashed().get() == bad


def test_nothing_ticked_does_nothing(admin_client: Client) -> None:
    new_thread()
    page = admin_client.post(INBOX, {"keep": "chosen"}, follow=True)
    assertContains(page, "Tick some threads first.")
    assert admin_client.post(INBOX, {"explode": "chosen"}).status_code == 400


def test_whoever_may_only_look_is_offered_no_verbs(client: Client, django_user_model: User) -> None:
    thread = new_thread()
    guest = User.objects.create_user("guest", is_staff=True)
    client.force_login(guest)
    assert client.get(INBOX).status_code == 403
    guest.user_permissions.add(Permission.objects.get(codename="view_thread"))
    assertNotContains(client.get(INBOX), "Keep for later")
    assert client.post(INBOX, {"keep": thread.pk}).status_code == 400
    assert client.post(ADD, {"address": "x.com/miraosei"}).status_code == 403
    assert not Account.objects.filter(follow__isnull=False).exists()


def test_the_front_page_tells_of_the_inbox(admin_client: Client) -> None:
    make_newsletter()
    assertNotContains(admin_client.get("/admin/"), "in the inbox")
    new_thread()
    assertContains(admin_client.get("/admin/"), "1 new thread in the inbox")


def test_an_editor_chooses_the_daily_mail(admin_client: Client, admin_user: User) -> None:
    page = f"{INBOX}mail/"
    answer = admin_client.post(page, {"wanted": "on"}, follow=True)
    assertContains(answer, admin_user.email)
    assert InboxMail.objects.get().user == admin_user
    admin_client.post(page, {"wanted": "on"})
    admin_client.post(page)
    assert not InboxMail.objects.exists()
    User.objects.update(email="")
    assertContains(admin_client.post(page, {"wanted": "on"}, follow=True), "needs one")
