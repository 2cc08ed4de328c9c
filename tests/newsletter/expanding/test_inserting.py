"""Putting proposals into a text."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from newsletter.expanding.inserting import inserted
from newsletter.expanding.proposal import Kind, Proposal, blank
from threads.text.html import blanks, paragraphs, to_html

BODY = "## Tides\nOne.\n\nTwo."


def proposal(line: int, markdown: str, kind: Kind = Kind.EXAMPLE, mark: str = "") -> Proposal:
    return Proposal(kind, "", "", line, markdown, mark)


def test_each_stands_by_itself_at_its_place() -> None:
    new = inserted(BODY, [proposal(2, "A"), proposal(0, "B"), proposal(1, "C"), proposal(4, "D")])
    assert new == "B\n\n## Tides\n\nC\n\nOne.\n\nA\n\nTwo.\n\nD"


def test_of_one_place_a_question_comes_before_a_heading() -> None:
    both = [proposal(3, "## Rope", Kind.HEADING), proposal(3, "[blank: why?]")]
    assert inserted(BODY, both) == "## Tides\nOne.\n\n[blank: why?]\n\n## Rope\n\nTwo."


def test_a_footnote_marks_its_line_and_stands_below_everything() -> None:
    note = proposal(2, "[^1]: Mira", Kind.FOOTNOTE, "[^1]")
    assert inserted(f"{BODY}\n", [note, proposal(5, "## In short", Kind.SUMMARY)]) == (
        "## Tides\nOne.[^1]\n\nTwo.\n\n## In short\n\n[^1]: Mira"
    )


def test_a_footnote_is_no_part_of_the_address_before_it() -> None:
    body = inserted("See https://e.org/x", [proposal(1, "[^1]: Mira", Kind.FOOTNOTE, "[^1]")])
    html = to_html(body)
    assert 'href="https://e.org/x"' in html
    assert "footnote-ref" in html


pieces = st.sampled_from(
    ["Rope.", "## Tides", "- a\n- b", "1. a", "> said", "```\ncode\n```", "[blank: x]", "a\nb"]
)
texts = st.lists(pieces, max_size=6).map("\n\n".join)


@given(texts, st.data())
@settings(max_examples=60)
def test_what_stands_there_still_does_and_what_comes_is_all_there(
    body: str, data: st.DataObject
) -> None:
    places = [each.last for each in paragraphs(body)] or [0]
    lines = data.draw(st.lists(st.sampled_from(places), max_size=5))
    added = [proposal(line, f"[blank: number {n}]") for n, line in enumerate(lines)]
    notes = [
        proposal(each.last, f"[^{n}]: Mira", Kind.FOOTNOTE, f"[^{n}]")
        for n, each in enumerate(paragraphs(body))
        if each.kind == "paragraph"
    ]
    new = inserted(body, [*added, *notes])
    at = 0
    for paragraph in body.split("\n\n"):
        at = new.index(paragraph, at) + len(paragraph)
    for each in added:
        assert new.count(each.markdown) == 1
    assert len(blanks(new)) == len(blanks(body)) + len(added)


@given(st.text(alphabet="ab\n #-*>[]`\\^:", max_size=60), st.integers(0, 60), st.integers(0, 60))
@settings(max_examples=60)
def test_any_text_at_all_keeps_its_signs_in_order(body: str, first: int, second: int) -> None:
    last = body.count("\n") + 1
    new = inserted(
        body,
        [
            proposal(min(first, last), "[blank: why?]"),
            proposal(max(1, min(second, last)), "[^1]: Mira", Kind.FOOTNOTE, "[^1]"),
        ],
    )
    rest = iter(new)
    assert all(sign in rest for sign in body)


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=60))
@settings(max_examples=60)
def test_a_blank_asks_what_it_was_given(question: str) -> None:
    said = " ".join(question.split()).replace("[", "(").replace("]", ")")
    assert blanks(f"Above.\n\n{blank(question)}\n\nBelow.") == [said]
