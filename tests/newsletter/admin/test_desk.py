"""The desk in a real browser: writing, seeing, saving, without losing a word."""

from __future__ import annotations

import re
from base64 import b64encode
from io import BytesIO

import pytest
from django.test import Client
from PIL import Image
from playwright.sync_api import Dialog, Page, expect
from pytest_django.live_server_helper import LiveServer

from newsletter import drafting
from newsletter.models import Post
from tests.browser import axe_faults, faults_in, take_picture
from tests.factories import make_import, make_newsletter, make_post, make_thread
from threads.models import Change

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TEXT = """A lighthouse has one job.

## The quiet hours

Most nights nothing happened.

[blank: what happened that night?]

[lost picture: a ledger]
"""


@pytest.fixture
def post(live_server: LiveServer) -> Post:
    make_newsletter(name="Slow Signals")
    post = drafting.compose([make_thread(), make_thread()], title="What keepers knew")
    drafting.save_revision(post, base=1, body=TEXT)
    Post.objects.filter(pk=post.pk).update(
        left_out=[{"status": 1, "text": "1/7", "reason": "a counter"}]
    )
    return post


@pytest.fixture
def desk(page: Page, live_server: LiveServer, admin_client: Client, post: Post) -> Page:
    session = admin_client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page.goto(f"{live_server.url}/admin/newsletter/post/{post.pk}/change/")
    return page


