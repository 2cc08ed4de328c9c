"""Depth is counted by tags, so that no parser need be asked."""

from __future__ import annotations

import pytest

from threads.text.nesting import is_deeper


@pytest.mark.parametrize(
    ("html", "deeper"),
    [
        ("<div>" * 10, False),
        ("<div>" * 11, True),
        ("<div></div>" * 100, False),
        ("</div>" * 100 + "<b>" * 11, True),
        ("<br><p><li><img>" * 100, False),
        ("<script>" + "if (a<b) x = '<div>';" * 100 + "</script>", False),
        ("<SCRIPT>" + "<div>" * 100 + "</SCRIPT>" + "<div>" * 11, True),
        ("<script>" + "<div>" * 100, False),
        ("no tags", False),
    ],
)
def test_only_what_can_lie_in_each_other_counts(html: str, deeper: bool) -> None:
    assert is_deeper(html, 10) is deeper


@pytest.mark.parametrize("piece", ["<", "<a", "<a ", "</", "<script>", "<title></title>", "<!--"])
def test_much_of_anything_is_counted_in_linear_time(piece: str) -> None:
    is_deeper(piece * (200_000 // len(piece)), 10**9)
