"""Literal text as Markdown: it reads as it was, and most of it needs no backslash."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.threads.text.reading import text_on_page
from tests.threads.text.test_merge_properties import NASTY
from threads.text.blocks import cleaned
from threads.text.escaping import label, literal
from threads.text.html import to_html
from threads.text.spans import Marked

ORDINARY = [
    "It's 5 < 6, and 7 > 6: 100 % sure!",
    "snake_case_names and 2 * 3 * 4 stay",
    "Costs rose (a lot) [sic] - by 10-20 ~ percent & more",
    "#hashtag @some_one C# F# 1.5 v2.0 node.js",
    "“Quotes”, ‘more’ and… dots — dashes – all of it",
    "Question? Answer! ;-) :) <3 ->",
]


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_text_needs_no_backslash(text: str) -> None:
    assert literal(text) == text


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("*stars* and **more**", r"\*stars\* and \*\*more\*\*"),
        ("_under_ but not snake_case", r"\_under\_ but not snake_case"),
        ("`code`", r"\`code\`"),
        ("~~gone~~ ~not~", r"\~\~gone\~\~ ~not~"),
        ("# no heading", r"\# no heading"),
        ("- no list", r"\- no list"),
        ("1. no list", r"1\. no list"),
        ("12) no list", r"12\) no list"),
        ("> no quote", r"\> no quote"),
        ("---", r"\---"),
        ("===", r"\==="),
        ("* * *", r"\* * *"),
        ("|-|-|", r"\|-|-|"),
        ("<b>bold</b>", r"\<b>bold\</b>"),
        ("&lt; &#42; R&D", r"\&lt; \&#42; R&D"),
        ("[a](b) [c][d] [e]: f", r"[a\](b) [c\][d] [e\]: f"),
        ("a[^1] ^[b]", r"a\[^1] ^\[b]"),
        ("[blank: x]", r"\[blank: x]"),
        ("[lost picture: x]", r"\[lost picture: x]"),
        (r"C:\path \* \ end\ "[:-1], r"C:\path \\\* \ end\\"),
    ],
)
def test_what_would_mean_something_gets_a_backslash(text: str, markdown: str) -> None:
    assert literal(text) == markdown


def test_a_label_keeps_its_brackets_and_loses_its_line_breaks() -> None:
    assert label("a [b]\n  *c*\\") == r"a \[b\] \*c\*" + "\\\\"


@settings(max_examples=600)
@given(st.lists(st.sampled_from(NASTY) | st.text(max_size=6), max_size=10).map("".join))
def test_a_line_reads_as_it_was_written(text: str) -> None:
    # Addresses are found and written as links before anything is escaped.
    text = re.sub(r"[\r\n\u2028\u2029]|://", " ", text)
    line = cleaned(Marked(text)).text.strip()
    shown = text_on_page(literal(line))
    assert re.sub(r"\s", "", shown) == re.sub(r"\s", "", line)


@settings(max_examples=300)
@given(st.lists(st.sampled_from(NASTY) | st.text(max_size=6), max_size=10).map("".join))
def test_a_label_never_breaks_out_of_its_brackets(text: str) -> None:
    text = cleaned(Marked(text)).text
    html = to_html(f"![{label(text)}](/media/x.jpg)")
    assert html.count("<img ") == 1
    assert html.endswith("></figure>\n")
