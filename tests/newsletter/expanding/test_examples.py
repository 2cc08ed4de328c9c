"""Sections without an example."""

from __future__ import annotations

import pytest

from newsletter.expanding import Kind
from tests.newsletter.expanding.drafts import draft, expand, proposed, write

pytestmark = pytest.mark.django_db

CLAIMS = (
    "Nobody believes a red figure on a board. People look for the black ones, and they find them,"
    " and they sail by them whatever stands beside them in red. Boards are read in a hurry."
)


def test_a_section_of_claims_is_asked_for_one() -> None:
    post = draft("Tides.", CLAIMS, "Ropes talk.")
    assert expand(post, Kind.EXAMPLE).endswith(
        "Ropes talk.\n\n[blank: You say “Nobody believes a red figure on a board.” When did you see"
        " it? What happened next? A number?]"
    )
    assert proposed(post, Kind.EXAMPLE) == []


@pytest.mark.parametrize(
    "more",
    [
        "In 1987 it cost six boats.",
        "For example, the mayor did.",
        "He said “it was red” and wept.",
        "[blank: who?]",
        "One night I stood there by myself, with a lantern, and watched them leave.",
    ],
)
def test_a_section_that_shows_something_needs_none(more: str) -> None:
    post = draft("Tides.", CLAIMS, "Ropes talk.")
    write(post, f"{CLAIMS}\n\n{more}\n\nRopes talk.")
    assert proposed(post, Kind.EXAMPLE) == []


def test_there_are_few_of_them() -> None:
    post = draft("Tides.", CLAIMS)
    write(post, "\n\n".join(f"## {name}\n\n{CLAIMS}" for name in "ABCDEF"))
    assert [each.line for each in proposed(post, Kind.EXAMPLE)] == [3]  # they are the same
    write(post, "\n\n".join(f"## {name}\n\n{CLAIMS.replace('red', name)}" for name in "BCDEFG"))
    assert len(proposed(post, Kind.EXAMPLE)) == 4
