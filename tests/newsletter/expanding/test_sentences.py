"""Sentences, and pieces of them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsletter.expanding.sentences import (
    clause,
    is_farewell,
    quoted,
    sentences,
    shortened,
    stands_alone,
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("Ropes talk", ["Ropes talk"]),
        ("Ropes talk. They do!", ["Ropes talk.", "They do!"]),
        ("He said “Wait.” Then he left.", ["He said “Wait.”", "Then he left."]),
        ("Dr. Aalto came at 3 p.m. and left.", ["Dr. Aalto came at 3 p.m. and left."]),
        ("Use cloth, e.g. Linen. It holds.", ["Use cloth, e.g. Linen.", "It holds."]),
        ("See … for the rest. Now go.", ["See … for the rest.", "Now go."]),
        ("One line\nanother", ["One line", "another"]),
        ("潮は待たない。本当だ。", ["潮は待たない。", "本当だ。"]),
    ],
)
def test_a_text_falls_into_sentences(text: str, found: list[str]) -> None:
    assert sentences(text) == found


@given(st.text(alphabet="ab A.!?”\n。", max_size=40))
@settings(max_examples=60)
def test_no_letter_is_lost(text: str) -> None:
    assert "".join("".join(sentences(text)).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("sentence", "alone"),
    [
        ("Ropes talk.", True),
        ("Italy has few tides.", True),
        ("潮は待たない。", True),
        ("But they did.", False),
        ("It never lies.", False),
        ("as nobody knew.", False),
        ("(Still the tide waits for nobody.)", False),
    ],
)
def test_some_sentences_lean_on_others(sentence: str, alone: bool) -> None:
    assert stands_alone(sentence) is alone


def test_a_clause_ends_at_the_first_mark() -> None:
    assert clause("Fog was the exception, and its rule fits.") == "Fog was the exception"
    assert clause("Nothing here") == "Nothing here"


def test_farewells_are_known() -> None:
    assert is_farewell("Thanks to all who wrote.")
    assert is_farewell("Follow me for more of this.")
    assert not is_farewell("The tide waits for nobody.")


def test_what_is_long_is_cut_at_a_word() -> None:
    assert shortened("“Be late with anything else.”") == "Be late with anything else."
    assert shortened("The wind can hold back a tide", 20) == "The wind can hold …"
    assert shortened("潮" * 30, 10) == "潮" * 10 + " …"


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("“Light good.” Four words.", "‘Light good.’ Four words."),
        ("The log says “Sea slight.”", "The log says ‘Sea slight.’"),
        ("“Seen” and “told”", "‘Seen’ and ‘told’"),
        ("“The log says “told”.”", "The log says ‘told’."),
        ("“Half of what was said.", "Half of what was said."),
    ],
)
def test_quotation_marks_within_become_single(text: str, short: str) -> None:
    assert shortened(text) == short


def test_what_is_quoted_ends_as_a_sentence() -> None:
    assert quoted("The tide waits.") == "“The tide waits.”"
    assert quoted("The tide table") == "“The tide table”."
