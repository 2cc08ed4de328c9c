"""The library in a real browser: found, read beside the list, and chosen, by keyboard."""

from __future__ import annotations

import re
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
    assert faults_in(editor, "library", "wide", "dark") == []
    rows.nth(1).locator(".title").press("Enter")
    expect(preview.get_by_role("heading").first).to_be_focused()
    editor.keyboard.press("Escape")
    expect(rows.nth(1).locator(".title")).to_be_focused()

    rows.nth(0).get_by_role("checkbox").press("Space")
    expect(editor.get_by_text("1 of 2 selected")).to_be_visible()
    editor.get_by_role("button", name="Make a draft").first.press("Enter")
    expect(editor.get_by_text("A draft of 1 thread.")).to_be_visible()


def test_on_a_tablet_the_preview_lies_over_the_list_and_on_a_phone_it_is_a_page(
    editor: Page, live_server: LiveServer
) -> None:
    fill()
    editor.set_viewport_size({"width": 1024, "height": 800})
    editor.clock.install()
    editor.goto(f"{live_server.url}/admin/threads/thread/")
    title = editor.get_by_role("link", name="The quiet hours")
    preview = editor.get_by_role("complementary", name="Preview")
    expect(preview).to_be_hidden()
    editor.route("**/preview/", lambda route: route.abort(), times=1)
    title.click()
    expect(preview.get_by_role("alert")).to_contain_text("Choose it again.")
    title.click()
    expect(preview).to_contain_text("Quiet is data.")
    related = preview.get_by_role("link", name="What lighthouse keepers knew")
    related.press("Enter")
    expect(preview).to_contain_text("Every light has its own rhythm")
    assert faults_in(editor, "library-sheet", "tablet") == []
    preview.get_by_role("button", name="Close").click()
    expect(editor.get_by_role("link", name="What lighthouse")).to_be_focused()
    editor.clock.run_for(1000)
    assert (
        editor.locator("#preview").get_attribute("aria-busy") is None
    )  # its title has the focus, and that is all
    expect(preview).to_be_hidden()

    editor.set_viewport_size({"width": 390, "height": 844})
    filters = editor.get_by_role("search", name="Filters")
    expect(filters).to_be_hidden()
    editor.get_by_role("button", name="Filters").click()
    filters.get_by_role("link", name="Mastodon").click()
    expect(editor).to_have_url(re.compile("platform=mastodon"))
    title.click()
    expect(editor.get_by_role("heading", level=1, name="The quiet hours")).to_be_visible()
