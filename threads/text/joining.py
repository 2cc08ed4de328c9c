"""The borders between the parts: sentences and lists that run over them are made whole."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from threads.text.blocks import Block, Kind, runs_on

_TRAILING = re.compile(r"\s*(?:…|\.{2,})$")
_LEADING = re.compile(r"^(?:…|\.{2,})\s*(?=\S)")
_ONLY_DOTS = re.compile(r"(?:…|\.{2,})")
_MIDWAY = (",", "–", "—", "&")
_MIDWAY_UNSPACED = ("、", "，")


@dataclass(frozen=True, slots=True)
class Join:
    """How two paragraphs become one: what goes from each, and what stands between them."""

    from_end: str = ""
    from_start: str = ""
    glue: str = " "


@dataclass(slots=True)
class Marks:
    """The marks of continuation that a border no longer needs."""

    before: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)


def writes_lower_case(texts: Sequence[str]) -> bool:
    """Whether the author begins most parts with a small letter, so that it says nothing."""
    firsts = [match[0] for text in texts if (match := re.search(r"[^\W\d_]", text))]
    small = sum(first.islower() for first in firsts)
    large = sum(first.isupper() for first in firsts)
    return len(texts) > 2 and small > large


def append(
    blocks: list[Block], more: Sequence[Block], *, lower_case: bool, forced: bool = False
) -> Marks:
    """Add a part's blocks to those before it; returns what went on the way.

    `forced`: of two paragraphs make one, whether or not a sentence ends there.
    """
    marks = Marks()
    at = _last_words(blocks)
    if at is None or not more:
        blocks += more
        return marks
    first = more[0]
    if at and _ONLY_DOTS.fullmatch(blocks[at].words) and first.kind is blocks[at - 1].kind:
        marks.before.append(blocks.pop(at).words)
        at -= 1
    # A list goes on only where no picture stands between its items.
    if first.kind is Kind.PARAGRAPH or at == len(blocks) - 1:
        join = _join_of(blocks[at], first, lower_case=lower_case)
        if not join and forced and blocks[at].kind is first.kind is Kind.PARAGRAPH:
            join = Join()
        if join:
            blocks[at] = as_one(blocks[at], first, join)
            marks.before += filter(None, [join.from_end.strip()])
            marks.after += filter(None, [join.from_start.strip()])
            more = more[1:]
    blocks += more
    return marks


def _last_words(blocks: Sequence[Block]) -> int | None:
    """The place of the last block that is not a picture."""
    for at in reversed(range(len(blocks))):
        if blocks[at].kind is not Kind.PICTURE:
            return at
    return None


def _join_of(before: Block, after: Block, *, lower_case: bool) -> Join | None:
    if before.kind is not after.kind:
        return None
    match before.kind:
        case Kind.PARAGRAPH:
            join = joined(before.words, after.words, lower_case=lower_case)
            return join if join and _fits(join, before, after) else None
        case Kind.BULLETS:
            return Join(glue="\n")
        case Kind.NUMBERS if after.first == before.last + 1:
            return Join(glue="\n")
    return None


def _fits(join: Join, before: Block, after: Block) -> bool:
    """Whether the marks stand in the Markdown as they stand in the words."""
    return before.markdown.endswith(join.from_end) and after.markdown.startswith(join.from_start)


def as_one(before: Block, after: Block, join: Join) -> Block:
    def whole(first: str, second: str) -> str:
        return first.removesuffix(join.from_end) + join.glue + second.removeprefix(join.from_start)

    return replace(
        before,
        markdown=whole(before.markdown, after.markdown),
        words=whole(before.words, after.words),
        last=after.last,
        picks=(*before.picks, *after.picks),
    )


def joined(before: str, after: str, *, lower_case: bool = False) -> Join | None:
    """How to join the end of one part to the start of the next; None where a sentence ends."""
    if not before or not after:
        return None
    trailing, leading = _TRAILING.search(before), _LEADING.search(after)
    words = before[: trailing.start()] if trailing else before
    goes_on = bool(words) and runs_on(words, after) and not lower_case
    if leading and (trailing or before[-1].isalnum() or before.endswith(_MIDWAY)):
        return Join(trailing[0] if trailing else "", leading[0])
    if before.endswith(_MIDWAY_UNSPACED):
        return Join(glue="")
    if goes_on or before.endswith(_MIDWAY):
        return Join(from_end=trailing[0] if trailing else "")
    return None
