"""The top-level blocks of a text, and the lines they stand in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from threads.text.html import paragraphs
from threads.text.paragraphs import Paragraph


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("", []),
        ("One\ntwo", [Paragraph("paragraph", "One\ntwo", 1, 2)]),
        ("\n\n# Lamps\n\nOne.", [("heading", "# Lamps", 3, 3), ("paragraph", "One.", 5, 5)]),
        ("Lamps\n=====\n", [("heading", "Lamps\n=====", 1, 2)]),
        ("- a\n- b\n\n  c\n\nd", [("list", "- a\n- b\n\n  c", 1, 4), ("paragraph", "d", 6, 6)]),
        ("- a\n- b\n\n\n", [("list", "- a\n- b", 1, 2)]),
        ("1. a\n2. b", [("list", "1. a\n2. b", 1, 2)]),
        ("> a\n>\n> b", [("quote", "> a\n>\n> b", 1, 3)]),
        ("```\na\n\nb\n```", [("code", "```\na\n\nb\n```", 1, 5)]),
        ("    a", [("code", "    a", 1, 1)]),
        ("| a |\n|---|\n| b |", [("table", "| a |\n|---|\n| b |", 1, 3)]),
        (
            "a\n\n---\n\nb",
            [("paragraph", "a", 1, 1), ("rule", "---", 3, 3), ("paragraph", "b", 5, 5)],
        ),
        ("[blank: who?]\n\na", [("paragraph", "a", 3, 3)]),
        ("[lost picture: a\nledger]\n\na", [("paragraph", "a", 4, 4)]),
        ("a [blank: who?]", [("paragraph", "a [blank: who?]", 1, 1)]),
        (
            "a[^1]\n\n[^1]: note\n    more\n\nb",
            [("paragraph", "a[^1]", 1, 1), ("paragraph", "b", 6, 6)],
        ),
    ],
)
def test_each_block_is_found_where_it_stands(
    markdown: str, expected: list[Paragraph | tuple[str, str, int, int]]
) -> None:
    wanted = [one if isinstance(one, Paragraph) else Paragraph(*one) for one in expected]
    assert paragraphs(markdown) == wanted


@given(st.text(alphabet="ab #>-*`|[]:\n1.\t", max_size=80))
def test_they_stand_in_order_and_say_what_their_lines_say(markdown: str) -> None:
    lines = markdown.split("\n")
    before = 0
    for paragraph in paragraphs(markdown):
        assert before < paragraph.first <= paragraph.last
        assert paragraph.markdown == "\n".join(lines[paragraph.first - 1 : paragraph.last])
        before = paragraph.last
