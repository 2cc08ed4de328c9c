"""Where pasted text is cut, and that nothing is lost by it."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from threads.text.cutting import Cut, cut, guess_cut, without_empty_edges


@pytest.mark.parametrize(
    ("text", "how", "parts"),
    [
        ("one", Cut.ONE_PIECE, ["one"]),
        ("one\nmore", Cut.ONE_PIECE, ["one\nmore"]),
        ("one\n\ntwo\n \nthree", Cut.BLANK_LINES, ["one", "two", "three"]),
        ("one\n\nmore\n\n\ntwo", Cut.BLANK_LINES, ["one\n\nmore", "two"]),
        ("one\n\n\nmore\n\n\n\ntwo", Cut.BLANK_LINES, ["one\n\n\nmore", "two"]),
        ("one\r\n\r\ntwo\r\rthree", Cut.BLANK_LINES, ["one", "two", "three"]),
        (
            "1/ one\n\nmore\n2/ two\n3/ three",
            Cut.COUNTERS,
            ["1/ one\n\nmore", "2/ two", "3/ three"],
        ),
        ("1/2 one\n2/2 two", Cut.COUNTERS, ["1/2 one", "2/2 two"]),
        ("(1/2) one\n\n(2/2) two", Cut.COUNTERS, ["(1/2) one", "(2/2) two"]),
        ("[1/2] one\n\n\n[2/2] two", Cut.COUNTERS, ["[1/2] one", "[2/2] two"]),
        ("1/n one\n2/n two", Cut.COUNTERS, ["1/n one", "2/n two"]),
        ("🧵 1/ one\n2/ two", Cut.COUNTERS, ["🧵 1/ one", "2/ two"]),
        ("Begin 🧵\n\n1/2 one\n\n2/2 two", Cut.COUNTERS, ["Begin 🧵", "1/2 one", "2/2 two"]),
        ("Begin 🧵\n\n2/ two\n\n3/ three", Cut.COUNTERS, ["Begin 🧵", "2/ two", "3/ three"]),
        ("one\n\n1/2\n\ntwo 2/2", Cut.COUNTERS, ["one\n\n1/2", "two 2/2"]),
        ("one\n1/2\ntwo\n2/2", Cut.COUNTERS, ["one\n1/2", "two\n2/2"]),
        ("one 1/2\ntwo 2/2\nEnd", Cut.COUNTERS, ["one 1/2", "two 2/2", "End"]),
        ("1/2\none\n2/2\ntwo", Cut.COUNTERS, ["1/2\none", "2/2\ntwo"]),
        ("one\n\nmore\n\n---\n\ntwo", Cut.RULES, ["one\n\nmore", "two"]),
        ("one\n\n* * *\ntwo\n\n___\nthree", Cut.RULES, ["one", "two", "three"]),
        ("1/2 one\n\n---\n\n2/2 two", Cut.RULES, ["1/2 one", "2/2 two"]),
        ("A heading\n---\n\ntwo", Cut.BLANK_LINES, ["A heading\n---", "two"]),
        ("one\n\n```\n\n---\n\n```", Cut.BLANK_LINES, ["one", "```", "---", "```"]),
        ("one\n\n---", Cut.BLANK_LINES, ["one", "---"]),
        (
            "1/ one\n\n\n\nmore\n2/ two\n3/ three",
            Cut.COUNTERS,
            ["1/ one\n\n\n\nmore", "2/ two", "3/ three"],
        ),
        ("1/ one\n\n\n\n2/ two\n\n\n\nend", Cut.BLANK_LINES, ["1/ one", "2/ two", "end"]),
        ("- a\n\n- b\n\n\n\n> two", Cut.BLANK_LINES, ["- a\n\n- b", "> two"]),
    ],
)
def test_the_way_is_guessed_and_the_text_cut(text: str, how: Cut, parts: list[str]) -> None:
    assert guess_cut(text) is how
    assert cut(text) == parts


@pytest.mark.parametrize("text", ["1/2 cup of flour\n1/2 cup of milk", "2/3 agree\n1/3 do not"])
def test_fractions_are_no_counters(text: str) -> None:
    assert guess_cut(text) is Cut.ONE_PIECE
    assert cut(text, Cut.COUNTERS) == [text]


def test_an_editor_may_ask_for_another_way() -> None:
    text = "1/ one\n\nmore\n2/ two"
    assert cut(text, Cut.BLANK_LINES) == ["1/ one", "more\n2/ two"]
    assert cut(text, Cut.ONE_PIECE) == [text]


@pytest.mark.parametrize("text", ["", "\n", " \n\t\n"])
@pytest.mark.parametrize("how", [None, *Cut])
def test_nothing_gives_no_parts(text: str, how: Cut | None) -> None:
    assert cut(text, how) == []


def test_the_first_line_keeps_its_indentation() -> None:
    assert without_empty_edges("\n \n  - a\n  - b\n\n") == "  - a\n  - b"


def with_words(lines: list[str]) -> list[list[str]]:
    """The words of those lines that are not of dashes alone."""
    return [line.split() for line in lines if line.strip("-* ")]


@given(text=st.text("ab-* \n`", max_size=80))
@example("-  -")
def test_lines_of_dashes_alone_are_lost_and_only_where_they_part(text: str) -> None:
    parts = cut(text, Cut.RULES)
    kept = [line for part in parts for line in part.split("\n")]
    assert with_words(kept) == with_words(text.split("\n"))
    assert all(part.strip() for part in parts)


@pytest.mark.parametrize("how", [None, *Cut])
@given(text=st.text("ab12/()[]n \n\r\t🧵", max_size=80))
def test_every_word_is_in_a_part_and_in_its_order(text: str, how: Cut | None) -> None:
    parts = cut(text, how)
    assert " ".join(parts).split() == text.split()
    assert all(part.strip() for part in parts)


@pytest.mark.parametrize(
    "piece", ["\n", " ", "1/", "1/ ", "1/\n", "(", "a\n\n", "🧵", " 1/2\n", "1/2"]
)
def test_much_of_anything_is_cut_in_linear_time(piece: str) -> None:
    text = "a\n\n" + piece * (200_000 // len(piece)) + "x"
    assert " ".join(cut(text)).split() == text.split()
