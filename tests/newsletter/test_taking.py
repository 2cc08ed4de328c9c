"""A change of one part is taken into what a person made of it, and nothing of theirs is lost."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsletter.provenance import words_of
from newsletter.taking import origins, places, taken, what_stands
from newsletter.weaving import NotFound
from threads.models import Change, Status

LOG = "The log had three columns, and only three: what was seen, what was done, who was told."
LOG_NOW = "The log had four columns, and only four: what was seen, what was done, who was told."
PARTS = [
    "A lighthouse has one job: say the same thing, every night, so that nobody can mistake it.",
    LOG,
    "When two keepers disagreed about a signal they wrote it down and settled it in daylight.",
]
MINE = "Mine, about something else entirely."


def parts(*texts: str) -> list[Status]:
    return [
        Status(pk=n, remote_id=str(n), thread_id=1, position=n, markdown=text)
        for n, text in enumerate(texts, 1)
    ]


def change(kind: str, before: str = "", after: str = "", number: int = 2) -> Change:
    status = Status(pk=number, thread_id=1, position=number, markdown=after)
    return Change(pk=70 + number, status=status, kind=kind, before=before, after=after)


def edited(body: str, before: str, after: str) -> str:
    now = [*PARTS[:1], after, *PARTS[2:]]
    return taken(body, change(Change.Kind.EDITED, before, after), parts(*now))


def test_an_edit_keeps_what_the_editor_changed_elsewhere_in_the_paragraph() -> None:
    body = f"{MINE}\n\nThe old log had three columns, and only three: what was seen, who knew."
    after = LOG.replace("only three", "only four")
    assert edited(body, LOG, after) == body.replace("only three", "only four")


def test_a_clash_is_left_to_the_editor() -> None:
    with pytest.raises(NotFound):
        edited(LOG.replace("three columns", "five columns"), LOG, LOG_NOW)


def test_an_edit_of_what_is_not_there_is_none() -> None:
    with pytest.raises(NotFound):
        edited(MINE, LOG, LOG_NOW)


def test_paragraphs_in_between_stay_where_they_are() -> None:
    cut = LOG.replace("three: what", "three:\n\nThree, not four.\n\nWhat")
    found = edited(cut, LOG, LOG + " And it was enough.")
    assert "\n\nThree, not four.\n\n" in found
    assert found.endswith("who was told. And it was enough.")


def test_a_part_that_was_joined_with_another_is_found_in_their_paragraph() -> None:
    joined = f"{PARTS[0]} {PARTS[0].replace('night', 'day')} {LOG}"
    news = change(Change.Kind.EDITED, LOG, LOG_NOW)
    now = parts(PARTS[0], LOG_NOW, PARTS[2])
    assert taken(joined, news, now) == joined.replace(LOG, LOG_NOW)
    assert places(origins(f"{MINE}\n\n{joined}", [news], now), [news], now) == {72: 3}
    with pytest.raises(NotFound):
        taken(joined, change(Change.Kind.DELETED, LOG), parts(*PARTS))


def test_an_added_part_stands_behind_the_rewritten_one_before_it() -> None:
    body = f"The old log had three columns, only three: what they saw, what was done.\n\n{MINE}"
    new = change(Change.Kind.ADDED, after="Nobody lied.", number=4)
    assert taken(body, new, parts(*PARTS, "Nobody lied.")) == (
        body.replace("done.", "done.\n\nNobody lied.")
    )


def test_an_added_part_that_was_put_in_by_hand_does_not_stand_twice() -> None:
    new = change(Change.Kind.ADDED, after=PARTS[2], number=3)
    body = f"{PARTS[2]}\n\n{PARTS[0]}"
    assert taken(body, new, parts(*PARTS)) == body


def test_an_added_part_that_follows_nothing_here_stands_at_the_end() -> None:
    new = change(Change.Kind.ADDED, after="Nobody lied.", number=4)
    assert taken(MINE, new, parts(*PARTS, "Nobody lied.")) == f"{MINE}\n\nNobody lied."
    assert taken("", new, parts(*PARTS)) == "Nobody lied."


def test_a_deleted_part_goes_though_it_was_mended() -> None:
    mended = LOG.replace("had", "held")
    gone = change(Change.Kind.DELETED, LOG)
    assert taken(f"{PARTS[0]}\n\n{mended}\n\n{MINE}", gone, parts(*PARTS)) == (
        f"{PARTS[0]}\n\n{MINE}"
    )
    assert taken(f"{PARTS[0]}\n\n{mended}", gone, parts(*PARTS)) == PARTS[0]


@pytest.mark.parametrize("kind", [Change.Kind.DELETED, Change.Kind.EDITED])
def test_words_that_were_not_kept_are_nowhere(kind: str) -> None:
    with pytest.raises(NotFound):
        taken(LOG, change(kind, after=LOG_NOW), parts(*PARTS))


def test_a_deleted_part_with_more_to_it_stays() -> None:
    with pytest.raises(NotFound):
        taken(f"{LOG} That is what I would copy.", change(Change.Kind.DELETED, LOG), parts(*PARTS))


def test_a_part_is_found_though_a_later_one_quotes_it() -> None:
    old = "The log had three columns.\n\nNo column for blame at all."
    now = parts("A lamp burns at night.", f"{old} And no more.", f"Once more:\n\n{old}")
    edit = change("edited", old, f"{old} And no more.")
    body = f"A lamp burns at night.\n\n{old}"
    assert what_stands(body, edit, now) == old
    assert [o.status and o.status.pk for o in origins(body, [edit], now)] == [1, 2, 2]


def test_each_change_belongs_to_the_paragraph_of_its_part() -> None:
    heading = "## The log had three columns"
    body = f"{heading}\n\n{PARTS[0]}\n\n{LOG.replace('had', 'held')}\n\nMine again."
    changes = [
        change(Change.Kind.EDITED, LOG, LOG_NOW),
        change(Change.Kind.ADDED, after="Nobody lied.", number=4),
        change(Change.Kind.DELETED, "Quiet is data, as an empty log cannot tell.", number=5),
    ]
    now = parts(PARTS[0], LOG_NOW, PARTS[2], "Nobody lied.")
    assert places(origins(body, changes, now), changes, now) == {72: 5, 74: 5}
    assert what_stands(body, changes[0], now) == body.removesuffix("\n\nMine again.")
    assert what_stands(body, changes[2], now) == ""


def test_a_change_belongs_to_the_paragraph_whose_words_changed() -> None:
    picture = f"![A page of the log](/media/ab/{'7' * 200}.jpg)"
    before, after = ("\n\n".join([log, PARTS[0], picture]) for log in (LOG, LOG_NOW))
    news = change(Change.Kind.EDITED, before, after)
    now = parts(PARTS[2], after)
    body = f"{PARTS[2]}\n\n{before}"
    assert places(origins(body, [news], now), [news], now) == {72: 3}


@given(st.data())
@settings(max_examples=60)
def test_no_word_of_the_editor_is_lost(data: st.DataObject) -> None:
    """Where both left a word alone it stays, and what the editor added is there afterwards."""
    old = LOG.split()
    mine, theirs = old.copy(), old.copy()
    own = data.draw(st.lists(st.integers(0, len(old) - 1), max_size=4, unique=True))
    for at in own:
        mine[at] = f"mine{at}"
    for at in data.draw(st.lists(st.integers(0, len(old) - 1), max_size=4, unique=True)):
        theirs[at] = f"theirs{at}"
    body = f"{MINE}\n\n{' '.join(mine)}\n\n```\n\n\n    {MINE}\n```"
    try:
        found = edited(body, LOG, " ".join(theirs))
    except NotFound:
        return
    assert found.startswith(f"{MINE}\n\n")
    assert found.endswith(f"\n\n```\n\n\n    {MINE}\n```")
    assert {word for word in words_of(body) if word.startswith("mine")} <= set(words_of(found))
    assert [word for word in theirs if word.startswith("theirs")] == [
        word for word in found.split() if word.startswith("theirs")
    ]
