"""An outline becomes an article: all kinds of proposals at once, put in as one revision."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import User

from newsletter import drafting, expanding
from newsletter.expanding import Kind
from newsletter.models import Post
from tests.factories import make_newsletter, make_thread
from tests.newsletter.expanding.drafts import body_of, draft, expand, write
from threads.text.html import blanks

pytestmark = pytest.mark.django_db

TIDES = [
    "A tide table is a promise. I kept ours in Port Ellery for eleven winters, by hand, and nobody"
    " thanked me for it until the day it was wrong.",
    "First, write for the one who is late. Whoever reads the table in time hardly needs it. It is"
    " the skipper who comes in at dusk who must not have to think. Nothing on the board is for us.",
    "Second, say what you do not know. The wind can hold back a tide for two hours, and no table"
    " knows the wind. We printed that in red, and people believed the black figures more.",
    "Third, keep the old tables. A harbour that throws them away every year learns each storm for"
    " the first time. The MHW line on our wall was 40 % wrong when I came. The MHW is the only"
    " figure that pilots ask for.",
    "The pilots keep theirs in a tin under the bench, all of them, back to the year the light was"
    " built, and they read them on long watches as other people read novels. Ask to see them once,"
    " when it blows too hard to go out and nobody has anything better to do than to talk about it.",
    "So much for tables. What I would tell whoever keeps the next one: be late with anything else.",
]


def a_draft() -> Post:
    make_newsletter()
    tides = make_thread(TIDES, started_at=datetime(2026, 3, 12, 9, tzinfo=UTC))
    return drafting.compose([tides], title="What a tide table promises")


def test_everything_that_was_there_is_there_and_nothing_is_proposed_twice() -> None:
    post = a_draft()
    before = body_of(post).split("\n\n")
    offered = expanding.proposals(post)
    new = expand(post)
    at = 0
    for paragraph in before:
        at = new.index(paragraph, at) + len(paragraph)
    assert {each.kind for each in offered} == set(Kind) - {Kind.CONTEXT, Kind.READING, Kind.EXAMPLE}
    assert len(blanks(new)) == 5
    # Only the sections that came with the headings are something new to ask about.
    assert {each.kind for each in expanding.proposals(post)} <= {Kind.EXAMPLE}
    expand(post)
    assert expanding.proposals(post) == []


def test_only_what_was_chosen_goes_in_by_name() -> None:
    post = a_draft()
    editor = User.objects.create_user("ines")
    chosen = [each for each in expanding.proposals(post) if each.kind == Kind.HEADING]
    revision = expanding.expand(post, chosen, base=1, by=editor)
    assert (revision.number, revision.by) == (2, editor)
    assert "## Keep the old tables\n\nThird, keep the old tables." in revision.body
    assert blanks(revision.body) == []


def test_who_saved_in_between_is_not_written_over() -> None:
    post = a_draft()
    offered = expanding.proposals(post)
    write(post, "Other words.")
    with pytest.raises(drafting.Conflict):
        expanding.expand(post, offered, base=1)
    assert body_of(post) == "Other words."


def test_each_is_known_by_its_key_and_in_the_order_of_the_places() -> None:
    post = a_draft()
    write(post, f"{body_of(post)} That was in 1987.")
    offered = expanding.proposals(post)
    assert len({each.key for each in offered}) == len(offered)
    assert [each.line for each in offered] == sorted(each.line for each in offered)
    assert [each.kind for each in offered[-2:]] == [Kind.FOOTNOTE, Kind.SUMMARY]


def test_a_text_without_a_source_is_helped_too() -> None:
    post = draft("Tides.", "Ropes.")
    post.sources.all().delete()
    write(post, "\n\n".join(TIDES))
    assert "## In short" in expand(post)
