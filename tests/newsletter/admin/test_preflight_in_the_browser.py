"""From the desk to pre-flight, to the faults, and out; and the preview on a page of its own."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from PIL import Image
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer
from pytest_httpserver import HTTPServer

from newsletter import drafting
from newsletter.models import Post
from tests.browser import axe_faults, faults_in, take_picture
from tests.factories import make_account, make_newsletter, make_subscription, make_thread
from tests.queue import run_jobs

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TEXT = """A lighthouse has one job: say the same thing, every night.

#### The quiet hours

Most nights nothing happened, and [the log]({page}) says so. Other [pages]({gone}) are lost.

[blank: what happened that night?]

![](/media/ab/lamp.png)

[lost picture: a ledger]
"""


@pytest.fixture
def post(live_server: LiveServer, httpserver: HTTPServer) -> Post:
    httpserver.expect_request("/log").respond_with_data("<title>Log</title>")
    httpserver.expect_request("/gone").respond_with_data("", status=404)
    content = BytesIO()
    Image.new("RGB", (900, 500), "#7a5f4a").save(content, "PNG")
    default_storage.save("ab/lamp.png", ContentFile(content.getvalue()))
    letters = make_newsletter(name="Slow Signals", accent="#c2402c")
    make_subscription(letters, "edith@reader.example")
    post = drafting.compose([make_thread(account=make_account())], title="What keepers knew")
    text = TEXT.format(page=httpserver.url_for("/log"), gone=httpserver.url_for("/gone"))
    drafting.save_revision(post, base=1, body=text)
    return post


@pytest.fixture
def editor(page: Page, live_server: LiveServer, admin_client: Client) -> Page:
    session = admin_client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    return page


def refused(page: Page) -> list[str]:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    return said


def test_from_the_desk_to_the_faults_and_out(
    editor: Page, live_server: LiveServer, post: Post, queue: None
) -> None:
    said = refused(editor)
    editor.goto(f"{live_server.url}/admin/newsletter/post/{post.pk}/change/")
    editor.get_by_role("link", name=re.compile(r"Pre-flight \d+ to look at")).press("Enter")
    expect(editor.get_by_role("heading", name="Faults")).to_be_visible()
    expect(editor.get_by_text("2 of 2 pages are being asked")).to_be_visible()
    run_jobs()
    expect(editor.get_by_text("All pages it leads to were asked")).to_be_visible()
    expect(editor.get_by_text("One link answers.")).to_be_visible()
    gone = editor.get_by_role("listitem").filter(has_text="gone is not there")
    expect(gone.get_by_role("link")).to_have_text("Line 5")
    assert not [text for text in said if "Content Security Policy" in text]
    assert faults_in(editor, "preflight", "light", "dark", "phone") == []

    fault = editor.get_by_role("listitem").filter(has_text="A blank is open in line 7")
    fault.get_by_role("link", name="Line 7").press("Enter")
    text = editor.get_by_label("Text, in Markdown")
    expect(text).to_be_focused()
    assert "[blank:" in str(editor.evaluate("getSelection().toString()"))
    editor.go_back()
    editor.set_viewport_size({"width": 1280, "height": 844})
    editor.get_by_role("link", name="The preheader").press("Enter")
    preheader = editor.get_by_label("Preheader")
    expect(preheader).to_be_focused()
    field, bar = (place.bounding_box() for place in (preheader, editor.locator(".bar")))
    assert field
    assert bar
    assert field["y"] > bar["y"] + bar["height"]
    points = int(editor.locator("#open-points").inner_text())
    editor.keyboard.type("Forty logbooks, three columns.")
    expect(editor.locator("#open-points")).to_have_text(str(points - 1))
    editor.keyboard.press("Control+s")
    expect(editor.locator("#saved")).to_contain_text("Saved as revision 3")
    editor.get_by_role("button", name="Blank: what happened that night?").press("Enter")
    expect(text).to_be_focused()
    editor.keyboard.press("Delete")
    expect(editor.locator("#open-points")).to_have_text(str(points - 2))
    editor.keyboard.press("Control+s")
    expect(editor.locator("#saved")).to_contain_text("Saved as revision 4")

    editor.get_by_role("link", name="Pre-flight").press("Enter")
    expect(editor.get_by_text("It can go out.")).to_be_visible()
    editor.get_by_role("link", name="Publish …").press("Enter")
    expect(editor.get_by_role("heading", name="Before it goes out")).to_be_visible()
    assert faults_in(editor, "publish-facts", "light", "dark-phone") == []
    editor.get_by_role("button", name="Publish").press("Enter")
    expect(editor.locator(".messagelist")).to_contain_text("Published on the web.")


def test_it_is_looked_at_as_a_reader_gets_it(
    editor: Page, live_server: LiveServer, post: Post
) -> None:
    editor.goto(f"{live_server.url}/admin/newsletter/post/{post.pk}/change/")
    editor.get_by_role("link", name="Phone").click()
    editor.get_by_role("button", name="Dark").click()
    small = editor.frame_locator("#preview")
    expect(small.locator("body")).to_contain_text("Unsubscribe")
    expect(small.locator("body")).to_have_css("background-color", "rgb(23, 22, 19)")
    editor.get_by_role("link", name="Mail", exact=True).click()
    expect(small.get_by_role("heading", name="What keepers knew")).to_be_visible()
    editor.set_viewport_size({"width": 1500, "height": 844})
    take_picture(editor, "desk-mail-dark")

    editor.get_by_role("link", name="Large").press("Enter")
    frame = editor.frame_locator(".stage iframe")
    expect(frame.get_by_role("heading", name="What keepers knew")).to_be_visible()
    assert frame.locator("img").evaluate("picture => picture.decode().then(() => true)")
    expect(editor.get_by_label("In an inbox")).to_contain_text("What keepers knew")
    editor.get_by_label("As a reader gets it").fill("edith")
    editor.keyboard.press("Enter")
    editor.get_by_role("link", name="edith@reader.example").press("Enter")
    expect(editor.get_by_label("In an inbox")).to_contain_text("To edith@reader.example")
    assert faults_in(editor, "preview", "wide", "dark", "phone") == []

    for face, width, look in (
        ("mail", "phone", "dark"),
        ("web", "desktop", "dark"),
        ("text", "desktop", "light"),
    ):
        editor.goto(f"{editor.url.partition('?')[0]}?face={face}&width={width}&look={look}")
        dark = "rgb(23, 22, 19)" if look == "dark" else "rgb(253, 252, 249)"
        ground = "html" if face != "mail" else "body"
        expect(frame.locator(ground)).to_have_css("background-color", dark)
        take_picture(editor, f"preview-{face}-{width}-{look}")
    assert axe_faults(editor) == []
