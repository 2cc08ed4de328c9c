"""The board in a real browser: by keys alone, by dragging, and without a script."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from newsletter import outlining
from newsletter.models import Post
from newsletter.outlining import entries as entries_
from tests.browser import faults_in
from tests.factories import make_thread
from threads.models import Status, Thread

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

KEEPERS = [
    "A lighthouse has one job: say the same thing, every night. 1/5",
    "Every light has its own rhythm. Ours was three flashes, then ten seconds of dark. 2/5",
    "The log had three columns, and only three: time, light, sea. Nobody wrote feelings. "
    "Nobody asked. 3/5",
    "The light was tested at noon, when failing cost nothing. 4/5",
    "When two keepers disagreed about a signal, the rule was simple: treat it as real. 5/5",
]
HOURS = [
    "Most nights nothing happened, and the log says so: “Light good. Sea slight.”",
    "Every light has its own rhythm: three flashes, then ten seconds of dark.",
    "Quiet is data. If the log is empty you cannot tell a calm night from a sleeping keeper.",
]


@pytest.fixture
def threads(live_server: LiveServer) -> list[Thread]:
    keepers = make_thread(KEEPERS, title="Lighthouse keepers")
    hours = make_thread(HOURS, title="The quiet hours")
    noon = keepers.statuses.get(position=4)
    assert noon.posted_at
    Status.objects.filter(thread=keepers, position__gte=4).update(
        posted_at=noon.posted_at + timedelta(days=3), likes=1904
    )
    return [keepers, hours]


@pytest.fixture
def post(threads: list[Thread]) -> Post:
    return outlining.begin(threads)


@pytest.fixture
def board(page: Page, live_server: LiveServer, admin_client: Client, post: Post) -> Page:
    session = admin_client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page.set_viewport_size({"width": 1400, "height": 900})
    page.goto(f"{live_server.url}/admin/newsletter/post/{post.pk}/board/")
    return page


def said(page: Page, words: str) -> None:
    expect(page.locator("#said")).to_have_text(words)


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def tab_to(page: Page, selector: str, key: str = "Tab") -> None:
    for _ in range(30):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press(key)
    raise AssertionError(f"no {key} leads to {selector}")


def draft(page: Page) -> list[str]:
    return page.locator("#draft .prose > *").all_inner_texts()


def test_it_has_no_fault(board: Page) -> None:
    refused: list[str] = []
    board.on("console", lambda message: refused.append(message.text))
    board.reload()
    for number in (1, 3):
        board.get_by_role("button", name=f"Place Part {number} of Lighthouse keepers").click()
        expect(board.locator(f"#rows [data-name^='Part {number} ']")).to_be_visible()
    board.get_by_label("New heading").fill("The quiet hours")
    board.keyboard.press("Enter")
    expect(board.get_by_label("Heading 3 of 3")).to_have_value("The quiet hours")
    board.get_by_role("button", name="Place Part 1 of The quiet hours").click()
    expect(board.locator("#said")).to_contain_text("4 of 4")
    board.get_by_role("button", name="Drop Part 5 of Lighthouse keepers").click()
    expect(board.locator(".counts")).to_contain_text("3 placed, 4 left, 1 dropped")
    expect(board.locator(".flag").first).to_have_text(
        "Says the same as part 2 of “The quiet hours”"
    )
    board.get_by_text("Split …").first.click()
    board.get_by_text("Keys").click()
    assert refused == []
    board.evaluate("scrollTo(0, 0)")
    assert faults_in(board, "board", "wide", "dark", "tablet", "phone") == []
    board.get_by_label("Only what is left").check()
    expect(board.locator(".cards .part:visible")).to_have_count(4)


def test_by_keys_alone(board: Page, post: Post) -> None:
    tab_to(board, ".part")
    press(board, "Enter")
    said(board, "Part 1 of Lighthouse keepers placed at the beginning, 1 of 1.")
    press(board, "Enter")
    said(board, "Part 1 of Lighthouse keepers is placed already.")
    press(board, "ArrowDown", "ArrowDown", "Enter")
    said(board, "Part 3 of Lighthouse keepers placed after part 1 of Lighthouse keepers, 2 of 2.")
    press(board, "Home", "ArrowRight", "Enter")
    said(board, "Part 1 of The quiet hours placed after part 3 of Lighthouse keepers, 3 of 3.")

    # a place for the next, and a card that is carried to another
    press(board, "ArrowRight", "Home", "Enter")
    said(board, "Parts are placed after Part 1 of Lighthouse keepers now.")
    press(board, "ArrowLeft", "End", "Space", "ArrowDown")
    said(board, "After Part 3 of Lighthouse keepers, 3 of 4")
    press(board, "Space")
    said(board, "Part 3 of The quiet hours placed after part 3 of Lighthouse keepers, 3 of 4.")
    press(board, "ArrowRight", "End", "Space", "ArrowUp", "ArrowUp", "Escape")
    said(board, "Part 1 of The quiet hours is where it was.")
    press(board, "Space", "ArrowUp", "ArrowUp", "Space")
    said(board, "Part 1 of The quiet hours moved after part 1 of Lighthouse keepers, 2 of 4.")

    press(board, "h")
    board.keyboard.type("The quiet hours")
    press(board, "Enter")
    expect(board.get_by_label("Heading 2 of 5")).to_have_value("The quiet hours")
    press(board, "Escape", "End", "ArrowUp", "s", "Enter")
    said(board, "Part 3 of Lighthouse keepers split in two, 4 of 6.")
    assert draft(board)[3:5] == [
        "The log had three columns, and only three: time, light, sea.",
        "Nobody wrote feelings. Nobody asked.",
    ]
    press(board, "ArrowDown", "j")
    expect(board.locator("#rows .part")).to_have_count(5)
    expect(board.locator("#rows .part:focus")).to_have_attribute("aria-label", re.compile("4 of 5"))
    press(board, "Control+z")
    said(board, "Undone: the outline is as it was before.")
    press(board, "End", "j")
    said(board, "Part 3 of The quiet hours joined to the part before, 6 of 6.")
    press(board, "ArrowUp", "Delete")
    said(board, "Part 3 of Lighthouse keepers removed.")
    expect(board.locator("#draft .prose")).not_to_contain_text("Nobody wrote feelings.")

    tab_to(board, "a.primary", "Shift+Tab")
    press(board, "Enter")
    expect(board.get_by_label("Text, in Markdown")).to_have_value(
        "A lighthouse has one job: say the same thing, every night.\n\n"
        "## The quiet hours\n\n"
        "Most nights nothing happened, and the log says so: “Light good. Sea slight.”\n\n"
        "The log had three columns, and only three: time, light, sea.\n\n"
        "Quiet is data. If the log is empty you cannot tell a calm night from a sleeping keeper."
    )


def test_by_dragging(board: Page) -> None:
    board.locator("#threads .part").nth(3).drag_to(board.locator("#slot"))
    said(board, "Part 4 of Lighthouse keepers placed at the beginning, 1 of 1.")
    board.locator("#threads .part").nth(0).drag_to(
        board.locator("#rows .part").first, target_position={"x": 60, "y": 4}
    )
    said(board, "Part 1 of Lighthouse keepers placed at the beginning, 1 of 2.")
    board.locator("#rows .part").nth(1).drag_to(
        board.locator("#rows .part").first, target_position={"x": 60, "y": 4}
    )
    said(board, "Part 4 of Lighthouse keepers moved at the beginning, 1 of 2.")
    assert draft(board) == [
        "The light was tested at noon, when failing cost nothing.",
        "A lighthouse has one job: say the same thing, every night.",
    ]


def test_a_page_that_is_behind_shows_what_there_is(board: Page, post: Post) -> None:
    parts = outlining.Parts(post)
    first = next(iter(parts.statuses))
    outlining.change(post, parts, lambda entries: entries_.place(entries, first), version=0)
    board.get_by_role("button", name="Place Part 2 of Lighthouse keepers").click()
    expect(board.locator("#said")).to_contain_text("changed elsewhere")
    expect(board.locator("#said")).to_have_class(re.compile("trouble"))
    expect(board.locator("#rows .part")).to_have_count(1)
    board.get_by_role("button", name="Place Part 2 of Lighthouse keepers").click()
    said(board, "Part 2 of Lighthouse keepers placed after part 1 of Lighthouse keepers, 2 of 2.")
    expect(board.locator("#said")).not_to_have_class(re.compile("trouble"))
