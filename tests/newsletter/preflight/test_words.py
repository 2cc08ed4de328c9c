"""What is open in a text, what it lost, and its headings."""

from __future__ import annotations

import pytest

from newsletter.preflight import words
from newsletter.preflight.facts import Level, at_line, fault, warn
from tests.factories import make_post
from tests.newsletter.preflight.looking import found, places, said

pytestmark = pytest.mark.django_db


def test_a_blank_is_a_fault_with_its_line() -> None:
    post = make_post("One.\n\n[blank: and then?]")
    assert found(words, post) == [
        fault("A blank is open in line 3: and then?", at_line(post, 3)),
    ]
    assert at_line(post, 3).address == f"/admin/newsletter/post/{post.pk}/change/#line-3"


def test_a_text_that_is_not_there_is_a_fault() -> None:
    assert said(words, " \n")[0] == (Level.FAULT, "There is no text yet.")


def test_a_title_that_nobody_wrote_is_named() -> None:
    (fact, *_) = found(words, make_post(title="Untitled"))
    assert fact.text == "It is still called “Untitled”."
    assert places([fact]) == ["The title"]
    assert (Level.WARN, fact.text) not in said(words, title="An untitled post")


def test_what_was_lost_on_the_way_is_named() -> None:
    post = make_post("See example.org/how-…\n\n[lost picture: a ledger]\n\n[lost picture: ]")
    facts = [fact for fact in found(words, post) if fact.level == Level.WARN]
    assert facts == [
        warn("A lost picture (“a ledger”) is left out for readers.", at_line(post, 3)),
        warn("A lost picture is left out for readers.", at_line(post, 5)),
        warn(
            "The address “example.org/how-…” was cut off at its source and leads nowhere.",
            at_line(post, 1),
        ),
    ]


def test_a_link_that_was_only_begun_is_named() -> None:
    post = make_post("One.\n\n**[The book](https://)** in\nits [shop](url), `[a sign](url)`")
    assert [fact for fact in found(words, post) if fact.level == Level.WARN] == [
        warn("“The book” is written as a link, but has no address.", at_line(post, 3)),
        warn("“shop” is written as a link, but has no address.", at_line(post, 4)),
    ]


@pytest.mark.parametrize(
    ("body", "wrong"),
    [
        ("## A\n\n### B\n\n#### C\n\n## D", []),
        ("A text.", []),
        ("# A\n\n## B", ["“A” is a heading of the title’s own level."]),
        ("## A\n\n##\n\n## B", ["A heading has no words."]),
        ("### A", ["“A” skips a level, from 1 to 3."]),
        ("## A\n\n#### B", ["“B” skips a level, from 2 to 4."]),
        (
            "## A\n\n### B\n\n## C\n\n#### " + "d" * 90,
            [f"“{'d' * 79}…” skips a level, from 2 to 4."],
        ),
    ],
)
def test_headings_go_down_one_level_at_a_time(body: str, wrong: list[str]) -> None:
    facts = said(words, body)
    assert [text for level, text in facts if level == Level.WARN] == wrong
    orderly = (Level.GOOD, "The headings are in order.") in facts
    assert orderly == ("#" in body and not wrong)


def test_where_a_heading_is_wrong_is_said() -> None:
    assert places(found(words, make_post("One.\n\n#### Two"))) == ["Line 3"]
