"""A revision as plain text."""

from __future__ import annotations

import pytest

from newsletter.models import Revision
from newsletter.rendering import text_of


def plain(body: str) -> str:
    """The text without the title."""
    return text_of(Revision(title="T", body=body)).removeprefix("T\n\n").removesuffix("\n")


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("One *two* **three** `four`.\n\nFive.", "One two three four.\n\nFive."),
        ("A\\\nB\nC", "A\nB C"),
        ("## Head\n\nBody.", "Head\n----\n\nBody."),
        ("- a\n- b\n    - c", "- a\n\n- b\n\n  - c"),
        ("- a\n- b", "- a\n- b"),
        ("9. a\n10. b", "9. a\n10. b"),
        ("> a\n>\n> b", "> a\n>\n> b"),
        ("```\na\n  b\n```", "    a\n      b"),
        ("a\n\n---\n\nb", "a\n\n* * *\n\nb"),
        ("|a|b|\n|-|-|\n|c|*d*|", "a | b\nc | d"),
        ('![a cat](/media/a.jpg "Tom")', "[Picture: a cat]\n\nTom"),
        ("see ![](/media/a.jpg)", "see [Picture]"),
        ("Say[^1].\n\n[^1]: So.", "Say (note 1).\n\n* * *\n\n1. So."),
        ("[up](#s-head)", "up"),
        ("[blank: x]\n\n[lost picture: y]\n\nz", "z"),
        ("> **Light good.**", "> Light good."),
        ("**[Read *it*](/a/)**\n\nb", "→ Read it\n  http://127.0.0.1:8000/a/\n\nb"),
        (
            "[The log](https://e.org/)  \nIts nights.",
            "The log [1]\nIts nights.\n\n[1] https://e.org/",
        ),
        ("## ![](/media/a.jpg)", "[Picture]\n---------"),
    ],
)
def test_what_a_body_reads_like(body: str, text: str) -> None:
    assert plain(body) == text


def test_addresses_stand_in_a_list_at_the_end_once_each() -> None:
    body = "[One](https://e.org/1), [two](/media/2.pdf), [one](https://e.org/1), <https://e.org/3>."
    assert plain(body) == (
        "One [1], two [2], one [1], https://e.org/3.\n\n"
        "[1] https://e.org/1\n[2] http://127.0.0.1:8000/media/2.pdf"
    )


def test_a_shortened_address_is_whole_and_a_name_is_no_address() -> None:
    address = "https://example.org/" + "deep/" * 20
    text = plain(f"<{address}> [@ada](https://x.com/@ada)")
    assert text == f"{address}\n@ada [1]\n\n[1] https://x.com/@ada"


def test_a_video_is_named_and_linked() -> None:
    text = plain("[![it runs](/media/a.jpg)](/media/a.mp4)")
    assert text == "[Video: it runs] [1]\n\n[1] http://127.0.0.1:8000/media/a.mp4"


def test_lines_are_short_but_addresses_whole() -> None:
    address = "https://example.org/" + "x" * 100
    lines = plain("word " * 60 + f"\n\n> {'word ' * 40}\n\n<{address}>").split("\n")
    assert address in lines
    assert max(len(line) for line in lines if line != address) <= 74


def test_title_subtitle_and_byline_come_first() -> None:
    revision = Revision(title="Tea", subtitle="Or rum", byline="Ada", body="Hot.")
    assert text_of(revision) == "Tea\n\nOr rum\n\nBy Ada\n\nHot.\n"
