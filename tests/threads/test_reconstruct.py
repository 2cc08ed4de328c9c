"""Reply chains become threads."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from threads.reconstruct import Node, Result, Shape, reconstruct
from threads.sources.base import SkipReason

OWN, OTHER = "me", "you"


def node(id_: str, parent: str = "", user: str | None = None, **fields: object) -> Node:
    user = user if user is not None else (OWN if parent else "")
    return Node(id_, id_.zfill(5), parent, user, **fields)  # type: ignore[arg-type]


def lines(result: Result) -> list[tuple[str, ...]]:
    return [shape.main_line for shape in result.threads]


def test_a_chain_of_own_replies_is_a_thread() -> None:
    result = reconstruct([node("3", "2"), node("1"), node("2", "1")], OWN)
    assert result == Result(threads=[Shape(("1", "2", "3"))])


def test_a_status_that_nothing_answers_is_alone() -> None:
    assert reconstruct([node("1")], OWN) == Result(lone=["1"])


def test_the_longest_path_is_the_main_line_and_the_rest_branches() -> None:
    nodes = [node("1"), node("2", "1"), node("3", "1"), node("4", "3"), node("5", "2")]
    nodes.append(node("6", "4"))
    assert reconstruct(nodes, OWN).threads == [Shape(("1", "3", "4", "6"), ("2", "5"))]


def test_the_earliest_child_wins_a_tie() -> None:
    nodes = [node("1"), node("3", "1"), node("2", "1")]
    assert reconstruct(nodes, OWN).threads == [Shape(("1", "2"), ("3",))]


def test_ids_are_ordered_as_they_were_posted_not_as_they_are_spelt() -> None:
    nodes = [node("1"), node("10", "1"), node("9", "1")]
    assert reconstruct(nodes, OWN).threads == [Shape(("1", "9"), ("10",))]


def test_a_chain_under_somebody_elses_status_goes_with_it() -> None:
    nodes = [node("1", "99", OTHER), node("2", "1"), node("3", "2")]
    result = reconstruct(nodes, OWN)
    assert result.skipped == [(id_, SkipReason.REPLY_TO_OTHER) for id_ in "123"]
    assert lines(reconstruct(nodes, OWN, with_replies=True)) == [("1", "2", "3")]


def test_a_chain_that_was_taken_in_before_stays_in_and_grows() -> None:
    nodes = [node("1", "99", OTHER), node("2", "1"), node("3", "2")]
    assert lines(reconstruct(nodes, OWN, taken_in={"2"})) == [("1", "2", "3")]


@pytest.mark.parametrize("user", [OTHER, OWN])
def test_a_reply_to_a_user_without_a_status_is_a_reply_to_somebody_else(user: str) -> None:
    result = reconstruct([node("1", "", user)], OWN)
    assert result.skipped == [("1", SkipReason.REPLY_TO_OTHER)]


def test_an_own_parent_that_is_missing_leaves_the_thread_incomplete() -> None:
    result = reconstruct([node("2", "1"), node("3", "2")], OWN)
    assert result.threads == [Shape(("2", "3"), parent_missing=True)]


def test_a_parent_that_was_left_out_is_missing_too() -> None:
    nodes = [node("1", skip=SkipReason.DELETED), node("2", "1", ""), node("3", "2")]
    assert reconstruct(nodes, OWN).threads == [Shape(("2", "3"), parent_missing=True)]


def test_a_reply_whose_addressee_is_unknown_belongs_to_the_thread_it_answers() -> None:
    assert lines(reconstruct([node("1"), node("2", "1", "")], OWN)) == [("1", "2")]


def test_what_the_source_leaves_out_and_what_comes_twice_is_counted() -> None:
    nodes = [node("1", skip=SkipReason.RETWEET), node("2"), node("2")]
    result = reconstruct(nodes, OWN)
    assert result.skipped == [("1", SkipReason.RETWEET), ("2", SkipReason.DUPLICATE)]
    assert result.lone == ["2"]


def test_only_the_last_version_of_an_edit_stays_and_takes_the_replies() -> None:
    versions = ("1", "2", "3")
    nodes = [node(id_, versions=versions) for id_ in versions] + [node("4", "2"), node("5", "4")]
    result = reconstruct(nodes, OWN)
    assert lines(result) == [("3", "4", "5")]
    assert result.replaced == {"1": "3", "2": "3"}
    assert {reason for _, reason in result.skipped} == {SkipReason.SUPERSEDED_EDIT}


def test_versions_that_name_each_other_in_turn_lead_to_the_last_one() -> None:
    nodes = [
        node("1", versions=("2", "1")),
        node("2", versions=("1", "2")),
        node("3", versions=("2", "3")),
        node("4", "1"),
    ]
    assert lines(reconstruct(nodes, OWN)) == [("3", "4")]


def test_a_ring_of_replies_is_cut_at_its_earliest() -> None:
    nodes = [node("1", "3"), node("2", "1"), node("3", "2"), node("4", "4")]
    result = reconstruct(nodes, OWN)
    assert result.threads == [Shape(("1", "2", "3"), parent_missing=True)]
    assert result.lone == ["4"]


ids = st.integers(0, 25).map(str)
nodes = st.builds(
    node,
    ids,
    st.one_of(st.just(""), ids, st.just("99")),
    st.sampled_from(["", OWN, OTHER]),
    versions=st.one_of(st.just(()), st.lists(ids, max_size=3).map(tuple)),
    skip=st.sampled_from([None, None, None, SkipReason.RETWEET]),
)


@given(st.lists(nodes, max_size=40), st.booleans())
def test_every_status_lands_exactly_once(found: list[Node], with_replies: bool) -> None:
    result = reconstruct(found, OWN, with_replies=with_replies)
    placed = [id_ for shape in result.threads for id_ in shape.main_line + shape.branches]
    placed += result.lone
    assert sorted(placed + [id_ for id_, _ in result.skipped]) == sorted(n.id for n in found)
    assert len(placed) == len(set(placed))
    assert all(len(shape.main_line) > 1 for shape in result.threads)


@given(st.lists(nodes, max_size=40, unique_by=lambda n: n.id), st.randoms())
def test_the_order_of_the_source_does_not_matter(found: list[Node], rng: random.Random) -> None:
    shuffled = rng.sample(found, len(found))
    assert reconstruct(shuffled, OWN) == reconstruct(found, OWN)
