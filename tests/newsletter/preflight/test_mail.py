"""The mail of a post as a message."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from newsletter.preflight import mail
from newsletter.preflight.facts import Level
from newsletter.rendering import UNSUBSCRIBE_URL
from tests.factories import make_newsletter, make_post
from tests.newsletter.preflight.looking import candidate, found, said

pytestmark = pytest.mark.django_db


def test_a_whole_mail_is_in_order() -> None:
    make_newsletter(postal_address="1 Example Street\r\nExampleton & Sons")
    facts = said(mail)
    assert {level for level, _ in facts} == {Level.GOOD}
    (_, text), *others = facts
    assert re.fullmatch(r"The mail is [45] KB of at most 95 KB\.", text)
    assert [text for _, text in others] == [
        "All 9 headers that mail servers ask for are there.",
        "The link to unsubscribe and the postal address are in both faces of the mail.",
    ]


def test_where_a_long_mail_ends_is_named() -> None:
    make_newsletter()
    paragraph = "word " * 500
    body = "\n\n".join(f"{number}. paragraph: {paragraph}" for number in range(1, 60))
    post = make_post(body.replace(". paragraph", "th paragraph"))
    (cut,) = [fact for fact in found(mail, post) if fact.level == Level.WARN]
    shown = candidate(post).letter.html
    number = next(n for n in range(1, 60) if f"{n}th paragraph" not in shown)
    assert f"it ends before “{number}th paragraph: word" in cut.text
    assert cut.where
    assert cut.where.words == f"Line {2 * number - 1}"


def test_a_mail_without_its_text_is_too_large_before_it_begins() -> None:
    make_newsletter(postal_address="street " * 15_000)
    assert "so it ends before “A paragraph" in str(said(mail))


def test_what_the_newsletter_lacks_keeps_it_on_the_web() -> None:
    letters = make_newsletter(postal_address="", reply_to="")
    facts = found(mail, make_post())
    assert "its reply-to address and postal address are missing" in facts[0].text
    assert facts[0].level == Level.WARN
    assert facts[0].where
    assert facts[0].where.address == f"/admin/newsletter/newsletter/{letters.pk}/change/"
    assert "lacks a postal address" in facts[-1].text


def test_a_face_without_a_link_to_unsubscribe_is_told() -> None:
    make_newsletter()
    for face in ("html", "text"):
        bare = candidate(make_post())
        kept = getattr(bare.letter, face).replace(UNSUBSCRIBE_URL, "")
        bare.letter = replace(bare.letter, **{face: kept})
        wrong = [fact.text for fact in mail.facts(bare) if fact.level == Level.WARN]
        assert wrong == ["The link to unsubscribe is not in both faces of the mail."]


def test_a_mail_that_cannot_be_written_is_told() -> None:
    make_newsletter()
    wrong = [text for level, text in said(mail, subject="a\nBcc: b@e.org") if level == Level.WARN]
    assert wrong == ["The mail cannot be written: the subject or a name holds a line break."]


def test_without_a_newsletter_the_rest_is_looked_at() -> None:
    assert [level for level, _ in said(mail)] == [Level.GOOD, Level.GOOD]


def test_a_header_that_is_missing_or_doubled_is_named() -> None:
    make_newsletter()
    broken = candidate(make_post())
    assert broken.headers
    del broken.headers["Date"]
    broken.headers.add_header("List-Unsubscribe", "<https://elsewhere.example>")
    wrong = [fact.text for fact in mail.facts(broken) if fact.level == Level.WARN]
    assert wrong == ["The mail needs these headers once each: Date, List-Unsubscribe."]
