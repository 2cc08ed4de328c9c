"""How a mail looks in an inbox."""

from __future__ import annotations

from typing import Any

import pytest

from newsletter.preflight import inbox
from newsletter.preflight.facts import Level
from tests.factories import make_post
from tests.newsletter.preflight.looking import found, places, said

pytestmark = pytest.mark.django_db


def of(level: str, body: str = "A paragraph.", **fields: Any) -> str:
    whole = {"title": "Lamps", "preheader": "And bells"} | fields
    return " ".join(text for at, text in said(inbox, body, **whole) if at == level)


def test_an_orderly_mail_has_nothing_to_look_at() -> None:
    assert of(Level.WARN) == ""
    assert "5 characters, and is shown whole" in of(Level.GOOD)


@pytest.mark.parametrize(
    ("subject", "level", "says"),
    [
        ("x" * 41, Level.GOOD, f"41 characters; phones show “{'x' * 40}…”"),
        ("x" * 60, Level.GOOD, "60 characters; phones show"),
        ("x" * 61, Level.WARN, f"61 characters. Phones show “{'x' * 40}…”"),
    ],
)
def test_a_long_subject_is_shown_as_phones_cut_it(subject: str, level: str, says: str) -> None:
    assert says in of(level, subject=subject)


def test_the_title_is_the_subject_where_there_is_none() -> None:
    assert "70 characters" in of(Level.WARN, title="x" * 70)


def test_a_preheader_says_something_else_than_the_subject() -> None:
    assert "There is no preheader" in of(Level.WARN, preheader=" ")
    assert "says the same as the subject" in of(Level.WARN, preheader="lamps")


def test_words_that_filters_look_for_are_named() -> None:
    told = of(Level.WARN, "Act now, and ACT NOW. Nobody enacts nowhere.", subject="Free money")
    assert told == "Spam filters look for “free money”, “act now”. One alone does no harm."


@pytest.mark.parametrize("subject", ["LAMPS AND BELLS", "Lamps!!"])
def test_a_subject_that_shouts_is_told(subject: str) -> None:
    assert "shouts" in of(Level.WARN, subject=subject)


def test_each_leads_to_its_field() -> None:
    assert places(found(inbox, make_post(title="x" * 61))) == ["The subject", "The preheader"]
