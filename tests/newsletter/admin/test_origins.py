"""The desk asks which part each paragraph of the unsaved text came from."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from newsletter import drafting
from newsletter.models import Post
from tests.factories import make_thread
from threads.models import Status, Thread

pytestmark = pytest.mark.django_db

LAMPS = [
    "A lighthouse has one job: say the same thing, every night, so that nobody can mistake it.",
    "The log had three columns, and only three: what was seen, what was done, who was told.",
]


@pytest.fixture
def thread() -> Thread:
    return make_thread(LAMPS, title="What keepers knew")


@pytest.fixture
def post(thread: Thread) -> Post:
    return drafting.compose([thread], title="Lamps")


def asked(client: Client, post: Post, body: str) -> dict[str, Any]:
    answer = client.post(f"/admin/newsletter/post/{post.pk}/origins/", {"body": body})
    found: dict[str, Any] = answer.json()
    return found


def test_it_says_where_each_stretch_came_from(admin_client: Client, post: Post) -> None:
    body = f"{LAMPS[1]}\r\n\r\n[blank: who told [you]?]\r\n\r\nMine,\r\nand alone."
    found = asked(admin_client, post, body)
    part = Status.objects.get(text=LAMPS[1]).pk
    assert found == {
        "stretches": [
            {"first": 1, "last": 1, "part": part, "score": 1.0},
            {"first": 3, "last": 3, "blank": "who told [you]?"},
            {"first": 5, "last": 6, "part": None, "score": 0.0},
        ],
        "changes": {},
    }


def test_a_blank_within_a_paragraph_is_a_part_of_it(admin_client: Client, post: Post) -> None:
    found = asked(admin_client, post, "```\n[blank: an example]\n```\n\nIn [blank: when?] it was.")
    assert [sorted(stretch) for stretch in found["stretches"]] == [
        ["first", "last", "part", "score"]
    ] * 2


def test_nothing_is_saved(admin_client: Client, post: Post) -> None:
    asked(admin_client, post, "Other words.")
    post.refresh_from_db()
    assert post.latest
    assert post.latest.number == 1


def test_it_asks_the_database_no_more_for_more_parts(
    admin_client: Client, post: Post, django_assert_num_queries: Any
) -> None:
    asked(admin_client, post, LAMPS[0])  # a part's Markdown is made when first needed
    with django_assert_num_queries(6):
        asked(admin_client, post, LAMPS[0])


def test_only_who_may_write_may_ask(client: Client, post: Post) -> None:
    client.force_login(User.objects.create_user("reader", is_staff=True))
    address = f"/admin/newsletter/post/{post.pk}/origins/"
    assert client.post(address, {"body": "Words."}).status_code == 403
    client.force_login(User.objects.create_superuser("editor"))
    assert client.get(address).status_code == 405


def test_a_colour_follows_the_place_among_the_sources(admin_client: Client) -> None:
    post = drafting.compose([make_thread([f"Thread {n}."]) for n in range(7)], title="Lamps")
    post.sources.filter(position=2).delete()
    page = admin_client.get(f"/admin/newsletter/post/{post.pk}/change/").text
    colours = re.findall(r'class="source thread-(\d)"', page)
    assert colours == ["1", "3", "4", "5", "6", "1"]


def test_the_desk_lists_the_parts_with_their_words(
    admin_client: Client, post: Post, thread: Thread
) -> None:
    gone = thread.main_line()[1]
    Status.objects.filter(pk=gone.pk).update(deleted_at=gone.posted_at)
    page = admin_client.get(f"/admin/newsletter/post/{post.pk}/change/").text
    assert LAMPS[0] in page
    assert "<strong>Part 1 of 2</strong>" in page
    assert "deleted since" in page
    assert "(part 1)" in page
    assert "(part 2)" not in page  # what was deleted is not offered for inserting
