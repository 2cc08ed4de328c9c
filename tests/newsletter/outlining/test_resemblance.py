"""Which parts say the same."""

from __future__ import annotations

from time import process_time

import pytest

from newsletter.outlining.resemblance import stands_in, twins, words_beyond
from newsletter.provenance import words_of

LIGHT = "Every light has its own rhythm. Three flashes, ten seconds of dark."


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (LIGHT, True),
        ("Remember: every light has its own rhythm! Three flashes, ten seconds of dark.", True),
        ("Every lamp has its own rhythm: three flashes, then ten seconds of dark.", True),
        ("Every light has its own rhythm.", True),
        ("Every light has its own rhythm, and ours was broken for most of that year.", False),
        ("Every keeper has a rhythm, and every night has ten hours of dark to keep it.", False),
        ("Ten seconds of dark. Every light has three flashes, its own rhythm.", False),
        ("Three flashes.", False),
        ("Most nights nothing happened.", False),
    ],
)
def test_two_parts_say_the_same(other: str, same: bool) -> None:
    assert twins({1: LIGHT, 2: other}) == ({1: 2, 2: 1} if same else {})


def test_of_several_the_most_alike_is_named() -> None:
    near = "Every light has its own rhythm. Three flashes, ten seconds of night."
    assert twins({1: LIGHT, 2: LIGHT, 3: near, 4: "Another thing altogether."}) == {
        1: 2,
        2: 1,
        3: 1,
    }


@pytest.mark.parametrize(
    ("paragraph", "made"),
    [
        ("Every light has its own rhythm, they say.", True),
        (f"Long ago I wrote, and still think so, whatever others may say: {LIGHT}", True),
        ("Nothing of the kind was ever written by me.", False),
        ("", False),
    ],
)
def test_a_paragraph_that_was_made_of_a_part_is_known(paragraph: str, made: bool) -> None:
    assert stands_in(LIGHT, words_of(paragraph)) is made


def test_what_a_paragraph_has_of_its_own_part_tells_nothing_of_others() -> None:
    assert words_beyond(f"Mark well: {LIGHT}", [words_of(LIGHT)]) == ["mark", "well"]


def test_four_threads_of_fifty_parts_are_compared_quickly() -> None:
    rare = ["lamp", "oil", "wick", "sea", "night", "storm", "log", "keeper", "glass", "tower"]
    common = "of the was to and had it for by at on in with as a one no we all but not they"
    texts = {
        n: f"{rare[n % 10]} {n} {rare[n * 7 % 10]} {n // 3}x {common[n % 50 :]} {n * 3} {n // 4}y"
        for n in range(198)
    }
    twins(texts)
    began = process_time()
    found = twins({**texts, 900: LIGHT, 901: LIGHT})
    assert process_time() - began < 0.5  # ten times what it takes
    assert (found[900], found[901]) == (901, 900)
