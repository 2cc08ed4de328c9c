"""Recorded answers of Bluesky, where the machine has them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from threads.sources.base import SourceCard, SpanKind
from threads.sources.bluesky_api import is_post
from threads.sources.bluesky_ids import did_in, tid
from threads.sources.bluesky_post import parse_post


def posts_in(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if is_post(value):
            yield value
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from posts_in(part)


def snapshots(text: str) -> Iterator[Any]:
    """The values that the AppView's own tests expect: JSON but for a few words and commas."""
    for body in re.findall(r"= `\n(.*?)\n`;", text, re.DOTALL):
        body = re.sub(r"\b(?:Object \{|Array \[)", lambda match: match[0][-1], body)
        yield json.loads(re.sub(r",(\s*[}\]])", r"\1", body).replace("\\`", "`"))


def test_a_recorded_feed_is_read(real_data: Path) -> None:
    told = json.loads((real_data / "bluesky-api/getAuthorFeed.json").read_text())
    posts = [parse_post(item["post"]) for item in told["feed"]]
    assert len(posts) == 50
    assert len({post.reply_to_account for post in posts}) > 10
    pictures = [media for post in posts for media in post.media]
    assert all(media.url.startswith("https://") for media in pictures)
    assert all(media.width and media.height for media in pictures)
    assert len(pictures) == 21
    for post in posts:  # its key was made when it was posted
        assert post.posted_at
        around = timedelta(seconds=10)
        assert tid(post.posted_at - around) < post.sort_key < tid(post.posted_at + around)


def test_recorded_offsets_find_their_words(real_data: Path) -> None:
    records = json.loads((real_data / "bluesky-api/sample-real-records.json").read_text())
    posts = [
        parse_post({**row, "author": {"did": did_in(row["uri"]), "handle": "a.example"}})
        for row in records
    ]
    shown = [post.text[post.spans[0].start : post.spans[0].end] for post in posts]
    for words, post in zip(shown, posts, strict=True):
        span = post.spans[0]
        if span.kind is SpanKind.LINK:
            assert words.endswith("...")
            assert span.target.removeprefix("https://").startswith(words.removesuffix("..."))
        else:
            assert words.startswith("#")
    # The card of a page that the text links already is not told again.
    assert not any(isinstance(extra, SourceCard) for post in posts for extra in post.extras)


@pytest.mark.parametrize(
    ("name", "count", "quotes"),
    [("author-feed.test.ts.snap", 10, True), ("thread.test.ts.snap", 15, False)],
)
def test_every_shape_of_the_appviews_own_tests_is_read(
    real_data: Path, name: str, count: int, quotes: bool
) -> None:
    values = list(snapshots((real_data / "bluesky-api" / name).read_text()))
    assert len(values) == count
    posts = [parse_post(post) for value in values for post in posts_in(value)]
    assert len(posts) >= 29
    assert any(post.extras for post in posts) is quotes
    assert any(post.media for post in posts)
