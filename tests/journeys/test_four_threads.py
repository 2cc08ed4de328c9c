"""From "these four threads" to a post with its sources: an editor's morning at the desk."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from newsletter import provenance
from newsletter.models import Post
from tests.factories import make_newsletter, make_thread
from threads.models import Thread

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

THREADS = {
    "Lighthouse keepers": [
        "A lighthouse has one job: say the same thing, every night. 1/3",
        "The log had three columns: what was seen, what was done, who was told. 2/3",
        "The light was tested at noon, when failing cost nothing. 3/3",
    ],
    "The quiet hours": [
        "Most nights nothing happened, and the log says so: “Light good. Sea slight.”",
        "Quiet is data. An empty log cannot tell a calm night from a sleeping keeper.",
    ],
    "Drills": [
        "Switch one lamp off at noon and watch who notices, and after how long.",
        "Then read the log of that hour together, aloud, without names.",
    ],
    "Fog": [
        "In fog the horn takes over from the lamp, and nobody argues with a horn.",
        "Two blasts a minute were enough for a hundred and twelve years.",
    ],
}
OWN = "I try that with my team each spring."


@pytest.fixture
def editor(page: Page, live_server: LiveServer, admin_client: Client, queue: None) -> Page:
    make_newsletter(name="Slow Signals", slug="signals")
    for title, texts in THREADS.items():
        make_thread(texts, title=title)
    make_thread(["Bread wants time.", "And salt."], title="Bread")
    session = admin_client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page.set_viewport_size({"width": 1500, "height": 950})
    page.goto(f"{live_server.url}/admin/")
    return page


def test_four_threads_become_a_post_that_names_its_sources(
    editor: Page, live_server: LiveServer
) -> None:
    choose_and_merge(editor)
    post = Post.objects.get()
    write_into_the_draft(editor)
    add_what_was_left(editor)
    fill_what_an_article_lacks(editor)
    publish_after_a_last_look(editor)

    page = f"{live_server.url}/signals/lighthouse-keepers/"
    editor.goto(page)
    expect(editor.get_by_role("article")).to_contain_text(OWN)
    editor.get_by_text("Sources", exact=True).click()
    sources = editor.get_by_role("group").filter(has_text="Sources")
    expect(sources.get_by_role("link", name=re.compile(r"^Part \d"))).to_have_count(9)
    post.refresh_from_db()
    assert post.live
    origins = provenance.of(post, post.live.body)
    used = {origin.status.thread_id for origin in origins if origin.status}
    assert used == set(Thread.objects.exclude(title="Bread").values_list("pk", flat=True))
    assert any(OWN in origin.paragraph.markdown for origin in origins)


def choose_and_merge(editor: Page) -> None:
    editor.get_by_role("link", name="Threads", exact=True).click()
    for title in THREADS:
        editor.get_by_role("row", name=title).get_by_role("checkbox").check()
    editor.get_by_role("button", name="Merge on the board").first.click()
    expect(editor.get_by_text("0 placed, 9 left, 0 dropped")).to_be_visible()
    columns = editor.locator(".columns").element_handle()
    assert columns.evaluate("columns => columns.scrollWidth <= columns.clientWidth")
    for title in ["Lighthouse keepers", "The quiet hours", "Drills"]:
        column = editor.get_by_role("region", name=title)
        column.get_by_role("button", name="Place all that is left").click()
    expect(editor.get_by_text("7 placed, 2 left, 0 dropped")).to_be_visible()


def write_into_the_draft(editor: Page) -> None:
    editor.get_by_role("link", name="Open the draft").click()
    text = editor.get_by_label("Text, in Markdown")
    before = text.input_value()
    editor.wait_for_load_state()  # the desk's scripts, too
    assert "say the same thing, every night.\n" in before  # the counters are gone
    text.fill(before.replace("after how long.", f"after how long. {OWN}"))
    editor.keyboard.press("Control+s")
    expect(editor.locator("#saved")).to_contain_text("Saved as revision")


def add_what_was_left(editor: Page) -> None:
    editor.get_by_role("link", name="Open the board").click()
    fog = editor.get_by_role("region", name="Fog")
    fog.get_by_role("button", name="Place all that is left").click()
    expect(editor.get_by_text("9 placed, 0 left, 0 dropped")).to_be_visible()
    expect(editor.locator("#draft")).to_contain_text(OWN)
    editor.get_by_role("link", name="Open the draft").click()


def fill_what_an_article_lacks(editor: Page) -> None:
    editor.get_by_role("link", name="Expand …").click()
    editor.get_by_role("button", name="Put the chosen ones in").click()
    editor.get_by_role("link", name="Pre-flight").click()
    expect(editor.get_by_role("heading", name="Faults")).to_be_visible()
    editor.get_by_role("link", name=re.compile(r"^Line \d+")).first.click()
    expect(editor.get_by_label("Text, in Markdown")).to_be_focused()
    editor.keyboard.type("It began with a pager at night.")
    editor.get_by_role("button", name="Remove all blanks").click()
    expect(editor.get_by_label("Text, in Markdown")).not_to_have_value(re.compile(r"\[blank:"))
    editor.get_by_text("Inbox, address, cover and tags").click()
    editor.get_by_label(re.compile("Sources")).check()
    editor.keyboard.press("Control+s")
    expect(editor.locator("#saved")).to_contain_text("Saved as revision")


def publish_after_a_last_look(editor: Page) -> None:
    editor.get_by_role("link", name="Pre-flight").click()
    expect(editor.get_by_text("It can go out.")).to_be_visible()
    editor.get_by_role("link", name="Publish …").click()
    editor.get_by_role("button", name="Publish").click()
    expect(editor.get_by_text("Readers find it at")).to_be_visible()
