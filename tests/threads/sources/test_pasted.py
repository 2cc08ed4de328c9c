"""Pasted text and text files as threads."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from threads.sources.base import Format, MediaKind, SourceFormatError, SourceMedia, Span, SpanKind
from threads.sources.pasted import Cut, PastedSource, cut, guess_cut


def test_the_parts_follow_each_other_with_stable_ids() -> None:
    first, second = PastedSource(["\nOne\n", " ", "Two"]).statuses()
    again = [status.id for status in PastedSource(["One", "Two"]).statuses()]
    assert [first.id, second.id] == again
    assert first.id.startswith("text:")
    assert first.id.endswith(":1")
    assert (first.text, second.text) == ("One", "Two")
    assert (first.reply_to, second.reply_to) == ("", first.id)
    assert first.sort_key < second.sort_key
    assert first.posted_at is None


def test_more_than_nine_parts_are_sorted_as_they_stand() -> None:
    statuses = list(PastedSource([f"Part {number}" for number in range(1, 121)]).statuses())
    assert sorted(statuses, key=lambda status: status.sort_key) == statuses


@pytest.mark.parametrize(
    ("author", "remote_id", "handle", "name"),
    [
        ("Ada  Example ", "ada example", "", "Ada Example"),
        ("@AdaExample", "@adaexample", "AdaExample", ""),
    ],
)
def test_an_author_is_one_account_whatever_was_pasted(
    author: str, remote_id: str, handle: str, name: str
) -> None:
    account = PastedSource(["One"], author=author).account()
    assert account == PastedSource(["Two"], author=author).account()
    assert (account.platform, account.remote_id) == ("none", remote_id)
    assert (account.handle, account.name) == (handle, name)


def test_without_an_author_the_account_is_that_of_the_text() -> None:
    source = PastedSource(["One", "Two"])
    assert source.account().remote_id.startswith("text:")
    assert [status.reply_to_account for status in source.statuses()] == [
        "",
        source.account().remote_id,
    ]


def test_the_original_address_is_that_of_the_first_part() -> None:
    source = PastedSource(["One", "Two"], url="https://example.com/1")
    assert [status.url for status in source.statuses()] == ["https://example.com/1", ""]


def test_markdown_is_kept_as_it_is() -> None:
    (status,) = PastedSource(["- [a](https://example.com)\n- **b**"]).statuses()
    assert status.text == "- [a](https://example.com)\n- **b**"
    assert status.format is Format.MARKDOWN
    assert status.spans == ()


def test_plain_text_has_its_addresses_marked_but_no_mentions() -> None:
    (status,) = PastedSource(["@ada https://example.com/a"], format=Format.PLAIN).statuses()
    assert status.spans == (Span(5, 26, SpanKind.LINK, "https://example.com/a"),)


@pytest.mark.parametrize("parts", [[], [""], [" \n", "\t"]])
def test_a_paste_of_nothing_is_refused(parts: list[str]) -> None:
    with pytest.raises(SourceFormatError, match=r"^There is no text in what was pasted\.$"):
        PastedSource(parts)


def test_an_empty_file_is_refused_by_its_name() -> None:
    with pytest.raises(SourceFormatError, match=r"^notes\.txt is empty\.$"):
        PastedSource.from_text(" \n", "notes.txt")


@pytest.mark.parametrize("text", ["<!DOCTYPE html><p>One", "\n<html lang=en>"])
def test_a_web_page_is_not_taken_for_a_text(text: str) -> None:
    with pytest.raises(SourceFormatError, match=r"^page\.html is a web page, but none saved from"):
        PastedSource.from_text(text, "page.html")


@pytest.mark.parametrize(
    ("name", "format_"),
    [("notes.txt", Format.PLAIN), ("notes.MD", Format.MARKDOWN), ("notes", Format.PLAIN)],
)
def test_a_file_is_cut_as_it_seems_meant_and_read_by_its_name(name: str, format_: Format) -> None:
    statuses = list(PastedSource.from_text("One\n\n\n\nTwo\n\nmore", name).statuses())
    assert [status.text for status in statuses] == ["One", "Two\n\nmore"]
    assert {status.format for status in statuses} == {format_}


WRITTEN = """---
title: Why lamps turn
author: Mira Osei
date: 2026-03-01
url: https://mira.example/lamps
---

They do, [slowly](https://mira.example/slow).

- one
- two

---

> And quietly.
"""


def test_a_markdown_file_says_itself_whose_it_is() -> None:
    source = PastedSource.from_text(WRITTEN, "lamps.txt")
    first, second = source.statuses()
    assert source.account().name == "Mira Osei"
    assert first.text == (
        "# Why lamps turn\n\nThey do, [slowly](https://mira.example/slow).\n\n- one\n- two"
    )
    assert second.text == "> And quietly."
    assert (first.format, first.url) == (Format.MARKDOWN, "https://mira.example/lamps")
    assert first.posted_at == second.posted_at == datetime(2026, 3, 1, tzinfo=UTC)
    again = PastedSource.from_text(WRITTEN.replace("Mira Osei", "Bo Lind"), "lamps.txt")
    assert [status.id for status in again.statuses()] == [first.id, second.id]


def test_a_title_that_stands_there_already_is_not_said_twice() -> None:
    text = "---\ntitle: Lamps\nurl: javascript:1\n---\n# lamps\n\nThey turn."
    (first, _) = PastedSource.from_text(text, "lamps.md").statuses()
    assert (first.text, first.url) == ("# lamps", "")


@given(st.lists(st.text("ab-/12 \n", min_size=1).filter(str.strip), min_size=1, max_size=6))
def test_posts_apart_by_three_empty_lines_keep_their_words(posts: list[str]) -> None:
    text = "\n\n\n\n".join(posts)
    parts = [status.text for status in PastedSource(cut(text, Cut.BLANK_LINES)).statuses()]
    assert " ".join(parts).split() == text.split()


def test_text_carries_no_files() -> None:
    source = PastedSource(["One"])
    assert source.open_media(SourceMedia(MediaKind.IMAGE), "1") is None


def test_cutting_is_to_be_had_where_pasting_is() -> None:
    assert cut("a\n\nb", guess_cut("a\n\nb")) == cut("a\n\nb", Cut.BLANK_LINES)
