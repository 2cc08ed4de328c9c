"""Saving by itself in a real browser: whatever breaks, two seconds of typing are the most that
is lost, and what two editors write comes together."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Protocol, Self

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from config.settings import BASE_DIR
from newsletter import drafting, presence
from newsletter.models import Post
from tests.browser import CHROMIUM, FLAGS, axe_faults, faults_in, take_picture
from tests.config.running import database_url, environment, free_ports, processes_of
from tests.factories import make_post

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TEXT = "The lamp burned.\n\nNobody came. 🔥\n\nThe log says so."
TYPING_RESTS, HEARTBEAT = 2000, 10_000


class Open(Protocol):
    def __call__(self, name: str, address: str, context: BrowserContext | None = None) -> Page: ...


@pytest.fixture
def post(transactional_db: None) -> Post:
    return make_post(TEXT, title="Keepers")


@pytest.fixture
def open_as(browser: Browser) -> Iterator[Open]:
    """A window of somebody's own browser, at an address. Its time passes when it is told to."""
    contexts: dict[str, BrowserContext] = {}

    def open_as(name: str, address: str, context: BrowserContext | None = None) -> Page:
        if name not in contexts or context:
            user, _ = User.objects.get_or_create(username=name, is_staff=True, is_superuser=True)
            client = Client()
            client.force_login(user)
            contexts[name] = context = context or browser.new_context()
            session = client.cookies["sessionid"].value
            site = address.partition("/admin/")[0]
            context.add_cookies([{"name": "sessionid", "value": session, "url": site}])
            context.clock.install()
        page = contexts[name].new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(address)
        return page

    errors: list[str] = []
    yield open_as
    for context in contexts.values():
        context.close()
    assert not errors


@pytest.fixture
def address(live_server: LiveServer, post: Post) -> str:
    return desk_of(post, live_server.url)


def desk_of(post: Post, site: str) -> str:
    return f"{site}/admin/newsletter/post/{post.pk}/change/"


def body_of(post: Post) -> str:
    post.refresh_from_db()
    assert post.latest is not None
    return post.latest.body


def write(page: Page, words: str, *, behind: str) -> None:
    """As a person does it: the caret is put behind some words, and then they type."""
    page.locator("#id_body").evaluate(
        "(text, words) => { const at = text.value.indexOf(words) + words.length;"
        " text.focus(); text.setSelectionRange(at, at) }",
        behind,
    )
    page.keyboard.type(words)


def expect_journal(page: Page, entries: int, words: str = "") -> None:
    """So many pages have something in it, with these words, that is not saved."""
    page.wait_for_function(
        """([entries, words]) => new Promise((done) => {
            const opening = indexedDB.open("desk");
            opening.onsuccess = () => {
                const journal = opening.result.transaction("journal").objectStore("journal");
                journal.getAll().onsuccess = ({target}) => done(entries ===
                    target.result.filter(({values}) => values.body.includes(words)).length);
            };
        })""",
        arg=[entries, words],
    )


def kill(folder: Path) -> None:
    """The browser whose profile lies there, all of its processes at once."""
    for process in processes_of(folder):
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)


def test_a_killed_browser_loses_no_more_than_a_second(
    browser: Browser, open_as: Open, address: str, post: Post, tmp_path: Path
) -> None:
    profile = tmp_path / "profile"
    start = partial(
        browser.browser_type.launch_persistent_context,
        profile,
        executable_path=CHROMIUM,
        args=FLAGS,
    )
    page = open_as("ada", address, start())
    write(page, " It shone.", behind="The lamp burned.")
    page.clock.run_for(1000)
    expect_journal(page, 1)
    kill(profile)
    assert body_of(post) == TEXT

    page = open_as("ada", address, start())
    expect(page.locator("#restored")).to_have_text(
        re.compile(r"^Your words from \d\d:\d\d that were not saved are back\.$")
    )
    expect(page.locator("#id_body")).to_have_value(re.compile("burned. It shone."))
    expect(page.locator("#saved")).to_contain_text("Saved as revision 2")
    assert "The lamp burned. It shone." in body_of(post)
    assert post.latest
    assert post.latest.autosaved
    expect_journal(page, 0)
    take_picture(page, "desk-restored")
    assert axe_faults(page) == []


