"""Damaged characters come back, and right ones in whatever script are left as they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from threads.text.mending import Mended, mend, mend_lead_in

EVERYDAY = "•→…“”‘’–—™€≤─●✅❌✨⚡❤➡⭐\u3000🧵🔗👇👉👍💡🔥🚀🎉📢📌🤔😀😂😡😢🏆🖤🫡🟢"
SENTENCES = [
    "Η Ελλάδα, «το φως»… και η θάλασσα – ωραία!",
    "Γ’ Γυμνασίου· “Α–Ω”, 10€ ή 20 €. Είπε: «το β’» και «το β».",
    "ΌΛΑ ΤΆΞΗ ΈΡΓΟ “ΚΑΛΗΜΈΡΑ”…",
    "π = 3,14 · α² + β² = γ² · Δx ≠ 0 · 5 μ± 1 · β”",
    "It’s “quoted” — naïve café, Ñandú, straße, ça va… 5 € • → 🧵 🧡",
    "Привет, «мир»… 日本語の文章。「はい」 العربية עברית हिन्दी ไทย 한국어",
    "â€™ is what others see",
]


def damage(text: str) -> str:
    """The way it happens: UTF-8 read as ISO-8859-7, with the C1 range as Windows-1252."""
    return "".join(map(_misread, text.encode()))


def _misread(byte: int) -> str:
    try:
        return bytes([byte]).decode("windows-1252" if 0x80 <= byte < 0xA0 else "iso8859-7")
    except UnicodeDecodeError:
        return chr(byte)


@pytest.mark.parametrize(
    ("damaged", "right"),
    [
        ("β€’ one", "• one"),
        ("β†’ 53%", "→ 53%"),
        ("πŸ”— here", "🔗 here"),
        ("β€œI can shape my job.”", "“I can shape my job.”"),
        ("γ€€", "\u3000"),
        ("don’t β€’ don’t", "don’t • don’t"),
        ("cafΓ© β€’ ΓΌber", "café • über"),
        ("Το φως β€’ η θάλασσα, Γ’ τάξη", "Το φως • η θάλασσα, Γ’ τάξη"),
    ],
)
def test_a_damaged_run_is_mended_and_right_characters_beside_it_stay(
    damaged: str, right: str
) -> None:
    assert mend(damaged)[0] == right


def test_what_was_mended_is_told_with_how_often() -> None:
    assert mend("β€’ a\nβ€’ b\nβ†’ c")[1] == [Mended("β€’", "•", 2), Mended("β†’", "→", 1)]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_right_sentence_is_left_alone(sentence: str) -> None:
    assert mend(sentence) == (sentence, [])


@pytest.mark.parametrize("damaged", ["πŸ‘", "β€", "Γ©", "β–Ά", "καθε β–Ά", "ΰ™™"])
def test_what_is_not_damage_beyond_doubt_is_left_alone(damaged: str) -> None:
    assert mend(damaged) == (damaged, [])


@given(st.text(st.characters(codec="utf-8", exclude_characters=[*map(chr, range(0x370, 0x400))])))
def test_a_text_without_greek_is_never_changed(text: str) -> None:
    assert mend(text) == (text, [])


greek_words = st.text("αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώΑΒΓΔΞΟΠΡΣΤΏΌ", min_size=2, max_size=8)
greek_marks = st.sampled_from(["…", "”", "’", "»", ".”", "–", "—", "·", "…»", "’»", " ", " €", "²"])


@given(st.lists(st.tuples(greek_words, greek_marks)))
def test_right_greek_is_never_changed(pieces: list[tuple[str, str]]) -> None:
    text = " ".join(word + mark for word, mark in pieces)
    assert mend(text) == (text, [])


@given(st.lists(st.one_of(st.sampled_from(EVERYDAY), st.text("abc é\n.,", max_size=5))))
def test_everyday_signs_and_emoji_come_back(pieces: list[str]) -> None:
    text = "• " + " ".join(pieces)
    assert mend(damage(text))[0] == text


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("And it's not just AI.\n\n🧡", "And it's not just AI.\n\n🧵"),
        ("Let me explain 🧡", "Let me explain 🧵"),
        ("I 🧡 my team", "I 🧡 my team"),
    ],
)
def test_a_lead_in_gets_its_thread_back(text: str, right: str) -> None:
    mended, what = mend_lead_in(text)
    assert mended == right
    assert what == ([Mended("🧡", "🧵", 1)] if mended != text else [])


@pytest.mark.parametrize("piece", ["π", "πŸ", "β€", "β€’", "🧡", "🧡 ", "α", "\x81"])
def test_much_of_anything_is_mended_in_linear_time(piece: str) -> None:
    mend(piece * (200_000 // len(piece)))
    mend_lead_in(piece * (200_000 // len(piece)) + "x")
