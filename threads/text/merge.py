"""The statuses of a thread as one text.

Every word of a status is in the text, or in the list of what was left out and why.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from threads.text import joining, numbering
from threads.text.blocks import Block, Kind, blocks_of, numbered_item, with_other_sign
from threads.text.headings import heading
from threads.text.passages import passages_of
from threads.text.trimming import LeftOut, Part, Reason, Trimmed, is_section, trimmed, untrimmed

TOP_LEVEL = 2  # of headings in a post, whose title is the first


@dataclass(frozen=True, slots=True)
class Merged:
    markdown: str
    left_out: list[LeftOut]


def whole(part: Part) -> str:
    """A single status, with nothing left out."""
    return _written(_blocks(untrimmed(part)))


def one_of(parts: Sequence[Part], at: int) -> str:
    """A status by itself, as it reads in its thread: without its counter."""
    return _written(_blocks(trimmed(parts)[at]))


def merge(parts: Sequence[Part], *, title: str = "", level: int = 2) -> Merged:
    """The parts of a thread as one text. Its headings are of this level.

    A first paragraph that says no more than the title is left out. Below a heading of its
    own, where the title stands right above it, its first sentence is, too.
    """
    pieces = trimmed(parts)
    lower_case = joining.writes_lower_case([piece.body.text for piece in pieces])
    shapes = shapes_of(pieces)
    blocks: list[Block] = []
    speaker = None
    for piece, shape in zip(pieces, shapes, strict=True):
        more = blocks_in(piece, shape, level)
        marks = joining.append(blocks, more, lower_case=lower_case)
        for mark in marks.before:
            (speaker or piece).note(mark, Reason.CONTINUATION)
        for mark in marks.after:
            piece.note(mark, Reason.CONTINUATION)
        if piece.body.text.strip():
            speaker = piece
    if said := leave_title(blocks, title, level):
        pieces[0].note(said, Reason.TITLE)
    return Merged(_written(blocks), [entry for piece in pieces for entry in piece.left_out])


class Shape(StrEnum):
    """What a part is in its thread: where the parts are numbered points, these have headings,
    or make a list."""

    PROSE = "prose"
    SECTION = "section"
    ITEM = "item"


def shapes_of(pieces: Sequence[Trimmed]) -> list[Shape]:
    runs = numbering.points([piece.first_line() for piece in pieces])
    sections = _places(run for run in runs if all(is_section(pieces[at]) for at in run))
    items = _places(run for run in runs if all(pieces[at].is_one_line() for at in run))
    return [_shape(piece, at in sections, at in items) for at, piece in enumerate(pieces)]


def _shape(piece: Trimmed, in_sections: bool, in_items: bool) -> Shape:
    if in_sections:
        return Shape.SECTION
    return Shape.ITEM if in_items and not piece.part.is_markdown else Shape.PROSE


def blocks_in(piece: Trimmed, shape: Shape, level: int) -> list[Block]:
    if shape is Shape.SECTION:
        return _section(piece, level)
    if shape is Shape.ITEM:
        return [*_warnings(piece), numbered_item(piece.body.stripped())]
    return _blocks(piece)


def _places(runs: Iterable[range]) -> set[int]:
    return {at for run in runs for at in run}


def _blocks(piece: Trimmed) -> list[Block]:
    made = passages_of(piece.body.text) if piece.part.is_markdown else blocks_of(piece.body)
    return (
        _warnings(piece)
        + made
        + [Block(_kind(markdown), markdown) for markdown in piece.part.after]
    )


def _warnings(piece: Trimmed) -> list[Block]:
    return [Block(Kind.OTHER, markdown) for markdown in piece.part.before]


def _kind(markdown: str) -> Kind:
    return Kind.OTHER if markdown.startswith(">") else Kind.PICTURE


def _section(piece: Trimmed, level: int) -> list[Block]:
    body = piece.body.stripped()
    end = len(body.text.partition("\n")[0])
    title = heading(body.between(0, end), level, is_markdown=piece.part.is_markdown)
    return [title, *_blocks(replace(piece, body=body.without(0, end)))]


def leave_title(blocks: list[Block], title: str, level: int) -> str:
    """Without what the title above them says already; returns what that was."""
    if title and len(blocks) > 1 and _same_words(blocks[0], title):
        return blocks.pop(0).words
    if title and level > TOP_LEVEL and (rest := _after_sentence(blocks[:1], title)):
        blocks[0] = rest
        return title
    return ""


def _same_words(block: Block, title: str) -> bool:
    return block.words.strip(" .").casefold() == title.strip(" .").casefold()


def _after_sentence(opening: Sequence[Block], title: str) -> Block | None:
    """What follows in a paragraph that begins with the title as a sentence."""
    for block in opening:
        rest = block.markdown.removeprefix(f"{title} ")
        is_sentence = title.endswith((".", "!", "?")) and rest != block.markdown
        # A letter means nothing at the start of a block; any sign might.
        if block.kind is Kind.PARAGRAPH and is_sentence and rest[:1].isalpha():
            return replace(block, markdown=rest, words=block.words.removeprefix(title).lstrip())
    return None


def written(blocks: Sequence[Block]) -> list[str]:
    """The Markdown of each. Of two numbered lists in a row the second needs another sign."""
    found: list[str] = []
    sign = ""
    for block in blocks:
        markdown = block.markdown
        if block.kind is Kind.NUMBERS:
            markdown, sign = with_other_sign(markdown, sign)
        else:
            sign = ""
        found.append(markdown)
    return found


def _written(blocks: Sequence[Block]) -> str:
    return "\n\n".join(written(blocks))
