"""Which words of a plain text are addresses and mentions, and which only look like them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from threads.text.addresses import bare_spans


def found(text: str) -> list[tuple[str, str, str]]:
    return [(text[start:end], kind, target) for start, end, kind, target in bare_spans(text)]


@pytest.mark.parametrize(
    ("text", "address", "target"),
    [
        ("see https://example.com/a.", "https://example.com/a", "https://example.com/a"),
        ("(https://example.com/a)", "https://example.com/a", "https://example.com/a"),
        ("https://example.com/a_(b), c", "https://example.com/a_(b)", "https://example.com/a_(b)"),
        ("“http://example.com/x”", "http://example.com/x", "http://example.com/x"),
        ("日本https://example.com/日 です", "https://example.com/日", "https://example.com/日"),
        ("on example.com, today", "example.com", "https://example.com"),
        ("example.com… and more", "example.com", "https://example.com"),
        ("example.rs/x?a=1&b=2!", "example.rs/x?a=1&b=2", "https://example.rs/x?a=1&b=2"),
        ("a.b.example.org?q=1", "a.b.example.org?q=1", "https://a.b.example.org?q=1"),
        ("HTTPS://EXAMPLE.COM/A", "HTTPS://EXAMPLE.COM/A", "HTTPS://EXAMPLE.COM/A"),
        (
            "a.example/?u=http://b.example",
            "a.example/?u=http://b.example",
            "https://a.example/?u=http://b.example",
        ),
    ],
)
def test_an_address_is_a_link_without_the_punctuation_around_it(
    text: str, address: str, target: str
) -> None:
    assert found(text) == [(address, "link", target)]


@pytest.mark.parametrize("address", ["example.com/p/how-to-…", "https://t.co/ab…", "https://exa…"])
def test_an_address_cut_by_its_source_has_no_target(address: str) -> None:
    assert found(f"🔗 {address} next") == [(address, "cut_link", "")]


@pytest.mark.parametrize(
    "text",
    [
        "Node.js and main.rs and README.md",
        "v1.2, e.g. this and.then that, 3/10",
        "somebody@example.com",
        "cafééxample.com",
        "http://… https://. https://",
        "@ @@ a@b @somebody@mastodon.example",
    ],
)
def test_what_only_looks_like_an_address_is_left_alone(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize("text", ["hi @ann_b!", ".@ann_b", "(@ann_b)", "@ann_b: x", "日本@ann_b"])
def test_a_mention_is_linked_to_the_platform(text: str) -> None:
    assert found(text) == [("@ann_b", "mention", "https://x.com/ann_b")]


def test_mentions_are_linked_to_the_platform_asked_for() -> None:
    assert bare_spans("@ann", mention_base="https://example.social/@") == [
        (0, 4, "mention", "https://example.social/@ann")
    ]


@given(st.text("ab.:/@…()-# \nhtps日", max_size=200))
def test_spans_lie_in_the_text_in_order_and_never_overlap(text: str) -> None:
    end_before = 0
    for start, end, _kind, _target in bare_spans(text):
        assert end_before <= start < end <= len(text)
        end_before = end


@pytest.mark.parametrize("piece", ["a.", "a-", "@", "https://a", "https://a(", "a.com/", ")", "…"])
def test_much_of_anything_is_searched_in_linear_time(piece: str) -> None:
    bare_spans(piece * (200_000 // len(piece)))
    bare_spans("https://a" + piece * (200_000 // len(piece)))
