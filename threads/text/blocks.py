"""A status as blocks of Markdown: paragraphs, lists, the places of lost pictures."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from threads.text.escaping import ATOM, literal
from threads.text.links import LINKS, inline
from threads.text.spans import Marked, Span, SpanKind


class Kind(StrEnum):
    PARAGRAPH = "paragraph"
    HEADING = "heading"
    BULLETS = "bullets"
    NUMBERS = "numbers"
    PICTURE = "picture"  # or a video, or the place where one was
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Block:
    kind: Kind
    markdown: str
    words: str = ""  # of a paragraph: how it reads, with a sign for each address
    first: int = 0  # of a numbered list: its first and its last number
    last: int = 0
    picks: tuple[int, ...] = ()  # those it was made of, where parts were picked


# Signs that nobody writes but for a list, and signs that make one only together.
_BULLET = re.compile(r"(?:[•·▪●‣◦∙]\s*|\*\s+)(?=\S)")
_DASH = re.compile(r"(?:[-–—]\s+|(?:→|➔|➜|▸)\s*)(?=\S)")
_NUMBER = re.compile(r"([1-9]\d{0,2})([.)])\s+(?=\S)")
_SIGN = re.compile(r"^(\d+)([.)])", re.MULTILINE)
_PROSE = 50  # a line at least this long was broken by its width, if its sentence goes on
_CONTROLS = dict.fromkeys((*range(10), *range(11, 32), *range(127, 160)), " ")
_CONTROLS |= {0x2028: "\n", 0x2029: "\n"}  # separators of lines and of paragraphs


def cleaned(marked: Marked) -> Marked:
    """Without control characters, which no parser agrees about; each becomes a space."""
    return Marked(marked.text.translate(_CONTROLS), marked.spans)


def blocks_of(marked: Marked) -> list[Block]:
    """What the lines of a plain status make."""
    lines = cleaned(marked).lines()
    blocks: list[Block] = []
    at = 0
    while at < len(lines):
        if not lines[at].text:
            taken: Sequence[Marked] = lines[at : at + 1]
        elif items := _items(lines, at):
            taken = lines[at : at + items]
            blocks.append(_list(taken))
        else:
            taken = _paragraph_lines(lines, at)
            blocks.append(paragraph(taken))
        blocks += [lost_picture(span.target) for line in taken for span in _lost(line)]
        at += len(taken)
    return blocks


def paragraph(lines: Sequence[Marked]) -> Block:
    markdown = inline(lines[0])
    for before, line in pairwise(lines):
        is_wrapped = len(before.text) >= _PROSE and runs_on(before.text, line.text)
        markdown += ("\n" if is_wrapped else "\\\n") + inline(line)
    return Block(Kind.PARAGRAPH, markdown, " ".join(_as_read(line) for line in lines))


def runs_on(before: str, after: str) -> bool:
    """Whether the same sentence seems to go on: no sign ends it, and a small letter follows.

    Where the letters before have no case, the letter after says nothing.
    """
    letters = [char for char in before[-20:] if char.isalpha()]
    has_case = bool(letters) and letters[-1].lower() != letters[-1].upper()
    return has_case and before[-1].isalnum() and after[0].islower()


def numbered_item(line: Marked) -> Block:
    """A list of one, to be joined with its neighbours."""
    return _list([line])


def lost_picture(description: str) -> Block:
    words = re.sub(r"[\[\]\s]+", " ", description).strip() or "without a description"
    return Block(Kind.PICTURE, f"[lost picture: {literal(words, at_start=False)}]")


def with_other_sign(numbers: str, sign: str) -> tuple[str, str]:
    """A numbered list whose numbers do not end in this sign, and the sign that they end in."""
    own = _SIGN.findall(numbers)[0][1]
    if own == sign:
        own = ")" if sign == "." else "."
    return _SIGN.sub(rf"\1{own}", numbers), own


def number_of(line: str) -> re.Match[str] | None:
    """The number at the start of a line, such as "3." or "3)"."""
    return _NUMBER.match(line)


def _items(lines: Sequence[Marked], at: int) -> int:
    """How many lines from here on are items of one list; 0 where there is none."""
    if taken := _run(lines, at, lambda line, before: bool(_BULLET.match(line))):
        return taken
    for follows in (_is_dash, _is_next_number):
        taken = _run(lines, at, follows)
        if sum(1 for line in lines[at : at + taken] if line.text) > 1:
            return taken
    return 0


def _run(lines: Sequence[Marked], at: int, follows: Callable[[str, str], bool]) -> int:
    """How many lines go on as the first began. An empty line between two items is one of them."""
    end, before = at, ""
    for place in range(at, len(lines)):
        line = lines[place].text
        if not line:
            continue
        if place - end > 1 or not follows(line, before):
            break
        end, before = place + 1, line
    return end - at


def _is_dash(line: str, before: str) -> bool:
    return bool(_DASH.match(line))


def _is_next_number(line: str, before: str) -> bool:
    number, last = number_of(line), number_of(before)
    return number is not None and (last is None or int(number[1]) == int(last[1]) + 1)


def _paragraph_lines(lines: Sequence[Marked], at: int) -> Sequence[Marked]:
    end = at + 1
    while end < len(lines) and lines[end].text and not _items(lines, end):
        end += 1
    return lines[at:end]


def _list(lines: Sequence[Marked]) -> Block:
    items = [line for line in lines if line.text]
    first, last = number_of(items[0].text), number_of(items[-1].text)
    if not first or not last:
        return Block(Kind.BULLETS, "\n".join(f"- {_item(item)}" for item in items))
    numbers = range(int(first[1]), int(last[1]) + 1)
    written = (
        f"{number}{first[2]} {_item(item)}" for number, item in zip(numbers, items, strict=True)
    )
    return Block(Kind.NUMBERS, "\n".join(written), first=numbers[0], last=numbers[-1])


def _item(line: Marked) -> str:
    sign = _BULLET.match(line.text) or _DASH.match(line.text) or number_of(line.text)
    return inline(line.without(0, sign.end() if sign else 0))


def _lost(line: Marked) -> list[Span]:
    return [span for span in line.spans if span.kind is SpanKind.LOST_PICTURE]


def _as_read(line: Marked) -> str:
    text = line.text
    for span in sorted(line.spans, key=lambda span: -span.start):
        if span.kind in LINKS or span.kind is SpanKind.CUT_LINK:
            text = text[: span.start] + ATOM + text[span.end :]
    return text
