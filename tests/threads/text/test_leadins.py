"""What announces a thread goes from the ends of a status; the same words inside stay."""

from __future__ import annotations

import pytest

from threads.text.merge import merge
from threads.text.spans import Span, SpanKind
from threads.text.trimming import Part, Reason


def without_lead_ins(text: str) -> tuple[str, list[str]]:
    """A second part keeps the text from standing alone."""
    merged = merge([Part("1", text), Part("2", "The end.")])
    assert {entry.reason for entry in merged.left_out} <= {Reason.LEAD_IN}
    return merged.markdown.removesuffix("\n\nThe end."), [entry.text for entry in merged.left_out]


@pytest.mark.parametrize(
    ("text", "rest", "gone"),
    [
        ("Roles merge. 🧵", "Roles merge.", ["🧵"]),
        ("Roles merge.\n\n👇", "Roles merge.", ["👇"]),
        ("Roles merge 🧵👇🏽 ⬇️", "Roles merge", ["🧵👇🏽 ⬇️"]),
        ("🧵 Roles merge.", "Roles merge.", ["🧵"]),
        ("🧵: Roles merge.", "Roles merge.", ["🧵:"]),
        ("Thread: Roles merge.", "Roles merge.", ["Thread:"]),
        ("THREAD — Roles merge.", "Roles merge.", ["THREAD —"]),
        ("A short thread:\n\nRoles merge.", "Roles merge.", ["A short thread:"]),
        ("[Thread] Roles merge.", "Roles merge.", ["[Thread]"]),
        ("Roles merge. A thread.", "Roles merge.", ["A thread."]),
        ("How roles merge, a thread 🧵", "How roles merge", ["🧵", ", a thread"]),
        ("How roles merge (a mini-thread)", "How roles merge", ["(a mini-thread)"]),
        ("How roles merge - thread", "How roles merge", ["- thread"]),
        ("How roles merge 1/n", "How roles merge", ["1/n"]),
        ("How roles merge (1/)", "How roles merge", ["(1/)"]),
        ("1/ How roles merge", "How roles merge", ["1/"]),
        ("I pulled on a thread", "I pulled on a thread", []),
        ("Thread pitch matters.", "Thread pitch matters.", []),
        ("Look 👇 here.", "Look 👇 here.", []),
        ("We need 24/7", "We need 24/7", []),
        ("I love it 🧡", "I love it 🧡", []),
    ],
)
def test_lead_ins(text: str, rest: str, gone: list[str]) -> None:
    assert without_lead_ins(text) == (rest, gone)


def test_a_lead_in_before_the_last_link_goes_and_the_link_stays() -> None:
    text = "Look at this 👇 https://t.co/x"
    link = Span(15, 29, SpanKind.LINK, "https://e.org/")
    merged = merge([Part("1", text, (link,))])
    assert merged.markdown == "Look at this <https://e.org/>"


def test_a_status_that_only_announces_leaves_its_pictures() -> None:
    merged = merge([Part("1", "🧵", after=("![](/media/a.jpg)",)), Part("2", "Now.")])
    assert merged.markdown == "![](/media/a.jpg)\n\nNow."
