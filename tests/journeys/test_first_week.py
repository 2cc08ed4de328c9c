"""An editor's first week and a reader's: from an empty installation to a mail in the box."""

from __future__ import annotations

import re

import pytest
import time_machine
from django.conf import LazySettings
from django.core.management import call_command
from django.utils.timezone import now
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from config.accounts import first_editor, login_link
from newsletter.models import Issue, Subscription
from tests.mailserver import Mailbox
from tests.queue import run_jobs

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

THREAD = """Every harbour had a book. 1/3

It held three things:

• what was seen
• what was done

2/3

Nobody was blamed in it, and so 3/3"""


def test_a_pasted_thread_reaches_a_reader_who_confirmed(
    page: Page,
    browser: Browser,
    live_server: LiveServer,
    settings: LazySettings,
    queue: None,
    mailbox: Mailbox,
) -> None:
    settings.BASE_URL = live_server.url

    editor_moves_in(page)
    editor_pastes_a_thread(page, live_server)
    editor_publishes(page)

    reader = browser.new_context().new_page()
    reader_subscribes(reader, live_server, mailbox)
    editor_mails_it(page)

    letter = mailbox.received[-1].message
    assert mailbox.received[-1].recipient == "reader@example.org"
    assert letter["Subject"] == "Every harbour had a book"
    text = letter.get_body(("plain",))
    assert text
    assert {"- what was seen", "- what was done"} <= set(text.get_content().splitlines())
    assert Issue.objects.get().report()["sent"] == 1

    reader.goto(str(letter["List-Unsubscribe"]).strip("<>"))
    assert Subscription.objects.active().exists()
    reader.get_by_role("button", name=re.compile("[Uu]nsubscribe")).click()
    expect(reader.get_by_role("heading", level=1)).to_have_text("You have left Harbour Letters")
    assert not Subscription.objects.active().exists()


def editor_moves_in(page: Page) -> None:
    user = first_editor()
    assert user
    page.goto(login_link(user))
    for field in page.locator("input[type=password]").all():
        field.fill("nine-lamps-at-noon")
    page.locator("main").get_by_role("button").click()

    page.get_by_label("Its name").fill("Harbour Letters")
    page.get_by_label("Sender", exact=False).first.fill("Mira Osei")
    page.get_by_label("Sender’s address").fill("mira@harbour.example")
    page.get_by_label("Replies go to").fill("mira@harbour.example")
    page.get_by_label("Postal address").fill("3 Lamp Street, Tern Harbour")
    page.get_by_role("button", name="Set it up").click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text(re.compile("Your newsletter"))


def editor_pastes_a_thread(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/admin/threads/import/add/")
    page.get_by_label("The thread", exact=True).fill(THREAD)
    page.get_by_role("button", name="Show the parts").click()
    expect(page.get_by_label("Part 1 of 3")).to_be_visible()
    page.get_by_label("Author").fill("Mira Osei")
    page.get_by_role("button", name="Save this thread").click()
    page.get_by_role("button", name="Make a draft of the chosen ones").click()


def editor_publishes(page: Page) -> None:
    page.get_by_label("Title", exact=True).fill("Every harbour had a book")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#saved")).to_contain_text("revision 2")
    text = page.get_by_label("Text, in Markdown")
    text.fill(f"{text.input_value()} nobody lied.")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#saved")).to_contain_text("revision 3")
    page.get_by_role("link", name="Pre-flight").click()
    page.get_by_role("link", name="Publish …").click()
    page.get_by_role("button", name="Publish").click()
    page.get_by_role("link", name="every-harbour-had-a-book").click()
    expect(page.get_by_role("article")).to_contain_text("and so nobody lied.")


def reader_subscribes(reader: Page, live_server: LiveServer, mailbox: Mailbox) -> None:
    reader.goto(live_server.url)
    reader.get_by_label("Email address").fill("reader@example.org")
    with time_machine.travel(now().timestamp() + 10):  # nobody types in no time
        reader.get_by_role("button", name="Subscribe").click()
        expect(reader.get_by_role("main")).to_contain_text("Look in your mailbox")
        run_jobs()
    text = mailbox.received[-1].message.get_body(("plain",))
    assert text
    found = re.search(r"http\S+/c/\S+", text.get_content())
    assert found
    reader.goto(found[0])
    reader.get_by_role("button", name="Yes, subscribe me").click()
    expect(reader.get_by_role("heading", level=1)).to_have_text("Welcome to Harbour Letters")


def editor_mails_it(page: Page) -> None:
    page.go_back()
    page.get_by_role("button", name="Mail it to 1 reader …").click()
    page.get_by_role("button", name="Mail it to 1 reader", exact=True).click()
    expect(page.get_by_role("link", name="See the send")).to_be_visible()
    run_jobs()
    call_command("send_report", str(Issue.objects.get().pk))
