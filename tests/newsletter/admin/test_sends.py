"""A send on the editors' site: its progress, pausing it, and deciding what is in doubt."""

from __future__ import annotations

import django_rq
import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.utils.timezone import now
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from newsletter.models import Delivery, Issue, Newsletter
from newsletter.sending import control
from tests.browser import axe_faults, take_picture
from tests.factories import make_issue, make_newsletter

pytestmark = pytest.mark.django_db
State = Delivery.State
DELIVERIES = "/admin/newsletter/delivery/"


@pytest.fixture
def letters() -> Newsletter:
    return make_newsletter()


@pytest.fixture
def issue(letters: Newsletter) -> Issue:
    """One delivery in each state."""
    issue = make_issue(letters, *(f"{state}@example.org" for state in State.values))
    for state in State.values:
        row = issue.deliveries.filter(address_key=f"{state}@example.org")
        row.update(state=state, reason=f"Because of {state}.", lease_until=now())
    return issue


def page_of(issue: Issue, verb: str = "change") -> str:
    return f"/admin/newsletter/issue/{issue.pk}/{verb}/"


def pk_of(state: str) -> int:
    return Delivery.objects.get(address_key=f"{state}@example.org").pk


def test_the_page_shows_every_figure_and_reason(admin_client: Client, issue: Issue) -> None:
    page = admin_client.get(page_of(issue)).text
    figures = [part.split("</dd>")[0] for part in page.split("<dd>")[1:]]
    assert figures == ["7", "1", "1", "1", "1", "3"]
    assert "Because of failed." in page
    assert "unknown@example.org" in page
    assert "waiting@example.org" not in page


def test_the_list_of_sends_and_of_deliveries_can_be_read(
    admin_client: Client, issue: Issue
) -> None:
    Issue.objects.update(state=Issue.State.FINISHED)
    assert "to decide" in admin_client.get("/admin/newsletter/issue/").text
    control.mark_sent([pk_of("unknown")])
    assert "finished" in admin_client.get("/admin/newsletter/issue/").text
    page = admin_client.get(f"{DELIVERIES}?issue__id__exact={issue.pk}&state__exact=failed").text
    assert "failed@example.org" in page
    assert "sent@example.org" not in page
    page = admin_client.get(f"{DELIVERIES}{pk_of('failed')}/change/").text
    assert "Because of failed." in page
    assert 'name="_save"' not in page


def test_nothing_of_the_ledger_is_added_or_deleted_by_hand(
    admin_client: Client, issue: Issue
) -> None:
    for path in ("issue/add/", "delivery/add/", f"delivery/{pk_of('sent')}/delete/"):
        assert admin_client.get(f"/admin/newsletter/{path}").status_code == 403
    assert admin_client.post(page_of(issue), {"state": "finished"}).status_code == 405


def test_a_page_that_watches_is_loaded_anew_at_the_end(admin_client: Client, issue: Issue) -> None:
    watching = {"HX-Request": "true"}
    answer = admin_client.get(page_of(issue), headers=watching)
    assert 'hx-trigger="every 2s"' in answer.text
    assert "HX-Refresh" not in answer
    Issue.objects.update(state=Issue.State.FINISHED)
    answer = admin_client.get(page_of(issue), headers=watching)
    assert "hx-trigger" not in answer.text
    assert answer["HX-Refresh"] == "true"


@pytest.mark.django_db(transaction=True)
def test_a_send_is_paused_and_goes_on(admin_client: Client, issue: Issue, queue: None) -> None:
    assert admin_client.get(page_of(issue, "pause")).status_code == 405
    for _ in range(2):
        answer = admin_client.post(page_of(issue, "pause"), follow=True)
    issue.refresh_from_db()
    assert issue.state == Issue.State.PAUSED
    assert "Go on" in answer.text
    for _ in range(2):
        admin_client.post(page_of(issue, "resume"))
    issue.refresh_from_db()
    assert issue.state == Issue.State.SENDING
    assert django_rq.get_queue("mail").count == 1
    assert LogEntry.objects.count() == 2


