"""Putting proposals into a text. Pure, and nothing but insertion: what stood there still does."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from newsletter.expanding.proposal import Kind, Proposal

ORDER = {kind: place for place, kind in enumerate(Kind)}


def inserted(body: str, proposals: Iterable[Proposal]) -> str:
    lines = body.split("\n")
    at: dict[int, list[str]] = defaultdict(list)
    # The notes of footnotes come last, whatever else goes to the end.
    in_order = sorted(proposals, key=lambda each: (bool(each.mark), each.line, ORDER[each.kind]))
    for each in in_order:
        if each.mark:
            lines[each.line - 1] += _apart(lines[each.line - 1]) + each.mark
        at[len(lines) if each.mark else each.line].append(each.markdown)
    written: list[str] = []
    for number, line in enumerate([*lines, ""]):
        for markdown in at[number]:
            written += [*_empty_after(written), markdown]
        if at[number]:
            written += [] if number == len(lines) else _empty_before(line)
        written += [line] if number < len(lines) else []
    return "\n".join(written)


def _apart(line: str) -> str:
    """What must stand before a mark, so that the word before does not swallow it."""
    last = line.split(" ")[-1]
    return " " if "://" in last or last.endswith("\\") else ""


def _empty_after(written: list[str]) -> list[str]:
    return [""] if written and written[-1].strip() else []


def _empty_before(line: str) -> list[str]:
    return [""] if line.strip() else []
