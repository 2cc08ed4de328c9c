"""A thread says why it is not whole, and what would complete it."""

from __future__ import annotations

from collections import Counter

import pytest

from threads.completeness import Lack, missing
from threads.sources.base import Gap

LINK = "https://social.example/@miraosei/7"


def only(lack: Lack) -> str:
    (one,) = missing(lack)
    return f"{one['why']} {one['remedy']}"


def test_what_is_whole_lacks_nothing() -> None:
    assert missing(Lack("x")) == []


@pytest.mark.parametrize(
    ("gap", "words"),
    [
        (Gap.PARENT_DELETED, "was deleted by its author. Nothing can bring it back."),
        (Gap.PARENT_PRIVATE, "is not shown to everybody. Only its author can show it."),
        (Gap.PARENT_BLOCKED, "one of two authors blocked the other. Nobody outside can see it"),
        (Gap.ANSWERS_UNSEEN, "no more than 60 answers. Set a token for social.example"),
        (Gap.TEXT_CUT, "Of one part only the beginning is here. Import the author's archive"),
    ],
)
def test_each_gap_has_a_reason_and_a_remedy(gap: Gap, words: str) -> None:
    assert words in only(Lack("mastodon", url=LINK, orphan=False, gaps=Counter([gap])))


@pytest.mark.parametrize(
    ("lack", "remedy"),
    [
        (Lack("x", kind="x_archive", orphan=True), "most likely deleted it"),
        (
            Lack("x", kind="x_archive", orphan=True, warnings=["tweets-part2.js is missing."]),
            "tweets-part2.js is missing. Import the complete archive.",
        ),
        (Lack("x", kind="thread_reader", orphan=True), "Import the author's archive from X."),
        (Lack("bluesky", orphan=True), "Import the thread again by its address."),
        (Lack("none", orphan=True), "Paste the whole thread again."),
        (Lack("x", beheaded=True, orphan=True), "Nothing can bring it back."),
        (Lack("x", gaps=Counter([Gap.ANSWERS_UNSEEN])), "Import the author's archive."),
        (Lack("bluesky", gaps=Counter([Gap.ANSWERS_UNSEEN])), "Refresh the thread later."),
    ],
)
def test_what_would_help_depends_on_where_it_comes_from(lack: Lack, remedy: str) -> None:
    assert only(lack).endswith(remedy) or remedy in only(lack)


@pytest.mark.parametrize(
    ("lack", "words"),
    [
        (Lack("x", kind="x_archive"), "2 pictures are missing. The archive does not hold"),
        (Lack("mastodon"), "2 pictures are missing. Import the author's archive from Mastodon"),
        (Lack("bluesky"), "2 pictures are missing. Add the files to the post by hand."),
    ],
)
def test_lost_pictures_are_counted(lack: Lack, words: str) -> None:
    lack.media = Counter({("lost", "image"): 2})
    assert only(lack).startswith(words)


def test_what_waits_or_was_refused_is_told_apart() -> None:
    media = Counter({("waiting", "video"): 1, ("refused", "image"): 1})
    assert [one["why"] for one in missing(Lack("x", media=media))] == [
        "1 picture could not be kept.",
        "1 video is yet to be fetched.",
    ]
