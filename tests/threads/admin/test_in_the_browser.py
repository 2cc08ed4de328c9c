"""The import pages in a real browser, and the bookmarklet from a page of another origin."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import unquote

import pytest
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser import axe_faults, faults_in, take_picture
from tests.factories import make_import, make_thread
from threads.admin.bookmarklet import bookmarklet
from threads.models import Import, Thread

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MISSING = [{"why": "Part 2 is not there.", "remedy": "Import the complete archive."}]
ELSEWHERE = """<!doctype html><html lang="en"><title>A thread, elsewhere</title><body><main>
<p class="css-1" onclick="alert(1)">A lamp has <a href="/log">one job</a>.</p>
<svg><text>menu</text></svg>
<img src="/lamp.jpg" alt="A lamp"><p>Two lamps have two.</p></main></body></html>"""


@pytest.fixture
def elsewhere() -> Iterator[str]:
    """A page on another origin than the site."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Security-Policy", "default-src 'none'")
            self.end_headers()
            self.wfile.write(ELSEWHERE.encode())

        def log_message(self, *args: object) -> None:
            """Silent."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/thread"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def editor(page: Page, live_server: LiveServer, admin_client: Client) -> Page:
    session = admin_client.cookies["sessionid"].value
    site = {"name": "sessionid", "value": session, "url": live_server.url, "sameSite": "Lax"}
    page.context.add_cookies([site])  # type: ignore[list-item]  # a TypedDict, as it happens
    return page


def add(live_server: LiveServer) -> str:
    return f"{live_server.url}/admin/threads/import/add/"


def test_no_page_has_a_fault(editor: Page, live_server: LiveServer) -> None:
    thread = make_thread(title="Lamps", complete=False, missing=MISSING)
    done = make_import(thread_ids=[thread.pk], skipped={"retweet": 3}, warnings=["One."])
    busy, failed = make_import(state="running"), make_import(state="failed", error="No archive.")
    dear = make_import(state="waiting", price=3.2, error="Reading about 640 posts costs $3.20.")
    pages = {
        "import-price": f"{live_server.url}/admin/threads/import/{dear.pk}/change/",
        "import-add": add(live_server),
        "imports": f"{live_server.url}/admin/threads/import/",
        "import-done": f"{live_server.url}/admin/threads/import/{done.pk}/change/",
        "import-busy": f"{live_server.url}/admin/threads/import/{busy.pk}/change/",
        "import-failed": f"{live_server.url}/admin/threads/import/{failed.pk}/change/",
        "import-undo": f"{live_server.url}/admin/threads/import/{done.pk}/undo/",
        "threads": f"{live_server.url}/admin/threads/thread/",
        "thread": f"{live_server.url}/admin/threads/thread/{thread.pk}/change/",
        "accounts": f"{live_server.url}/admin/threads/account/",
        "parts": f"{live_server.url}/admin/threads/status/",
    }
    said: list[str] = []
    editor.on("console", lambda message: said.append(message.text))
    for name, address in pages.items():
        editor.goto(address)
        assert not [text for text in said if "Content Security Policy" in text], name
        assert faults_in(editor, name, "light", "dark", "dark-phone") == [], name
        said.clear()  # what the camera did is not the page's


def test_the_page_of_a_running_import_follows_it(editor: Page, live_server: LiveServer) -> None:
    import_ = make_import(state="running")
    editor.goto(f"{live_server.url}/admin/threads/import/{import_.pk}/change/")
    expect(editor.get_by_role("progressbar", name="Importing")).to_be_visible()
    Import.objects.update(state="done", thread_ids=[make_thread(title="Lamps").pk])
    expect(editor.get_by_role("link", name="Lamps")).to_be_visible()


def test_the_cuts_are_corrected_by_keyboard(editor: Page, live_server: LiveServer) -> None:
    editor.goto(add(live_server))
    thread = editor.get_by_label("The thread", exact=True)
    thread.fill("🧵 One lamp. Two lamps.\n\nThree lamps.\n\nFour.")
    editor.get_by_role("button", name="Show the parts").press("Enter")
    first = editor.get_by_label("Part 1 of 3")
    expect(first).to_be_visible()
    assert axe_faults(editor) == []
    take_picture(editor, "cuts")

    first.evaluate("field => field.setSelectionRange(12, 12)")  # a 🧵 counts twice in a browser
    editor.locator(".part", has=first).get_by_role("button", name="Split here").press("Enter")
    expect(editor.get_by_label("Part 1 of 4")).to_have_value("🧵 One lamp.")
    expect(editor.get_by_label("Part 2 of 4")).to_have_value("Two lamps.")

    editor.get_by_role("button", name="Join with part 3").press("Enter")
    expect(editor.get_by_label("Part 3 of 3")).to_have_value("Three lamps.\n\nFour.")
    expect(editor.get_by_label("Part 3 of 3")).to_be_focused()

    editor.get_by_label("Author").fill("Mira Osei")
    editor.get_by_role("button", name="Save this thread").press("Enter")
    expect(editor.get_by_role("heading", name=re.compile("Pasted"))).to_be_visible()
    assert Thread.objects.visible().get().length == 3


def test_the_bookmarklet_brings_a_selection_from_another_origin(
    editor: Page, live_server: LiveServer, elsewhere: str
) -> None:
    editor.goto(elsewhere)
    editor.evaluate("getSelection().selectAllChildren(document.querySelector('main'))")
    with editor.context.expect_page() as opened:
        editor.evaluate(script_of(bookmarklet(add(live_server))))
    box = opened.value.get_by_label("The thread", exact=True)
    origin = elsewhere.removesuffix("/thread")
    expect(box).to_have_value(re.compile(re.escape(f"A lamp has [one job]({origin}/log).")))
    expect(box).to_have_value(re.compile(re.escape(f"![A lamp]({origin}/lamp.jpg)")))
    expect(box).not_to_have_value(re.compile("menu|alert"))
    expect(opened.value.get_by_label("Original address")).to_have_value(elsewhere)
    expect(opened.value.locator("#arrived")).to_contain_text("A thread, elsewhere")
    assert "#" not in opened.value.url
    assert not Import.objects.exists()


def test_the_page_shows_that_bookmarklet_and_a_click_on_it_only_explains(
    editor: Page, live_server: LiveServer
) -> None:
    editor.goto(add(live_server))
    link = editor.get_by_role("link", name="Send to Unspool")
    assert link.get_attribute("href") == bookmarklet(add(live_server))
    link.click()
    expect(editor.locator("#drag-help")).to_contain_text("from your bookmarks")


def test_a_file_too_large_is_refused_before_it_travels(
    editor: Page, live_server: LiveServer
) -> None:
    editor.goto(add(live_server))
    editor.locator("form[data-limit]").evaluate("form => { form.dataset.limit = '3' }")
    editor.get_by_label("Archive or page").set_input_files(
        {"name": "archive.zip", "mimeType": "application/zip", "buffer": b"12345"}
    )
    editor.get_by_role("button", name="Upload and import").click()
    expect(editor.locator("#archive-error")).to_contain_text("import_threads")


def script_of(address: str) -> str:
    """What the browser runs when the bookmark is pressed."""
    return unquote(address.removeprefix("javascript:"))
