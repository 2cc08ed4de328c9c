"""What changed between two texts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsletter.admin.diff import Change, Fold, compare, words_changed

TABLE = [
    ("", "", []),
    ("same", "same", [Change("same", "same")]),
    ("", "new", [Change("added", "new")]),
    ("old", "", [Change("removed", "old")]),
    (
        "one light",
        "one lamp",
        [Change("same", "one "), Change("removed", "light"), Change("added", "lamp")],
    ),
    (
        "kept\nold line\n",
        "kept\nold line\nnew line\n",
        [Change("same", "kept\nold line\n"), Change("added", "new line\n")],
    ),
]


@pytest.mark.parametrize(("old", "new", "expected"), TABLE)
def test_it_shows_what_came_and_what_went(old: str, new: str, expected: list[Change]) -> None:
    assert compare(old, new) == expected


@given(st.text(alphabet="ab \n.é🧵"), st.text(alphabet="ab \n.é🧵"))
def test_both_texts_can_be_read_from_it(old: str, new: str) -> None:
    changes = compare(old, new)
    assert "".join(c.text for c in changes if c.kind != "added") == old
    assert "".join(c.text for c in changes if c.kind != "removed") == new
    assert all(change.text for change in changes)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "", (0, 0)),
        ("one light", "one lamp burns", (2, 1)),
        ("one\ntwo", "two one", (0, 0)),
        ("so so", "so", (0, 1)),
    ],
)
def test_it_counts_the_words_that_came_and_went(
    old: str, new: str, expected: tuple[int, int]
) -> None:
    assert words_changed(old, new) == expected


def test_a_word_that_was_replaced_everywhere_is_all_that_is_marked() -> None:
    old = "\n\n".join(f"Light {number} is good. {'Nothing to tell. ' * 9}" for number in range(400))
    changes = compare(old, old.replace("good", "bright"))
    assert {change.text for change in changes if change.kind == "added"} == {"bright"}


def test_of_much_that_stayed_what_lies_between_is_folded_away() -> None:
    kept = "\n\n".join("abcdefg")
    (same, added) = compare(kept, f"{kept}\n\nnew")[:2]
    assert added.fold is None
    assert same.fold == Fold("a\n\nb", "c\n\nd\n\ne", "f\n\ng", 3)
    assert Change("same", "\n\n".join("abcdef")).fold is None
