"""Correcting where a pasted text is cut."""

from __future__ import annotations

import pytest

from threads.admin.cuts import join, split

JOINS = [
    (["a", "b", "c"], 1, ["a\n\nb", "c"]),
    (["a\n", "\nb"], 1, ["a\n\nb"]),
    (["a", "b"], 0, ["a", "b"]),
    (["a", "b"], 2, ["a", "b"]),
]
SPLITS = [
    ("one two", 3, ["one", "two"]),
    ("one\n\ntwo\n\nthree", None, ["one", "two\n\nthree"]),
    ("one\n \t\ntwo", None, ["one", "two"]),
    ("\n\none\n\ntwo", 0, ["one", "two"]),  # a caret at an end splits nothing
    ("🧵 one two", 5, ["🧵 one", "two"]),
    ("one line", None, ["one line"]),
    ("one", 99, ["one"]),
    ("", None, [""]),
]


@pytest.mark.parametrize(("parts", "index", "expected"), JOINS)
def test_a_part_joins_the_one_before(parts: list[str], index: int, expected: list[str]) -> None:
    assert join(parts, index) == expected


@pytest.mark.parametrize(("text", "caret", "expected"), SPLITS)
def test_a_part_is_split_at_the_caret_or_the_first_empty_line(
    text: str, caret: int | None, expected: list[str]
) -> None:
    assert split(["before", text, "after"], 1, caret) == ["before", *expected, "after"]


def test_a_part_that_is_not_there_is_not_split() -> None:
    assert split(["one two"], 3, 3) == ["one two"]
