"""A text parsed once: what is in it, and in which lines."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from threads.text.document import Document, Picture, Place
from threads.text.html import blanks, cut_links, lost_pictures, to_html

TEXT = """Opening words with [a link](https://one.example/)
and, one line on, <https://two.example/a>.

## Three *columns* [and one](/more)

- [blank: what
  happened then?]
- ![](/media/ab/one.jpg)

[lost picture: a ledger]

> Said
> in a ![A lamp](/media/ab/two.jpg) quote.[^1]

| [cell](https://three.example/) |
| --- |
| [blank: which?] |

[^1]: A [note](https://four.example/).

### Seen
"""
PIECES = st.sampled_from(
    [
        "[blank: a?]",
        "[lost picture: b]",
        "- [blank: c?]",
        "# D",
        "![e](/media/e.jpg)",
        "> f",
        "g[^1]",
        "[^1]: [blank: h?]",
        "1. i\n\n   [lost picture: j]",
        "[blank: k?] and more",
        "| l |\n|---|",
        "see example.org/how-…",
    ]
)


def test_it_finds_each_thing_with_its_line() -> None:
    document = Document(TEXT)
    assert document.headings == [Place("Three columns and one", 4, 2), Place("Seen", 21, 3)]
    assert document.blanks == [Place("what\nhappened then?", 6), Place("which?", 17)]
    assert document.lost_pictures == [Place("a ledger", 10)]
    assert document.links == [
        Place("https://one.example/", 1),
        Place("https://two.example/a", 2),
        Place("/more", 4),
        Place("https://three.example/", 15),
        Place("https://four.example/", 19),
    ]
    assert document.pictures == [
        Picture("/media/ab/one.jpg", "", 8),
        Picture("/media/ab/two.jpg", "A lamp", 13),
    ]


def test_a_picture_that_stands_alone_is_found_behind_its_frame() -> None:
    assert Document("![A lamp](/media/a.jpg)").pictures == [Picture("/media/a.jpg", "A lamp", 1)]


def test_what_stands_in_no_line_of_its_own_has_none() -> None:
    assert Document("Words^[a note, <https://e.org/>]").links == [Place("https://e.org/", 0)]


def test_a_cut_address_is_found_where_it_is_written() -> None:
    document = Document("One.\n\nSee example.org/a… and\nexample.org/b… but example.org/a…")
    lines = [(place.text, place.line) for place in document.cut_links]
    assert lines == [("example.org/a…", 3), ("example.org/b…", 4), ("example.org/a…", 4)]


@settings(max_examples=30)
@given(st.lists(PIECES, max_size=6).map("\n\n".join))
def test_it_says_what_is_said_to_whoever_asks_one_question(markdown: str) -> None:
    document = Document(markdown)
    assert document.html == to_html(markdown)
    assert document.preview == to_html(markdown, preview=True)
    assert [place.text for place in document.blanks] == blanks(markdown)
    assert [place.text for place in document.cut_links] == cut_links(markdown)
    assert [place.text for place in document.lost_pictures] == lost_pictures(markdown)
