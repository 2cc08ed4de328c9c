"""Where a post goes: colours that can be read, and an address that readers reach."""

from __future__ import annotations

import pytest
from pytest_django import Settings

from newsletter.preflight import site
from newsletter.preflight.facts import Level
from newsletter.preflight.site import contrast
from tests.factories import make_newsletter
from tests.newsletter.preflight.looking import said

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000000", "#ffffff", 21.0), ("#777777", "#ffffff", 4.48), ("#c2402c", "#c2402c", 1.0)],
)
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.005)
    assert contrast(other, one) == contrast(one, other)


@pytest.mark.parametrize(
    ("accent", "papers"),
    [("#c2402c", []), ("#ffd400", ["light"]), ("#0a0a40", ["dark"])],
)
def test_a_colour_that_is_hard_to_read_is_told(accent: str, papers: list[str]) -> None:
    make_newsletter(accent=accent)
    pale = [text for level, text in said(site) if "hard to read" in text and level == Level.WARN]
    assert ["light" if "light paper" in text else "dark" for text in pale] == papers


@pytest.mark.parametrize(
    ("address", "level", "says"),
    [
        ("https://letters.example", Level.GOOD, "Links lead to https://letters.example."),
        ("http://letters.example", Level.WARN, "without encryption"),
        ("http://127.0.0.1:8000", Level.WARN, "which readers cannot reach"),
    ],
)
def test_the_address_of_the_site_is_one_for_readers(
    settings: Settings, address: str, level: str, says: str
) -> None:
    settings.BASE_URL = address
    make_newsletter()
    found_level, text = said(site)[-1]
    assert found_level == level
    assert says in text


def test_without_any_newsletter_there_is_nowhere_to_go() -> None:
    assert said(site)[0] == (Level.FAULT, "There is no newsletter yet to publish it in.")
    make_newsletter()
    make_newsletter(slug="notes")
    assert Level.FAULT not in [level for level, _ in said(site)]
