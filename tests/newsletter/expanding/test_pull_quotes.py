"""Pull quotes: which sentences, how many, and where."""

from __future__ import annotations

import pytest

from newsletter.expanding import Kind
from newsletter.expanding.pull_quotes import fit
from newsletter.models import Post
from tests.newsletter.expanding.drafts import body_of, draft, expand, proposed, write
from threads.models import Status

pytestmark = pytest.mark.django_db

LONG = (
    "the wind holds the water back at the mouth of the bay for as long as it blows from land and "
)
TELLING = "Nobody thanks the one who keeps the tide table."
SOUP = "Supper: onions, cabbage, bread, barley, carrots, pepper"  # a thought of its own
OTHER = "A rope that is about to part feels warm."


def post_of(*middle: str) -> Post:
    fill = [f"Part {name} says that {LONG * 3}so on." for name in ("one", "two", "three")]
    return draft(*fill, *middle, SOUP, SOUP)


def test_a_telling_sentence_stands_before_the_paragraph_before_its_own() -> None:
    post = post_of(f"On some days {LONG}more. {TELLING}")
    before = body_of(post)
    (quote,) = proposed(post, Kind.PULL_QUOTE)
    assert quote.markdown == f"> **{TELLING}**"
    new = expand(post, Kind.PULL_QUOTE)
    assert new.replace(f"> **{TELLING}**\n\n", "") == before
    assert new.index(f"> **{TELLING}**") < new.index("Part three says") < new.index("On some days")
    assert proposed(post, Kind.PULL_QUOTE) == []


def test_a_paragraph_of_one_sentence_is_not_said_twice_in_a_row() -> None:
    assert proposed(post_of(TELLING), Kind.PULL_QUOTE) == []


def test_what_readers_liked_comes_first() -> None:
    post = post_of(f"On some days {LONG}more. {TELLING}", f"On others {LONG}more. {OTHER}")
    assert [each.markdown for each in proposed(post, Kind.PULL_QUOTE)] == [f"> **{TELLING}**"]
    Status.objects.filter(position=5).update(likes=1200)
    (liked,) = proposed(post, Kind.PULL_QUOTE)
    assert liked.markdown == f"> **{OTHER}**"
    assert "liked 1,200 times" in liked.why
    write(post, f"> **Chosen by a person.**\n\n{body_of(post)}")
    assert proposed(post, Kind.PULL_QUOTE) == []  # another would be one too many


def test_a_short_text_has_none() -> None:
    post = draft("Tides.", "Rings.", f"Ropes. {TELLING}", "End.")
    assert proposed(post, Kind.PULL_QUOTE) == []


@pytest.mark.parametrize(
    ("sentence", "is_fit"),
    [
        (TELLING, True),
        ("But nobody thanks the one who keeps the table.", False),  # leans on what was before
        ("Nobody thanks him.", False),  # too short
        (f"We know that {LONG}on.", False),  # too long
        ("Who thanks the one who keeps the tide table?", False),
        ("Nobody thanks the one who keeps it, see https://e.org.", False),
        ("He said “nobody thanks the one who keeps it.", False),  # half of a quotation
    ],
)
def test_a_quote_is_understood_by_itself(sentence: str, is_fit: bool) -> None:
    assert fit(sentence) is is_fit


def test_it_does_not_stand_in_the_section_before() -> None:
    post = post_of(f"First, the moon. {LONG}more. {TELLING}", "Second, the wind. It turns.")
    new = expand(post, Kind.HEADING, Kind.PULL_QUOTE)
    assert f"## The moon\n\n> **{TELLING}**\n\nFirst, the moon." in new
