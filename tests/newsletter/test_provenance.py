"""Paragraphs aligned with the parts they came from, whatever an editor did to them."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsletter import provenance
from newsletter.drafting import compose, save_revision
from newsletter.models import Post
from tests.factories import make_attachment, make_thread
from threads.models import Attachment, Status

LAMPS = [
    "A lighthouse has one job: say the same thing, every night, so that nobody can mistake it.",
    "The log had three columns, and only three: what was seen, what was done, who was told.",
    "When two keepers disagreed about a signal they wrote it down and settled it in daylight.",
    "Quiet is data. An empty log cannot tell a calm night from a sleeping keeper.",
]


def parts(*texts: str) -> list[Status]:
    return [Status(pk=n, remote_id=str(n), markdown=text) for n, text in enumerate(texts, 1)]


def found(body: str, *texts: str) -> list[int | None]:
    """The number of the part of each paragraph."""
    return [
        origin.status.pk if origin.status else None
        for origin in provenance.align(body, parts(*texts))
    ]


def test_what_stands_word_for_word_is_wholly_covered() -> None:
    origins = provenance.align("\n\n".join(LAMPS), parts(*LAMPS))
    assert [(origin.status and origin.status.pk, origin.score) for origin in origins] == [
        (1, 1.0),
        (2, 1.0),
        (3, 1.0),
        (4, 1.0),
    ]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        # new
        ("I spent the autumn in an archive that smells of tar and wet wool.", [None]),
        # retyped with other words here and there
        ("The old log had three columns, only three: what was seen, what they did, who knew.", [2]),
        # cut in two
        ("Quiet is data.\n\nAn empty log cannot tell a calm night.", [4, 4]),
        # half of it new
        (f"{LAMPS[2]} That is how I run my own reviews, and few complain about it.", [3]),
        # two parts in one: the one that gave more
        (f"{LAMPS[3]} {LAMPS[0]}", [1]),
        # marked up
        ("## Quiet is *data*", [4]),
        ("> " + LAMPS[1], [2]),
        ("- what was seen\n- what was done\n- who was told", [2]),
        # short words that stand everywhere
        ("## The night", [None]),
        ("## What was the one thing?", [None]),
        ("It.", [None]),
        # notes are no paragraphs
        ("[blank: who told you?]\n\n[lost picture: a log]", []),
        ("", []),
    ],
)
def test_a_paragraph_keeps_its_part(body: str, expected: list[int | None]) -> None:
    assert found(body, *LAMPS) == expected


def test_a_short_line_is_known_where_it_stands_by_itself() -> None:
    texts = [f"{text} Now and then." for text in LAMPS]
    texts[3] += "\n\nNow:\n\n- the one\n- the other"
    assert found("Now:\n\nNow and here.", *texts) == [4, None]


def test_what_stands_there_in_one_piece_is_wholly_covered() -> None:
    # Its words stand elsewhere in the part, too, and must not be picked one by one.
    text = "A keeper in the fog said that in a world of lamps a night is one of many."
    [origin] = provenance.align("In a world of lamps a night is one.", parts(text, *LAMPS))
    assert origin.score == 1.0


def test_of_two_that_say_the_same_the_one_that_follows_is_meant() -> None:
    again = [LAMPS[3], LAMPS[0], LAMPS[1], LAMPS[0], LAMPS[2]]
    assert found("\n\n".join(again), *again) == [1, 2, 3, 4, 5]


def test_scripts_without_spaces_are_aligned_too() -> None:
    texts = "灯台の光は毎晩同じことを言う。", "記録には三つの欄しかなかった。"
    assert found("## 三つの欄\n\n灯台の光は、毎晩おなじことを言う。\n\n海は静かだ。", *texts) == [
        2,
        1,
        None,
    ]


def test_where_a_link_leads_is_no_word() -> None:
    before = "See [the log](https://example.org/a/very/long/address/of/a/page)."
    assert found("See [the log](https://elsewhere.example/other).", before) == [1]
    assert found(
        "[Quite different](https://example.org/a/very/long/address/of/a/page)", before
    ) == [None]


@given(st.permutations(range(4)), st.data())
@settings(max_examples=40)
def test_it_survives_moving_and_rewriting(order: list[int], data: st.DataObject) -> None:
    chance = random.Random(data.draw(st.integers(0, 999)))  # noqa: S311 - no secret
    body = []
    for at in order:
        words = LAMPS[at].split()
        for place in chance.sample(range(len(words)), len(words) // 5):
            words[place] = chance.choice(["", "rather", words[place].upper(), "and so"])
        body.append(" ".join(filter(None, words)))
    assert found("\n\n".join(body), *LAMPS) == [at + 1 for at in order]


@pytest.mark.django_db
class TestOfAPost:
    def test_parts_of_all_its_threads_are_told_apart(self) -> None:
        first, second = make_thread(LAMPS[:2]), make_thread(LAMPS[2:])
        make_thread(LAMPS, first_id=77000)
        post = compose([first, second], title="Lamps")
        save_revision(post, base=1, body=f"{LAMPS[3]}\n\nNew words.\n\n{LAMPS[0]}")
        origins = provenance.of(post, latest(post))
        assert [o.status and o.status.remote_id for o in origins] == [
            second.main_line()[1].remote_id,
            None,
            first.main_line()[0].remote_id,
        ]

    def test_a_picture_is_known_by_its_file(self) -> None:
        thread = make_thread(LAMPS[:2])
        make_attachment(thread, state=Attachment.State.PRESENT, file="ab/lamp.png")
        post = compose([thread], title="Lamps")
        save_revision(post, base=1, body="![Another description](/media/ab/lamp.png)")
        assert [o.status for o in provenance.of(post, latest(post))] == [thread.main_line()[0]]


def latest(post: Post) -> str:
    post.refresh_from_db()
    assert post.latest
    return post.latest.body
