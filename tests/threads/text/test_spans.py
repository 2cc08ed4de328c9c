"""A text and its spans stay together, whatever is cut."""

from __future__ import annotations

from threads.text.spans import Marked, Span, SpanKind

LINK, LOST = SpanKind.LINK, SpanKind.LOST_PICTURE
TEXT = Marked(
    "  see here now  \nthen  ",
    (Span(6, 10, LINK, "https://e.org"), Span(15, 15, LOST, "a cat"), Span(22, 22, LOST, "end")),
)


def test_a_piece_takes_its_spans_along() -> None:
    assert TEXT.between(4, 8) == Marked("e he", (Span(2, 4, LINK, "https://e.org"),))


def test_an_empty_span_at_the_edge_belongs_to_the_piece() -> None:
    assert [span.target for span in TEXT.between(15, 16).spans] == ["a cat"]
    assert [span.target for span in TEXT.between(13, 15).spans] == ["a cat"]


def test_what_is_cut_away_takes_its_links_but_not_its_lost_pictures() -> None:
    rest = TEXT.without(2, 16)
    assert rest.text == "  \nthen  "
    assert rest.spans == (Span(2, 2, LOST, "a cat"), Span(8, 8, LOST, "end"))


def test_a_link_that_is_cut_in_two_keeps_the_rest() -> None:
    assert TEXT.without(0, 8).spans[0] == Span(0, 2, LINK, "https://e.org")


def test_lines_have_no_space_at_their_ends_and_every_span_once() -> None:
    first, second = TEXT.lines()
    assert first == Marked(
        "see here now", (Span(4, 8, LINK, "https://e.org"), Span(12, 12, LOST, "a cat"))
    )
    assert second == Marked("then", (Span(4, 4, LOST, "end"),))


def test_a_text_of_spaces_keeps_its_lost_pictures() -> None:
    assert Marked("   ", (Span(2, 2, LOST, "x"),)).stripped() == Marked(
        "", (Span(0, 0, LOST, "x"),)
    )
