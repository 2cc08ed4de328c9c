"""Beside the text of the desk, in a real browser: where each paragraph came from, and what
changed there since."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils.timezone import now
from playwright.sync_api import Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from newsletter import drafting
from newsletter.models import Post
from tests.browser import faults_in, take_picture
from tests.factories import make_import, make_newsletter, make_post, make_thread
from threads.models import Change, Thread

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LAMPS = [
    "A lighthouse has one job: say the same thing, every night, in a way nobody can mistake.",
    "The log had three columns, and only three: what was seen, what was done, who was told.",
    "When two keepers disagreed about a signal they wrote it down and settled it in daylight.",
]
QUIET = [
    "Most nights nothing happened, and the log says so: “Light good. Sea slight.” Four hundred "
    "pages of it. That silence is part of the signal.",
    "Nobody reads a dashboard at 3 a.m. They read one line.",
]
TEXT = f"""{LAMPS[0]}

I spent the autumn in an archive that smells of tar and wet wool, reading what the people \
who kept those lights wrote down when nobody was watching.

## Three columns and no blame
The old log had three columns, and only three: what was seen, what they did, who knew.

[blank: a time when a fourth column would have saved you?]


- a list\twith a tab
- https://example.org/an/address/that/is/much/longer/than/any/line/of/the/text/could/ever/be/here

שלום, זה טקסט שנכתב מימין לשמאל

{QUIET[0]}

