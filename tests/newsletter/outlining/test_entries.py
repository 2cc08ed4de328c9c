"""What an outline says, and the verbs that change it."""

from __future__ import annotations

import pytest

from newsletter.outlining import entries as verbs
from newsletter.outlining.entries import START, Entry, Refused

WHOLE = "Tea is hot. Rum is not. Ale is."
RUM, ALE = WHOLE.index("Rum"), WHOLE.index("Ale")


def outline(*statuses: int) -> list[Entry]:
    return [Entry(f"s{status}", status=status) for status in statuses]


def keys(entries: list[Entry]) -> list[str]:
    return [entry.key for entry in entries]


def test_it_is_kept_without_what_goes_without_saying() -> None:
    for entry in (Entry("s1", status=1, joined=True), Entry("h1", heading="So")):
        assert Entry.read(entry.written()) == entry
    assert Entry("s1", status=1).written() == {"key": "s1", "status": 1}


@pytest.mark.parametrize(
    ("after", "order"),
    [(None, "s1 s2 s3"), (START, "s3 s1 s2"), ("s1", "s1 s3 s2")],
)
def test_a_part_is_placed_behind_another(after: str | None, order: str) -> None:
    assert keys(verbs.place(outline(1, 2), 3, after)) == order.split()


def test_a_part_stands_once() -> None:
    with pytest.raises(Refused, match="placed already"):
        verbs.place(outline(1), 1)


def test_what_is_not_there_any_more_is_said() -> None:
    with pytest.raises(Refused, match="not in the outline any more"):
        verbs.place(outline(1), 2, "s7")


def test_all_that_is_left_is_placed_at_once() -> None:
    entries = verbs.drop(outline(1, 2), 3)
    assert keys(verbs.place_all(entries, [1, 2, 3, 4, 5])) == ["s1", "s2", "s4", "s5", "s3"]


def test_what_was_set_aside_can_be_taken_back_or_placed() -> None:
    entries = verbs.drop(outline(1, 2), 1)
    assert (verbs.placed(entries), verbs.dropped(entries)) == ({2}, {1})
    assert verbs.take_back(entries, 1) == outline(2)
    assert verbs.place(entries, 1) == outline(2, 1)


@pytest.mark.parametrize(
    ("key", "by", "order"),
    [("s1", -1, "s1 s2 s3"), ("s1", 1, "s2 s1 s3"), ("s3", -1, "s1 s3 s2"), ("s3", 1, "s1 s2 s3")],
)
def test_it_steps_up_and_down_as_far_as_there_is_a_place(key: str, by: int, order: str) -> None:
    entries = verbs.drop(outline(1, 2, 3), 4)
    assert keys(verbs.step(entries, key, by)) == [*order.split(), "s4"]


def test_moving_it_behind_itself_is_nothing() -> None:
    assert verbs.move(outline(1, 2), "s1", "s1") == outline(1, 2)
    with pytest.raises(Refused, match="not in the outline any more"):
        verbs.move(outline(1, 2), "s3", "s3")


def test_a_heading_needs_words_and_can_get_others() -> None:
    entries = verbs.add_heading(outline(1), "  Of\ntea ", "h1", START)
    assert entries[0] == Entry("h1", heading="Of tea")
    # PostgreSQL keeps no text with this sign.
    assert verbs.rename(entries, "h1", "Of\0 rum")[0].heading == "Of rum"
    assert verbs.rename(entries, "h1", "Of rum")[0].heading == "Of rum"
    with pytest.raises(Refused, match="needs words"):
        verbs.rename(entries, "h1", " ")


def test_a_part_is_split_and_made_whole_again() -> None:
    parted = verbs.split(outline(1, 2), "s1", RUM, WHOLE)
    assert parted == [
        Entry("s1", status=1, words="Tea is hot."),
        Entry(f"s1-{RUM}", status=1, words="Rum is not. Ale is.", start=RUM),
        Entry("s2", status=2),
    ]
    thrice = verbs.split(parted, f"s1-{RUM}", ALE, WHOLE)
    assert [entry.words for entry in thrice] == ["Tea is hot.", "Rum is not.", "Ale is.", ""]
    twice = verbs.join(thrice, f"s1-{RUM}", WHOLE)
    assert [entry.words for entry in twice] == ["Tea is hot. Rum is not.", "Ale is.", ""]
    assert verbs.join(twice, f"s1-{ALE}", WHOLE) == outline(1, 2)


@pytest.mark.parametrize("cut", [0, len(WHOLE), 99])
def test_it_is_not_split_outside_of_its_words(cut: int) -> None:
    with pytest.raises(Refused, match="cannot be split there"):
        verbs.split(outline(1), "s1", cut, WHOLE)


def test_a_part_is_joined_to_the_one_before_it_and_no_other() -> None:
    entries = verbs.join(outline(1, 2, 3), "s2", WHOLE)
    assert [entry.joined for entry in entries] == [False, True, False]
    assert verbs.part_again(entries, "s2") == outline(1, 2, 3)
    for torn in (
        verbs.move(entries, "s2", None),
        verbs.remove(entries, "s1"),
        verbs.place(entries, 4, "s1"),
        verbs.drop(entries, 1),
    ):
        assert not any(entry.joined for entry in torn)
    assert verbs.place(entries, 4, "s2")[1].joined


def test_what_is_joined_stays_so_where_the_part_before_is_split_or_made_whole() -> None:
    entries = verbs.join(outline(1, 2), "s2", WHOLE)
    parted = verbs.split(entries, "s1", RUM, WHOLE)
    assert parted[-1].joined
    assert verbs.join(parted, f"s1-{RUM}", WHOLE) == entries
    assert not verbs.remove(parted, f"s1-{RUM}")[-1].joined


@pytest.mark.parametrize("key", ["s1", "s2"])
def test_only_a_part_can_be_joined_to(key: str) -> None:
    entries = verbs.add_heading(outline(1, 2), "So", "h1", "s1")
    with pytest.raises(Refused, match="no part right before it"):
        verbs.join(entries, key, WHOLE)


def test_sentences_in_another_order_are_joined_as_they_are() -> None:
    parted = verbs.split(outline(1), "s1", RUM, WHOLE)
    turned = verbs.move(parted, "s1", None)
    assert verbs.join(turned, "s1", WHOLE)[1].joined
