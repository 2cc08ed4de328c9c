"""Writing at the desk, in a real browser: blocks, cards, pictures, finding, focus, keys."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from django.test import Client
from PIL import Image
from playwright.sync_api import Page, Route, expect
from pytest_django.live_server_helper import LiveServer
from pytest_httpserver import HTTPServer

from newsletter import drafting
from newsletter.models import Post
from tests.browser import axe_faults, faults_in, take_picture
from tests.factories import make_newsletter, make_thread

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TEXT = "One lamp.\n\n## The lamp\n\nA lamp, a Lamp, lamps.\n\n## The sea\n\nSea slight.\n"
PAGE = "<title>The log</title><meta name=description content='Forty nights, kept *well*.'>"


@pytest.fixture
def post(live_server: LiveServer) -> Post:
    make_newsletter(name="Slow Signals", slug="slow")
    threads = [make_thread(["The lamp burns.", "Nobody slept.", "Sea slight."]), make_thread()]
    post = drafting.compose(threads, title="What keepers knew")
    drafting.save_revision(post, base=1, body=TEXT)
    return post


@pytest.fixture
def desk(page: Page, live_server: LiveServer, admin_client: Client, post: Post) -> Page:
    session = admin_client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page.set_viewport_size({"width": 1500, "height": 844})
    page.goto(f"{live_server.url}/admin/newsletter/post/{post.pk}/change/")
    return page


def end(desk: Page) -> None:
    """The caret is at the end of the text."""
    desk.locator("#id_body").press("Control+End")


def written(desk: Page) -> str:
    return desk.locator("#id_body").input_value()


def chosen(desk: Page) -> str:
    words: str = desk.locator("#id_body").evaluate(
        "(text) => text.value.slice(text.selectionStart, text.selectionEnd)"
    )
    return words


def test_a_slash_brings_the_blocks(desk: Page) -> None:
    menu = desk.get_by_role("listbox", name="Blocks")
    text = desk.locator("#id_body")
    end(desk)
    desk.keyboard.type("/")
    expect(menu.get_by_role("option")).to_have_count(10)
    expect(menu.get_by_role("option", name="Heading")).to_have_attribute("aria-selected", "true")
    assert faults_in(desk, "blocks", "wide", "dark-phone") == []
    desk.keyboard.press("ArrowUp")
    assert text.get_attribute("aria-activedescendant") == "block-9"
    table = menu.get_by_role("option", name="Table")
    expect(table).to_have_attribute("aria-selected", "true")
    desk.emulate_media(forced_colors="active")  # in which its ground is like any other
    expect(table).to_have_css("outline-style", "solid")
    take_picture(desk, "blocks-forced")
    desk.emulate_media(forced_colors="none")
    desk.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    assert text.get_attribute("aria-activedescendant") is None
    assert written(desk) == f"{TEXT}/"
    desk.keyboard.press("Backspace")
    for leave in ("Backspace", "ArrowLeft"):
        desk.keyboard.type("/")
        expect(menu).to_be_visible()
        desk.keyboard.press(leave)
        expect(menu).to_be_hidden()
    desk.keyboard.press("Delete")

    desk.keyboard.type("/sent")
    expect(menu).to_be_hidden()  # no block is called so
    desk.keyboard.press("Shift+Home")
    desk.keyboard.type("/call")  # which other words of a pull quote begin with, too
    action = menu.get_by_role("option", name="Call to action")
    expect(action).to_have_attribute("aria-selected", "true")
    desk.keyboard.press("Shift+Home")
    desk.keyboard.type("/pull")
    expect(menu.get_by_role("option")).to_have_count(1)
    desk.keyboard.press("Enter")
    assert chosen(desk) == "The sentence to remember"
    desk.keyboard.type("Light good.")
    assert written(desk) == f"{TEXT}\n> **Light good.**\n\n"
    desk.set_viewport_size({"width": 1500, "height": 844})
    text.fill("A line.\n" * 40)
    end(desk)
    height = desk.evaluate("document.documentElement.scrollHeight")
    desk.keyboard.type("/")
    expect(menu).to_be_in_viewport(ratio=1)  # over the last line, where there is no room below
    assert desk.evaluate("document.documentElement.scrollHeight") == height
    end(desk)
    desk.keyboard.type("and/")
    expect(menu).to_be_hidden()


def test_a_button_makes_a_heading_of_the_line_and_takes_it_back(desk: Page) -> None:
    text = desk.locator("#id_body")
    text.fill("One lamp.\nSea slight.")
    text.evaluate("(text) => text.setSelectionRange(14, 20)")  # in the middle of the second line
    heading = desk.get_by_role("button", name="Heading")
    heading.click()
    assert written(desk) == "One lamp.\n## Sea slight."
    heading.click()
    assert written(desk) == "One lamp.\nSea slight."
    text.press("Control+z")
    assert written(desk) == "One lamp.\n## Sea slight."


def test_a_button_brings_them_too(desk: Page) -> None:
    text = desk.locator("#id_body")
    text.fill("Read on.")
    desk.get_by_role("button", name="/ Block").click()
    desk.get_by_role("option", name="Subscribe button").click()
    assert chosen(desk) == "Subscribe"
    assert written(desk) == "Read on.\n\n**[Subscribe](/subscribe/)**\n\n"
    text.press("Control+z")
    assert written(desk) == "Read on."
    preview = desk.frame_locator("#preview")
    preview.locator("h1").evaluate("(title) => { title.wasThere = true }")
    text.press("Control+Shift+z")
    expect(preview.locator(".call")).to_have_text("Subscribe")
    assert preview.locator("h1").evaluate("(title) => title.wasThere")  # only what differs changes

    # A footnote is gone to and back from by one key.
    text.fill("Light good, sea slight.\n")
    text.evaluate("(text) => text.setSelectionRange(10, 10)")
    text.press("Control+Shift+F")
    desk.keyboard.type("The log.")
    assert written(desk) == "Light good[^1], sea slight.\n\n[^1]: The log."
    text.press("Control+Shift+F")
    desk.keyboard.type("!")
    assert written(desk).startswith("Light good[^1]!, sea")
    desk.keyboard.press("Backspace")
    text.press("Control+Shift+F")
    desk.keyboard.type("In ")
    assert written(desk).endswith("[^1]: In The log.")
    text.evaluate("(text) => text.setSelectionRange(27, 27)")
    text.press("Control+Shift+F")
    assert written(desk).endswith("slight.[^2]\n\n[^1]: In The log.\n[^2]: ")


def test_a_part_of_the_thread_is_quoted(desk: Page) -> None:
    dialog = desk.get_by_role("dialog", name="Quote a part")
    end(desk)
    desk.keyboard.type("/quote")
    desk.keyboard.press("Enter")
    expect(dialog.get_by_role("listitem")).to_have_count(6)
    assert faults_in(desk, "quote", "wide", "dark-phone") == []
    dialog.get_by_label("Words in it").fill("SLEPT nobody")
    expect(dialog.get_by_role("listitem")).to_have_count(1)
    desk.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    link = r"\[Mira Osei \(@miraosei\), 1 March 2026\]\(https://x\.com/miraosei/status/\d+\)"
    expect(desk.locator("#id_body")).to_have_value(
        re.compile(rf"Sea slight\.\n\n> Nobody slept\.\n>\n> — {link}\n\n$")
    )


def test_a_page_becomes_a_card(desk: Page, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/log").respond_with_data(PAGE, content_type="text/html")
    httpserver.expect_request("/dead").respond_with_data("", status=404)
    address, dead = httpserver.url_for("/log"), httpserver.url_for("/dead")
    text = desk.locator("#id_body")
    text.fill("")
    desk.keyboard.type("/card")
    desk.keyboard.press("Enter")
    dialog = desk.get_by_role("dialog", name="Link card")
    dialog.get_by_label("Address of the page").fill("no address")
    desk.keyboard.press("Enter")
    expect(dialog.get_by_role("alert")).to_contain_text("no address of a page")
    assert axe_faults(desk) == []
    # What is cancelled while the page is being asked does not come after all.
    desk.route("**/card/", lambda route: None, times=1)
    desk.keyboard.press("Enter")
    with desk.expect_event("requestfailed"):
        dialog.get_by_role("button", name="Cancel").click()
    desk.keyboard.type("/card")
    desk.keyboard.press("Enter")
    dialog.get_by_label("Address of the page").fill(address)
    desk.keyboard.press("Enter")
    card = f"[The log]({address})  \nForty nights, kept \\*well\\*."
    expect(text).to_have_value(f"{card}\n\n")

    end(desk)
    paste(desk, address)
    expect(desk.get_by_role("button", name="Make it a link card")).to_be_visible()
    assert faults_in(desk, "card-offered", "phone") == []
    desk.keyboard.press("Alt+Enter")
    expect(text).to_have_value(f"{card}\n\n{card}")

    # Who writes elsewhere until the page has answered goes on there.
    text.fill(f"Above.\n\n{address}\n\nBelow.")
    text.press("Control+Home")
    text.press("ArrowDown")
    text.press("ArrowDown")
    asked: list[Route] = []
    desk.route("**/card/", lambda route: asked.append(route))
    with desk.expect_request("**/card/"):
        text.press("Alt+Enter")
    text.press("Control+Home")
    desk.keyboard.type("Here ")
    asked[0].continue_()
    expect(text).to_have_value(f"Here Above.\n\n{card}\n\nBelow.")
    desk.keyboard.type("and ")
    expect(text).to_have_value(f"Here and Above.\n\n{card}\n\nBelow.")
    desk.unroute_all()

    desk.set_viewport_size({"width": 1500, "height": 844})
    text.fill("A line.\n" * 40)
    end(desk)
    paste(desk, address)
    expect(desk.get_by_role("button", name="Make it a link card")).to_be_in_viewport(ratio=1)

    text.fill("")
    paste(desk, dead)
    desk.get_by_role("button", name="Make it a link card").click()
    expect(desk.locator("#saved")).to_contain_text("knows nothing of this")
    assert written(desk) == dead


def paste(desk: Page, plain: str) -> None:
    """As the browser does it, with the events that come before and after."""
    desk.evaluate(
        """(plain) => {
            const clipboardData = new DataTransfer();
            clipboardData.setData("text/plain", plain);
            const happening = { clipboardData, bubbles: true, cancelable: true };
            document.activeElement.dispatchEvent(new ClipboardEvent("paste", happening));
            document.execCommand("insertText", false, plain);
        }""",
        plain,
    )


def test_pictures_are_dropped_where_a_line_shows_and_described_one_by_one(desk: Page) -> None:
    content = BytesIO()
    Image.new("RGB", (60, 40), "navy").save(content, "PNG")
    drag(desk, content.getvalue().hex(), "dragover")
    expect(desk.locator("#landing")).to_be_visible()
    take_picture(desk, "landing")
    drag(desk, content.getvalue().hex(), "drop")
    expect(desk.locator("#landing")).to_be_hidden()
    dialog = desk.get_by_role("dialog", name="Add a picture")
    expect(dialog).to_contain_text("Picture 1 of 2: a.png")
    assert axe_faults(desk) == []
    desk.keyboard.type("A lamp")
    dialog.get_by_role("button", name="Add it").dblclick()  # as some do
    expect(dialog).to_contain_text("Picture 2 of 2: b.png")
    expect(dialog.get_by_label("What does it show?")).to_have_value("")
    desk.keyboard.type("The sea")
    dialog.get_by_role("button", name="Add it").click()
    expect(dialog).to_be_hidden()
    expect(desk.locator("#id_body")).to_have_value(
        re.compile(
            r"^One lamp\.\n\n!\[A lamp\]\(/media/\S+\)\n\n!\[The sea\]\(/media/\S+\)\n\n## The lamp"
        )
    )


def drag(desk: Page, picture: str, happening: str) -> None:
    """Two pictures over the first line of the text."""
    desk.evaluate(
        """([picture, happening]) => {
            const bytes = Uint8Array.from(picture.match(/../g), (byte) => parseInt(byte, 16));
            const dataTransfer = new DataTransfer();
            for (const name of ["a.png", "notes.txt", "b.png"]) {
                const type = name.endsWith("png") ? "image/png" : "text/plain";
                dataTransfer.items.add(new File([bytes], name, { type }));
            }
            const text = document.querySelector("#id_body");
            const { left, top } = text.getBoundingClientRect();
            text.dispatchEvent(new DragEvent(happening, { dataTransfer, bubbles: true,
                cancelable: true, clientX: left + 30, clientY: top + 15 }));
        }""",
        [picture, happening],
    )


def test_words_are_found_and_replaced(desk: Page) -> None:
    text, bar = desk.locator("#id_body"), desk.get_by_role("search", name="In the text")
    count = bar.get_by_role("status")
    text.evaluate("(text) => { text.focus(); text.setSelectionRange(4, 8); }")
    desk.keyboard.press("Control+f")
    expect(bar.get_by_label("Find", exact=True)).to_have_value("lamp")
    expect(count).to_have_text("1 of 5")
    expect(desk.locator("#marks i")).to_have_count(5)
    assert faults_in(desk, "find", "wide", "dark-phone") == []
    desk.set_viewport_size({"width": 1500, "height": 844})
    desk.keyboard.press("Shift+Enter")
    expect(count).to_have_text("5 of 5")
    desk.keyboard.press("F3")
    desk.keyboard.press("Enter")
    expect(count).to_have_text("2 of 5")
    bar.get_by_label("Whole words").check()
    expect(count).to_have_text("2 of 4")
    bar.get_by_label("Match case").check()
    expect(count).to_have_text("2 of 3")
    bar.get_by_label("Replace by").fill("$& light")
    desk.keyboard.press("Enter")
    expect(text).to_have_value(TEXT.replace("The lamp", "The $& light"))
    expect(count).to_have_text("2 of 2")
    with desk.expect_response("**/origins/"):  # typing has rested
        bar.get_by_role("button", name="Replace all").click()
    expect(count).to_have_text("2 replaced")
    once = re.sub(r"\blamp\b", "$& light", TEXT)
    expect(text).to_have_value(once)
    desk.keyboard.press("Escape")
    expect(bar).to_be_hidden()
    expect(desk.locator("#marks i")).to_have_count(0)
    desk.keyboard.press("Control+z")
    expect(text).to_have_value(TEXT.replace("The lamp", "The $& light"))

    # A long text is written in another way, and to the letter.
    long = "A lamp & <b>lamps</b>  &amp; \n\n- lamp\n  > x\n" * 60
    text.fill(f"{long}.")
    desk.keyboard.press("Control+f")
    bar.get_by_role("button", name="Replace all").click()
    expect(text).to_have_value(re.sub(r"\blamp\b", "$& light", f"{long}."))
    desk.keyboard.press("Control+z")
    expect(text).to_have_value(f"{long}.")


def test_the_counts_and_the_outline_follow_the_caret(desk: Page) -> None:
    # Before the server has said anything: it is kept from answering.
    desk.route("**/unsaved/", lambda route: route.abort())
    here = desk.locator(".outline [aria-current]")
    desk.locator("#id_body").press("Control+Home")
    desk.keyboard.type("Two [more](https://example.org/two-more) words. ![A lamp](/a.png) ")
    expect(desk.locator("#checks .counts")).to_have_text("16 words, 1 min read")
    expect(here).to_have_count(0)
    for _ in range(3):
        desk.keyboard.press("ArrowDown")
    expect(here).to_have_text("The lamp")
    end(desk)
    expect(here).to_have_text("The sea")


def test_focus_mode_leaves_nothing_but_the_text(desk: Page, post: Post) -> None:
    facts, tools = desk.get_by_label("About this post"), desk.get_by_role("toolbar")
    desk.locator("#id_body").focus()
    desk.keyboard.press("Control+Shift+l")
    expect(facts).to_be_hidden()
    expect(tools).to_be_hidden()
    expect(desk.locator("#id_body")).to_be_focused()
    assert faults_in(desk, "focus", "wide", "dark-phone") == []
    desk.reload()
    expect(facts).to_be_hidden()
    desk.set_viewport_size({"width": 1280, "height": 844})
    desk.locator("#ribbon button").first.hover()
    expect(desk.locator("#origin")).to_be_in_viewport(ratio=1)  # the margin is wide enough
    desk.keyboard.press("Escape")
    desk.keyboard.press("Control+f")
    desk.keyboard.press("Escape")
    expect(facts).to_be_hidden()
    desk.keyboard.press("Escape")
    expect(facts).to_be_visible()
    desk.reload()
    expect(facts).to_be_visible()


def test_the_list_of_keys_is_the_table_that_binds_them(desk: Page) -> None:
    dialog = desk.get_by_role("dialog", name="Keyboard shortcuts")
    text = desk.locator("#id_body")
    text.fill("?")
    expect(dialog).to_be_hidden()
    desk.keyboard.press("Control+/")
    expect(dialog).to_contain_text("Find and replace")
    assert faults_in(desk, "keys", "wide", "dark-phone") == []
    desk.keyboard.press("Escape")
    desk.get_by_role("button", name="Bold").focus()
    desk.keyboard.press("Shift+?")
    expect(dialog.get_by_role("heading")).to_be_in_viewport(ratio=1)  # the list is a long one
    listed = dialog.locator("dt").all_inner_texts()
    for keys in (
        "Ctrl+S",
        "Ctrl+B",
        "Ctrl+F",
        "F3",
        "Alt+Enter",
        "Ctrl+Shift+F",
        "Ctrl+Shift+L",
        "?",
        "Esc",
    ):
        assert keys in listed
    # A closed dialog is hidden first, and gives the caret back after that: amid the next words.
    dialog.evaluate(
        "it => { window.back = new Promise(done => it.addEventListener('close', done)) }"
    )
    desk.keyboard.press("Escape")
    desk.evaluate("() => window.back.then(() => true)")
    text.fill("bold")
    text.select_text()
    text.press("Control+b")
    assert written(desk) == "**bold**"


def test_keys_of_other_systems_and_scripts_do_what_is_meant(desk: Page) -> None:
    desk.add_init_script("Object.defineProperty(navigator, 'platform', { value: 'MacIntel' })")
    desk.reload()
    text = desk.locator("#id_body")
    text.fill("bold")
    text.press("Control+b")  # there it moves the caret
    assert written(desk) == "bold"
    text.evaluate(
        """(text) => text.dispatchEvent(new KeyboardEvent("keydown",
            { key: "ы", code: "KeyS", metaKey: true, bubbles: true, cancelable: true }))"""
    )
    expect(desk.locator("#saved")).to_contain_text("Saved as revision 3")