def test_deciding_asks_a_second_time(admin_client: Client, issue: Issue) -> None:
    answer = admin_client.post(
        DELIVERIES, {"action": "send_again", "_selected_action": [pk_of("unknown"), pk_of("sent")]}
    )
    assert "1 mail whose fate is unknown will be sent again" in answer.text
    assert issue.report()["unknown"] == 1


@pytest.mark.django_db(transaction=True)
def test_one_in_doubt_is_sent_again(admin_client: Client, issue: Issue, queue: None) -> None:
    Issue.objects.update(state=Issue.State.FINISHED)
    message_id = Delivery.objects.get(pk=pk_of("unknown")).message_id
    chosen = {"action": "send_again", "_selected_action": [pk_of("unknown")], "confirmed": "yes"}
    Delivery.objects.filter(state__in=[State.CLAIMED, State.HANDING]).update(state=State.SENT)
    answer = admin_client.post(DELIVERIES, chosen, follow=True)
    assert "1 in doubt sent again." in answer.text
    row = Delivery.objects.get(pk=pk_of("unknown"))
    assert (row.state, row.message_id) == (State.WAITING, message_id)
    issue.refresh_from_db()
    assert issue.state == Issue.State.SENDING
    assert django_rq.get_queue("mail").count == 1
    assert "1 in doubt sent again." in LogEntry.objects.get().change_message


def test_all_of_a_list_are_marked_as_sent_at_once(admin_client: Client, issue: Issue) -> None:
    issue.deliveries.update(state=State.UNKNOWN)
    where = f"{DELIVERIES}?issue__id__exact={issue.pk}&state__exact=unknown"
    chosen = {"action": "mark_sent", "_selected_action": [pk_of("sent")], "select_across": "1"}
    assert (
        "7 mails whose fate is unknown will count as sent" in admin_client.post(where, chosen).text
    )
    admin_client.post(where, chosen | {"confirmed": "yes"})
    assert issue.report()["sent"] == 7


def test_what_is_not_in_doubt_cannot_be_decided(admin_client: Client, issue: Issue) -> None:
    chosen = {"action": "mark_sent", "_selected_action": [pk_of("failed")]}
    assert "nothing to decide" in admin_client.post(DELIVERIES, chosen).text
    before = issue.report()
    admin_client.post(DELIVERIES, chosen | {"confirmed": "yes"})
    assert issue.report() == before


def test_who_may_only_look_decides_nothing(client: Client, issue: Issue) -> None:
    viewer = User.objects.create_user("viewer", is_staff=True)
    names = ["view_issue", "view_delivery"]
    viewer.user_permissions.set(Permission.objects.filter(codename__in=names))
    client.force_login(viewer)
    page = client.get(page_of(issue)).text
    assert "Pause" not in page
    assert "Mark the chosen" not in page
    assert client.post(page_of(issue, "pause")).status_code == 403
    chosen = {"action": "mark_sent", "_selected_action": [pk_of("unknown")], "confirmed": "yes"}
    client.post(DELIVERIES, chosen)
    assert issue.report()["unknown"] == 1
    viewer.user_permissions.clear()
    assert client.get(page_of(issue)).status_code == 403


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_page_follows_the_send_by_itself(
    page: Page, live_server: LiveServer, admin_client: Client, issue: Issue
) -> None:
    cookie = admin_client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    page.goto(live_server.url + page_of(issue))
    expect(page.get_by_role("status")).to_have_text("sending")
    assert not axe_faults(page)
    take_picture(page, "send")
    issue.deliveries.exclude(state=State.UNKNOWN).update(state=State.SENT)
    expect(page.locator("dd").nth(1)).to_have_text("6")
    Issue.objects.update(state=Issue.State.FINISHED)
    expect(page.get_by_role("status")).to_have_text("to decide")
    expect(page.get_by_role("button", name="Pause")).to_have_count(0)
    page.get_by_label("unknown@example.org").check()
    page.get_by_role("button", name="Mark the chosen ones as sent …").click()
    expect(page.get_by_role("button", name="Mark as sent")).to_be_visible()
    assert not axe_faults(page)
    page.get_by_role("button", name="Mark as sent").click()
    expect(page.get_by_text("1 in doubt marked as sent.")).to_be_visible()
    assert issue.report()["sent"] == 7
