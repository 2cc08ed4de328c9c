"""Questions that a passage raises."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsletter.expanding.questions import has_fact, questions


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Rope is read with the hands.", []),
        (
            "The log had three columns.",
            ["You wrote “three columns”. Which are they, and why three?"],
        ),
        ("Three columns told it.", ["You wrote “Three columns”. Which are they, and why three?"]),
        ("It had three columns:", []),  # the list follows
        ("He waited three winters.", []),
        (
            "We were 40 % wrong.",
            [
                "You wrote “40 %”. Of what, and who counted? What would make that number real to a"
                " reader?"
            ],
        ),
        (
            "He climbed ninety-one steps.",
            [
                "You wrote “ninety-one steps”. Who counted, and how? What would make that number"
                " real to a reader?"
            ],
        ),
        ("That was in 1987.", ["You wrote “1987”. What was different then?"]),
        (
            "I asked Imre Halász about it.",
            ["You name “Imre Halász”. Who or what is that, to a newcomer?"],
        ),
        ("I asked Imre Halász, our pilot.", []),  # the text says so itself
        ("We met on a cold Friday in March.", []),
        (
            "Why does nobody read the red figures?",
            ["You ask “Why does nobody read the red figures?” What is your own answer?"],
        ),
        ("You know what?", []),
    ],
)
def test_numbers_years_and_names_are_asked_about(text: str, asked: list[str]) -> None:
    assert list(questions(text)) == asked


@given(st.text(alphabet="ab AB12 %,.?three columns 1987 Imre", max_size=60))
@settings(max_examples=80)
def test_nothing_is_quoted_that_does_not_stand_there(text: str) -> None:
    for question in questions(text):
        quoted = re.findall(r"“(.*?)”", question)[0].removesuffix(" …")
        assert quoted in " ".join(text.split())


def test_what_can_be_looked_up_is_a_fact() -> None:
    assert has_fact("It was 40 % wrong.")
    assert has_fact("He wrote “Light good.”")
    assert not has_fact("Rope is read with the hands.")
