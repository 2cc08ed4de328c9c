"""The inbox and the followed accounts in a real browser."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils.timezone import now
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser import axe_faults, faults_in, take_picture
from tests.factories import make_account, make_newsletter, make_thread
from tests.threads.admin.test_in_the_browser import editor
from threads.models import Follow, Thread

__all__ = ["editor"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
State = Follow.State


def fill() -> None:
    make_newsletter()
    for number, (handle, state, error) in enumerate(
        [
            ("miraosei", State.HEALTHY, ""),
            ("noor", State.LIMITED, ""),
            ("tomasz", State.FAILING, "social.example did not answer."),
            ("ines", State.STOPPED, "The token was refused: set MASTODON_TOKENS."),
            ("ada", State.PAUSED, ""),
        ]
    ):
        account = make_account(
            remote_id=str(number), handle=handle, name=handle.title(), platform="mastodon"
        )
        times = {"checked_at": now() - timedelta(minutes=12), "failures": 3}
        Follow.objects.create(
            account=account,
            state=state,
            error=error,
            next_at=now() + timedelta(minutes=48, seconds=30),
            **times,
        )
        make_thread(
            (
                f"Lamp {number} has one job, and it does it well while nobody looks.",
                "For the keeper there are two: to keep it burning, and to say so. " * 4,
            ),
            title=f"Lamp {number} has one job",
            account=account,
            in_inbox=number < 3,
            complete=number != 1,
        )


def test_no_page_has_a_fault(editor: Page, live_server: LiveServer) -> None:
    pages = {
        "inbox": f"{live_server.url}/admin/threads/thread/inbox/",
        "follows": f"{live_server.url}/admin/threads/follow/",
        "follow-add": f"{live_server.url}/admin/threads/follow/add/",
    }
    editor.goto(pages["inbox"])
    assert axe_faults(editor) == []
    take_picture(editor, "inbox-empty")
    editor.goto(pages["follows"])
    assert axe_faults(editor) == []
    take_picture(editor, "follows-empty")
    fill()
    pages["follow"] = f"{pages['follows']}{Follow.objects.all()[0].pk}/change/"
    pages["front"] = f"{live_server.url}/admin/"
    for name, address in pages.items():
        editor.goto(address)
        assert faults_in(editor, name, "light", "dark-phone") == [], name


def test_threads_are_seen_to_and_accounts_paused_by_keyboard(
    editor: Page, live_server: LiveServer
) -> None:
    fill()
    editor.goto(f"{live_server.url}/admin/threads/thread/inbox/")
    editor.get_by_role("button", name="Keep for later (“Lamp 0 has one job”)").press("Enter")
    expect(editor.get_by_text("1 kept for later")).to_be_visible()
    editor.get_by_label("Choose “Lamp 1 has one job”").press("Space")
    editor.get_by_label("Choose “Lamp 2 has one job”").press("Space")
    editor.get_by_role("button", name="To the trash", exact=True).press("Enter")
    expect(editor.get_by_text("5 accounts are followed")).to_be_visible()
    assert Thread.objects.trashed().count() == 2
    editor.goto(f"{live_server.url}/admin/threads/follow/")
    editor.get_by_role("button", name="Pause (Miraosei (@miraosei))").press("Enter")
    expect(editor.get_by_role("button", name="Resume (Miraosei (@miraosei))")).to_be_visible()
