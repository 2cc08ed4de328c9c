"""White space collapses as in a browser, and spans lie where their words are."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from threads.text.flow import Flow
from threads.text.spans import Span, SpanKind


def test_white_space_counts_once_and_not_beside_line_breaks() -> None:
    flow = Flow()
    flow.add("\n  One \t")
    flow.add(" two")
    flow.line_break()
    flow.add("\n three\n")
    assert flow.text == "One two\nthree"


def test_blocks_share_a_line_break_and_breaks_make_at_most_one_empty_line() -> None:
    flow = Flow()
    flow.block()
    flow.add("one")
    flow.block()
    flow.block()
    flow.add("two")
    for _ in range(3):
        flow.line_break()
    flow.add("three")
    flow.line_break()
    assert flow.text == "one\ntwo\n\nthree"


def test_spans_hold_the_words_alone() -> None:
    flow = Flow()
    flow.add("See")
    flow.add(" the page ", SpanKind.LINK, "https://example.com/")
    flow.mark(SpanKind.LOST_PICTURE, "a cat")
    flow.add("!")
    assert flow.text == "See the page !"
    assert flow.spans == [
        Span(4, 12, SpanKind.LINK, "https://example.com/"),
        Span(12, 12, SpanKind.LOST_PICTURE, "a cat"),
    ]


def test_a_flow_without_words_is_empty() -> None:
    flow = Flow()
    flow.add(" \n")
    flow.line_break()
    assert not flow
    assert flow.text == ""


@given(st.lists(st.one_of(st.none(), st.text("ab \n", max_size=5))))
def test_no_word_is_lost_and_every_span_has_its_own(pieces: list[str | None]) -> None:
    flow = Flow()
    for piece in pieces:
        if piece is None:
            flow.line_break()
        else:
            flow.add(piece, SpanKind.LINK, piece)
    assert "".join(flow.text.split()) == "".join("".join(p or "" for p in pieces).split())
    for span in flow.spans:
        assert flow.text[span.start : span.end].split() == span.target.split()