{QUIET[1]}
"""


NEXT_FRAME = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
# The number of the line that the textarea itself has at the top of each line of the ribbon.
LINES_BESIDE = """[...document.querySelectorAll(".stretch")].map((stretch) => {
    stretch.scrollIntoView({ block: "center", behavior: "instant" });
    const text = document.querySelector("#id_body");
    const x = text.getBoundingClientRect().left + 1;
    const { offset } = document.caretPositionFromPoint(x, stretch.getBoundingClientRect().top + 12);
    return text.value.slice(0, offset).split("\\n").length;
})"""
COVERED = """document.activeElement.getBoundingClientRect().bottom
    - document.querySelector("#origin").getBoundingClientRect().top"""
CHOSEN = "it => it.value.slice(it.selectionStart, it.selectionEnd)"


@pytest.fixture
def lamps(live_server: LiveServer) -> Thread:
    return make_thread(LAMPS, title="What lighthouse keepers knew about alerting")


@pytest.fixture
def post(lamps: Thread) -> Post:
    make_newsletter(name="Slow Signals")
    quiet = make_thread(QUIET, title="The quiet hours are part of the system")
    post = drafting.compose([lamps, quiet], title="What keepers knew")
    drafting.save_revision(post, base=1, body=TEXT)
    return post


@pytest.fixture
def desk(page: Page, live_server: LiveServer, admin_client: Client, post: Post) -> Page:
    session = admin_client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page.set_viewport_size({"width": 1500, "height": 900})
    page.goto(f"{live_server.url}/admin/newsletter/post/{post.pk}/change/")
    expect(page.locator(".stretch").first).to_be_visible()
    return page


def edit_at_source(thread: Thread, position: int, before: str, after: str) -> Change:
    return Change.objects.create(
        thread=thread,
        status=thread.main_line()[position - 1],
        imported_by=make_import(),
        kind=Change.Kind.EDITED,
        before=before,
        after=after,
        noticed_at=now() + timedelta(seconds=1),
    )


def body_of(post: Post) -> str:
    post.refresh_from_db()
    assert post.latest is not None
    return post.latest.body


def kinds(page: Page) -> list[str]:
    """Of each line of the ribbon, from above."""
    names: list[str] = page.locator(".stretch").evaluate_all(
        "all => all.map(each => each.className.replace('stretch ', ''))"
    )
    return names


def test_each_paragraph_has_its_line(desk: Page) -> None:
    assert kinds(desk) == [
        *("thread-1", "new", "thread-1", "thread-1", "blank", "new", "new", "thread-2", "thread-2"),
    ]
    lines = TEXT.split("\n")
    for width in (1500, 1024, 390):
        desk.set_viewport_size({"width": width, "height": 900})
        desk.evaluate(NEXT_FRAME)
        assert [lines[at - 1] for at in desk.evaluate(LINES_BESIDE)] == [
            *(LAMPS[0], lines[2], "## Three columns and no blame", lines[5], lines[7]),
            *("- a list\twith a tab", lines[13], QUIET[0], QUIET[1]),
        ]
    take_picture(desk, "ribbon-phone")


def test_the_original_opens_by_key_and_by_hand(desk: Page) -> None:
    text, card = desk.locator("#id_body"), desk.locator("#origin")
    text.evaluate("(it, at) => it.setSelectionRange(at, at)", TEXT.index("The old log") + 9)
    text.press("Control+Shift+o")
    expect(desk.get_by_role("button", name="“The old log had")).to_be_focused()
    expect(card).to_contain_text("From part 2 of 3 · 1 March 2026 · original")
    expect(card).to_contain_text(LAMPS[1])
    expect(card).to_contain_text("% the same · What lighthouse keepers knew about alerting")
    assert faults_in(desk, "ribbon-original", "wide", "tablet", "dark-phone") == []
    desk.keyboard.press("Enter")
    original = card.get_by_role("link", name="original")
    expect(original).to_be_focused()
    expect(original).to_have_attribute("rel", "noreferrer")
    desk.keyboard.press("Escape")
    expect(card).to_be_hidden()
    expect(text).to_be_focused()
    assert text.evaluate("it => it.selectionStart") == TEXT.index("The old log") + 9

    text.press("Shift+Tab")  # the whole ribbon is one stop, and remembers where one was
    expect(desk.get_by_role("button", name="“The old log had")).to_be_focused()
    desk.locator(".stretch").last.evaluate("line => line.scrollIntoView({ block: 'end' })")
    desk.keyboard.press("End")
    assert desk.evaluate(COVERED) < 0  # on a phone, where the card lies over the bottom
    desk.keyboard.press("Home")
    desk.keyboard.press("ArrowDown")
    expect(desk.get_by_role("button", name="“I spent the autumn")).to_be_focused()
    expect(card).to_contain_text("New: it stands in none of the threads.")
    desk.keyboard.press("Escape")

    desk.set_viewport_size({"width": 1500, "height": 900})
    desk.locator(".stretch").last.hover()
    expect(card).to_contain_text("From part 2 of 2")
    desk.get_by_role("heading", name="Sources").click()
    expect(card).to_be_hidden()


def test_it_follows_what_is_written(desk: Page) -> None:
    text = desk.locator("#id_body")
    source = desk.locator(".source", has_text="What lighthouse keepers knew")
    expect(source).to_contain_text("3 parts · 2 used")
    text.evaluate("it => it.setSelectionRange(it.value.length, it.value.length)")
    source.get_by_text("1 not used yet").click()
    take_picture(desk, "ribbon-parts")
    source.get_by_role("button", name="Insert at the caret (part 3)").click()
    expect(text).to_have_value(f"{TEXT}\n{LAMPS[2]}\n\n")
    expect(source).to_contain_text("3 parts · 3 used")
    assert kinds(desk)[-3:] == ["thread-2", "thread-2", "thread-1"]
    source.get_by_role("link", name="What lighthouse keepers knew").click()
    assert text.evaluate(CHOSEN) == LAMPS[0]

    blank = desk.get_by_role("button", name="Your turn: a time when")
    desk.locator(".stretch.blank").click()
    take_picture(desk, "ribbon-blank")
    desk.locator("#origin").get_by_role("button", name="Fill it").click()
    assert text.evaluate(CHOSEN) == TEXT.split("\n")[7]
    desk.locator(".stretch.blank").click()
    desk.locator("#origin").get_by_role("button", name="Remove").click()
    expect(text).not_to_have_value(re.compile(r"\[blank"))
    expect(desk.locator(".stretch.blank")).to_have_count(0)
    text.press("Control+z")
    expect(text).to_have_value(re.compile(r"knew\.\n\n\[blank: .*\]\n\n\n- a list"))
    expect(blank).to_be_visible()


def test_a_change_is_taken_and_no_word_is_lost(
    page: Page, desk: Page, lamps: Thread, post: Post
) -> None:
    edit_at_source(lamps, 2, LAMPS[1], LAMPS[1].replace("only three", "only four"))
    edit_at_source(lamps, 1, LAMPS[0], LAMPS[0].replace("one job", "two jobs"))
    desk.reload()
    text, card = desk.locator("#id_body"), desk.locator("#origin")
    text.evaluate("it => it.setSelectionRange(it.value.length, it.value.length)")
    text.press_sequentially("Not saved.")
    source = desk.locator(".source", has_text="What lighthouse keepers knew")
    expect(source).to_contain_text("2 changed since")
    desk.get_by_role("button", name="“The old log had").click()
    expect(card).to_contain_text("Edited: part 2")
    assert faults_in(desk, "living", "dark") == []
    desk.set_viewport_size({"width": 1500, "height": 900})
    card.get_by_role("button", name="See both").click()
    dialog = desk.get_by_role("dialog", name="The change and your text")
    expect(dialog.get_by_role("region", name="At the source").locator("ins")).to_have_text("four")
    expect(dialog.get_by_role("region", name="In your post")).to_contain_text("The old log had")
    assert faults_in(desk, "living-both", "phone") == []
    desk.set_viewport_size({"width": 1500, "height": 900})
    dialog.get_by_role("button", name="Take it").dblclick()  # as some do
    expect(dialog).to_be_hidden()
    taken = TEXT.replace("only three", "only four") + "Not saved."
    expect(text).to_have_value(taken)
    expect(text).to_be_focused()
    expect(desk.locator("#saved")).to_contain_text("Taken over, as revision 4")
    assert body_of(post) == taken
    expect(source).to_contain_text("1 changed since")
    text.press("Control+z")
    expect(text).to_have_value(TEXT + "Not saved.")

    desk.get_by_role("button", name="Edited: part 1").click()
    desk.route("**/source/*/", lambda route: route.fulfill(status=403), times=1)
    dialog.get_by_role("button", name="Leave it").click()
    expect(dialog.get_by_role("alert")).to_contain_text("does not answer as it should")
    dialog.get_by_role("button", name="Leave it").click()
    expect(desk.locator("#news")).to_be_hidden()
    expect(source).not_to_contain_text("since")


def test_a_change_that_is_taken_late_takes_no_newer_word_away(
    desk: Page, lamps: Thread, post: Post
) -> None:
    edit_at_source(lamps, 2, LAMPS[1], LAMPS[1].replace("only three", "only four"))
    desk.reload()
    text, saved, held = desk.locator("#id_body"), desk.locator("#saved"), list[Route]()
    desk.route("**/source/*/", lambda route: held.append(route))
    desk.get_by_role("button", name="“The old log had").click()
    with desk.expect_request("**/source/*/"):
        desk.locator("#origin").get_by_role("button", name="Take it").click()
    text.press("Control+End")
    answer = held[0].fetch()
    desk.keyboard.type("Newer.")
    desk.keyboard.press("Control+s")
    both = TEXT.replace("only three", "only four") + "Newer."
    expect(text).to_have_value(both)
    held[0].fulfill(response=answer)
    expect(saved).to_contain_text("Taken over, as revision 3")
    expect(text).to_have_value(both)


def test_a_clash_shows_both_and_leaves_the_text_alone(
    desk: Page, lamps: Thread, post: Post
) -> None:
    edit_at_source(lamps, 2, LAMPS[1], LAMPS[1].replace("was told", "was warned"))
    desk.reload()
    desk.get_by_role("button", name="“The old log had").click()
    desk.locator("#origin").get_by_role("button", name="Take it").click()
    dialog = desk.get_by_role("dialog", name="The change and your text")
    expect(dialog.get_by_role("alert")).to_contain_text("These words were rewritten in the post")
    expect(dialog.get_by_role("region", name="At the source").locator("ins")).to_have_text("warned")
    desk.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(desk.locator("#id_body")).to_have_value(TEXT)
    assert body_of(post) == TEXT


def test_a_text_of_no_thread_has_lines_for_its_blanks_only(
    desk: Page, live_server: LiveServer
) -> None:
    post = make_post("Words.\n\n[blank: which ones?]")
    desk.goto(f"{live_server.url}/admin/newsletter/post/{post.pk}/change/")
    expect(desk.locator(".stretch")).to_have_count(1)
    desk.locator("#id_body").press("Control+Shift+o")
    expect(desk.locator("#origin")).to_contain_text("Your turn: which ones?")
