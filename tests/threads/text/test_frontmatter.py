"""What stands above a Markdown text, and that nothing below it is lost."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from threads.text.frontmatter import FrontMatter, date_in, read_front_matter


@pytest.mark.parametrize(
    ("text", "about", "body"),
    [
        (
            '---\ntitle: "Why: lamps"\nauthor: Mira Osei\ndate: 2026-03-01\n'
            "url: https://mira.example/1\ntags: [lamps]\n---\nOne.\n",
            FrontMatter("Why: lamps", "Mira Osei", "2026-03-01", "https://mira.example/1"),
            "One.\n",
        ),
        ("\ufeff---\r\nTitle: Lamps\r\n...\r\n\r\nOne.", FrontMatter("Lamps"), "\nOne."),
        ("\n---\nauthor: [Mira]\nauthor: Bo\n---", FrontMatter(author="Mira"), ""),
        ("---\ntitle:\ntags: a\n---\nOne.", FrontMatter(), "---\ntitle:\ntags: a\n---\nOne."),
        ("---\nOne.\n---\nTwo.", FrontMatter(), "---\nOne.\n---\nTwo."),
        ("---\n---\nOne.", FrontMatter(), "---\n---\nOne."),
        ("---\ntitle: Lamps\nOne.", FrontMatter(), "---\ntitle: Lamps\nOne."),
        ("One.\n---\ntitle: Lamps\n---", FrontMatter(), "One.\n---\ntitle: Lamps\n---"),
        ("", FrontMatter(), ""),
    ],
)
def test_it_is_told_apart_from_the_text(text: str, about: FrontMatter, body: str) -> None:
    assert read_front_matter(text) == (about, body)


@given(st.text("-:a \n", max_size=40))
def test_what_stands_below_is_kept(body: str) -> None:
    about, kept = read_front_matter(f"---\ntitle: Lamps\n---\n{body}")
    assert (about.title, kept) == ("Lamps", body)


@given(st.text("-:a. \ntile", max_size=60))
def test_a_text_without_it_is_left_alone(text: str) -> None:
    about, kept = read_front_matter(text)
    assert any(about) or kept == text


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("2026-03-01", datetime(2026, 3, 1, tzinfo=UTC)),
        (" 2026-03-01 09:30 ", datetime(2026, 3, 1, 9, 30, tzinfo=UTC)),
        (
            "2026-03-01T09:30:00+02:00",
            datetime(2026, 3, 1, 9, 30, tzinfo=timezone(timedelta(hours=2))),
        ),
        ("next week", None),
        ("", None),
    ],
)
def test_dates_as_computers_write_them_are_understood(written: str, date: datetime | None) -> None:
    assert date_in(written) == date


def test_much_of_anything_is_read_in_linear_time() -> None:
    for piece in ("-", "---\n", "\n", "title: ", "a: b\n", " "):
        read_front_matter("---\n" + piece * (200_000 // len(piece)))
