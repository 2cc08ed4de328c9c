"""Another order: what belongs together stays together."""

from __future__ import annotations

from newsletter.outlining.entries import Entry
from newsletter.outlining.ordering import by_theme, by_time

LAMP, OIL, FOG, LENS, HORN = range(1, 6)
TEXTS = {
    LAMP: "The lamp was lit at dusk by the keeper.",
    OIL: "Whale oil was dear in those years.",
    FOG: "Fog came up the channel at dusk.",
    LENS: "The keeper polished lens and lamp.",
    HORN: "In fog the horn spoke down the channel.",
}


def outline(*statuses: int) -> list[Entry]:
    return [Entry(f"s{status}", status=status) for status in statuses]


def test_by_time_the_earliest_is_first() -> None:
    entries = [Entry("h1", heading="Light"), *outline(3, 1), Entry("h2", heading="End")]
    entries += [*outline(2, 4), Entry("s5", status=5, dropped=True)]
    ordered = by_time(entries, {1: 10, 2: 5, 3: 20, 4: None})
    assert [entry.key for entry in ordered] == ["h2", "s2", "s4", "s1", "h1", "s3", "s5"]


def test_parts_of_unknown_time_that_nothing_stood_before_are_first() -> None:
    assert by_time(outline(1, 2), {1: None, 2: 7}) == outline(1, 2)


def test_what_was_joined_or_split_moves_as_one() -> None:
    joined, half = Entry("s3", status=3, joined=True), Entry("s3-9", status=3, words="x", start=9)
    entries = [*outline(2), joined, half, *outline(1)]
    assert by_time(entries, {1: 1, 2: 2, 3: 0}) == [*outline(1), *outline(2), joined, half]


def test_by_theme_parts_that_share_rare_words_stand_together() -> None:
    ordered = by_theme(outline(LAMP, OIL, FOG, LENS, HORN), TEXTS)
    assert ordered == outline(LAMP, LENS, FOG, HORN, OIL)
    assert by_theme([], TEXTS) == []