def test_it_saves_by_itself_while_somebody_types(open_as: Open, address: str, post: Post) -> None:
    asked: list[str] = []
    page = open_as("ada", address)
    page.on("dialog", lambda dialog: asked.append(dialog.type))
    page.clock.pause_at(page.evaluate("Date.now()") + 1000)
    for second in range(6):  # never two seconds of rest
        write(page, f" {second}", behind="The lamp burned.")
        page.clock.run_for(1900)
    expect(page.locator("#saved")).to_contain_text("Saved as revision 2")
    assert "The lamp burned. 5 4 3 2 1 0" in body_of(post)
    write(page, " It shone.", behind="The lamp burned.")
    page.clock.run_for(TYPING_RESTS)
    expect(page.locator("#saved")).to_contain_text("Saved as revision 3")
    assert page.locator("#spoken").text_content() == ""  # it is not told at each save
    page.get_by_role("link", name="Revisions").click()
    expect(page.get_by_role("heading", name="Revisions")).to_be_visible()
    assert asked == []


def test_leaving_and_coming_back_loses_no_word(open_as: Open, address: str, post: Post) -> None:
    page = open_as("ada", address)
    write(page, " It shone.", behind="The lamp burned.")
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("link", name="Revisions").click()
    expect(page.get_by_role("heading", name="Revisions")).to_be_visible()
    page.go_back()
    expect(page.locator("#saved")).to_contain_text("Saved as revision 2")
    assert "The lamp burned. It shone." in body_of(post)


