"""Headings: of points, and where a new thought begins."""

from __future__ import annotations

from datetime import timedelta

import pytest

from newsletter import drafting
from newsletter.expanding import Kind
from newsletter.models import Post
from tests.factories import make_thread
from tests.newsletter.expanding.drafts import draft, expand, proposed, write
from threads.models import Status

pytestmark = pytest.mark.django_db

ROPE = (
    "Rope is read with the hands. A warm line is about to part, and the strands of an old line"
    " whisper before they part. Splice the rope while the strands are dry, and whip its ends."
)
FOOD = (
    "Supper at sea is soup. Onions keep for months, cabbage for weeks, and bread for days. The cook"
    " feeds the watch first, and whoever eats cold soup remembers the cook at election time."
)


def headings(post: Post) -> list[str]:
    return [each.markdown for each in proposed(post, Kind.HEADING)]


@pytest.mark.parametrize(
    ("points", "found"),
    [
        (
            [
                "First, write for the late one. It helps.",
                "Second: keep the old tables, all of them.",
            ],
            ["## Write for the late one", "## Keep the old tables"],
        ),
        (
            ["Lesson 1: Ropes talk. Listen.", "They do.", "Lesson 2: Rings lie. Look."],
            ["## Ropes talk", "## Rings lie"],
        ),
        (
            ["**Ropes talk.** They are warm.", "**Rings lie.** They shine."],
            ["## Ropes talk", "## Rings lie"],
        ),
        # too long for a heading, so only the other gets one
        (
            ["1/ Ropes talk. Listen.", f"2/ {'very ' * 12}long sentences are no headings."],
            ["## Ropes talk"],
        ),
        (["First, ropes talk. Listen.", "Third, rings lie. Look."], []),  # the second is not there
        (["First, ropes talk. Listen.", "Rings lie."], []),  # one alone is no list of points
        (["2026) was cold.", "2027) was not."], []),
    ],
)
def test_points_get_headings_in_their_own_words(points: list[str], found: list[str]) -> None:
    post = draft("Tides.", "Ropes.")
    write(post, "\n\n".join(points))
    assert headings(post) == found


def test_a_heading_stands_before_its_point() -> None:
    post = draft("Tides.", "Ropes.")
    write(post, "Tides.\n\nFirst, wait. So.\n\nSecond, \\# row. Go.")
    assert expand(post, Kind.HEADING) == (
        "Tides.\n\n## Wait\n\nFirst, wait. So.\n\n## # row\n\nSecond, \\# row. Go."
    )


def test_under_the_title_of_a_thread_it_is_one_lower() -> None:
    points = ["First, ropes talk. Listen.", "Second, rings lie. Look."]
    post = drafting.compose([make_thread(["Tides.", "Moons pull."]), make_thread(points)])
    write(post, "Moons pull.\n\n## Moorings\n\n" + "\n\n".join(points))
    assert headings(post) == ["### Ropes talk", "### Rings lie"]
    write(post, "## Moons\n\nMoons pull.\n\n## More\n\nFirst, sleep. A.\n\nSecond, pull. B.")
    assert headings(post) == ["## Sleep", "## Pull"]


def test_where_the_author_went_on_later_a_heading_is_asked_for() -> None:
    post = draft("One rope held.", "Two did not.", "Rings rust, always.", "Nobody looks.")
    late = Status.objects.filter(position__gte=3)
    for status in late:
        status.posted_at = status.posted_at and status.posted_at + timedelta(days=3)
    Status.objects.bulk_update(late, ["posted_at"])
    (proposal,) = proposed(post, Kind.HEADING)
    assert proposal.why == "The author went on 3 days later."
    assert proposal.markdown == (
        "[blank: A new thought begins with “Rings rust”. Which heading would announce it?]"
    )


def test_where_the_author_says_so_a_heading_is_asked_for() -> None:
    post = draft("One rope held.", "Two did not.", "So what can you do? Look.", "Feel them.")
    assert ["So what can you do" in each for each in headings(post)] == [True]


def test_where_the_words_become_others_a_heading_is_asked_for() -> None:
    post = draft("Tides.", "Ropes.")
    write(post, "\n\n".join([ROPE, ROPE, ROPE, FOOD, FOOD, FOOD]))
    (proposal,) = proposed(post, Kind.HEADING)
    assert "“Supper at sea is soup”" in proposal.markdown
    assert proposal.line == 6


def test_it_comes_neither_behind_an_announcement_nor_beside_another() -> None:
    post = draft("Tides.", "I tell you two things:", "So what can you do? Look.", "Feel them.")
    assert headings(post) == []
    write(post, "Ropes.\n\nSo what can you do?\n\nIn the end, look.\n\nFeel.\n\nGo.\n\nDo.")
    assert [each.line for each in proposed(post, Kind.HEADING)] == [4]


def test_a_heading_that_stands_there_is_enough() -> None:
    post = draft("Tides.", "Ropes.")
    write(post, f"{ROPE}\n\n{ROPE}\n\n## Supper\n\n{FOOD}\n\n{FOOD}")
    assert headings(post) == []
