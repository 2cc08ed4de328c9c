"""Which words a text is found by, and which may be its keywords."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from threads.text.words import KEYWORDS, fold, keywords, plain, terms, words_in


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The lamp, the LAMP!", ["the", "lamp"]),
        ("“Don’t” (wait) …", ["don't", "wait"]),
        ("Straße STRASSE", ["strasse"]),
        ("Cafe\u0301 café", ["café"]),
        ("state-of-the-art, 3.5 #lamps", ["state-of-the-art", "3.5", "#lamps"]),
        ("東京の夜は、長い。", ["東京の夜は、長い"]),
        ("हिन्दी में", ["हिन्दी", "में"]),
        ("… – !", []),
    ],
)
def test_words_are_folded_and_taken_once(text: str, words: list[str]) -> None:
    assert words_in(text) == words


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Lamps burn: lamps/bells, it's 2026.", ["lamps", "burn", "lamps", "bells", "it's"]),
        ("https://example.org/lamps by @miraosei and @noor@social.example", ["and"]),
        ("灯台の光", ["灯台"]),
        ("東京都庁とカメラやア", ["東京", "京都", "都庁", "カメラ"]),
        ("GPUの性能", ["性能", "gpu"]),
        ("ประภาคาร", ["ประภ", "ระภา", "ะภาค", "ภาคา", "าคาร"]),
        ("हिन्दी", ["हिन्दी"]),
        ("x" * 41, []),
    ],
)
def test_terms_are_words_or_pairs_of_signs(text: str, said: list[str]) -> None:
    assert [*terms(text)] == said


def test_keywords_are_said_often_here_and_seldom_elsewhere() -> None:
    said = Counter(the=9, lamp=3, keeper=1, night=1)
    common = Counter(the=100, lamp=2, keeper=2, night=60)
    assert keywords(said, common, 100) == ["lamp", "keeper", "night", "the"]
    many = {f"word{number}": 1 for number in range(40)}
    assert len(keywords(many, Counter(many), 1)) == KEYWORDS


@pytest.mark.parametrize(
    ("format_", "text", "said"),
    [
        ("plain", "a <b> c", "a <b> c"),
        ("html", "<p>One &amp; <b>two</b></p><p>three<br>four</p>", "\nOne & two\n\nthree\nfour\n"),
        ("markdown", "*One*", "*One*"),
    ],
)
def test_only_html_has_tags(format_: str, text: str, said: str) -> None:
    assert plain(text, format_) == said


@settings(max_examples=60)
@given(st.text())
def test_every_word_is_found_in_the_words_of_its_text(text: str) -> None:
    words = words_in(text)
    assert len({*words}) == len(words)
    for word in words:
        assert word in fold(text)
        assert words_in(word) == [word]
    assert all(0 < len(term) <= 40 for term in terms(text))
