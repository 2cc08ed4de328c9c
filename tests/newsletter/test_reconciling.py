"""Two versions of a text made one: nothing lost, nothing doubled."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsletter.reconciling import Clash, reconcile

BASE = "One lamp.\n\nTwo lamps.\n\nThree lamps burn."


@pytest.mark.parametrize(
    ("mine", "theirs", "both"),
    [
        # one of the two changed nothing
        (BASE, BASE, BASE),
        ("One light.", BASE, "One light."),
        (BASE, "", ""),
        # the same change
        ("One lamp.\n\nTwo.", "One lamp.\n\nTwo.", "One lamp.\n\nTwo."),
        # another paragraph each
        (
            "One light.\n\nTwo lamps.\n\nThree lamps burn.",
            "One lamp.\n\nTwo lamps.\n\nThree lamps burnt.",
            "One light.\n\nTwo lamps.\n\nThree lamps burnt.",
        ),
        # another word of one paragraph each
        (
            "One lamp.\n\nTwo lamps.\n\nThree old lamps burn.",
            "One lamp.\n\nTwo lamps.\n\nThree lamps burn low.",
            "One lamp.\n\nTwo lamps.\n\nThree old lamps burn low.",
        ),
        # an addition at the end, and one to the last paragraph
        (f"{BASE}\n\nFour.", f"{BASE} Still.", f"{BASE} Still.\n\nFour."),
        # a paragraph each, in the same place
        (f"{BASE}\n\nThe sea is calm.", f"{BASE}\n\n## Who kept it", None),
        # paragraphs around one that the other changed
        (
            "One lamp.\n\n## Two\n\nTwo lamps.\n\nA storm came.\n\nThree lamps burn.",
            "One lamp.\n\nTwo new lamps.\n\nThree lamps burn.",
            "One lamp.\n\n## Two\n\nTwo new lamps.\n\nA storm came.\n\nThree lamps burn.",
        ),
        # a deletion, and a change elsewhere
        (
            "One lamp.\n\nThree lamps burn.",
            "One lamp.\n\nTwo lamps.\n\nThree lamps burn!",
            "One lamp.\n\nThree lamps burn!",
        ),
    ],
)
def test_what_each_changed_is_in_the_text(mine: str, theirs: str, both: str | None) -> None:
    merged = reconcile(BASE, mine, theirs)
    assert merged.clashes == []
    assert merged.text == (
        f"{BASE}\n\nThe sea is calm.\n\n## Who kept it" if both is None else both
    )


@pytest.mark.parametrize(
    ("mine", "theirs", "clash"),
    [
        # the same word
        (
            "One light.\n\nTwo lamps.\n\nThree lamps burn.",
            "One torch.\n\nTwo lamps.\n\nThree lamps burn.",
            Clash("One lamp.", "One light.", "One torch."),
        ),
        # one changed what the other took out
        (
            "One lamp.\n\nThree lamps burn.",
            "One lamp.\n\nTwo dark lamps.\n\nThree lamps burn.",
            Clash("Two lamps.", "", "Two dark lamps."),
        ),
        # the same beginning of a new paragraph, typed on by one of them
        (
            f"{BASE}\n\nThe sea is calm tonight.",
            f"{BASE}\n\nThe sea is calm.",
            Clash("", "The sea is calm tonight.", "The sea is calm."),
        ),
        # a paragraph that each moved to another place
        (
            "Three lamps burn.\n\nOne lamp.\n\nTwo lamps.",
            "One lamp.\n\nThree lamps burn, and burn.\n\nTwo lamps.",
            Clash(
                BASE,
                "Three lamps burn.\n\nOne lamp.\n\nTwo lamps.",
                "One lamp.\n\nThree lamps burn, and burn.\n\nTwo lamps.",
            ),
        ),
    ],
)
def test_what_both_changed_is_left_to_a_person(mine: str, theirs: str, clash: Clash) -> None:
    merged = reconcile(BASE, mine, theirs)
    assert merged.clashes == [clash]
    assert merged.text == mine


def test_long_stretches_are_never_compared_word_by_word() -> None:
    base, mine, theirs = ("".join(f"{word}{n} " for n in range(4000)) for word in "abc")
    assert len(reconcile(base, mine, theirs).clashes) == 1


def test_scripts_without_spaces_are_merged_sign_by_sign() -> None:
    assert reconcile("灯台の光は弱い。", "古い灯台の光は弱い。", "灯台の光は強い。") == (
        "古い灯台の光は強い。",
        [],
    )


words = st.sampled_from(["a", "b", "c", "d", "e", "sea", "lamp", "night"])
paragraphs = st.lists(words, min_size=1, max_size=5).map(" ".join)
texts = st.lists(paragraphs, max_size=5).map("\n\n".join)
any_text = st.text(alphabet="ab \n.", max_size=40)


@st.composite
def edited(draw: st.DrawFn, base: list[list[str]], by: str) -> list[list[str]]:
    """The paragraphs with words of its own put in, words left out, and paragraphs, too."""
    number = iter(range(1000))
    own = st.lists(st.builds(lambda: f"{by}{next(number)}"), min_size=1, max_size=3)
    after: list[list[str]] = []
    for paragraph in base:
        match draw(st.sampled_from(["keep"] * 4 + ["drop", "add before", "word", "less"])):
            case "keep":
                after.append(paragraph)
            case "add before":
                after += [draw(own), paragraph]
            case "word":
                at = draw(st.integers(0, len(paragraph)))
                after.append([*paragraph[:at], *draw(own), *paragraph[at:]])
            case "less":
                at = draw(st.integers(0, len(paragraph) - 1))
                after.append([*paragraph[:at], *paragraph[at + 1 :]] or draw(own))
    return after


def written(text: list[list[str]]) -> str:
    return "\n\n".join(" ".join(paragraph) for paragraph in text)


@given(texts | any_text, texts | any_text)
@settings(max_examples=60)
def test_one_who_changed_nothing_gets_what_the_other_wrote(base: str, other: str) -> None:
    assert reconcile(base, other, base) == (other, [])
    assert reconcile(base, base, other) == (other, [])
    assert reconcile(base, other, other) == (other, [])


@given(st.lists(st.integers(1, 4), max_size=6), st.data())
@settings(max_examples=150)
def test_no_word_is_lost_and_none_doubled(sizes: list[int], data: st.DataObject) -> None:
    # Each word is there once, so that it can be told from whom it came.
    base = [[f"base{at}x{n}" for n in range(size)] for at, size in enumerate(sizes)]
    mine, theirs = (data.draw(edited(base, by)) for by in ("mine", "theirs"))
    merged = reconcile(*map(written, (base, mine, theirs)))
    before, my, their = (set(written(text).split()) for text in (base, mine, theirs))
    if merged.clashes:
        lost = {word for clash in merged.clashes for word in clash.theirs.split()}
        assert my - before <= set(merged.text.split())
        assert their - before <= set(merged.text.split()) | lost
    else:
        wanted = (my - before) | (their - before) | (before & my & their)
        assert sorted(merged.text.split()) == sorted(wanted)


@given(st.permutations("abcd"), st.permutations("abcd"))
@settings(max_examples=60)
def test_what_either_moved_stands_there_once(mine: list[str], theirs: list[str]) -> None:
    merged = reconcile("a\n\nb\n\nc\n\nd", *map("\n\n".join, (mine, theirs)))
    assert sorted(merged.text.split()) == [*"abcd"]


@given(st.lists(paragraphs, min_size=2, max_size=6, unique=True), st.data())
@settings(max_examples=60)
def test_changes_of_different_paragraphs_never_clash(base: list[str], data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(base) - 2))
    second = data.draw(st.integers(first + 1, len(base) - 1))
    mine, theirs = list(base), list(base)
    mine[first] += " mine"
    theirs[second] += " theirs"
    both = [*base]
    both[first] += " mine"
    both[second] += " theirs"
    assert reconcile(*("\n\n".join(text) for text in (base, mine, theirs))) == (
        "\n\n".join(both),
        [],
    )
