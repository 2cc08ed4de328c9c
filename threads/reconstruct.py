"""Statuses in any order become threads.

Decides what belongs together, by reply chains of the author's own: main line, branches,
and what is left out and why. Knows no source and stores nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from operator import attrgetter

import msgspec

from threads.sources.base import SkipReason

Children = dict[str, list[str]]

_PLACE = attrgetter("sort_key", "id")


class Node(msgspec.Struct, frozen=True, gc=False):
    """As much of a status as decides where it belongs."""

    id: str
    sort_key: str
    reply_to: str = ""
    reply_to_account: str = ""
    versions: tuple[str, ...] = ()
    skip: SkipReason | None = None


@dataclass(frozen=True, slots=True)
class Shape:
    """One thread: its longest path from the first status, and what hangs beside it."""

    main_line: tuple[str, ...]
    branches: tuple[str, ...] = ()
    parent_missing: bool = False
    parent_deleted: bool = False


@dataclass(slots=True)
class Result:
    threads: list[Shape] = field(default_factory=list)
    lone: list[str] = field(default_factory=list)
    skipped: list[tuple[str, SkipReason]] = field(default_factory=list)
    replaced: dict[str, str] = field(default_factory=dict)  # superseded edit: its last version


def reconstruct(
    statuses: Iterable[Node],
    own: str,
    *,
    with_replies: bool = False,
    taken_in: Collection[str] = frozenset(),
    deleted: Mapping[str, Node] | None = None,
) -> Result:
    """Every status lands exactly once: in a thread, alone, or skipped with a reason.

    `own` is the author's account. A chain under somebody else's status stays out unless
    `with_replies`, or unless some of it was `taken_in` before. What is `deleted` was there
    once: its answers answer what it answered, or else the first of them.
    """
    result = Result()
    kept = _readable(statuses, result)
    _drop_superseded(kept, result)
    bereft = _close_ranks(kept, deleted or {}, result.replaced)
    roots, children = _families(kept, result.replaced)
    known = {id_ for id_, _ in result.skipped} | kept.keys()
    for root in roots:
        tree = _tree(root, children)
        node = kept[root]
        orphan = bool(node.reply_to) and (node.reply_to_account == own or node.reply_to in known)
        foreign = bool(node.reply_to or node.reply_to_account) and not orphan
        if foreign and not with_replies and not any(id_ in taken_in for id_ in tree):
            result.skipped += [(id_, SkipReason.REPLY_TO_OTHER) for id_ in tree]
        elif len(tree) == 1:
            result.lone.append(root)
        else:
            line, beside = _line(tree, children)
            result.threads.append(Shape(line, beside, orphan, root in bereft))
    return result


def _readable(statuses: Iterable[Node], result: Result) -> dict[str, Node]:
    """What its source does not exclude, each once, as posted."""
    kept: dict[str, Node] = {}
    for node in sorted(statuses, key=_PLACE):
        if node.skip:
            result.skipped.append((node.id, node.skip))
        elif node.id in kept:
            result.skipped.append((node.id, SkipReason.DUPLICATE))
        else:
            kept[node.id] = node
    return kept


def _drop_superseded(kept: dict[str, Node], result: Result) -> None:
    edited = [node for node in kept.values() if node.versions]
    place = {id_: place for place, id_ in enumerate(kept)} if edited else {}
    for node in edited:
        present = sorted({*node.versions, node.id} & kept.keys(), key=place.__getitem__)
        for version in present[:-1]:
            result.replaced[version] = present[-1]
    for version in result.replaced:
        del kept[version]
        result.skipped.append((version, SkipReason.SUPERSEDED_EDIT))


def _close_ranks(
    kept: dict[str, Node], deleted: Mapping[str, Node], replaced: Mapping[str, str]
) -> set[str]:
    """Let the answers to what is deleted answer what stood before it.

    Where nothing did, the first of them begins in its place. Gives those.
    """
    heirs: dict[str, str] = {}
    if not deleted:
        return set()
    for node in list(kept.values()):
        above, lost = _above(node, deleted)
        if not lost:
            continue
        if _last(above.reply_to, replaced) in kept:
            kept[node.id] = msgspec.structs.replace(node, reply_to=above.reply_to)
        elif heirs.setdefault(lost, node.id) == node.id:
            kept[node.id] = msgspec.structs.replace(
                node, reply_to=above.reply_to, reply_to_account=above.reply_to_account
            )
        else:
            kept[node.id] = msgspec.structs.replace(node, reply_to=heirs[lost])
    return set(heirs.values())


def _above(node: Node, deleted: Mapping[str, Node]) -> tuple[Node, str]:
    """The uppermost of the deleted ones that stand between it and what it answers."""
    passed: dict[str, None] = {}
    while node.reply_to in deleted and node.reply_to not in passed:
        passed[node.reply_to] = None
        node = deleted[node.reply_to]
    return node, next(reversed(passed), "")


def _last(id_: str, replaced: Mapping[str, str]) -> str:
    """An answer to an earlier version answers the last one."""
    while id_ in replaced:
        id_ = replaced[id_]
    return id_


def _families(kept: dict[str, Node], replaced: dict[str, str]) -> tuple[list[str], Children]:
    """The first statuses, and who answers whom. Both in the order of posting."""
    children: Children = {}
    parents: dict[str, str] = {}
    is_ordered = True
    for node in kept.values():
        parent = _last(node.reply_to, replaced)
        if parent in kept:
            parents[node.id] = parent
            children.setdefault(parent, []).append(node.id)
            is_ordered = is_ordered and _PLACE(kept[parent]) < _PLACE(node)
    roots = [id_ for id_ in kept if id_ not in parents]
    if not is_ordered:
        roots += _open_rings(kept, roots, parents, children)
    return roots, children


def _open_rings(
    kept: Iterable[str], roots: Iterable[str], parents: Mapping[str, str], children: Children
) -> list[str]:
    """Where each answers the next, as only a damaged source has it, the first begins."""
    first: list[str] = []
    reached = {id_ for root in roots for id_ in _tree(root, children)}
    for id_ in kept:
        if id_ not in reached:
            children[parents[id_]].remove(id_)
            first.append(id_)
            reached.update(_tree(id_, children))
    return first


def _tree(root: str, children: Children) -> list[str]:
    """All below the root, itself first, parents before their children."""
    tree = [root]
    for id_ in tree:
        tree += children.get(id_, ())
    return tree


def _line(tree: list[str], children: Children) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The longest path from the first, and what hangs beside it."""
    height: dict[str, int] = {}
    for id_ in reversed(tree):
        height[id_] = 1 + max((height[child] for child in children.get(id_, ())), default=0)
    line = [tree[0]]
    while below := children.get(line[-1]):
        line.append(max(below, key=height.__getitem__))  # max() takes the earliest of equals
    beside = set(tree) - set(line)
    return tuple(line), tuple(id_ for id_ in tree if id_ in beside)
