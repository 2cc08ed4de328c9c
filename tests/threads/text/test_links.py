"""Links, mentions and emphasis of a line, by the places that its source names."""

from __future__ import annotations

import pytest

from tests.threads.text.reading import text_on_page
from threads.text.links import inline, link, with_bare_links
from threads.text.spans import Marked, Span, SpanKind


def line(text: str, *spans: tuple[str, SpanKind, str]) -> Marked:
    """A line with spans over the words named."""
    places = ((text.index(words), words, kind, target) for words, kind, target in spans)
    return Marked(
        text, tuple(Span(at, at + len(words), kind, target) for at, words, kind, target in places)
    )


@pytest.mark.parametrize(
    ("marked", "markdown"),
    [
        (
            line(
                "Read https://t.co/x1 now", ("https://t.co/x1", SpanKind.LINK, "https://e.org/a_b")
            ),
            "Read <https://e.org/a_b> now",
        ),
        (
            line("Read e.org/a-lon… now", ("e.org/a-lon…", SpanKind.LINK, "https://e.org/a-long")),
            "Read <https://e.org/a-long> now",
        ),
        (
            line("Read my [new] book", ("my [new] book", SpanKind.LINK, "https://e.org/(b)")),
            r"Read [my \[new\] book](<https://e.org/(b)>)",
        ),
        (
            line("By @a_b, thanks", ("@a_b", SpanKind.MENTION, "https://x.com/a_b")),
            "By [@a_b](https://x.com/a_b), thanks",
        ),
        (line("By @a_b, thanks", ("@a_b", SpanKind.MENTION, "")), "By @a_b, thanks"),
        (
            line("So: e.org/how-…", ("e.org/how-…", SpanKind.CUT_LINK, "")),
            "So: e.org/how-…",
        ),
        (
            line("See x.com/a/1", ("x.com/a/1", SpanKind.QUOTE, "https://x.com/a/1")),
            "See <https://x.com/a/1>",
        ),
        (line("#a_tag *stays*", ("#a_tag", SpanKind.HASHTAG, "")), r"#a_tag \*stays\*"),
        (
            line("a bad one", ("bad", SpanKind.LINK, "javascript:alert(1)")),
            "a bad one",
        ),
        (
            line("wow!@me", ("@me", SpanKind.MENTION, "https://x.com/me")),
            r"wow\![@me](https://x.com/me)",
        ),
        (
            line("odd https://t.co/x", ("https://t.co/x", SpanKind.LINK, "https://e.org/a b>&lt;")),
            "odd <https://e.org/a%20b%3E&lt;>",
        ),
        (
            line("odd link", ("link", SpanKind.LINK, "https://e.org/?a&lt;b")),
            "odd [link](https://e.org/?a&amp;lt;b)",
        ),
    ],
)
def test_a_line_with_links(marked: Marked, markdown: str) -> None:
    assert inline(marked) == markdown


def test_of_two_links_in_one_place_the_longer_stays() -> None:
    marked = line(
        "by @someone here",
        ("@some", SpanKind.MENTION, "https://x.com/some"),
        ("@someone", SpanKind.MENTION, "https://x.com/someone"),
    )
    assert inline(marked) == "by [@someone](https://x.com/someone) here"


@pytest.mark.parametrize(
    ("marked", "markdown"),
    [
        (line("so very good", ("very", SpanKind.BOLD, "")), "so **very** good"),
        (line("so very good", (" very ", SpanKind.ITALIC, "")), "so *very* good"),
        (line("a * b very good", ("very", SpanKind.BOLD, "")), r"a \* b **very** good"),
        # Markers in the middle of a word and beside a sign would not be read.
        (line("so(very)good", ("(very)", SpanKind.BOLD, "")), "so(very)good"),
        (
            line("very good", ("very", SpanKind.BOLD, ""), ("ver", SpanKind.ITALIC, "")),
            "**very** good",
        ),
        (line("a   b", ("   ", SpanKind.BOLD, "")), "a   b"),
        (
            line(
                "by @me now",
                ("me", SpanKind.BOLD, ""),
                ("@me", SpanKind.MENTION, "https://x.com/me"),
            ),
            "by **[@me](https://x.com/me)** now",
        ),
    ],
)
def test_a_line_with_emphasis(marked: Marked, markdown: str) -> None:
    assert inline(marked) == markdown
    assert text_on_page(markdown).split() == marked.text.split()


def test_whole_addresses_that_nobody_marked_become_links() -> None:
    marked = line(
        "see https://e.org/a*b*c and https://t.co/x and e.org/b and https://cut.org/…",
        ("https://t.co/x", SpanKind.LINK, "https://whole.org/"),
    )
    assert inline(with_bare_links(marked)) == (
        "see <https://e.org/a*b*c> and <https://whole.org/> and e.org/b and https:\\//cut.org/…"
    )
    assert with_bare_links(line("nothing here")) == line("nothing here")


def test_a_link_with_words_of_our_own() -> None:
    assert link("[Ada], May", "https://e.org/1") == r"[\[Ada\], May](https://e.org/1)"
