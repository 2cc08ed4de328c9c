"""One post of the X API: its words, marks, media, and what it quotes."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.threads.archives import OTHER, OWN, escape
from tests.threads.sources.x_server import entities
from threads.sources.base import (
    MediaKind,
    SkipReason,
    SourceMedia,
    SourcePoll,
    SourceQuote,
    SourceStatus,
    Span,
    SpanKind,
)
from threads.sources.x_post import Includes, parse_post


def post(text: str = "One.", **fields: Any) -> dict[str, Any]:
    told = {"id": "20", "text": text, "author_id": OWN, "created_at": "2026-03-01T09:00:00.000Z"}
    return told | fields


def parsed(
    text: str = "One.", includes: dict[str, Any] | None = None, **fields: Any
) -> SourceStatus:
    known = Includes()
    known.add(includes or {})
    return parse_post(post(text, **fields), known)


def marked(text: str, **marks: Any) -> dict[str, Any]:
    none: dict[str, Any] = {"links": {}, "mentions": [], "hashtags": [], "media": []}
    return entities(text, **none | marks)


def test_it_is_told_with_the_least_that_x_may_say() -> None:
    status = parsed()
    assert (status.text, status.url) == ("One.", "https://x.com/i/web/status/20")
    assert status.posted_at == datetime(2026, 3, 1, 9, tzinfo=UTC)
    assert (status.likes, status.language, status.versions, status.media) == (None, "", (), ())


@pytest.mark.parametrize("plain", [False, True])
def test_places_are_counted_as_the_text_is_told(plain: bool) -> None:
    """Of long posts X has been seen to count either way."""
    words = "A < b & 🕯 @bo #lamps https://t.co/a"
    raw = escape(words)
    counted = marked(
        words if plain else raw,
        links={"https://t.co/a": "https://example.org/"},
        mentions=["bo"],
        hashtags=["lamps"],
    )
    status = parsed(raw, entities=counted)
    assert status.text == "A < b & 🕯 @bo #lamps https://example.org/"
    assert status.spans == (
        Span(10, 13, SpanKind.MENTION, "https://x.com/bo"),
        Span(14, 20, SpanKind.HASHTAG),
        Span(21, 41, SpanKind.LINK, "https://example.org/"),
    )


def test_a_long_post_is_whole_whether_it_is_escaped_or_not() -> None:
    note: dict[str, Any] = {"text": "Use <b> &amp; more: https://t.co/a"}
    note |= {"entities": marked(note["text"], links={"https://t.co/a": "https://example.org/"})}
    status = parsed("Use &lt;b&gt; …", note_tweet=note)
    assert status.text == "Use <b> &amp; more: https://example.org/"
    assert parsed("Use …", note_tweet={"text": "Use &lt;b&gt; &amp;amp;"}).text == "Use <b> &amp;"


@given(st.text(st.sampled_from("a&<>;amplgt 🕯"), max_size=30))
def test_no_text_is_garbled(text: str) -> None:
    assert parsed(escape(text)).text == text.rstrip()


def test_marks_that_are_not_true_of_the_text_are_left_out() -> None:
    wrong = {
        "urls": [{"start": 0, "end": 3, "url": "https://t.co/a"}],
        "mentions": [{"start": 0, "end": 3, "username": "bo"}],
        "hashtags": [{"start": 90, "end": 95, "tag": "lamps"}],
    }
    assert parsed("One two.", entities=wrong).spans == ()


@pytest.mark.parametrize(
    ("told", "target"),
    [
        ({"expanded_url": "https://bit.ly/x", "unwound_url": "https://example.org/whole"}, "whole"),
        (
            {"expanded_url": "https://example.org/a", "unwound_url": "https://example.org/login"},
            "a",
        ),
        ({"expanded_url": "https://bit.ly/x"}, "x"),
        ({"expanded_url": "https://[x"}, "https://[x"),
        ({}, "https://t.co/a"),
    ],
)
def test_short_addresses_are_followed_where_x_did(told: dict[str, str], target: str) -> None:
    counted = marked("See https://t.co/a", links={"https://t.co/a": told})
    if not told:
        del counted["urls"][0]["display_url"]
    (span,) = parsed("See https://t.co/a", entities=counted).spans
    assert span.target.endswith(target)


def test_pictures_and_videos_come_at_their_best_with_their_words() -> None:
    variants = [
        {"content_type": "application/x-mpegURL", "url": "https://video.example/a.m3u8"},
        {"bit_rate": 256000, "content_type": "video/mp4", "url": "https://video.example/s.mp4?t=1"},
        {"bit_rate": 832000, "content_type": "video/mp4", "url": "https://video.example/l.mp4?t=1"},
    ]
    still = "https://pbs.example/still.jpg"
    size: dict[str, Any] = {"width": 40, "height": 30}
    media = [
        {"media_key": "1", "type": "photo", "url": "https://pbs.example/a.jpg", **size}
        | {"alt_text": "A lamp"},
        {"media_key": "2", "type": "video", "preview_image_url": still, "variants": variants},
        {"media_key": "3", "type": "animated_gif", "preview_image_url": still},
    ]
    raw = "Look: https://t.co/media"
    keys = ["1", "2", "3", "withheld"]
    status = parsed(
        raw,
        {"media": media},
        entities=marked(raw, media=keys),
        attachments={"media_keys": keys},
    )
    assert status.text == "Look:"
    photo = SourceMedia(MediaKind.IMAGE, "https://pbs.example/a.jpg", alt="A lamp", **size)
    video = SourceMedia(MediaKind.VIDEO, "https://video.example/l.mp4", still)
    assert status.media == (photo, video, SourceMedia(MediaKind.GIF, "", still))


QUOTES: dict[str, Any] = {"referenced_tweets": [{"type": "quoted", "id": "5"}]}


def test_others_that_are_quoted_keep_their_name_and_words() -> None:
    included = {
        "tweets": [post("Lamps &amp; moths.", id="5", author_id=OTHER)],
        "users": [{"id": OTHER, "username": "bo", "name": "Bo Lind"}],
    }
    raw = "See https://t.co/q"
    link = {"https://t.co/q": "https://twitter.com/bo/status/5"}
    status = parsed(raw, included, entities=marked(raw, links=link), **QUOTES)
    (quote,) = status.extras
    assert isinstance(quote, SourceQuote)
    assert (quote.url, quote.author) == ("https://x.com/bo/status/5", "Bo Lind")
    assert quote.text == "Lamps & moths."
    assert status.quote_of == "5"
    assert status.text == "See https://twitter.com/bo/status/5"


def test_somebody_without_a_name_is_called_by_the_handle() -> None:
    included = {"tweets": [post(id="5", author_id=OTHER)]}
    quotes = [
        parsed(includes=included | {"users": users}, **QUOTES).extras[0]
        for users in ([{"id": OTHER, "username": "bo"}], [])
    ]
    authors = [quote.author for quote in quotes if isinstance(quote, SourceQuote)]
    assert authors == ["@bo", ""]


def test_own_words_that_are_quoted_are_shown_from_here() -> None:
    status = parsed(includes={"tweets": [post(id="5")]}, **QUOTES)
    assert (status.quote_of, status.extras) == ("5", ())


def test_what_is_quoted_and_gone_leaves_its_id() -> None:
    assert (parsed(**QUOTES).quote_of, parsed(**QUOTES).extras) == ("5", ())


def test_a_poll_is_told_in_its_order() -> None:
    options = [
        {"position": 2, "label": "Slow", "votes": 7},
        {"position": 1, "label": "Fast", "votes": 3},
    ]
    poll = {"id": "9", "options": options, "voting_status": "closed"}
    status = parsed(includes={"polls": [poll]}, attachments={"poll_ids": ["9", "gone"]})
    assert status.extras == (SourcePoll((("Fast", 3), ("Slow", 7)), 10, ended=True),)


def test_a_repost_is_no_part() -> None:
    repost = parsed("RT @bo: One.", referenced_tweets=[{"type": "retweeted", "id": "5"}])
    assert repost.skip is SkipReason.RETWEET


def test_what_is_known_of_a_post_is_told() -> None:
    status = parsed(
        includes={"users": [{"id": OWN, "username": "miraosei"}]},
        lang="en",
        public_metrics={"like_count": 3},
        in_reply_to_user_id=OTHER,
        referenced_tweets=[{"type": "replied_to", "id": "19"}],
        edit_history_tweet_ids=["18", "20"],
    )
    assert status.url == "https://x.com/miraosei/status/20"
    assert (status.language, status.likes, status.versions) == ("en", 3, ("18", "20"))
    assert (status.reply_to, status.reply_to_account) == ("19", OTHER)
    assert parsed(lang="und").language == ""


@pytest.mark.parametrize("id_", ["1" * 21, "x"])
def test_an_id_that_is_none_is_refused(id_: str) -> None:
    with pytest.raises(ValueError, match=r"no id of X|invalid literal"):
        parsed(id=id_)
