"""Terms that are used and never explained."""

from __future__ import annotations

import pytest

from newsletter.expanding import Kind
from tests.newsletter.expanding.drafts import draft, expand, proposed, write

pytestmark = pytest.mark.django_db


def test_a_term_is_asked_about_where_it_stands_first() -> None:
    post = draft("Tides.", "Pilots ask for the MHW.", "Two MHWs were wrong.")
    assert expand(post, Kind.DEFINITION) == (
        "Pilots ask for the MHW.\n\n[blank: What does “MHW” mean, in one sentence?]\n\n"
        "Two MHWs were wrong."
    )
    assert proposed(post, Kind.DEFINITION) == []


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("A DkNN is wrong. Two DkNNs agree.", ["DkNN"]),
        ("A DkNN is a clock. Two DkNNs agree.", []),
        ("They called it `slack-water`. At slack-water we row.", ["slack-water"]),
        ("I mean “standing water”. There is no standing water here.", ["standing water"]),
        ("Mean high water (MHW) is red. The MHW errs.", []),
        ("MHW stands for something. The MHW errs.", []),
        ("The MHW errs.", []),  # once
        ("The BBC said so. The BBC errs.", []),  # everybody knows it
        ("It is NEVER late. NEVER! It was never late.", []),  # shouted
        ("At 3 PM we left. At 4 PM we came.", []),
        ("World War II was long. II it was.", []),
        ("He said “done”. When it is done it is done.", []),  # an everyday word
        ("McKinsey came. McKinsey left.", []),  # a name
    ],
)
def test_terms_are_told_from_names_and_shouting(text: str, terms: list[str]) -> None:
    post = draft("Tides.", "Ropes.")
    write(post, text)
    assert [each.label for each in proposed(post, Kind.DEFINITION)] == [
        f"What “{term}” means" for term in terms
    ]