def test_losing_the_network_loses_no_word(open_as: Open, address: str, post: Post) -> None:
    page = open_as("ada", address)
    page.set_viewport_size({"width": 1024, "height": 844})
    height = page.locator(".bar").evaluate("bar => bar.offsetHeight")
    page.context.set_offline(True)
    write(page, " It shone.", behind="The lamp burned.")
    page.clock.run_for(TYPING_RESTS)
    expect(page.locator("#saved")).to_contain_text("Your text is kept in this browser")
    # The tools stick to the bar's lower edge, and a bar that grew would hide them.
    expect(page.locator(".bar")).to_have_js_property("offsetHeight", height)
    # Nor does the preview, which is asked sooner, tell of something else at each word.
    with page.expect_event("requestfailed", lambda request: "/unsaved/" in request.url):
        write(page, " Still.", behind="It shone.")
        page.clock.run_for(TYPING_RESTS // 2)
    page.evaluate("() => {}")
    expect(page.locator("#saved")).to_contain_text("Your text is kept in this browser")
    page.context.set_offline(False)
    expect(page.locator("#saved")).to_contain_text("Saved as revision 3")
    expect(page.locator("#spoken")).to_contain_text("Saved as revision")
    assert "It shone. Still." in body_of(post)

    # The save arrives and the answer does not: typing on is no conflict with oneself.
    page.route("**/change/", lose_the_answer, times=1)
    write(page, " Twice.", behind="Still.")
    page.clock.run_for(TYPING_RESTS)
    expect(page.locator("#saved")).to_contain_text("Your text is kept in this browser")
    assert "It shone. Still. Twice.\n" in body_of(post)
    write(page, " Or thrice.", behind="Twice.")
    page.clock.run_for(TYPING_RESTS)
    expect(page.locator("#saved")).to_contain_text("Saved as revision 5")
    assert "It shone. Still. Twice. Or thrice.\n" in body_of(post)

    # Nor does a network that swallows what it is given keep the next save waiting.
    page.route("**/change/", lambda route: None, times=1)
    write(page, " Who counts?", behind="thrice.")
    page.keyboard.press("Control+s")
    expect(page.locator("#saved")).to_have_text("Saving …")
    page.clock.run_for(30_000 + HEARTBEAT)
    expect(page.locator("#saved")).to_contain_text("Saved as revision 6")


def lose_the_answer(route: Route) -> None:
    route.fetch()
    route.abort()


def test_only_the_site_says_what_is_saved(open_as: Open, address: str, post: Post) -> None:
    page = open_as("ada", address)
    page.route("**/change/", lambda route: route.fulfill(body="Pay for the Wi-Fi first."), times=1)
    write(page, " It shone.", behind="The lamp burned.")
    page.clock.run_for(TYPING_RESTS)
    expect(page.locator("#saved")).to_contain_text("Your text is kept in this browser")
    expect_journal(page, 1)
    page.clock.run_for(HEARTBEAT)
    expect(page.locator("#saved")).to_contain_text("Saved as revision 2")

    Post.objects.filter(pk=post.pk).update(latest=None)
    post.delete()
    write(page, " Twice.", behind="It shone.")
    page.keyboard.press("Control+s")
    expect(page.locator("#saved")).to_contain_text("this post was deleted. Copy your text")
    expect(page.locator("#id_body")).to_have_value(re.compile("It shone. Twice."))


def test_what_two_windows_of_one_editor_hold_is_no_conflict(
    open_as: Open, address: str, post: Post
) -> None:
    one = open_as("ada", address)
    cookies = {each["name"]: each["value"] for each in one.context.cookies()}
    one.context.clear_cookies()
    write(one, " It shone.", behind="The lamp burned.")
    one.clock.run_for(TYPING_RESTS)
    expect(one.locator("#saved")).to_contain_text("you are logged out")
    write(one, " Twice.", behind="It shone.")
    one.clock.run_for(1000)
    expect_journal(one, 1)

    # Logged in there, which leads to the same desk.
    site = address.partition("/admin/")[0]
    one.context.add_cookies([{"name": "sessionid", "value": cookies["sessionid"], "url": site}])
    two = one.context.new_page()
    two.goto(address)
    expect(two.locator("#spoken")).to_be_attached()
    one.clock.run_for(HEARTBEAT)
    expect(one.locator("#saved")).to_contain_text("Saved as revision 3")
    assert "It shone. Twice.\n" in body_of(post)

    # The last save arrives, but the window is closed before its answer.
    one.route("**/change/", lose_the_answer)
    write(one, " Or thrice.", behind="Twice.")
    one.clock.run_for(TYPING_RESTS)
    expect(one.locator("#saved")).to_contain_text("Your text is kept in this browser")
    write(one, " Who counts?", behind="thrice.")
    one.clock.run_for(1000)
    expect_journal(one, 1)
    one.close()
    two.reload()
    expect(two.locator("#saved")).to_contain_text("Saved as revision 5")
    assert "It shone. Twice. Or thrice. Who counts?\n" in body_of(post)
    expect_journal(two, 0)


def test_what_is_put_back_is_what_was_written_last(open_as: Open, address: str, post: Post) -> None:
    one = open_as("ada", address)
    write(one, " It shone.", behind="The lamp burned.")
    one.clock.run_for(1000)
    expect_journal(one, 1)
    two = one.context.new_page()
    two.goto(address)
    # It has read what it may put back, and waits for the other page to go.
    two.wait_for_function("() => navigator.locks.query().then(({ pending }) => pending.length)")
    write(one, " Twice.", behind="It shone.")
    one.clock.run_for(1000)
    expect_journal(one, 1, "Twice.")
    one.close()
    expect(two.locator("#saved")).to_contain_text("Saved as revision 2")
    assert "It shone. Twice.\n" in body_of(post)
    expect_journal(two, 0)


def test_who_logged_in_anew_elsewhere_goes_on_hearing_of_others(
    open_as: Open, address: str, post: Post
) -> None:
    drafting.save_revision(post, base=1, cover="/media/old.png")
    presence.note(post, User.objects.create_user("bo"))
    ada = open_as("ada", address)
    expect(ada.locator("#company")).to_have_text("bo is here, too.")
    site = address.partition("/admin/")[0]
    ada.context.add_cookies([{"name": "csrftoken", "value": "a" * 32, "url": site}])
    drafting.save_revision(post, base=2, cover="/media/new.png")
    ada.clock.run_for(HEARTBEAT)
    expect(ada.locator("[name=cover]:checked")).to_have_value("/media/new.png")
    values = ada.locator("[name=csrfmiddlewaretoken]").evaluate_all(
        "all => all.map(it => it.value)"
    )
    assert len(values) > 1
    assert len(set(values)) == 1  # that of mailing a test, too

    write(ada, " It shone.", behind="The lamp burned.")
    ada.clock.run_for(TYPING_RESTS)
    expect(ada.locator("#saved")).to_contain_text("Saved as revision 4")
    post.refresh_from_db()
    assert post.latest
    assert post.latest.cover == "/media/new.png"


def test_a_journal_is_for_its_writer_alone(open_as: Open, address: str, post: Post) -> None:
    ada = open_as("ada", address)
    write(ada, " It shone.", behind="The lamp burned.")
    ada.clock.run_for(1000)
    expect_journal(ada, 1)
    ada.close()
    bo = open_as("bo", address, ada.context)  # the browser is shared
    expect_journal(bo, 1)
    expect(bo.locator("#id_body")).to_have_value(TEXT)
    bo.locator("#id_subtitle").fill("Lamps")
    bo.keyboard.press("Control+s")
    expect(bo.locator("#saved")).to_contain_text("Saved as revision 2")
    ada = open_as("ada", address, bo.context)
    expect(ada.locator("#id_body")).to_have_value(re.compile("It shone."))
    expect(ada.locator("#saved")).to_contain_text("Saved as revision 4")
    expect(ada.locator("#id_subtitle")).to_have_value("Lamps")
    expect_journal(ada, 0)


class Site:
    """The site as a process of its own, on the database of the test, that can be killed."""

    def __init__(self, folder: Path) -> None:
        self.port = free_ports()
        self.environment = environment(
            folder, DATABASE_URL=database_url(), SECRET_KEY=settings.SECRET_KEY
        )

    def __enter__(self) -> Self:
        self.process = subprocess.Popen(
            [sys.executable, BASE_DIR / "manage.py", "runserver", "--noreload", str(self.port)],
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        assert self.process.stdout
        assert any("Quit the server" in line for line in self.process.stdout)
        return self

    def __exit__(self, *error: object) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.communicate()


def test_a_killed_server_loses_no_word(open_as: Open, post: Post, tmp_path: Path) -> None:
    site = Site(tmp_path)
    address = desk_of(post, f"http://127.0.0.1:{site.port}")
    with site:
        page = open_as("ada", address)
        write(page, " It shone.", behind="The lamp burned.")
        page.clock.run_for(TYPING_RESTS)
        expect(page.locator("#saved")).to_contain_text("Saved as revision 2")
    write(page, " Twice.", behind="It shone.")
    page.clock.run_for(TYPING_RESTS)
    expect(page.locator("#saved")).to_contain_text("Your text is kept in this browser")
    write(page, " Or thrice.", behind="Twice.")
    with site:
        page.clock.run_for(HEARTBEAT)
        expect(page.locator("#saved")).to_contain_text("Saved as revision 4")
    assert "It shone. Twice. Or thrice." in body_of(post)
    expect_journal(page, 0)


def test_two_editors_see_each_other_and_write_together(
    open_as: Open, address: str, post: Post
) -> None:
    ada, bo = open_as("ada", address), open_as("bo", address)
    expect(bo.locator("#company")).to_have_text("ada is here, too.")
    expect(bo.locator("#spoken")).to_have_text("ada is here, too.")
    write(bo, "", behind="says so")  # only the caret
    write(ada, " All night. 🧵", behind="The lamp burned.")
    write(ada, "", behind="Nobody came. 🔥")
    ada.keyboard.press("Backspace")
    ada.keyboard.type("🔦 Not one.")
    ada.keyboard.press("Control+s")
    expect(ada.locator("#saved")).to_contain_text("Saved as revision 2")

    bo.clock.run_for(HEARTBEAT)
    theirs = "The lamp burned. All night. 🧵\n\nNobody came. 🔦 Not one.\n\nThe log says so."
    expect(bo.locator("#id_body")).to_have_value(theirs)
    expect(bo.locator("#company")).to_have_text("What ada saved a moment ago is in your text.")
    bo.keyboard.type(", twice")  # where the caret was
    write(ada, "", behind="🔦")
    ada.keyboard.press("Backspace")
    ada.keyboard.type("🔥")  # of two halves like the other, and the first is the same
    ada.keyboard.press("Control+s")
    expect(ada.locator("#saved")).to_contain_text("Saved as revision 3")
    bo.clock.run_for(TYPING_RESTS)
    both = theirs.replace("🔦", "🔥").replace("so", "so, twice")
    expect(bo.locator("#id_body")).to_have_value(both)
    assert body_of(post) == both
    bo.keyboard.type("!")
    expect(bo.locator("#id_body")).to_have_value(both[:-1] + "!.")
    take_picture(bo, "desk-company")


def test_undo_takes_back_no_word_of_another(open_as: Open, address: str, post: Post) -> None:
    bo = open_as("bo", address)
    bo.clock.pause_at(bo.evaluate("Date.now()") + 1000)
    write(bo, " It shone.", behind="The lamp burned.")
    drafting.save_revision(post, base=1, body=f"First.\n\n{TEXT}\n\nLast.")
    bo.clock.run_for(TYPING_RESTS)
    both = f"First.\n\n{TEXT.replace('burned.', 'burned. It shone.')}\n\nLast."
    expect(bo.locator("#id_body")).to_have_value(both)
    bo.keyboard.press("Control+z")
    expect(bo.locator("#id_body")).not_to_have_value(both)
    bo.clock.run_for(TYPING_RESTS)
    expect(bo.locator("#id_body")).to_have_value(both)
    assert body_of(post) == both
    for _ in range(3):  # one's own are taken back behind them
        bo.keyboard.press("Control+z")
    expect(bo.locator("#id_body")).not_to_have_value(re.compile("It shone"))
    bo.clock.run_for(TYPING_RESTS)
    expect(bo.locator("#id_body")).to_have_value(f"First.\n\n{TEXT}\n\nLast.")


def test_redo_makes_no_word_of_another_ones_own(open_as: Open, address: str, post: Post) -> None:
    bo = open_as("bo", address)
    bo.clock.pause_at(bo.evaluate("Date.now()") + 1000)
    write(bo, " It shone.", behind="The lamp burned.")
    drafting.save_revision(post, base=1, body=f"{TEXT}\n\nLast.")
    bo.clock.run_for(TYPING_RESTS)
    both = f"{TEXT.replace('burned.', 'burned. It shone.')}\n\nLast."
    expect(bo.locator("#id_body")).to_have_value(both)
    bo.keyboard.press("Control+z")
    expect(bo.locator("#id_body")).not_to_have_value(both)
    bo.keyboard.press("Control+Shift+z")
    expect(bo.locator("#id_body")).to_have_value(both)
    drafting.save_revision(post, base=4, body=f"{both} Not quite.")
    write(bo, " Still.", behind="It shone.")
    bo.clock.run_for(TYPING_RESTS)
    expect(bo.locator("#saved")).to_contain_text("Saved as revision 7")
    assert body_of(post) == f"{both.replace('shone.', 'shone. Still.')} Not quite."


def test_what_is_deleted_before_its_save_is_answered_stays_deleted(
    open_as: Open, address: str, post: Post
) -> None:
    ada, held = open_as("ada", address), list[Route]()
    ada.clock.pause_at(ada.evaluate("Date.now()") + 1000)
    ada.route("**/change/", lambda route: held.append(route), times=1)
    write(ada, "Once. ", behind="")
    with ada.expect_request("**/change/"):
        ada.clock.run_for(TYPING_RESTS)
    drafting.save_revision(post, base=1, body=f"Once. {TEXT}")  # it arrived
    for _ in "Once. ":
        ada.keyboard.press("Backspace")
    with ada.expect_response("**/presence/"):
        ada.clock.run_for(HEARTBEAT)
    ada.evaluate("() => {}")
    held[0].continue_()
    expect(ada.locator("#saved")).to_contain_text("Saved as revision 3")
    assert body_of(post) == TEXT


def test_what_others_saved_keeps_the_place_of_what_one_is_about_to_do(
    open_as: Open, address: str, post: Post
) -> None:
    ada = open_as("ada", address)
    write(ada, "", behind="Nobody came. 🔥")
    ada.locator("#show-keys").click()
    drafting.save_revision(post, base=1, body=f"First.\n\n{TEXT}")
    ada.clock.run_for(HEARTBEAT)
    expect(ada.locator("#id_body")).to_have_value(f"First.\n\n{TEXT}")
    ada.locator("#keys").evaluate(
        "it => new Promise(done => { it.addEventListener('close', done); it.close() })"
    )
    ada.locator("#id_body").focus()
    ada.keyboard.type(" Here.")
    expect(ada.locator("#id_body")).to_have_value(re.compile("came. 🔥 Here.\n"))
    ada.clock.run_for(TYPING_RESTS)
    expect(ada.locator("#saved")).to_contain_text("Saved as revision 3")

    ada.keyboard.press("Control+f")
    ada.get_by_label("Find", exact=True).fill("Nobody")
    ada.get_by_label("Replace by").fill("No one")
    drafting.save_revision(post, base=3, body=TEXT)
    ada.evaluate("dispatchEvent(new Event('online'))")
    expect(ada.locator("#id_body")).to_have_value(TEXT)
    ada.keyboard.press("Enter")
    expect(ada.locator("#id_body")).to_have_value(TEXT.replace("Nobody", "No one"))


def test_what_others_saved_waits_until_a_word_is_composed(
    open_as: Open, address: str, post: Post
) -> None:
    drafting.save_revision(post, base=1, body=TEXT, cover="/media/old.png")
    ada = open_as("ada", address)
    text, theirs = ada.locator("#id_body"), TEXT.replace("Nobody", "No one")
    text.press("Control+Home")
    keyboard = ada.context.new_cdp_session(ada)
    composed = {"text": "光", "selectionStart": 1, "selectionEnd": 1}
    keyboard.send("Input.imeSetComposition", composed)
    drafting.save_revision(post, base=2, body=theirs, cover="/media/new.png")
    ada.clock.run_for(TYPING_RESTS)
    expect(ada.locator("#saved")).to_contain_text("Saved as revision 5")
    with ada.expect_response("**/presence/"):
        ada.clock.run_for(HEARTBEAT)
    ada.evaluate("() => {}")
    expect(text).to_have_value(f"光{TEXT}")
    keyboard.send("Input.insertText", {"text": "光"})
    ada.clock.run_for(HEARTBEAT)
    expect(text).to_have_value(re.compile("^光The lamp burned.\n\nNo one"))

    # The other one's cover stands among those to choose from, or this would take it back.
    write(ada, " It shone.", behind="The lamp burned.")
    ada.clock.run_for(TYPING_RESTS)
    expect(ada.locator("#saved")).to_contain_text("Saved as revision 6")
    assert "It shone.\n\nNo one" in body_of(post)
    assert post.latest
    assert post.latest.cover == "/media/new.png"


def test_words_that_both_changed_are_decided_by_a_person(
    open_as: Open, address: str, post: Post
) -> None:
    ada = open_as("ada", address)
    write(ada, " brightly", behind="The lamp burned")
    drafting.save_revision(post, base=1, title="Lamps", body=TEXT.replace("burned", "went out"))
    ada.clock.run_for(TYPING_RESTS)
    expect(ada.locator("#saved")).to_contain_text(
        "Not saved yet: another window changed the same words as you."
    )
    write(ada, ", and bravely", behind="brightly")  # nothing keeps anybody from typing on
    assert faults_in(ada, "desk-clash", "tablet", "phone") == []
    ada.get_by_role("button", name="Compare").press("Enter")
    mine = ada.get_by_label("Yours: Text")
    expect(mine).to_have_value(re.compile("burned brightly, and bravely."))
    expect(ada.get_by_label("Yours: Title")).to_have_count(0)  # only the other changed that
    take_picture(ada, "conflict-merged")
    ada.wait_for_load_state()  # with the script that keeps what is typed
    mine.press("Control+End")
    ada.keyboard.type(" Or so.")
    ada.clock.run_for(1000)
    expect_journal(ada, 1, "Or so.")
    ada.close()
    ada = open_as("ada", address)
    ada.get_by_role("button", name="Compare").press("Enter")
    expect(ada.get_by_label("Yours: Text")).to_have_value(re.compile("says so. Or so.$"))
    ada.get_by_role("button", name="Save the left side").click()
    expect(ada.locator("#saved")).to_contain_text("revision 3")
    expect(ada).to_have_url(re.compile(r"/change/$"))  # the journal's entry is forgotten by then
    ada.reload()
    expect(ada.locator("#restored")).to_be_hidden()
    assert body_of(post).startswith("The lamp burned brightly, and bravely.")
    assert body_of(post).endswith(" Or so.")
    assert post.latest
    assert post.latest.title == "Lamps"


def test_words_typed_before_the_script_was_there_are_saved(
    open_as: Open, address: str, post: Post
) -> None:
    ada, held = open_as("ada", address), list[Route]()
    ada.route("**/desk/saving.js", lambda route: held.append(route))
    with ada.expect_request("**/desk/saving.js"):
        ada.goto(address, wait_until="commit")
    write(ada, " brightly", behind="The lamp burned")
    expect(ada.locator("#saved")).to_have_text("Draft, revision 1")
    held[0].continue_()
    expect(ada.locator("#saved")).to_have_text("Not saved yet")
    ada.clock.run_for(TYPING_RESTS)
    expect(ada.locator("#saved")).to_contain_text("revision 2")
    assert body_of(post).startswith("The lamp burned brightly.")


def test_a_browser_that_keeps_nothing_says_so_once_and_saves(
    open_as: Open, address: str, post: Post
) -> None:
    ada = open_as("ada", address)
    ada.evaluate("() => { IDBObjectStore.prototype.put = () => { throw new Error('full') } }")
    write(ada, " It shone.", behind="The lamp burned.")
    ada.clock.run_for(1000)
    expect(ada.locator("#saved")).to_contain_text("This browser keeps no copy")
    ada.clock.run_for(1000)
    expect(ada.locator("#saved")).to_contain_text("Saved as revision 2")
    assert "It shone." in body_of(post)
    write(ada, " Twice.", behind="It shone.")
    ada.clock.run_for(1000)
    expect(ada.locator("#saved")).to_have_text("Not saved yet")


def test_any_two_revisions_are_compared_by_keyboard(
    open_as: Open, live_server: LiveServer, post: Post
) -> None:
    for base, words in enumerate(["It shone.", "It shone on.", "It shone on us."], 1):
        body = f"{TEXT}\n\n{words}"
        drafting.save_revision(post, base=base, body=body, autosaved=base < 3)
    Post.objects.filter(pk=post.pk).update(live=post.revisions.get(number=1))
    page = open_as("ada", f"{live_server.url}/admin/newsletter/post/{post.pk}/revisions/")
    page.locator("summary", has_text="2 times saved by itself").press("Enter")
    page.get_by_role("radio", name="Compare from revision 2").press("Space")
    assert faults_in(page, "revisions-runs", "dark-phone") == []
    page.get_by_role("button", name="Compare the two chosen").press("Enter")
    expect(page.locator("ins").last).to_have_text(" on us")
    assert faults_in(page, "revisions-compared", "light") == []
