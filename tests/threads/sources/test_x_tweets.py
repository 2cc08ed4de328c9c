"""One tweet of an X archive becomes a status."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.threads.archives import OWN, Archive, escape
from threads.sources.base import MediaKind, SkipReason, SourceStatus, Span, SpanKind
from threads.sources.x_shapes import converted
from threads.sources.x_tweets import Mark, _across, _beside, parse_time, parse_tweet, unescape


def no_file(tweet: str, names: list[str]) -> str:
    return ""


def parsed(text: str, **options: Any) -> SourceStatus:
    archive = Archive()
    archive.tweet(text, **options)
    return parse_tweet(converted(archive.tweets[0]), "miraosei", no_file)


def marks(status: SourceStatus) -> list[tuple[str, str, str]]:
    return [
        (status.text[span.start : span.end], span.kind.value, span.target) for span in status.spans
    ]


def test_a_tweet_keeps_what_a_thread_needs() -> None:
    status = parsed("Seen & noted.", reply_to="123", likes=7, id="1032014091219894272")
    assert status == SourceStatus(
        id="1032014091219894272",
        sort_key="01032014091219894272",
        text="Seen & noted.",
        posted_at=datetime(2026, 3, 1, 9, 1, tzinfo=UTC),
        url="https://x.com/miraosei/status/1032014091219894272",
        reply_to="123",
        reply_to_account=OWN,
        language="en",
        likes=7,
    )


def test_without_a_handle_the_address_still_leads_to_the_tweet() -> None:
    archive = Archive()
    id_ = archive.tweet("Hello.")
    status = parse_tweet(converted(archive.tweets[0]), "", no_file)
    assert status.url == f"https://x.com/i/web/status/{id_}"


def test_short_addresses_become_whole_ones() -> None:
    status = parsed(
        "🧵 A & B: https://t.co/a, then https://t.co/b.",
        links={
            "https://t.co/a": "https://a.example/?x=1&y=2",
            "https://t.co/b": "https://b.example",
        },
    )
    assert status.text == "🧵 A & B: https://a.example/?x=1&y=2, then https://b.example."
    assert marks(status) == [
        ("https://a.example/?x=1&y=2", "link", "https://a.example/?x=1&y=2"),
        ("https://b.example", "link", "https://b.example"),
    ]


def test_mentions_and_hashtags_are_marked_and_stay() -> None:
    status = parsed("<3 @ada and #lamps", mentions=["ada"], hashtags=["lamps"])
    assert marks(status) == [
        ("@ada", "mention", "https://x.com/ada"),
        ("#lamps", "hashtag", ""),
    ]


def test_the_address_of_media_is_taken_out() -> None:
    assert parsed("A lamp.", photos=[b""]).text == "A lamp."
    assert parsed("", photos=[b""]).text == ""


def test_the_address_of_media_leaves_one_space_behind() -> None:
    archive = Archive()
    archive.tweet("x", photos=[b""])
    tweet = archive.tweets[0]
    tweet["full_text"] = "Before https://t.co/media after"
    tweet["entities"]["media"][0]["indices"] = ["7", "25"]
    assert parse_tweet(converted(tweet), "", no_file).text == "Before after"


@pytest.mark.parametrize(
    "address",
    [
        "https://twitter.com/miraosei/status/77",
        "https://mobile.twitter.com/miraosei/status/77?s=20",
        "https://x.com/miraosei/status/77",
        "https://x.com/i/web/status/77",
        "http://twitter.com/#!/miraosei/status/77",
    ],
)
def test_a_quoted_status_is_told_by_its_id(address: str) -> None:
    status = parsed("As I said https://t.co/q", links={"https://t.co/q": address})
    assert status.quote_of == "77"
    assert marks(status) == [(address, "quote", address)]


def test_addresses_from_before_there_were_short_ones_are_found() -> None:
    status = parsed("Old (http://example.org/a_b), cut http://example.org/lo…")
    assert marks(status) == [
        ("http://example.org/a_b", "link", "http://example.org/a_b"),
        ("http://example.org/lo…", "cut_link", ""),
    ]


def test_an_address_that_stands_elsewhere_than_told_is_left_alone() -> None:
    archive = Archive()
    archive.tweet("See https://t.co/a now", links={"https://t.co/a": "https://a.example"})
    archive.tweets[0]["entities"]["urls"][0]["indices"] = ["5", "19"]
    assert parse_tweet(converted(archive.tweets[0]), "", no_file).text == "See https://t.co/a now"


@pytest.mark.parametrize("indices", [["-1", "4"], ["9", "3"], ["0", "999"]])
def test_marks_outside_the_text_are_ignored(indices: list[str]) -> None:
    archive = Archive()
    archive.tweet("Hello #lamps", hashtags=["lamps"])
    archive.tweets[0]["entities"]["hashtags"][0]["indices"] = indices
    assert parse_tweet(converted(archive.tweets[0]), "", no_file).spans == ()


def test_of_two_addresses_in_one_place_the_first_counts() -> None:
    archive = Archive()
    archive.tweet("See https://t.co/a", links={"https://t.co/a": "https://a.example"})
    urls = archive.tweets[0]["entities"]["urls"]
    urls.append(urls[0] | {"expanded_url": "https://b.example"})
    assert parse_tweet(converted(archive.tweets[0]), "", no_file).text == "See https://a.example"


def test_a_character_that_no_database_takes_is_replaced() -> None:
    assert parsed("a\0b").text == "a\ufffdb"


def test_a_retweet_is_left_out() -> None:
    assert parsed("RT @ada: Hello").skip == SkipReason.RETWEET


def test_all_pictures_of_a_tweet_are_found() -> None:
    media = parsed("Two.", photos=[b"", None]).media
    assert [(item.kind, item.width, item.height) for item in media] == [
        (MediaKind.IMAGE, 40, 30),
        (MediaKind.IMAGE, 40, 30),
    ]


def test_a_video_is_known_by_its_best_quality() -> None:
    archive = Archive()
    archive.tweet("Moving.", photos=[b""])
    media = archive.tweets[0]["extended_entities"]["media"][0]
    media["type"] = "animated_gif"
    base = "https://video.twimg.com/tweet_video"
    media["video_info"] = {
        "variants": [
            {"bitrate": "832000", "url": f"{base}/low.mp4?tag=12"},
            {"content_type": "application/x-mpegURL", "url": f"{base}/list.m3u8"},
            {"bitrate": "2176000", "url": f"{base}/high.mp4?tag=12"},
        ]
    }
    asked: list[str] = []

    def find(tweet: str, names: list[str]) -> str:
        asked.extend(names)
        return f"{tweet}-{names[0]}"

    (found,) = parse_tweet(converted(archive.tweets[0]), "", find).media
    assert (found.kind, found.url) == (MediaKind.GIF, f"{base}/high.mp4")
    assert asked == ["high.mp4", "low.mp4"]
    assert found.name.endswith("-high.mp4")


def test_the_versions_of_an_edited_tweet_are_told() -> None:
    assert parsed("Second try.", edits=["5"], id="6").versions == ("5", "6")
    archive = Archive()
    archive.tweet("First try.", id="5")
    archive.tweets[0]["edit_info"] = {"initial": {"editTweetIds": ["5", "6"]}}
    assert parse_tweet(converted(archive.tweets[0]), "", no_file).versions == ("5", "6")
    archive.tweets[0]["edit_info"] = {"initial": {"editTweetIds": ["5"]}}
    assert parse_tweet(converted(archive.tweets[0]), "", no_file).versions == ()


@pytest.mark.parametrize("written", ["2026-03-01T09:00:00Z", "Sun Mar 01 09:00:00 +0100 2026", ""])
def test_a_time_in_another_form_is_no_time(written: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - whichever part of it cannot be read
        parse_time(written)


pieces = st.one_of(
    st.text(st.sampled_from("a &<>é🧵👩‍👩‍👧漢\n;"), min_size=1, max_size=12),
    st.just("&amp;"),
    st.just("&lt;b&gt;"),
)


@given(st.lists(pieces, min_size=1, max_size=8), st.integers(1, 3))
def test_links_stand_where_they_stood_among_emoji_and_escapes(words: list[str], count: int) -> None:
    """`&amp;` as an author wrote it stays what it is: only one escaping is undone."""
    archive = Archive()
    links = {f"https://t.co/{n}": f"https://example.org/{n}?a&b" for n in range(count)}
    written = "".join(f"{word} {short} " for word, short in zip(words, links, strict=False))
    links = {short: whole for short, whole in links.items() if short in written}
    archive.tweet(written, links=links)
    status = parse_tweet(converted(archive.tweets[0]), "", no_file)
    for short, whole in links.items():
        written = written.replace(short, whole)
    assert status.text == written.rstrip()
    assert [status.text[span.start : span.end] for span in status.spans] == list(links.values())
    assert all(isinstance(span, Span) and span.kind == SpanKind.LINK for span in status.spans)
    assert escape("&") == "&amp;"


@given(
    st.text(st.sampled_from("ab &<>é🧵;"), max_size=30).map(escape),
    st.lists(st.tuples(st.integers(0, 30), st.integers(1, 9)), max_size=4),
    st.lists(st.sampled_from([None, "", "https://a.example/x "]), min_size=4, max_size=4),
)
def test_marks_beside_each_other_come_out_as_those_that_may_lie_across(
    raw: str, places: list[tuple[int, int]], shown: list[str | None]
) -> None:
    marks, free = [], 0
    for (gap, length), instead in zip(places, shown, strict=False):
        start, free = free + gap, free + gap + length
        if free <= len(raw):
            kind = None if instead == "" else SpanKind.LINK
            marks.append(Mark(start, free, kind, "https://a.example", instead))
    assert _beside(raw, marks, unescape) in (None, _across(raw, marks, unescape))
