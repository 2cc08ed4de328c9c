"""A draft follows its outline, around whatever a person wrote in it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsletter.outlining import entries as verbs
from newsletter.outlining.composing import compose
from newsletter.outlining.entries import START, Entry, Refused
from newsletter.outlining.ordering import by_theme, by_time
from newsletter.outlining.redrafting import follow
from threads.text.picking import Source
from threads.text.trimming import Part

TITLE = "Lamps"
IS_SAID = re.compile(r"[xX][a-z]+\d").match


def said(number: int) -> str:
    """A part that no other part resembles; every third one breaks off, for the next to go on."""
    words = " ".join(f"{word}{number}" for word in ("lamp", "oil", "sea", "night", "log", "keeper"))
    more = " ".join(f"{word}{number}" for word in ("wick", "glass", "storm", "harbour", "rope"))
    return f"x{words}. X{more}," if number % 3 == 0 else f"x{words}. X{more}."


PARTS = range(1, 9)
ONE = Source.of([Part(str(number), said(number)) for number in PARTS])
PLACES = {number: (ONE, number - 1) for number in PARTS}


@dataclass
class Desk:
    """An outline and its draft, as `changing` keeps them."""

    entries: list[Entry] = field(default_factory=list)
    past: list[list[Entry]] = field(default_factory=list)
    composed: str = ""
    draft: str = ""

    def become(self, after: list[Entry]) -> None:
        composition, self.draft = follow(
            self.draft, self.composed, self.entries, after, PLACES, TITLE
        )
        self.entries, self.composed = after, composition.text

    def do(self, verb: str, *arguments: object) -> None:
        after = getattr(verbs, verb)(self.entries, *arguments)
        self.past.append(self.entries)
        self.become(after)

    def undo(self) -> None:
        self.become(self.past.pop())


@pytest.fixture
def desk() -> Desk:
    desk = Desk()
    for number in (1, 2, 4, 5):
        desk.do("place", number)
    return desk


def test_an_unedited_draft_says_what_the_outline_says(desk: Desk) -> None:
    assert desk.draft == "\n\n".join(said(number) for number in (1, 2, 4, 5))
    desk.do("move", "s5", START)
    desk.do("remove", "s2")
    assert desk.draft == "\n\n".join(said(number) for number in (5, 1, 4))


def test_what_ends_an_edited_draft_goes_on_ending_it(desk: Desk) -> None:
    ending = "\n\n## Further reading\n\n- [On oil](https://e.org/oil)"
    desk.draft += ending
    for number in (7, 8):
        desk.do("place", number)
    desk.do("move", "s5", START)
    assert desk.draft == "\n\n".join(said(number) for number in (5, 1, 2, 4, 7, 8)) + ending


def test_additions_to_an_edited_draft_are_inserted(desk: Desk) -> None:
    desk.draft = desk.draft.replace(said(2), "Rewritten by hand.\n\nAnd added.")
    desk.do("place", 7, "s1")
    desk.do("add_heading", "Storms", "h1", "s7")
    desk.do("place", 8)
    assert desk.draft.split("\n\n") == [
        *[said(1), said(7), "## Storms", "Rewritten by hand.", "And added."],
        *[said(4), said(5), said(8)],
    ]


def test_what_was_rewritten_stays_where_it_is_and_stands_once(desk: Desk) -> None:
    own = f"{said(2)} And more."
    desk.draft = desk.draft.replace(said(2), own)
    desk.do("move", "s2", "s5")
    assert desk.draft.split("\n\n") == [said(1), own, said(4), said(5)]
    desk.do("move", "s1", "s5")
    assert desk.draft.split("\n\n") == [own, said(4), said(5), said(1)]
    desk.do("remove", "s2")
    assert desk.draft.split("\n\n") == [own, said(4), said(5), said(1)]
    desk.do("place", 2)
    assert desk.draft.split("\n\n") == [own, said(4), said(5), said(1)]


@pytest.mark.parametrize("verb", [("move", "s1", "s2"), ("move", "s2", START)])
def test_of_two_that_change_places_the_rewritten_one_stays(
    desk: Desk, verb: tuple[str, str, str]
) -> None:
    own = f"{said(1)} And more."
    desk.draft = desk.draft.replace(said(1), own)
    desk.do(*verb)
    assert desk.draft.split("\n\n") == [own, said(2), said(4), said(5)]


def test_a_part_that_is_split_after_it_was_rewritten_is_left_alone(desk: Desk) -> None:
    own = said(2).replace("oil2", "petrol")
    desk.draft = desk.draft.replace(said(2), own)
    desk.do("split", "s2", said(2).index("X"), said(2))
    assert desk.draft.split("\n\n") == [said(1), own, said(4), said(5)]


def test_what_a_rewritten_part_would_run_on_to_is_not_lost() -> None:
    desk = Desk()
    for number in (3, 5, 4):
        desk.do("place", number)
    own = said(3).replace("oil3", "petrol")
    desk.draft = desk.draft.replace(said(3), own)
    desk.do("move", "s4", "s3")
    assert desk.composed.startswith(f"{said(3)} {said(4)}")
    assert desk.draft.split("\n\n") == [own, said(5), said(4)]


def test_a_paragraph_that_a_person_deleted_stays_away_until_it_is_placed_anew(desk: Desk) -> None:
    desk.draft = desk.draft.replace(f"{said(2)}\n\n", "")
    desk.do("move", "s2", "s5")
    assert said(2) not in desk.draft
    desk.do("remove", "s2")
    desk.do("place", 2)
    assert desk.draft.endswith(said(2))


def test_a_part_that_a_person_quotes_in_words_of_their_own_still_moves(desk: Desk) -> None:
    own = f"As I said: {said(2)}"
    desk.draft = f"{own}\n\n{desk.draft}"
    desk.do("move", "s2", "s5")
    assert desk.draft.split("\n\n") == [own, said(1), said(4), said(5), said(2)]


def test_a_heading_that_is_renamed_in_the_draft_stays_so(desk: Desk) -> None:
    desk.do("add_heading", "Storms", "h1", "s1")
    desk.do("rename", "h1", "Gales")
    assert "## Gales" in desk.draft
    desk.draft = desk.draft.replace("## Gales", "## Hurricanes")
    desk.do("rename", "h1", "Winds")
    assert "## Hurricanes" in desk.draft
    assert "Winds" not in desk.draft


def test_words_that_changed_at_the_source_are_not_in_the_draft_twice(desk: Desk) -> None:
    old = said(2).replace("oil2", "petrol")
    desk.composed = desk.composed.replace(said(2), old)
    desk.draft = f"{desk.composed.replace(said(2), old)}\n\nMine."
    desk.do("place", 7)
    assert desk.draft.count("Xwick2") == 1
    assert old in desk.draft


def test_lines_of_a_person_keep_their_empty_ones(desk: Desk) -> None:
    desk.draft = f"Mine.\n\n\n\n{desk.draft}\n\n    so\n\n\n    it goes"
    desk.do("place", 7)
    assert desk.draft.startswith("Mine.\n\n\n\nxlamp1")
    assert "    so\n\n\n    it goes" in desk.draft


STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            [
                *("place", "place", "place", "move", "move", "remove", "drop", "take_back"),
                *("heading", "split", "join", "part_again", "time", "theme", "undo"),
                *("edit: append", "edit: insert", "edit: delete", "edit: word"),
            ]
        ),
        st.integers(0, 30),
        st.integers(0, 30),
    ),
    max_size=14,
)


def at_board(desk: Desk, verb: str, first: int, second: int, step: int) -> None:
    text = verbs.text_of(desk.entries)
    number = PARTS[first % len(PARTS)]
    afters = [None, START, *(entry.key for entry in text)]
    after = afters[second % len(afters)]
    key = text[first % len(text)].key if text else "none"
    chosen = next((entry for entry in text if entry.key == key), None)
    whole = said(chosen.status) if chosen and chosen.status else ""
    arguments = {
        "place": (number, after),
        "move": (key, after),
        "remove": (key,),
        "drop": (number,),
        "take_back": (number,),
        "split": (key, whole.find("X"), whole),
        "join": (key, whole),
        "part_again": (key,),
    }
    if verb == "undo":
        if desk.past:
            desk.undo()
    elif verb == "heading":
        desk.do("add_heading", f"Heading {step}", f"h{step}", after)
    elif verb in ("time", "theme"):
        desk.past.append(desk.entries)
        told = {number: said(number) for number in PARTS}
        times = {number: number * 5 % 7 for number in PARTS}
        by = by_time(desk.entries, times) if verb == "time" else by_theme(desk.entries, told)
        desk.become(by)
    else:
        desk.do(verb, *arguments[verb])


def by_hand(desk: Desk, edit: str, first: int, step: int, mine: list[str]) -> None:
    paragraphs = desk.draft.split("\n\n") if desk.draft else [""]
    at = first % len(paragraphs)
    if edit == "edit: delete":
        gone = paragraphs.pop(at)
        mine[:] = [word for word in mine if word not in gone.split()]
    else:
        mine.append(f"mine{step}z")
        if edit == "edit: append":
            paragraphs[at] += f" mine{step}z"
        elif edit == "edit: word":
            paragraphs[at] = f"mine{step}z {paragraphs[at].partition(' ')[2]}".strip()
        else:
            paragraphs.insert(at, f"Own words, mine{step}z and nobody else's.")
    desk.draft = "\n\n".join(paragraphs)
    mine[:] = [word for word in mine if word in desk.draft]


@settings(max_examples=150)
@given(STEPS)
def test_nothing_of_a_person_is_lost_and_no_part_stands_twice(
    steps: list[tuple[str, int, int]],
) -> None:
    desk = Desk()
    desk.become([Entry(f"s{number}", status=number) for number in (1, 2, 3, 4, 6)])
    mine: list[str] = []
    edited = False
    for step, (verb, first, second) in enumerate(steps):
        if verb.startswith("edit"):
            edited = True
            by_hand(desk, verb, first, step, mine)
            continue
        try:
            at_board(desk, verb, first, second, step)
        except Refused:
            continue
        words = Counter(re.findall(r"\w+", desk.draft))
        assert [word for word in mine if not words[word]] == []
        assert [word for word, count in words.items() if count > 1 and IS_SAID(word)] == []
        if not edited:
            assert desk.draft == compose(desk.entries, PLACES, TITLE).text


@settings(max_examples=60)
@given(STEPS)
def test_undo_undoes(steps: list[tuple[str, int, int]]) -> None:
    desk, drafts = Desk(), []
    for step, (verb, first, second) in enumerate(steps):
        if verb == "undo" or verb.startswith("edit"):
            continue
        before = (desk.entries, desk.draft)
        try:
            at_board(desk, verb, first, second, step)
        except Refused:
            continue
        drafts.append(before)
    while drafts:
        desk.undo()
        assert (desk.entries, desk.draft) == drafts.pop()
