"""Chosen parts as one text: as good as the whole thread's, in any order."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from threads.text.merge import merge
from threads.text.picking import Pick, Source, alone, pick
from threads.text.spans import Span, SpanKind
from threads.text.trimming import LeftOut, Part, Reason


def source(*texts: str, **fields: object) -> Source:
    return Source.of([Part(str(at), text, **fields) for at, text in enumerate(texts)])  # type: ignore[arg-type] # one test each


def text(*picks: Pick, title: str = "", below_heading: bool = False) -> str:
    found = pick(picks, title=title, below_heading=below_heading)
    return "\n\n".join(markdown for markdown, _ in found.blocks)


def every(one: Source) -> list[Pick]:
    return [Pick(one, at) for at in range(len(one.pieces))]


LINES = ["So. 1/3", "1. Tea", "2. Rum", "3. Ale", "- a", "- b", "and then,", "on it goes…", "…on."]


@settings(max_examples=60)
@given(st.lists(st.sampled_from(LINES), min_size=1, max_size=7), st.sampled_from([2, 3]))
def test_all_parts_in_their_order_are_the_thread(texts: list[str], level: int) -> None:
    parts = [
        Part(str(at), words, after=("![a](/media/b.png)",) * (at == 1))
        for at, words in enumerate(texts)
    ]
    whole = merge(parts, title="So.", level=level)
    one = Source.of(parts)
    found = pick(every(one), title="So.", below_heading=level == 3)
    assert "\n\n".join(markdown for markdown, _ in found.blocks) == whole.markdown
    assert sorted(found.left_out, key=repr) == sorted(whole.left_out, key=repr)


def test_counters_are_known_by_the_parts_that_are_not_chosen() -> None:
    one = source("Tea. 1/3", "Rum. 2/3", "Ale. 3/3")
    assert text(Pick(one, 2), Pick(one, 0)) == "Ale.\n\nTea."
    assert pick([Pick(one, 2)]).left_out == [LeftOut("2", "3/3", Reason.COUNTER)]


def test_a_sentence_runs_on_only_to_the_next_part_of_its_thread() -> None:
    one, other = source("Tea is,", "of course, hot.", "So is rum."), source("of course, cold.")
    assert text(Pick(one, 0), Pick(one, 1)) == "Tea is, of course, hot."
    assert text(Pick(one, 0), Pick(other, 0)) == "Tea is,\n\nof course, cold."
    assert text(Pick(one, 1), Pick(one, 0)) == "of course, hot.\n\nTea is,"
    assert text(Pick(one, 0), Pick(one, 2), Pick(one, 1)) == (
        "Tea is,\n\nSo is rum.\n\nof course, hot."
    )


def test_it_says_which_picks_a_block_was_made_of() -> None:
    one = source("Tea is…", "…hot.", "Rum.")
    found = pick(every(one))
    assert found.blocks == [("Tea is hot.", (0, 1)), ("Rum.", (2,))]
    assert found.left_out == [
        LeftOut("0", "…", Reason.CONTINUATION),
        LeftOut("1", "…", Reason.CONTINUATION),
    ]


def test_what_is_joined_goes_on_in_the_paragraph_before() -> None:
    one, other = source("Tea is hot."), source("Rum is not.", "• a")
    assert text(Pick(one, 0), Pick(other, 0, joined=True)) == "Tea is hot. Rum is not."
    # a list is no paragraph
    assert text(Pick(one, 0), Pick(other, 1, joined=True)) == "Tea is hot.\n\n- a"
    assert text(Pick(other, 0, joined=True)) == "Rum is not."


def test_numbered_points_are_headings_one_level_below_a_heading() -> None:
    one = source("Of drinks.", "1. Tea\n\nHot.", "2. Rum\n\nOld.", "3. Ale\n\nOk.")
    assert text(Pick(one, 2)) == "## 2. Rum\n\nOld."
    assert text(Pick(one, 2), below_heading=True) == "### 2. Rum\n\nOld."


def test_the_title_is_not_said_again() -> None:
    one = source("Tea.", "Rum is hot. It is.")
    assert text(*every(one), title="Tea") == "Rum is hot. It is."
    assert text(Pick(one, 1), title="Rum is hot.", below_heading=True) == "It is."
    assert text(Pick(one, 0), title="Tea.") == "Tea."


def test_a_warning_stands_once_before_what_it_warns_of() -> None:
    one = source("Tea. It is hot.", "Rum.", before=("*Content warning: drinks*",))
    warned = "*Content warning: drinks*\n\n"
    assert text(Pick(one, 1), Pick(one, 0)) == f"{warned}Rum.\n\nTea. It is hot."
    assert text(Pick(one, 0, "It is hot.", 5)) == "It is hot."
    points = source("So:", "1. Tea", "2. Rum", "3. Ale", before=("*Content warning: drinks*",))
    assert text(Pick(points, 2)) == f"{warned}2. Rum"


def test_a_part_can_be_cut_between_its_sentences() -> None:
    words = "Tea is hot. “Rum?” No!\nAle."
    one = source(words)
    assert [words[cut:] for cut in one.cuts(0)] == ["“Rum?” No!\nAle.", "No!\nAle.", "Ale."]
    first, second = Pick(one, 0, "Tea is hot."), Pick(one, 0, "“Rum?” No!\nAle.", 12)
    assert text(first, second) == "Tea is hot.\n\n“Rum?” No!\\\nAle."
    assert text(second, first) == "“Rum?” No!\\\nAle.\n\nTea is hot."


def test_a_picture_stays_with_the_last_words_of_its_part() -> None:
    one = source("Tea. Rum.", after=("![A cup](/media/a.png)",))
    assert text(Pick(one, 0, "Tea.")) == "Tea."
    assert text(Pick(one, 0, "Rum.", 5)) == "Rum.\n\n![A cup](/media/a.png)"


@pytest.mark.parametrize("after", ["Oh. Tea. Rum.", "Rum. Tea."])
def test_words_that_moved_in_their_part_are_found_again(after: str) -> None:
    one = source(after, after=("![A cup](/media/a.png)",))
    ends = after.endswith("Tea.")
    assert text(Pick(one, 0, "Tea.")).startswith("Tea.")
    assert ("![A cup]" in text(Pick(one, 0, "Tea."))) is ends


def test_words_that_their_author_took_back_are_still_in_the_text() -> None:
    one = source("Gin.", after=("![A cup](/media/a.png)",))
    assert text(Pick(one, 0, "Tea *is* it.")) == "Tea \\*is\\* it."


def test_nothing_is_cut_that_belongs_together() -> None:
    link = Span(0, 12, SpanKind.LINK, "https://example.org/")
    one = Source.of([Part("0", "Dr. Tea. Hot. Ok.", (Span(0, 8, link.kind, link.target),))])
    assert one.cuts(0) == [9, 14]
    markdown = "A **b. c** d. [e. f](g) h. (i. j) k. l"
    [*cuts] = source(markdown, is_markdown=True).cuts(0)
    assert [markdown[cut:] for cut in cuts] == [
        "[e. f](g) h. (i. j) k. l",
        "(i. j) k. l",
        "l",
    ]
    assert source("。", "茶。酒。").cuts(1) == [2]


def test_a_card_says_its_part_without_the_counter() -> None:
    one = source("1/2 Tea is,", "2/2 so.")
    assert alone(Pick(one, 0)) == "Tea is,"
