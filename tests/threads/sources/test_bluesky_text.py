"""Facets count bytes of UTF-8, spans count code points."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from threads.sources.base import Span, SpanKind
from threads.sources.bluesky_text import in_full, plain, spans_of

LINK = {"$type": "app.bsky.richtext.facet#link", "uri": "https://a.example/b"}
ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=60)


def facet(start: Any, end: Any, *features: Any) -> dict[str, Any]:
    return {"index": {"byteStart": start, "byteEnd": end}, "features": list(features or [LINK])}


def facet_for(text: str, shown: str, *features: Any) -> dict[str, Any]:
    start = text.encode().index(shown.encode())
    return facet(start, start + len(shown.encode()), *features)


def marks(text: str, *facets: Any) -> list[tuple[str, str, str]]:
    return [
        (text[span.start : span.end], span.kind.value, span.target)
        for span in spans_of(text, list(facets))
    ]


def test_bytes_become_code_points() -> None:
    text = "雨が続く ☔️ weather.example/2026/0... 以上"
    assert marks(text, facet_for(text, "weather.example/2026/0...")) == [
        ("weather.example/2026/0...", "link", "https://a.example/b")
    ]


def test_mentions_lead_to_the_did_and_tags_nowhere() -> None:
    text = "👩🏽‍🚀 with @ada.example on #lamps"
    mention = {"$type": "app.bsky.richtext.facet#mention", "did": "did:plc:ada"}
    tag = {"$type": "app.bsky.richtext.facet#tag", "tag": "lamps"}
    found = marks(text, facet_for(text, "#lamps", tag), facet_for(text, "@ada.example", mention))
    assert found == [
        ("@ada.example", "mention", "https://bsky.app/profile/did:plc:ada"),
        ("#lamps", "hashtag", ""),
    ]


def test_of_facets_that_overlap_the_first_stays() -> None:
    assert marks("0123456789", facet(4, 8), facet(2, 5), facet(5, 6)) == [
        ("234", "link", "https://a.example/b"),
        ("5", "link", "https://a.example/b"),
    ]


@pytest.mark.parametrize(
    "bad",
    [
        facet(0, 2),  # ends inside the character
        facet(1, 5),  # begins inside it
        facet(6, 99),
        facet(-3, 5),
        facet(6, 6),
        facet(7, 6),
        facet("0", "6"),
        facet(None, [6]),
        facet(6, 8, {"$type": "app.bsky.richtext.facet#sparkle"}),
        facet(6, 8, {"$type": "app.bsky.richtext.facet#link", "uri": "javascript:alert(1)"}),
        facet(6, 8, {"$type": "app.bsky.richtext.facet#mention", "did": "did:plc:a/../b"}),
        facet(6, 8, "link"),
        {"index": {"byteStart": 6}, "features": [LINK]},
        {"index": {"byteStart": 6, "byteEnd": 8}, "features": 7},
        {"features": [LINK]},
        "facet",
        None,
    ],
)
def test_a_facet_that_does_not_fit_is_ignored(bad: Any) -> None:
    text = "☔ ok and more"
    assert marks(text, bad, facet(4, 6)) == [("ok", "link", "https://a.example/b")]


def test_what_is_no_list_of_facets_gives_no_spans() -> None:
    assert spans_of("a", None) == spans_of("a", {"index": 1}) == ()


def test_an_unknown_feature_does_not_hide_the_one_beside_it() -> None:
    new = {"$type": "app.bsky.richtext.facet#sparkle"}
    assert marks("a link", facet(2, 6, new, LINK)) == [("link", "link", "https://a.example/b")]


@given(before=ANY_TEXT, shown=ANY_TEXT.filter(bool), after=ANY_TEXT)
def test_a_stretch_of_any_text_is_found_again(before: str, shown: str, after: str) -> None:
    start = len(before.encode(errors="surrogatepass"))
    end = start + len(shown.encode(errors="surrogatepass"))
    text = before + shown + after
    (span,) = spans_of(text, [facet(start, end)])
    assert text[span.start : span.end] == shown
    assert len(plain(text)) == len(text)


@given(text=ANY_TEXT, places=st.lists(st.tuples(st.integers(-5, 250), st.integers(-5, 250))))
def test_spans_never_overlap_and_lie_inside(text: str, places: list[tuple[int, int]]) -> None:
    end = 0
    for span in spans_of(text, [facet(*place) for place in places]):
        assert end <= span.start < span.end <= len(text)
        end = span.end


def test_what_no_database_keeps_is_replaced() -> None:
    assert plain("a\0b\ud83d") == "a\ufffdb\ufffd"
    assert plain(None) == plain(7) == ""


def test_shortened_addresses_are_written_out() -> None:
    text = "See a.example/b... and this page"
    spans = (
        Span(4, 18, SpanKind.LINK, "https://a.example/b/c"),
        Span(23, 32, SpanKind.LINK, "https://a.example/d"),
    )
    assert in_full(text, spans) == "See https://a.example/b/c and this page"
