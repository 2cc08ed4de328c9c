"""The lines of a status as paragraphs and lists."""

from __future__ import annotations

import pytest

from threads.text.blocks import blocks_of, lost_picture, runs_on, with_other_sign
from threads.text.spans import Marked, Span, SpanKind


def markdown(text: str) -> str:
    return "\n\n".join(block.markdown for block in blocks_of(Marked(text)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One.\n\n\nTwo.", "One.\n\nTwo."),
        ("name: Ada\nsign: Leo", "name: Ada\\\nsign: Leo"),
        (
            "A line that was broken since it was as wide as a screen\nand goes on here",
            "A line that was broken since it was as wide as a screen\nand goes on here",
        ),
        ("• a\n• b", "- a\n- b"),
        ("Those who:\n• lead\n•care\n\nwin.", "Those who:\n\n- lead\n- care\n\nwin."),
        ("• only one", "- only one"),
        ("* only one", "- only one"),
        ("- a\n- b", "- a\n- b"),
        ("– a\n\n– b", "- a\n- b"),
        ("→ a\n→b", "- a\n- b"),
        ("“Be.”\n– Ada", "“Be.”\\\n– Ada"),
        ("- not a list", r"\- not a list"),
        ("Why?\n→ Because.", "Why?\\\n→ Because."),
        ("1. a\n2. b", "1. a\n2. b"),
        ("1) a\n2) b", "1) a\n2) b"),
        ("7. a\n\n8. b\n\nc", "7. a\n8. b\n\nc"),
        ("1. a\n3. b", "1\\. a\\\n3\\. b"),
        ("1984. What a year", r"1984\. What a year"),
        ("- # a\n- 1. b", "- \\# a\n- 1\\. b"),
        ("•\n•", "•\\\n•"),
        ("\x00a\tb\x85", "a b"),
        ("a\u2028b", "a\\\nb"),
        ("", ""),
    ],
)
def test_lines_become_blocks(text: str, expected: str) -> None:
    assert markdown(text) == expected


def test_the_place_of_a_lost_picture_follows_the_lines_it_stood_in() -> None:
    spans = tuple(Span(at, at, SpanKind.LOST_PICTURE, f"at {at}") for at in (0, 4, 8))
    blocks = blocks_of(Marked("One.\n\n• a\n• b", spans))
    assert [block.markdown for block in blocks] == [
        "One.",
        "[lost picture: at 0]",
        "[lost picture: at 4]",
        "- a\n- b",
        "[lost picture: at 8]",
    ]


def test_the_description_of_a_lost_picture_cannot_end_it() -> None:
    assert lost_picture("a [b]\n*c*").markdown == r"[lost picture: a b \*c\*]"
    assert lost_picture(" ").markdown == "[lost picture: without a description]"


def test_a_second_list_gets_another_sign() -> None:
    assert with_other_sign("1. a\n2. see 3. b", "") == ("1. a\n2. see 3. b", ".")
    assert with_other_sign("1. a\n2. b", ".") == ("1) a\n2) b", ")")
    assert with_other_sign("1) a", ")") == ("1. a", ".")


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("as we released", "the first version", True),
        ("in 2020", "we began", True),
        ("It ended.", "then more", False),
        ("as we released", "The first version", False),
        ("同じ", "c=2なら", False),
        ("2020", "we began", False),
    ],
)
def test_a_small_letter_says_that_a_sentence_goes_on(
    before: str, after: str, expected: bool
) -> None:
    assert runs_on(before, after) is expected
