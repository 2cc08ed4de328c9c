"""The first thing its author said becomes a thread's title."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from threads.text.titles import LONGEST, title_of


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Lamps are old.", "Lamps are old."),
        ("Lamps are old. They last.", "Lamps are old."),
        ("🧵 What lamps taught me", "What lamps taught me"),
        ("What lamps taught me 🧵👇", "What lamps taught me"),
        ("Thread: what lamps taught me", "what lamps taught me"),
        ("A thread 🧵\n\nWhat lamps taught me", "What lamps taught me"),
        ("What lamps taught me: a thread", "What lamps taught me"),
        ("What lamps taught me (thread)", "What lamps taught me"),
        ("1/ What lamps taught me", "What lamps taught me"),
        ("1/12 What lamps taught me", "What lamps taught me"),
        ("(1/n) What lamps taught me", "What lamps taught me"),
        ("What lamps taught me 1/12", "What lamps taught me"),
        ("What lamps taught me (1/12)", "What lamps taught me"),
        ("In 2024/25 lamps won", "In 2024/25 lamps won"),
        ("2/3 of all lamps are old", "2/3 of all lamps are old"),
        ("How I lost the thread", "How I lost the thread"),
        ("Lamps.\nSecond line", "Lamps."),
        ("Dr. Osei, 3.5 lamps and e.g. this. More.", "Dr. Osei, 3.5 lamps and e.g."),
        ("Look https://example.org/a", "Look"),
        ("https://example.org/a\nLook", "Look"),
        ("ランプは古い。長く持つ。", "ランプは古い。"),
        ("334", "334"),
        ("", ""),
        ("🧵👇", ""),
        ("…", ""),
    ],
)
def test_a_title_is_the_first_sentence_without_its_trimmings(text: str, title: str) -> None:
    assert title_of(text) == title


def test_markup_is_no_part_of_a_title() -> None:
    assert title_of("# **Old** [lamps](https://a.example)", "markdown") == "Old lamps"
    assert title_of("![x](https://a.example/b.jpg)\n\n*Lamps*", "markdown") == "x"
    assert title_of("<p>Old <b>lamps</b> &amp; co<br>More</p>", "html") == "Old lamps & co"


def test_a_long_title_is_cut_at_a_word() -> None:
    title = title_of("lamps and " * 30)
    assert title.endswith(("lamps…", "and…"))
    assert LONGEST - 10 < len(title) <= LONGEST


def test_one_long_word_is_cut_anyway() -> None:
    assert title_of("x" * 300) == "x" * (LONGEST - 1) + "…"


@given(st.text(max_size=400))
def test_a_title_fits_one_line(text: str) -> None:
    title = title_of(text)
    assert len(title) <= LONGEST
    assert title == " ".join(title.split())
