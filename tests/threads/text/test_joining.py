"""Sentences and lists that run over the border between two parts."""

from __future__ import annotations

import pytest

from threads.text.blocks import Block, Kind, blocks_of
from threads.text.joining import Join, append, joined, writes_lower_case
from threads.text.spans import Marked


@pytest.mark.parametrize(
    ("before", "after", "join"),
    [
        ("as we released", "the first version", Join()),
        ("as we released…", "the first version", Join(from_end="…")),
        ("as we released ...", "the first version", Join(from_end=" ...")),
        ("as we released…", "…the first version", Join("…", "…")),
        ("as we released", "... the first version", Join("", "... ")),
        ("Well..", ".. naturally", Join("..", ".. ")),
        ("first,", "I went", Join()),
        ("まず、", "次に", Join(glue="")),
        ("and then…", "We left.", None),
        ("It ended.", "then more", None),
        ("It ended.", "…then more", None),
        ("So said she", "We left.", None),
        ("", "word", None),
        ("…", "word", None),
    ],
)
def test_where_a_sentence_runs_over(before: str, after: str, join: Join | None) -> None:
    assert joined(before, after) == join


def test_small_letters_say_nothing_of_an_author_who_writes_no_others() -> None:
    assert joined("so it goes", "and on", lower_case=True) is None
    assert joined("so it goes,", "and on", lower_case=True) == Join()


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["i like it", "so do you", "We all do"], True),
        (["I like it", "so do you", "We all do"], False),
        (["one", "two"], False),
        (["1", "…", "日本"], False),
    ],
)
def test_who_writes_in_small_letters(texts: list[str], expected: bool) -> None:
    assert writes_lower_case(texts) is expected


def written(*parts: str) -> tuple[str, list[str]]:
    blocks: list[Block] = []
    marks: list[str] = []
    for part in parts:
        went = append(blocks, blocks_of(Marked(part)), lower_case=False)
        marks += [*went.before, *went.after]
    return "\n\n".join(block.markdown for block in blocks), marks


@pytest.mark.parametrize(
    ("parts", "markdown", "marks"),
    [
        (("as we", "released it."), "as we released it.", []),
        (("as we…", "…released it."), "as we released it.", ["…", "…"]),
        (("• a", "• b"), "- a\n- b", []),
        (("• a\n...", "• b"), "- a\n- b", ["..."]),
        (("1. a\n2. b", "3. c\n4. d"), "1. a\n2. b\n3. c\n4. d", []),
        (("1. a\n2. b", "1. c\n2. d"), "1. a\n2. b\n\n1. c\n2. d", []),
        (("• a", "1. c\n2. d"), "- a\n\n1. c\n2. d", []),
        (("• a\n...", "Other."), "- a\n\n...\n\nOther.", []),
        (("One.", ""), "One.", []),
        (("", "One."), "One.", []),
    ],
)
def test_parts_one_after_the_other(parts: tuple[str, ...], markdown: str, marks: list[str]) -> None:
    assert written(*parts) == (markdown, marks)


def test_a_sentence_is_joined_before_the_picture_between_its_halves() -> None:
    picture = Block(Kind.PICTURE, "![](/media/a.jpg)")
    blocks = [*blocks_of(Marked("as we")), picture]
    append(blocks, blocks_of(Marked("released it.")), lower_case=False)
    assert [block.markdown for block in blocks] == ["as we released it.", picture.markdown]


def test_a_picture_parts_two_lists() -> None:
    picture = Block(Kind.PICTURE, "![](/media/a.jpg)")
    blocks = [*blocks_of(Marked("• a")), picture]
    append(blocks, blocks_of(Marked("• b")), lower_case=False)
    assert [block.markdown for block in blocks] == ["- a", picture.markdown, "- b"]


def test_nothing_is_joined_where_the_mark_stands_otherwise_in_the_markdown() -> None:
    blocks = [Block(Kind.PARAGRAPH, "**as we…**", "as we…")]
    append(blocks, blocks_of(Marked("released it.")), lower_case=False)
    assert len(blocks) == 2
