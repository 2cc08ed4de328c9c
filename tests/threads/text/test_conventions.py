"""What is written in a certain way becomes a block of its own; all else stays what it was."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from threads.text.html import to_html

CALL = "**[Read the book](https://e.org/book)**"
CARD = "[The log](https://e.org/log)  \nForty nights of it."


def marked(markdown: str) -> list[str]:
    """The blocks that have a class, as tag and class."""
    blocks = LexborHTMLParser(to_html(markdown)).css("p[class], blockquote[class]")
    return [f"{block.tag}.{block.attributes['class']}" for block in blocks]


@pytest.mark.parametrize(
    ("markdown", "block"),
    [
        ("> **Light good.**", "blockquote.pull-quote"),
        ("> **Light good,\n> sea *slight*.**", "blockquote.pull-quote"),
        (CALL, "p.call"),
        ("**[Subscribe](/subscribe/?newsletter=slow)**", "p.call"),
        ("**[Read *the* book][1]**\n\n[1]: https://e.org/", "p.call"),
        (CARD, "p.link-card"),
        (CARD.replace("  \n", "\\\n"), "p.link-card"),
    ],
)
def test_a_way_of_writing_is_a_block(markdown: str, block: str) -> None:
    assert marked(f"Before.\n\n{markdown}\n\nAfter.") == [block]
    assert marked(markdown.replace("\n", "\r\n")) == [block]


@pytest.mark.parametrize(
    "markdown",
    [
        "> **Light good.** Sea slight.",
        "> Sea **slight.**",
        "> **Light** and **sea.**",
        "> **Light good.**\n>\n> — the log",
        "> > **Light good.**",
        "> Light good.",
        ">",
        "**Light good.**",
        f"See {CALL}",
        f"{CALL} now",
        "**[Read](https://e.org/a)** **[Listen](https://e.org/b)**",
        "**[Read](https://e.org/a) [Listen](https://e.org/b)**",
        "**https://e.org/a**",
        "**[](https://e.org/a)**",
        "**[![A lamp](/media/a.png)](https://e.org/a)**",
        "**[Read](javascript:alert(1))**",
        "[Read](https://e.org/a)",
        f"- {CALL}",
        f"- {CARD.replace(chr(10), chr(10) + '  ')}",
        "https://e.org/log  \nForty nights of it.",
        "[The log](https://e.org/log)\nForty nights of it.",
        "[The log](https://e.org/log), here:  \nForty nights of it.",
        "[The log](https://e.org/log)  \n[The lamp](https://e.org/lamp)",
        f"{CARD}  \nAnd more.",
        "[![A lamp](/media/a.png)](https://e.org/a)  \nA lamp.",
    ],
)
def test_what_only_looks_like_one_is_none(markdown: str) -> None:
    assert marked(markdown) == []


def test_the_words_and_links_stay_as_they_are() -> None:
    rel = 'rel="noopener noreferrer"'
    assert to_html("> **Light good.**") == (
        '<blockquote class="pull-quote">\n<p><strong>Light good.</strong></p>\n</blockquote>\n'
    )
    assert to_html(CALL) == (
        f'<p class="call"><strong><a href="https://e.org/book" {rel}>Read the book</a>'
        "</strong></p>\n"
    )
    assert to_html(CARD) == (
        f'<p class="link-card"><a href="https://e.org/log" {rel}>The log</a><br>\n'
        "Forty nights of it.</p>\n"
    )
