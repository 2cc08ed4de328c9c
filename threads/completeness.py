"""Why a thread is not whole, and what would complete it: in words for an editor.

Knows no database: others count what is missing, and keep the answer with the thread.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from threads.sources.base import Gap

Missing = dict[str, str]  # {"why": …, "remedy": …}

NOTHING = "Nothing can bring it back."
ARCHIVES = {"x": "X", "mastodon": "Mastodon"}  # whose authors can download all they posted
REFUSED, WAITING = "refused", "waiting"  # states of an attachment; the third is lost


@dataclass(slots=True)
class Lack:
    """What there is to be said of one thread."""

    platform: str
    url: str = ""  # of its first status
    kind: str = ""  # of the source that was read last, as `Import.kind` has it
    warnings: Sequence[str] = ()  # of an import that was not complete itself
    orphan: bool = False  # it begins with an answer to something that is not here
    beheaded: bool = False  # what it began with was deleted
    gaps: Counter[str] = field(default_factory=Counter)
    media: Counter[tuple[str, str]] = field(default_factory=Counter)  # state and kind


def missing(lack: Lack) -> list[Missing]:
    """Nothing for a thread that is whole."""
    return [{"why": why, "remedy": remedy} for why, remedy in (*_parts(lack), *_media(lack))]


def _parts(lack: Lack) -> Iterator[tuple[str, str]]:
    gaps = lack.gaps
    if lack.beheaded or gaps[Gap.PARENT_DELETED]:
        yield "The part before the first was deleted by its author.", NOTHING
    elif gaps[Gap.PARENT_PRIVATE]:
        yield (
            "The part before the first is not shown to everybody.",
            f"Only its author can show it. {_bring_in_all(lack)}",
        )
    elif gaps[Gap.PARENT_BLOCKED]:
        yield (
            "The part before the first is hidden, because one of two authors blocked the other.",
            "Nobody outside can see it while that is so.",
        )
    elif lack.orphan:
        yield _absent_parent(lack)
    if gaps[Gap.ANSWERS_UNSEEN]:
        yield _unseen(lack)
    if count := gaps[Gap.TEXT_CUT]:
        parts = "Of one part" if count == 1 else f"Of {count} parts"
        yield f"{parts} only the beginning is here.", _bring_in_all(lack)


def _absent_parent(lack: Lack) -> tuple[str, str]:
    why = "The part before the first is missing."
    if lack.warnings:
        return why, f"{lack.warnings[0]} Import the complete archive."
    if lack.kind.endswith("_archive"):
        return why, (
            "The archive is complete and does not hold it, so its author has most likely "
            "deleted it. Nothing can bring it back."
        )
    return why, _bring_in_all(lack)


def _unseen(lack: Lack) -> tuple[str, str]:
    if lack.platform == "mastodon":
        host = urlsplit(lack.url).hostname or "the server"
        return (
            "There may be more parts: the server shows visitors no more than 60 answers.",
            f"Set a token for {host} (MASTODON_TOKENS), or import the author's archive.",
        )
    if lack.platform == "x":
        return (
            "There may be more parts: X no longer finds the answers to older posts.",
            "Import the author's archive.",
        )
    return (
        "There may be more parts: the server showed no deeper answers.",
        "Refresh the thread later.",
    )


def _bring_in_all(lack: Lack) -> str:
    if name := ARCHIVES.get(lack.platform):
        return f"Import the author's archive from {name}."
    if lack.platform == "bluesky":
        return "Import the thread again by its address."
    return "Paste the whole thread again."


def _media(lack: Lack) -> Iterator[tuple[str, str]]:
    for (state, kind), count in sorted(lack.media.items()):
        noun = "video" if kind == "video" else "picture"
        many, are = (f"1 {noun}", "is") if count == 1 else (f"{count} {noun}s", "are")
        if state == REFUSED:
            yield (
                f"{many} could not be kept.",
                "Beside each stands why. Another copy of the file may do: import that.",
            )
        elif state == WAITING:
            yield f"{many} {are} yet to be fetched.", "That is done by itself, one by one."
        else:
            yield f"{many} {are} missing.", _bring_in_files(lack)


def _bring_in_files(lack: Lack) -> str:
    if lack.kind.endswith("_archive"):
        return "The archive does not hold the files. A newer or more complete one may."
    if name := ARCHIVES.get(lack.platform):
        return f"Import the author's archive from {name}, which holds the files."
    return "Add the files to the post by hand."
