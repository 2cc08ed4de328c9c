"""Each step on the board, as its form sends it; and what the board shows then."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from newsletter import drafting, outlining
from newsletter.models import Post
from newsletter.outlining.entries import key_of
from tests.factories import make_attachment, make_post, make_thread
from tests.queue import run_jobs
from threads.models import Status, Thread

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

pytestmark = pytest.mark.django_db


@pytest.fixture
def thread() -> Thread:
    return make_thread(
        ["The lamp was lit at dusk.", "Oil was dear. So was rope.", "The lamp burnt till dawn."],
        title="Lamps",
    )


@pytest.fixture
def post(thread: Thread) -> Post:
    return outlining.begin([thread])


def pk(text: str) -> int:
    return Status.objects.get(text__startswith=text).pk


def step(client: Client, post: Post, do: str, **fields: object) -> Answer:
    outline = outlining.outline_of(post, outlining.Parts(post))
    form = {"do": do, "version": outline.version} | fields
    address = f"/admin/newsletter/post/{post.pk}/board/act/"
    return client.post(address, form, headers={"X-Board": "script"})


def said(answer: Answer) -> str:
    return str(answer.context["said"])


def body(post: Post) -> str:
    post.refresh_from_db()
    assert post.latest
    return post.latest.body


def test_a_long_title_is_not_told_whole(admin_client: Client, thread: Thread, post: Post) -> None:
    thread.title = "A lamp has one job: to be seen from wherever somebody may be looking."
    thread.save()
    answer = step(admin_client, post, f"place {pk('The lamp was')}")
    told = "Part 1 of A lamp has one job: to be seen from … placed at the beginning, 1 of 1."
    assert said(answer) == told
    thread.title = "A lamp."
    thread.save()
    answer = step(admin_client, post, f"place {pk('Oil')}")
    assert said(answer) == "Part 2 of A lamp placed after part 1 of A lamp, 2 of 2."


def test_the_points_of_a_list_stand_apart(admin_client: Client) -> None:
    post = outlining.begin([make_thread(["First.", "Three columns:\n\n- seen\n- done"])])
    page = admin_client.get(f"/admin/newsletter/post/{post.pk}/board/").text
    assert ">Three columns: seen\xa0· done</p>" in page


def test_the_steps_of_a_post(admin_client: Client, post: Post) -> None:
    lamp, oil, dawn = pk("The lamp was"), pk("Oil"), pk("The lamp burnt")
    steps = [
        (f"place {oil}", {}, "Part 2 of Lamps placed at the beginning, 1 of 1."),
        (f"place {lamp}", {"after": ""}, "Part 1 of Lamps placed at the beginning, 1 of 2."),
        (f"drop {dawn}", {}, "Part 3 of Lamps set aside."),
        (f"take_back {dawn}", {}, "Part 3 of Lamps taken back."),
        (f"place_all {post.sources.get().thread_id}", {}, "All that was left is placed."),
        (f"up {key_of(dawn)}", {}, "Part 3 of Lamps moved after part 1 of Lamps, 2 of 3."),
        (f"down {key_of(lamp)}", {}, "Part 1 of Lamps moved after part 3 of Lamps, 2 of 3."),
        (
            f"move {key_of(lamp)}",
            {"after": key_of(oil)},
            "Part 1 of Lamps moved after part 2 of Lamps, 3 of 3.",
        ),
        (f"split {key_of(oil)} 14", {}, "Part 2 of Lamps split in two, 2 of 4."),
        (f"join {key_of(lamp)}", {}, "Part 1 of Lamps joined to the part before, 4 of 4."),
        (f"part_again {key_of(lamp)}", {}, "Part 1 of Lamps parted again, 4 of 4."),
        ("headings", {"new-heading": "Oil", "after": key_of(dawn)}, "The headings are kept."),
        ("headings", {"heading-h12": "Of oil"}, "The headings are kept."),
    ]
    for do, fields, told in steps:
        answer = step(admin_client, post, do, **fields)
        assert (said(answer), answer.status_code) == (told, 200)
    assert body(post).split("\n\n") == [
        "The lamp burnt till dawn.",
        "## Of oil",
        "Oil was dear.",
        "So was rope.",
        "The lamp was lit at dusk.",
    ]
    for do, fields in [
        ("headings", {"heading-h12": ""}),
        (f"remove {key_of(oil, 14)}", {}),
        ("by_time", {}),
        ("by_theme", {}),
    ]:
        assert step(admin_client, post, do, **fields).status_code == 200
    assert body(post).split("\n\n") == [
        "The lamp was lit at dusk.",
        "The lamp burnt till dawn.",
        "Oil was dear.",
    ]
    assert "Undone" in said(step(admin_client, post, "undo"))
    assert body(post).split("\n\n")[1] == "Oil was dear."


@pytest.mark.parametrize(
    ("do", "why"),
    [
        ("", "did not understand"),
        ("dance", "did not understand"),
        ("place x", "did not understand"),
        ("place 0", "not in the thread any more"),
        pytest.param(f"place {'9' * 5000}", "not in the thread any more", id="a huge number"),
        ("split s1 x", "not in the thread any more"),
        ("remove s1", "not in the outline any more"),
        ("undo", "nothing to undo"),
        ("add_thread 0", "not here any more"),
    ],
)
def test_what_cannot_be_done_is_said(admin_client: Client, post: Post, do: str, why: str) -> None:
    answer = step(admin_client, post, do)
    assert why in said(answer)
    assert answer.status_code == 409
    assert body(post) == ""


def test_taking_back_what_was_not_set_aside_does_no_harm(admin_client: Client, post: Post) -> None:
    answer = step(admin_client, post, f"take_back {pk('Oil')}")
    assert said(answer) == "Part 2 of Lamps taken back."


def test_an_older_page_gets_the_board_as_it_is(admin_client: Client, post: Post) -> None:
    step(admin_client, post, f"place {pk('Oil')}")
    answer = step(admin_client, post, f"place {pk('The lamp was')}", version="x")
    assert "changed elsewhere" in said(answer)
    assert [row.name for row in answer.context["board"].rows] == ["Part 2 of Lamps"]


def test_without_a_script_it_is_said_on_the_page(admin_client: Client, post: Post) -> None:
    address = f"/admin/newsletter/post/{post.pk}/board/"
    form = {"do": f"place {pk('Oil')}", "version": 0, "after": "end"}
    page = admin_client.post(f"{address}act/", form, follow=True)
    assert page.redirect_chain == [(address, 302)]
    assert "Part 2 of Lamps placed at the beginning, 1 of 1." in page.text
    assert "changed elsewhere" in admin_client.post(f"{address}act/", form, follow=True).text


def test_the_next_part_is_placed_behind_the_last(admin_client: Client, post: Post) -> None:
    lamp, oil = pk("The lamp was"), pk("Oil")
    assert step(admin_client, post, f"place {oil}").context["board"].slot == "end"
    answer = step(admin_client, post, f"place {lamp}", after="")
    assert answer.context["board"].slot == key_of(lamp)
    answer = step(admin_client, post, f"remove {key_of(lamp)}", after=key_of(lamp))
    assert answer.context["board"].slot == "end"


def test_threads_come_and_go(admin_client: Client, post: Post) -> None:
    other = make_thread(["A fog.", "It hid the buoy."], title="Of fog")
    address = f"/admin/newsletter/post/{post.pk}/board/"
    page = admin_client.get(address, {"find": "FOG"})
    assert list(page.context["found"]) == [other]
    assert list(admin_client.get(address, {"find": "buoy"}).context["found"]) == [other]
    assert not admin_client.get(address).context["found"]
    assert said(step(admin_client, post, f"add_thread {other.pk}")) == "“Of fog” lies on the board."
    assert not admin_client.get(address, {"find": "fog"}).context["found"]
    assert "taken away" in said(step(admin_client, post, f"take_thread_away {other.pk}"))
    assert post.sources.count() == 1


@pytest.mark.usefixtures("queue")
def test_a_thread_waits_for_its_pictures(
    admin_client: Client,
    post: Post,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    other = make_thread(["A fog."])
    picture = make_attachment(other, "http://127.0.0.1:9/a.jpg")
    with django_capture_on_commit_callbacks(execute=True):
        answer = step(admin_client, post, f"add_thread {other.pk}")
    assert "still being fetched" in said(answer)
    run_jobs()
    picture.refresh_from_db()
    assert "127.0.0.1 did not answer" in picture.note


def test_cards_say_what_there_is_to_know(admin_client: Client, thread: Thread) -> None:
    first, second, third = thread.main_line()
    assert first.posted_at
    Status.objects.filter(pk=second.pk).update(
        posted_at=first.posted_at + timedelta(days=3), likes=1904
    )
    Status.objects.filter(pk=third.pk).update(position=None)
    make_attachment(thread, state="present", alt="A lamp", file="aa/lamp.png")
    twin = make_thread(["Oil was dear, so was rope.", "X."], title="Prices")
    post = drafting.compose([thread, twin])
    page = admin_client.get(f"/admin/newsletter/post/{post.pk}/board/")
    board = page.context["board"]
    cards = board.columns[0].cards
    assert [card.pause for card in cards] == ["", "3\xa0days", ""]
    assert cards[1].twin == twin.statuses.get(position=1)
    assert [card.state for card in cards] == ["placed", "placed", "left"]
    assert board.counts == {"placed": 4, "left": 1, "dropped": 0}
    for words in ("♥ 1,904", "1 picture", "3\xa0days later", "beside the main line", "aa/lamp.png"):
        assert words in page.text
    assert "Says the same as part 1 of “Prices”" in page.text


def test_what_was_rewritten_is_said_on_its_card(admin_client: Client, post: Post) -> None:
    for text in ("The lamp was", "Oil"):
        step(admin_client, post, f"place {pk(text)}")
    own = "The lamp was lit at dusk, by hand."
    drafting.save_revision(post, base=3, body=body(post).replace("The lamp was lit at dusk.", own))
    answer = step(admin_client, post, f"down {key_of(pk('The lamp was'))}")
    assert answer.text.count("Changed in the draft by hand, where it stays as it is.") == 1
    assert body(post) == f"{own}\n\nOil was dear. So was rope."
    answer = step(admin_client, post, f"remove {key_of(pk('The lamp was'))}")
    assert "Its words still stand in the draft, where somebody rewrote them." in answer.text


def test_a_part_that_is_gone_can_be_removed(admin_client: Client, post: Post) -> None:
    oil = pk("Oil")
    step(admin_client, post, f"place {oil}")
    Status.objects.filter(pk=oil).update(deleted_at="2026-01-01T00:00Z")
    page = admin_client.get(f"/admin/newsletter/post/{post.pk}/board/")
    assert "Nothing is left of it at its source." in page.text
    assert said(step(admin_client, post, f"remove {key_of(oil)}")) == "A part that is gone removed."


def test_a_part_without_words_says_what_its_picture_shows(admin_client: Client) -> None:
    thread = make_thread(["", "x" * 300])
    make_attachment(thread, state="present", alt="A lamp", file="aa/lamp.png")
    page = admin_client.get(f"/admin/newsletter/post/{drafting.compose([thread]).pk}/board/")
    words = [card.words for card in page.context["board"].columns[0].cards]
    assert words == ["A lamp", "x" * 199 + " …"]


def test_it_is_for_those_who_may_write(client: Client) -> None:
    post = make_post()
    client.force_login(User.objects.create_user("reader", is_staff=True))
    address = f"/admin/newsletter/post/{post.pk}/board/"
    assert client.get(address).status_code == 403
    assert client.post(f"{address}act/").status_code == 403


def test_threads_to_add_are_found_without_signs_that_show_nothing(
    admin_client: Client, post: Post
) -> None:
    make_thread(title="Fog signals")
    page = admin_client.get(f"/admin/newsletter/post/{post.pk}/board/", {"find": " fog\0 "})
    assert "Fog signals" in page.text
