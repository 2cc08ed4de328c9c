"""The library in a real browser: found, read beside the list, and chosen, by keyboard."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from newsletter import drafting
from tests.browser import faults_in
from tests.factories import make_account, make_thread
from tests.threads.admin.test_in_the_browser import editor
from threads.models import Status

__all__ = ["editor"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LAMPS = (
    "A lighthouse has one job: say the same thing, every night, in a way nobody can mistake.",
    "Every light has its own rhythm, printed on the chart. Three flashes, ten seconds of dark.",
    "The logbook had three columns: what was seen, what was done, who was told.",
)
QUIET = (
    "Most nights nothing happened, and the logbook says so.",
    "Quiet is data. If the logbook is empty, you cannot tell a calm night from a sleeping keeper.",
)
OTHERS = {
    "Notes on kneading: the dough tells you when it has had enough.": "dough",
    "How a harbour town reads the weather before the radio does.": "weather",
    "On maps that leave things out, and why those are the ones we keep.": "maps",
    "The night train, carriage by carriage, and who sleeps where.": "train",
    "Seven things a bookbinder never says about glue.": "glue",
    "What the ferry timetable knows about the islands.": "ferry",
}


def fill() -> None:
    noor = make_account(remote_id="2", name="Noor Adel", handle="noor", platform="mastodon")
    keepers = make_thread(LAMPS, title="What lighthouse keepers knew about alerting")
    make_thread(
        QUIET,
        title="The quiet hours: on logbooks in which nothing happens",
        account=noor,
        complete=False,
        started_at=datetime(2025, 11, 3, 20, tzinfo=UTC),
    )
    for year, (title, word) in enumerate(OTHERS.items(), start=2019):
        began = datetime(year, 5, 9, 18, tzinfo=UTC)
        make_thread((title, f"More about the {word}."), title=title, started_at=began)
    Status.objects.filter(thread=keepers).update(likes=412)
    drafting.compose([keepers], title="One job, said the same way")


def test_threads_are_found_read_and_chosen_by_keyboard(
    editor: Page, live_server: LiveServer
) -> None:
    fill()
    said: list[str] = []
    editor.on("console", lambda message: said.append(message.text))
    editor.set_viewport_size({"width": 1500, "height": 900})
    editor.goto(f"{live_server.url}/admin/threads/thread/")
    editor.get_by_label("Search titles").fill("LOGBOOK night")
    editor.get_by_label("Search titles").press("Enter")
    rows = editor.locator("#result_list tbody tr")
    expect(rows).to_have_count(2)
    expect(rows.first.locator("mark").first).to_have_text("night")

    preview = editor.get_by_role("complementary", name="Preview")
    first = rows.nth(0).locator(".title")
    first.focus()
    expect(preview).to_contain_text("Three flashes, ten seconds of dark.")
    first.press("ArrowDown")
    expect(rows.nth(1).locator(".title")).to_be_focused()
    expect(preview).to_contain_text("Quiet is data.")
    assert said == []
    assert faults_in(editor, "library-found", "wide", "dark", "tablet") == []
    rows.nth(1).locator(".title").press("Enter")
    expect(preview.get_by_role("heading").first).to_be_focused()
    editor.keyboard.press("Escape")
    expect(rows.nth(1).locator(".title")).to_be_focused()

    editor.get_by_role("link", name="Show all").click()
    expect(rows).to_have_count(8)
    assert faults_in(editor, "library", "wide", "light", "tablet", "dark-phone") == []
