"""Counters go only where they count up over the thread; numbered points are kept."""

from __future__ import annotations

import pytest

from threads.text.merge import merge
from threads.text.numbering import points
from threads.text.trimming import Part, Reason


def without_counters(*texts: str) -> tuple[list[str], list[str]]:
    merged = merge([Part(str(number), text) for number, text in enumerate(texts)])
    gone = [entry.text for entry in merged.left_out if entry.reason is Reason.COUNTER]
    return merged.markdown.split("\n\n"), gone


@pytest.mark.parametrize(
    ("texts", "rest", "gone"),
    [
        (("1/3 Ah.", "2/3 Be.", "3/3 Ce."), ["Ah.", "Be.", "Ce."], ["1/3", "2/3", "3/3"]),
        (("Ah. 1/2", "Be. 2/2"), ["Ah.", "Be."], ["1/2", "2/2"]),
        (("Ah.\n\n(1/2)", "Be.\n\n(2/2)"), ["Ah.", "Be."], ["(1/2)", "(2/2)"]),
        (("Ah. [1/2].", "Be. [2 / 2]."), ["Ah.", "Be."], ["[1/2].", "[2 / 2]."]),
        (("1/ Ah.", "2/ Be.", "3/ Ce."), ["Ah.", "Be.", "Ce."], ["1/", "2/", "3/"]),
        (("1/n: Ah.", "2/n: Be."), ["Ah.", "Be."], ["1/n:", "2/n:"]),
        (
            ("1/? - Ah.", "2/? - Be.", "3/3 - Ce."),
            ["Ah.", "Be.", "Ce."],
            ["1/? -", "2/? -", "3/3 -"],
        ),
        (("Ah.", "(1) Be.", "(2) Ce."), ["Ah.", "Be.", "Ce."], ["(1)", "(2)"]),
        (("🧵 1/2\nAh.", "2/2 Be."), ["Ah.", "Be."], ["1/2", "2/2"]),
        (("Ah. 1/2 🧵", "Be. 2/2"), ["Ah.", "Be."], ["1/2", "2/2"]),
        # The author lost count, and added a part.
        (
            ("1/4 Ah.", "2/4 Be.", "4/5 Ce.", "5/5 De."),
            ["Ah.", "Be.", "Ce.", "De."],
            ["1/4", "2/4", "4/5", "5/5"],
        ),
        # The author went on later, without counting.
        (("1/2 Ah.", "2/2 Be.", "Ce.", "De."), ["Ah.", "Be.", "Ce.", "De."], ["1/2", "2/2"]),
        (("Open 24/7", "Born on 9/11", "So."), ["Open 24/7", "Born on 9/11", "So."], []),
        (("1/2 cup", "2/3 cup"), ["1/2 cup", "2/3 cup"], []),
        (("3/4 Ah.", "3/4 Be."), ["3/4 Ah.", "3/4 Be."], []),
        (("v1/2 Ah.", "v2/2 Be."), ["v1/2 Ah.", "v2/2 Be."], []),
        (("(1/2 Ah.", "(2/2 Be."), ["(1/2 Ah.", "(2/2 Be."], []),
        (
            ("1/9 Ah.", "Be.", "Ce.", "De.", "5/9 Ee."),
            ["1/9 Ah.", "Be.", "Ce.", "De.", "5/9 Ee."],
            [],
        ),
    ],
)
def test_counters(texts: tuple[str, ...], rest: list[str], gone: list[str]) -> None:
    assert without_counters(*texts) == (rest, gone)


@pytest.mark.parametrize(
    ("lines", "runs"),
    [
        (["Hello", "1. a", "2. b", "3. c", "Bye"], [range(1, 4)]),
        (["1) a", "2) b", "3) c"], [range(3)]),
        ([r"1\. a", r"2\. b", r"3\. c"], [range(3)]),
        (["1. a", "2. b", "Bye"], []),
        (["2. a", "3. b", "4. c"], []),
        (["1. a", "more", "2. b", "3. c"], []),
        (["1. a", "2. b", "3. c", "1. d", "2. e", "3. f"], [range(3), range(3, 6)]),
        ([], []),
    ],
)
def test_runs_of_points(lines: list[str], runs: list[range]) -> None:
    assert points(lines) == runs


def test_numbers_on_every_part_count_the_parts() -> None:
    texts = ("1. So it began: \n\nwell.", "2. Then more. And\n\nmore.", "3. The end,\n\nnow.")
    paragraphs, gone = without_counters(*texts)
    assert gone == ["1.", "2.", "3."]
    assert paragraphs[0] == "So it began:"
