"""How long a text is, in words and minutes."""

from __future__ import annotations

import pytest

from newsletter.rendering import minutes, words


@pytest.mark.parametrize(
    ("body", "count"),
    [
        ("", 0),
        ("One two, three.", 3),
        ("Don’t count well-known 1,000.50 things twice", 6),
        ("[words](https://e.org/not-counted) ![nor this](/media/a.jpg)", 1),
        ("[blank: none of this]\n\n[lost picture: nor this]", 0),
        ("# Head\n\n- a\n- b", 3),
        ("日本語です", 3),
        ("Das ist 日本 heute", 4),
    ],
)
def test_words(body: str, count: int) -> None:
    assert words(body) == count


@pytest.mark.parametrize(("count", "expected"), [(0, 1), (230, 1), (231, 2), (2300, 10)])
def test_minutes(count: int, expected: int) -> None:
    assert minutes("word " * count) == expected
