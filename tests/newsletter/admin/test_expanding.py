"""The page that offers what could be added to a post."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from newsletter import drafting, expanding
from newsletter.models import Post
from tests.browser import faults_in, take_picture
from tests.factories import make_newsletter, make_post, make_thread
from tests.newsletter.expanding.drafts import body_of, write
from tests.newsletter.expanding.test_whole import TIDES

pytestmark = pytest.mark.django_db

MOORINGS = [
    "Rope is read with the hands.",
    "A line that is about to part feels warm, and it never lies.",
    "The storm of 1987 took six boats, and all six had new rope on old rings. The harbour keeps"
    " them for us to see: https://harbour.example/rings",
]


@pytest.fixture
def post() -> Post:
    make_newsletter(name="Slow Signals")
    tides = make_thread(TIDES, started_at=datetime(2026, 3, 12, 9, tzinfo=UTC))
    return drafting.compose([tides, make_thread(MOORINGS)], title="What a tide table promises")


@pytest.fixture
def desk(page: Page, live_server: LiveServer, admin_client: Client, post: Post) -> Page:
    session = admin_client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page.goto(f"{live_server.url}/admin/newsletter/post/{post.pk}/change/")
    return page


def chosen_in(desk: Page) -> str:
    return str(desk.evaluate("document.getSelection().toString()"))


def address(post: Post) -> str:
    return f"/admin/newsletter/post/{post.pk}/expand/"


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_an_outline_becomes_an_article_and_an_outline_again(desk: Page, post: Post) -> None:
    before = body_of(post)
    desk.get_by_role("link", name="Expand …").click()
    expect(desk.locator(".count")).to_have_text(re.compile("5 of 11 chosen, 4 blanks"))
    expect(desk.get_by_role("heading", name="Keep the old tables")).to_be_visible()
    assert faults_in(desk, "expand", "light", "tablet", "dark-phone") == []

    # By the keyboard: no heading, but a definition.
    desk.get_by_role("checkbox", name=re.compile("^Heading 3")).press("Space")
    for box in desk.get_by_role("checkbox", name=re.compile("^Heading “")).all():
        expect(box).not_to_be_checked()
    desk.get_by_role("checkbox", name="Definition What “MHW” means").press("Space")
    expect(desk.locator(".count")).to_have_text(re.compile("3 of 11 chosen"))
    desk.get_by_role("button", name="Put the chosen ones in").press("Enter")

    expect(desk.locator(".messagelist")).to_contain_text("3 additions put in, as revision 2.")
    text = desk.get_by_label("Text, in Markdown")
    expect(text).to_have_value(re.compile(r"\[blank: What does “MHW” mean, in one sentence\?\]"))
    expect(text).not_to_have_value(re.compile("## Keep the old"))
    desk.wait_for_load_state()  # the desk's scripts, too
    take_picture(desk, "expanded")

    # The blanks, one after the other, and away with them.
    desk.get_by_role("button", name="Next blank").press("Enter")
    assert chosen_in(desk).startswith("[blank: You began on 12 March 2026")
    desk.get_by_role("button", name="Next blank").press("Enter")
    assert chosen_in(desk).startswith("[blank: You name “Port Ellery”")
    desk.get_by_role("button", name="Remove all blanks").press("Enter")
    expect(desk.locator("#saved")).to_contain_text("5 blanks removed.")
    expect(text).not_to_have_value(re.compile("blank"))
    text.press("Control+z")
    expect(text).to_have_value(re.compile("You name “Port Ellery”"))

    desk.get_by_role("button", name="Undo").press("Enter")
    expect(desk.locator(".messagelist")).to_contain_text("Revision 1 is the latest again.")
    assert body_of(post) == before


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_blanks_are_gone_through_and_cleared_away(desk: Page) -> None:
    text = desk.get_by_label("Text, in Markdown")
    text.fill("Ropes talk.\n\n[blank: which?]\n\nThey do.\n\n[blank: to\nwhom?]")
    desk.get_by_role("button", name="Next blank").press("Enter")
    assert chosen_in(desk) == "[blank: which?]"
    desk.get_by_role("button", name="Next blank").press("Enter")
    assert chosen_in(desk) == "[blank: to"
    desk.get_by_role("button", name="Next blank").press("Enter")
    assert chosen_in(desk) == "[blank: which?]"
    text.press("Control+End")
    desk.keyboard.type("\n\n[blank: when?] At night, says [the log]")
    desk.get_by_role("button", name="Remove all blanks").press("Enter")
    expect(desk.locator("#saved")).to_contain_text("2 blanks removed.")
    own = "[blank: when?] At night, says [the log]"
    expect(text).to_have_value(f"Ropes talk.\n\nThey do.\n\n{own}")
    text.press("Control+z")
    expect(text).to_have_value(re.compile("They do.\n\n.blank: to"))


def test_each_stands_at_its_place_with_what_it_adds(admin_client: Client, post: Post) -> None:
    page = admin_client.get(address(post)).content.decode()
    in_order = [
        '<li class="stands paragraph thread-1">A tide table is a promise.',
        '<p class="blank">You name “Port Ellery”.',
        ">Keep the old tables</h2>",
        '<li class="stands paragraph thread-1">Third, keep the old tables.',
        '<li class="stands paragraph thread-2">The storm of 1987',
        "What should a reader know of the page at harbour.example",
        ">In short</h2>",
    ]
    places = [page.index(text) for text in in_order]
    assert places == sorted(places)


def test_who_saved_in_between_is_told_and_nothing_is_lost(admin_client: Client, post: Post) -> None:
    chosen = [each.key for each in expanding.proposals(post)]
    write(post, "Other words.")
    answer = admin_client.post(address(post), {"base": 1, "chosen": chosen}, follow=True)
    assert "saved in the meantime. Nothing was put in: choose again" in answer.content.decode()
    assert body_of(post) == "Other words."


def test_nothing_chosen_makes_no_revision(admin_client: Client, post: Post) -> None:
    answer = admin_client.post(address(post), {"base": 1}, follow=True)
    assert "Nothing was chosen" in answer.content.decode()
    assert post.revisions.count() == 1


def test_without_blanks_the_message_says_so(admin_client: Client, post: Post) -> None:
    (key,) = [
        each.key for each in expanding.proposals(post) if each.label == "“Keep the old tables”"
    ]
    answer = admin_client.post(address(post), {"base": 1, "chosen": key}, follow=True)
    assert "1 addition put in, as revision 2. No blank to fill." in answer.content.decode()


def test_a_text_that_lacks_nothing_says_so(admin_client: Client) -> None:
    page = admin_client.get(address(make_post(""))).content.decode()
    assert "There is nothing to propose for this text" in page


def test_only_who_may_write_may_expand(client: Client, post: Post, django_user_model: type) -> None:
    client.force_login(django_user_model.objects.create_user("guest", is_staff=True))  # type: ignore[attr-defined] # a model
    assert client.get(address(post)).status_code == 403