def refused(page: Page) -> list[str]:
    """What the page's policy kept from happening."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    return said


def body_of(post: Post) -> str:
    post.refresh_from_db()
    assert post.latest is not None
    return post.latest.body


def test_it_has_no_fault(desk: Page, post: Post) -> None:
    long = "A lighthouse has one job: say the same thing in a way nobody can mistake"
    drafting.save_revision(post, base=2, body=TEXT, title=long)
    said = refused(desk)
    desk.reload(wait_until="networkidle")
    assert not [text for text in said if "Content Security Policy" in text]
    desk.get_by_text("Inbox, address, cover and tags").click()
    assert faults_in(desk, "desk", "wide", "dark", "tablet", "phone") == []
    expect(desk.get_by_role("link", name="Posts")).to_be_visible()
    expect(desk.get_by_role("button", name="Menu")).to_be_hidden()  # there is no side to open


def test_the_preview_and_the_checks_follow_what_is_written(desk: Page) -> None:
    preview = desk.frame_locator("#preview")
    expect(preview.get_by_role("heading", name="What keepers knew")).to_be_visible()
    desk.get_by_label("Title", exact=True).fill("Another title")
    desk.get_by_label("Text, in Markdown").fill("Some *new* words.\n\n[blank: which ones?]")
    expect(preview.get_by_role("heading", name="Another title")).to_be_visible()
    expect(preview.locator("em")).to_have_text("new")
    blank = desk.get_by_role("button", name="Blank: which ones?")
    expect(blank).to_be_visible()
    desk.get_by_label("Text, in Markdown").press("Control+End")
    desk.keyboard.type("\n\n## A heading")
    blank.focus()
    expect(desk.get_by_role("button", name="A heading", exact=True)).to_be_visible()
    expect(blank).to_be_focused()
    desk.get_by_role("link", name="Plain text").click()
    expect(preview.locator("pre")).to_contain_text("Some new words.")
    desk.get_by_role("link", name="Mail").click()
    expect(preview.locator("body")).to_contain_text("Another title")


def test_it_saves_by_key_and_stays(desk: Page, post: Post) -> None:
    desk.get_by_label("Text, in Markdown").fill("Saved words.")
    expect(desk.locator("#saved")).to_have_text("Not saved yet")
    desk.keyboard.press("Control+s")
    expect(desk.locator("#saved")).to_contain_text("Saved as revision 3")
    assert body_of(post) == "Saved words."
    desk.get_by_label("Text, in Markdown").fill("More words.")
    desk.keyboard.press("Control+s")
    expect(desk.locator("#saved")).to_contain_text("Saved as revision 4")
    assert body_of(post) == "More words."


def test_pressing_save_twice_is_no_conflict_with_oneself(desk: Page, post: Post) -> None:
    desk.get_by_label("Text, in Markdown").fill("Saved words.")
    desk.keyboard.press("Control+s")
    desk.keyboard.insert_text(" More.")  # at once, or it may save itself in between
    desk.keyboard.press("Control+s")
    expect(desk.locator("#saved")).to_contain_text("Saved as revision 4")
    assert body_of(post) == "Saved words. More."


def test_who_was_logged_out_keeps_the_words(
    desk: Page, live_server: LiveServer, admin_client: Client, post: Post
) -> None:
    desk.get_by_label("Text, in Markdown").fill("Long work.")
    desk.context.clear_cookies()
    desk.keyboard.press("Control+Shift+l")  # nothing but the text, and this
    desk.keyboard.press("Control+s")
    expect(desk.locator("#saved")).to_contain_text("you are logged out")
    assert faults_in(desk, "logged-out", "phone") == []
    expect(desk.locator("#saved a")).to_be_in_viewport(ratio=1)
    desk.keyboard.press("Escape")
    desk.locator("#id_body").press("Control+End")
    expect(desk.locator("#saved a")).to_be_in_viewport(ratio=1)
    expect(desk.locator("#saved a")).to_have_attribute("href", re.compile("/admin/login/"))

    session = admin_client.cookies["sessionid"].value
    desk.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    desk.keyboard.press("Control+s")
    expect(desk.locator("#saved")).to_contain_text("Saved as revision 3")
    assert body_of(post) == "Long work."


def test_it_warns_before_unsaved_words_are_left(desk: Page) -> None:
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    desk.on("dialog", stay)
    desk.get_by_label("Text, in Markdown").press_sequentially("x")
    desk.get_by_role("link", name="Revisions").click()
    expect(desk.get_by_label("Text, in Markdown")).to_have_value(re.compile("x"))
    assert asked == ["beforeunload"]


def test_a_conflict_shows_both_texts(desk: Page, post: Post) -> None:
    desk.get_by_label("Text, in Markdown").fill("What I wrote.")
    drafting.save_revision(post, base=2, body="What the other one wrote.")
    desk.keyboard.press("Control+s")
    expect(desk.get_by_label("Yours: Text")).to_have_value("What I wrote.")
    expect(desk.get_by_role("region", name="Theirs: Text")).to_contain_text("the other one")
    take_picture(desk, "conflict")
    assert axe_faults(desk) == []
    desk.get_by_label("Yours: Text").fill("What both wrote.")
    desk.get_by_role("button", name="Save the left side").click()
    expect(desk.get_by_label("Text, in Markdown")).to_have_value("What both wrote.")
    assert body_of(post) == "What both wrote."


def test_without_a_script_it_saves_as_forms_do(
    desk: Page, live_server: LiveServer, admin_client: Client, post: Post
) -> None:
    assert desk.context.browser is not None
    context = desk.context.browser.new_context(java_script_enabled=False)
    session = admin_client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page = context.new_page()
    page.goto(f"{live_server.url}/admin/newsletter/post/{post.pk}/change/")
    page.locator("#id_body").fill("Plain words.")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".messagelist")).to_contain_text("Saved as revision 3")
    expect(page.frame_locator("#preview").locator("body")).to_contain_text("Plain words.")
    context.close()
    assert body_of(post) == "Plain words."


def test_the_toolbar_writes_markdown(desk: Page) -> None:
    text = desk.get_by_label("Text, in Markdown")
    text.fill("bold")
    text.select_text()
    desk.get_by_role("button", name="Bold").click()
    expect(text).to_have_value("**bold**")
    text.select_text()
    text.press("Control+i")
    expect(text).to_have_value("_**bold**_")


def test_a_click_goes_to_the_line(desk: Page) -> None:
    desk.get_by_role("button", name="Blank: what happened that night?").click()
    chosen = desk.evaluate(
        "(() => { const t = document.activeElement;"
        "return t.value.slice(t.selectionStart, t.selectionEnd) })()"
    )
    assert chosen == "[blank: what happened that night?]"


def test_a_picture_is_asked_for_its_description(desk: Page) -> None:
    content = BytesIO()
    Image.new("RGB", (60, 40), "navy").save(content, "PNG")
    desk.get_by_label("Text, in Markdown").fill("Above.")
    desk.get_by_role("button", name="Picture", exact=True).click()
    dialog = desk.get_by_role("dialog", name="Add a picture")
    assert axe_faults(desk) == []
    dialog.get_by_label("Picture", exact=True).set_input_files(
        {"name": "lamp.png", "mimeType": "image/png", "buffer": content.getvalue()}
    )
    dialog.get_by_label("What does it show?").fill("A lamp")
    dialog.get_by_role("button", name="Add it").click()
    expect(desk.get_by_label("Text, in Markdown")).to_have_value(
        re.compile(r"Above\.\n\n!\[A lamp\]\(/media/.+\)")
    )

    # A picture that is copied comes with its markup, and a table with a picture of itself.
    text = desk.get_by_label("Text, in Markdown")
    text.fill("")
    paste(desk, '<img src="https://example.org/lamp.png">', "", content.getvalue())
    expect(dialog).to_be_visible()
    desk.keyboard.press("Escape")
    paste(desk, "<table><tr><td>Lamps</td></tr></table>", "Lamps", content.getvalue())
    expect(text).to_have_value(re.compile(r"\| Lamps \|$"))
    expect(dialog).to_be_hidden()


def test_what_is_pasted_from_a_browser_keeps_its_links(desk: Page) -> None:
    text = desk.get_by_label("Text, in Markdown")
    text.fill("")
    paste(desk, '<p>See <a href="https://example.org/">the log</a>.</p>', "See the log.")
    expect(text).to_have_value(re.compile(r"See \[the log\]\(https://example\.org/\)\."))


def test_what_is_pasted_from_an_editor_stays_as_it_is(desk: Page) -> None:
    desk.get_by_label("Text, in Markdown").fill("")
    paste(desk, "<div><span>**bold**</span></div>", "**bold**")
    expect(desk.get_by_label("Text, in Markdown")).to_have_value("")  # left to the browser


def paste(page: Page, html: str, plain: str, picture: bytes = b"") -> None:
    """As from the clipboard, into the field that has the focus."""
    page.evaluate(
        """([html, plain, picture]) => {
            const clipboardData = new DataTransfer();
            if (picture) {
                const bytes = Uint8Array.from(atob(picture), (sign) => sign.charCodeAt());
                clipboardData.items.add(new File([bytes], "image.png", { type: "image/png" }));
            }
            clipboardData.setData("text/html", html);
            clipboardData.setData("text/plain", plain);
            document.activeElement.dispatchEvent(new ClipboardEvent("paste",
                {clipboardData, bubbles: true, cancelable: true}));
        }""",
        [html, plain, b64encode(picture).decode()],
    )


def test_pages_about_a_post_have_no_fault(desk: Page, live_server: LiveServer, post: Post) -> None:
    other = make_post(title="Without a source")
    part = post.threads.all()[0].main_line()[0]
    Change.objects.create(
        thread=post.threads.all()[0],
        status=part,
        imported_by=make_import(),
        kind="edited",
        before="The lamp burned all night, and somebody wrote it down.",
        after="The lamp burned all night long, and somebody had to write it down.",
    )
    pages = {
        "post-new": "/admin/newsletter/post/add/",
        "posts": "/admin/newsletter/post/",
        "revisions": f"/admin/newsletter/post/{post.pk}/revisions/",
        "revision": f"/admin/newsletter/post/{post.pk}/revisions/2/",
        "source": f"/admin/newsletter/post/{post.pk}/source/",
        "publish": f"/admin/newsletter/post/{post.pk}/publish/",
        "desk-no-source": f"/admin/newsletter/post/{other.pk}/change/",
    }
    for name, address in pages.items():
        desk.goto(live_server.url + address)
        assert faults_in(desk, name, "light", "dark-phone") == [], name
