"""A change of one part finds its place in a text that was edited since, or says it cannot."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsletter.weaving import NotFound, edited, inserted, removed

PARAGRAPHS = st.lists(st.text("abcd ", min_size=1).map(str.strip).filter(bool), max_size=5)


def test_an_edited_paragraph_replaces_the_old_one() -> None:
    body = "Mine.\n\nThe lamp burned.\n\nMine, too."
    assert edited(body, "The lamp burned.", "The lamp went out.") == (
        "Mine.\n\nThe lamp went out.\n\nMine, too."
    )


def test_only_the_paragraph_that_differs_is_touched() -> None:
    body = "One, rewritten.\n\nTwo.\n\nThree."
    assert edited(body, "One.\n\nTwo.", "One.\n\nTwo, corrected.") == (
        "One, rewritten.\n\nTwo, corrected.\n\nThree."
    )


def test_rewritten_words_are_nobody_elses() -> None:
    with pytest.raises(NotFound):
        edited("The lamp shone.", "The lamp burned.", "The lamp went out.")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("2/12 The lamp burned.", "2/13 The lamp went out."),
        ("(2) The lamp burned.", "(2) The lamp went out."),
        ("The lamp burned. 2/", "The lamp went out. 2/"),
        ("2. The lamp burned.", "The lamp went out."),
    ],
)
def test_a_counter_that_was_taken_off_stays_off(before: str, after: str) -> None:
    assert edited("The lamp burned.", before, after) == "The lamp went out."


def test_a_year_at_the_start_is_no_counter() -> None:
    with pytest.raises(NotFound):
        edited("was cold.", "1987 was cold.", "1988 was cold.")


def test_a_paragraph_more_stands_behind_the_one_before_it() -> None:
    assert edited("One.\n\nMine.", "One.", "One.\n\nTwo.") == "One.\n\nTwo.\n\nMine."


def test_a_paragraph_more_at_the_start_stands_before_the_old_first() -> None:
    assert edited("Mine.\n\nOne.", "One.", "Zero.\n\nOne.") == "Mine.\n\nZero.\n\nOne."


def test_a_paragraph_less_goes() -> None:
    assert edited("One.\n\nTwo.\n\nMine.", "One.\n\nTwo.", "One.") == "One.\n\nMine."


def test_a_new_part_stands_behind_the_one_it_follows() -> None:
    assert inserted("One.\n\nTwo.\n\nMine.", "Four.", after="One.\n\nTwo.") == (
        "One.\n\nTwo.\n\nFour.\n\nMine."
    )
    with pytest.raises(NotFound):
        inserted("Mine.", "Four.", after="Three.")


def test_what_stands_around_it_is_not_even_tidied() -> None:
    above, below = "- a list\n\n  that goes on", "```\ncode\n\n\n\n    more\n```\n"
    body = f"{above}\n\nThe lamp burned.\n\n{below}"
    assert edited(body, "The lamp burned.", "It went out.") == (
        f"{above}\n\nIt went out.\n\n{below}"
    )


def test_a_deleted_part_goes_where_it_is_still_as_it_was() -> None:
    assert removed("One.\n\nTwo.\n\nThree.", "2/3 Two.") == "One.\n\nThree."
    with pytest.raises(NotFound):
        removed("One.\n\nTwo, and more.", "Two.")
    with pytest.raises(NotFound):
        removed("One.", "")


@given(PARAGRAPHS, PARAGRAPHS, PARAGRAPHS, PARAGRAPHS)
def test_what_a_person_wrote_around_it_stays_as_it_is(
    above: list[str], before: list[str], after: list[str], below: list[str]
) -> None:
    above, below = [f"1{text}" for text in above], [f"2{text}" for text in below]
    body = "\n\n".join([*above, *before, *below])
    try:
        found = edited(body, "\n\n".join(before), "\n\n".join(after))
    except NotFound:
        assert not before
        return
    assert found.split("\n\n" if found else None) == [*above, *after, *below]
