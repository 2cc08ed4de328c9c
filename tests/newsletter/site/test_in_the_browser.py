"""The public pages in a real browser: no fault, nothing blocked, nothing that moves."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from PIL import Image
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser import faults_in
from tests.factories import make_newsletter, make_thread
from tests.newsletter.site.conftest import Publish

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MISSING = [{"why": "Part 4 was deleted.", "remedy": "Nothing can bring it back."}]
BODY = """Every light has its own rhythm: <https://example.org/three-flashes-then-ten-seconds-of-dark>.

## Three columns

- what was seen
- what was done

![A page of the log](/media/ab/log.png)

> Light good. Sea slight.

| Year | Nights |
|---|---|
| 1911 | 365 |

`code` and a note.[^1]

[^1]: Four hundred pages.
"""


@pytest.fixture
def pages(publish: Publish) -> dict[str, str]:
    file = Path(settings.MEDIA_ROOT) / "ab" / "log.png"
    file.parent.mkdir(parents=True)
    Image.new("RGB", (1280, 720), "#e9dfc8").save(file)
    newsletter = make_newsletter(name="Slow Signals", description="Letters about lights.")
    texts = ["Lights speak.", "They say one thing.", "[lost picture: a lamp]"]
    thread = make_thread(texts, complete=False, missing=MISSING)
    said = ["Every light has its own rhythm, in flashes.", "What was seen, and what was done."]
    other = make_thread([*said, "Light good. Sea slight."], title="Another thread")
    whole: dict[str, Any] = {
        "title": "Lights",
        "subtitle": "What they say",
        "tags": ["light"],
        "byline": "Mira",
    }
    whole |= {"show_sources": True, "link_paragraphs": True}
    publish(newsletter, BODY, thread, other, slug="lights", cover="/media/ab/log.png", **whole)
    publish(newsletter, slug="bells", day=2)
    return {
        "front": "/",
        "post": "/letters/lights/",
        "thread": f"/threads/{thread.pk}/",
        "author": f"/authors/{thread.account_id}/",
        "opt-out": "/authors/opt-out/",
        "not-found": "/nothing/",
    }


def test_no_page_has_a_fault(page: Page, live_server: LiveServer, pages: dict[str, str]) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    for name, path in pages.items():
        page.goto(live_server.url + path, wait_until="networkidle")
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        assert faults_in(page, name, "light", "dark-phone") == [], name
    assert [text for text in complaints if "404 (Not Found)" not in text] == []


def test_nothing_moves_while_the_page_loads(
    page: Page, live_server: LiveServer, pages: dict[str, str]
) -> None:
    page.add_init_script(
        "window.moved = 0; new PerformanceObserver(list => list.getEntries()"
        ".forEach(entry => window.moved += entry.value))"
        ".observe({type: 'layout-shift', buffered: true})"
    )
    page.goto(live_server.url + pages["post"], wait_until="networkidle")
    assert page.evaluate("window.moved") < 0.01


def test_a_picture_has_its_room_before_it_is_there(
    page: Page, live_server: LiveServer, pages: dict[str, str]
) -> None:
    page.route("**/media/**", lambda route: None)  # never answered
    page.goto(live_server.url + pages["post"], wait_until="domcontentloaded")
    room = page.locator(".prose figure img").bounding_box()
    assert room
    assert room["width"] / room["height"] == pytest.approx(16 / 9, rel=0.01)


def test_all_of_it_can_be_read_without_a_script(
    page: Page, live_server: LiveServer, pages: dict[str, str]
) -> None:
    for path in pages.values():
        page.goto(live_server.url + path)
        assert page.locator("script").count() == 0


def test_the_keyboard_can_skip_to_the_text(
    page: Page, live_server: LiveServer, pages: dict[str, str]
) -> None:
    page.goto(live_server.url + pages["post"])
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
