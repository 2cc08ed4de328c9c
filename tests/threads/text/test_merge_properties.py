"""Whatever the author wrote: every word is in the text, or listed as left out."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.threads.text.reading import text_on_page, words
from threads.text.merge import merge, whole
from threads.text.spans import Span, SpanKind
from threads.text.trimming import Part

FRAGMENTS = """
    word Other a I naïve 日本語 नमस्ते snake_case 2 10 100 🙂 👩\u200d🚀 ’ ” . , : ? … ...
    * ** *** _ __ ` ``` ~ ~~ ~~~ \\ | # ## > < & ! ^ $ = + - -- — % ::: " '
    ( ) [ ] ]( ]: ![ [^ ^[ [^1]: [x] { } === --- :-- |-|-| a|b
    <b> </b> <!-- <script> <http://e.org> <me@e.org> &amp; &lt; &#42; &copy &nothing;
    https://e.org/a_b_c http://e.org/?a=1&copy;=2 https://e.org/a(b)c https://cut.org/ab…
    www.e.org //e.org ftp://e.org/x me@e.org javascript:alert(1) [1]:http://e.org
    @name @a_b #tag 1/3 2/3 3/3 (1/3) [2/3] 1/ 2/ 3/ 1/n 24/7 🧵 👇 thread Thread: (thread)
"""
SPACED = ["- ", "+ ", "* ", "• ", "– ", "→ ", "1. ", "2. ", "3. ", "2) ", "10. ", "- - -", "# "]
SPACES = ["\n", "\n\n", "\n\n\n", " ", "    ", "\t", "\r\n", "\u00a0", "\u3000", "\u2028", "\x00"]
NOTES = ["A thread:", "[blank: x]", "[lost picture: x]", "[1]: http://e.org"]
NASTY = [*FRAGMENTS.split(), *SPACED, *SPACES, *NOTES, "\x01"]


@dataclass(frozen=True)
class Written:
    """A stretch of a status: as it stands there, what it means, and how it should read."""

    text: str
    kind: SpanKind | None = None
    target: str = ""

    @property
    def reads(self) -> str:
        return self.text.replace("https://t.co/x", self.target)


plain = st.builds(Written, st.sampled_from(NASTY) | st.text(max_size=4))
marked = st.sampled_from(
    [
        Written(
            " https://t.co/x ",
            SpanKind.LINK,
            "https://example.org/a/long(ish)/page_with_x?q=1&r=2;3#f",
        ),
        Written(" https://t.co/x ", SpanKind.LINK, "https://example.org/" + "deep/" * 20),
        Written("the [whole] *story*", SpanKind.LINK, "https://example.org/é ü/)"),
        Written("@some_one_", SpanKind.MENTION, "https://x.com/some_one_"),
        Written("example.org/how-…", SpanKind.CUT_LINK),
        Written("#two_words", SpanKind.HASHTAG),
        Written("very", SpanKind.BOLD),
        Written(" (so) ", SpanKind.ITALIC),
        Written("evil", SpanKind.LINK, "javascript:alert(1)"),
    ]
)
statuses = st.lists(st.lists(plain | marked, max_size=9), min_size=1, max_size=5)


def part_of(number: int, status: list[Written]) -> Part:
    spans, at = [], 0
    for written in status:
        end = at + len(written.text)
        if written.kind:
            spans.append(Span(at, end, written.kind, written.target))
        at = end
    return Part(str(number), "".join(written.text for written in status), tuple(spans))


@settings(max_examples=400)
@given(statuses)
def test_no_word_is_lost_and_none_is_added(thread: list[list[Written]]) -> None:
    parts = [part_of(number, status) for number, status in enumerate(thread)]
    merged = merge(parts, title="word")
    said = "\n\n".join("".join(written.reads for written in status) for status in thread)
    left_out = " ".join(entry.text for entry in merged.left_out)
    assert words(text_on_page(merged.markdown)) + words(left_out) == words(said)


@settings(max_examples=400)
@given(st.lists(plain | marked, max_size=12))
def test_a_single_status_reads_as_it_was_written(status: list[Written]) -> None:
    said = words("".join(written.reads for written in status))
    assert words(text_on_page(whole(part_of(0, status)))) == said
