"""What the board shows: a column of cards for each thread, and the rows of the outline."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import pairwise

from selectolax.lexbor import LexborHTMLParser

from newsletter import outlining
from newsletter.admin.board_actions import END, name_of
from newsletter.models import Outline, Post, PostSource, Revision
from newsletter.outlining import Entry, Parts, resemblance
from newsletter.outlining.composing import pick_of
from newsletter.outlining.differences import differences
from newsletter.outlining.entries import START, dropped, key_of, placed, text_of
from threads.markdown import markdown_of
from threads.models import Status
from threads.text.html import to_html
from threads.text.picking import alone

SHORT = 200  # letters of a card


@dataclass(frozen=True)
class Card:
    """A part in its thread's column."""

    status: Status
    name: str
    words: str
    state: str  # "left", "placed" or "dropped"
    pause: str
    twin: Status | None
    standing: bool


@dataclass(frozen=True)
class Column:
    source: PostSource
    colour: int
    cards: list[Card]

    @property
    def left(self) -> int:
        return sum(card.state == "left" for card in self.cards)

    @property
    def is_used(self) -> bool:
        return any(card.state == "placed" for card in self.cards)


@dataclass(frozen=True)
class Row:
    """A line of the outline: a heading, or a part or some of its words."""

    entry: Entry
    name: str
    words: str = ""
    colour: int = 0
    status: Status | None = None
    sentences: list[tuple[int, str]] = field(default_factory=list)  # a cut, and what follows it
    can_join: bool = False
    rewritten: bool = False


class Board:
    def __init__(self, post: Post, latest: Revision, parts: Parts, slot: str) -> None:
        self.parts = parts
        self.outline: Outline = outlining.outline_of(post, parts)
        self.entries = outlining.entries_of(self.outline)
        self.sources = list(post.sources.select_related("thread__account"))
        self.differences = differences(
            self.entries, parts, self.outline.composed, latest.body, latest.title
        )
        keys = {entry.key for entry in text_of(self.entries)}
        self.slot = slot if slot in keys or slot == START else END
        self._colours = {source.thread_id: source.colour for source in self.sources}

    @cached_property
    def columns(self) -> list[Column]:
        texts = {pk: markdown_of(status) for pk, status in self.parts.statuses.items()}
        twins = resemblance.twins(texts)
        return [
            Column(source, source.colour, list(self._cards(source, twins)))
            for source in self.sources
        ]

    @cached_property
    def rows(self) -> list[Row]:
        text = text_of(self.entries)
        befores = [None, *text]
        return [self._row(entry, before) for entry, before in zip(text, befores, strict=False)]

    @cached_property
    def counts(self) -> dict[str, int]:
        states = [card.state for column in self.columns for card in column.cards]
        return {state: states.count(state) for state in ("placed", "left", "dropped")}

    def _cards(self, source: PostSource, twins: dict[int, int]) -> Iterator[Card]:
        in_post, aside = placed(self.entries), dropped(self.entries)
        own = [s for s in self.parts.statuses.values() if s.thread_id == source.thread_id]
        pauses = {after.pk: after.pause_since(before) for before, after in pairwise(own)}
        for status in own:
            entry = Entry(key_of(status.pk), status=status.pk)
            state = "placed" if status.pk in in_post else "left"
            yield Card(
                status,
                name_of(entry, self.parts),
                self._words(entry),
                "dropped" if status.pk in aside else state,
                pauses.get(status.pk, "") if status.position else "",
                self.parts.statuses.get(twins.get(status.pk, 0)),
                status.pk in self.differences.standing,
            )

    def _row(self, entry: Entry, before: Entry | None) -> Row:
        name = name_of(entry, self.parts)
        rewritten = entry.key in self.differences.rewritten
        status = self.parts.statuses.get(entry.status or 0)
        if status is None:
            return Row(entry, name, rewritten=rewritten)
        return Row(
            entry,
            name,
            self._words(entry),
            self._colours.get(status.thread_id or 0, 1),
            status,
            self._sentences(entry),
            bool(before and before.status) and not entry.joined,
            rewritten,
        )

    def _words(self, entry: Entry) -> str:
        return said(alone(pick_of(entry, self.parts.places)))

    def _sentences(self, entry: Entry) -> list[tuple[int, str]]:
        whole = self.parts.words(entry)
        cuts = [entry.start, *self.parts.cuts(entry), entry.end(whole)]
        return [(cut, whole[cut:end].strip()) for cut, end in pairwise(cuts)]


@lru_cache(maxsize=4096)
def said(markdown: str) -> str:
    """How it reads, in short; a part without words says what its picture shows."""
    page = LexborHTMLParser(to_html(markdown).replace("</li>", " ·</li>"))
    words = " ".join(page.text(separator=" ").split()).removesuffix(" ·")
    words = words.replace(" · ", "\N{NO-BREAK SPACE}· ")  # no line begins with it
    if not words:
        words = " ".join(filter(None, (node.attributes.get("alt") for node in page.css("img"))))
    return words if len(words) <= SHORT else f"{words[: SHORT - 1].rsplit(' ', 1)[0]} …"
