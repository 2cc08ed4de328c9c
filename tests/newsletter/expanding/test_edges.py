"""What an introduction and a summary would have to say."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from newsletter.expanding import Kind
from tests.newsletter.expanding.drafts import body_of, draft, expand, proposed, write

pytestmark = pytest.mark.django_db

OPENING = "A tide table is a promise. I kept ours in Port Ellery by hand."
ENDING = "Be late with anything else, but never with the table."
MIDDLE = (
    "The wind holds the water back at the mouth of the bay for as long as it blows from land. " * 3
)
MARCH = datetime(2026, 3, 12, 9, tzinfo=UTC)


def test_the_first_part_is_asked_for_its_story_and_its_names() -> None:
    post = draft(OPENING, ENDING, started_at=MARCH)
    assert expand(post, Kind.INTRODUCTION) == (
        f"{OPENING}\n\n"
        "[blank: You began on 12 March 2026 with “A tide table is a promise.” What had happened"
        " that made you write it?]\n\n"
        "[blank: You name “Port Ellery”. Who or what is that, to a newcomer?]\n\n"
        f"{ENDING}"
    )


def test_a_beginning_that_leans_on_the_title_is_quoted_with_it() -> None:
    post = draft("And it held for years.", ENDING, title="The old rope")
    assert "with “The old rope”. What had" in proposed(post, Kind.INTRODUCTION)[0].markdown


def test_a_picture_of_the_first_part_stays_with_it() -> None:
    post = draft(OPENING, ENDING)
    write(post, f"{OPENING}\n\n[lost picture: a chart]\n\n{ENDING}")
    assert expand(post, Kind.INTRODUCTION).startswith(f"{OPENING}\n\n[lost picture: a chart]\n\n[")


def test_the_last_part_is_asked_what_follows_from_it() -> None:
    post = draft(OPENING, MIDDLE, ENDING, started_at=MARCH)
    assert expand(post, Kind.SUMMARY) == (
        f"{OPENING}\n\n{MIDDLE.strip()}\n\n{ENDING}\n\n"
        "## In short\n\n"
        f"[blank: You end with “{ENDING}” What should a reader do with that tomorrow?]\n\n"
        "[blank: You wrote this on 12 March 2026. What do you know now that you did not know then?]"
    )


@pytest.mark.parametrize(
    "farewell",
    ["Thanks to all of you who wrote.", "Follow me for more of this!", "See https://e.org/tides"],
)
def test_a_farewell_is_not_what_the_text_arrives_at(farewell: str) -> None:
    post = draft(OPENING, MIDDLE, ENDING, farewell)
    asked = f"Near the end you say “{ENDING}” What"
    assert asked in proposed(post, Kind.SUMMARY)[0].markdown


def test_a_question_at_the_end_asks_for_an_answer() -> None:
    post = draft(OPENING, MIDDLE, "Who will keep the next table?")
    assert "What should a reader answer?" in proposed(post, Kind.SUMMARY)[0].markdown


def test_the_summary_stands_above_the_notes() -> None:
    post = draft(OPENING, MIDDLE, ENDING)
    write(post, f"{OPENING}\n\n{MIDDLE}\n\n{ENDING}[^1]\n\n[^1]: A note.")
    assert expand(post, Kind.SUMMARY).endswith("\n\n[^1]: A note.")


def test_what_the_editor_wrote_there_is_not_asked_for_again() -> None:
    post = draft(OPENING, MIDDLE, ENDING)
    mine = "Somebody drowned that winter, and everyone blamed the printer."
    write(post, f"{OPENING}\n\n{mine}\n\n{MIDDLE}\n\n{ENDING}\n\n## In short\n\n{mine}")
    assert proposed(post, Kind.INTRODUCTION) == []
    assert proposed(post, Kind.SUMMARY) == []


def test_an_empty_text_is_asked_nothing() -> None:
    post = draft(OPENING, MIDDLE, ENDING)
    write(post, "![](/media/a.jpg)")
    assert expand(post) == body_of(post) == "![](/media/a.jpg)"


def test_a_short_text_needs_no_summary() -> None:
    assert proposed(draft(OPENING, ENDING), Kind.SUMMARY) == []
