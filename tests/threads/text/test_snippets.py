"""Where the words of a search stand."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from threads.text.snippets import Piece, best, snippet
from threads.text.words import fold, words_in


def shown(pieces: list[Piece]) -> str:
    return "".join(f"[{piece.text}]" if piece.is_found else piece.text for piece in pieces)


LONG = "So it begins, as such things do, a good while before the Lamp is ever lit. " + "On " * 60


@pytest.mark.parametrize(
    ("text", "words", "said"),
    [
        ("A lamp and\n\na LAMPPOST.", ["lamp"], "A [lamp] and a [LAMP]POST."),
        ("Die Straße, die STRASSE", ["strasse"], "Die [Straße], die [STRASSE]"),
        ("Straße", ["s"], "[S]traße"),
        ("東京の夜は長い", ["夜は"], "東京の[夜は]長い"),
        ("lamps lamp", ["lamp", "lamps"], "[lamps] [lamp]"),
        ("Nothing.", ["lamp"], ""),
        ("Nothing.", [], ""),
    ],
)
def test_the_words_are_marked(text: str, words: list[str], said: str) -> None:
    assert shown(snippet(text, words)) == said


def test_a_long_text_is_cut_at_words() -> None:
    said = shown(snippet(LONG, ["lamp"]))
    assert said.startswith("… things do, a good while before the [Lamp] is")
    assert said.endswith("On …")
    assert len(said) < 200
    assert shown(snippet(f"A lamp. {'On ' * 60}lamp", ["lamp"])).count("[") == 1
    assert len(shown(snippet("夜" * 400 + "灯" + "夜" * 400, ["灯"]))) < 200


def test_the_text_that_says_most_is_shown() -> None:
    texts = ["A lamp.", "A lamp and a bell.", "A bell, a lamp, later."]
    assert shown(best(texts, ["bell", "lamp"])) == "A [lamp] and a [bell]."
    assert best(texts, ["rope"]) == []
    assert best([], ["rope"]) == []


@settings(max_examples=60)
@given(st.text(min_size=1), st.integers(0, 5))
def test_what_is_marked_is_one_of_the_words(text: str, count: int) -> None:
    words = words_in(text)[:count]
    pieces = snippet(text, words)
    assert all(fold(piece.text) in words for piece in pieces if piece.is_found)
    assert all(piece.text for piece in pieces)
