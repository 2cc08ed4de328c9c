"""Addresses of posts, and the times that are in their keys."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from threads.sources.bluesky_ids import TID, Place, did_in, find, tid


@pytest.mark.parametrize(
    "address",
    [
        "https://bsky.app/profile/mira.example/post/3mg2abcdefg2k",
        "http://www.bsky.app/profile/mira.example/post/3mg2abcdefg2k/",
        "https://staging.bsky.app/profile/mira.example/post/3mg2abcdefg2k?ref_src=embed#top",
        "https://bsky.app/profile/@Mira.Example/post/3mg2abcdefg2k/liked-by",
        " bsky.app/profile/mira.example/post/3mg2abcdefg2k\n",
        "at://mira.example/app.bsky.feed.post/3mg2abcdefg2k",
    ],
)
def test_the_address_of_a_post_is_known(address: str) -> None:
    assert find(address) == Place("mira.example", "3mg2abcdefg2k")


@pytest.mark.parametrize(
    "address",
    [
        "https://bsky.app/profile/did:plc:abc234/post/3mg2abcdefg2k",
        "https://bsky.app/profile/did%3Aplc%3Aabc234/post/3mg2abcdefg2k",
        "at://did:plc:abc234/app.bsky.feed.post/3mg2abcdefg2k",
    ],
)
def test_a_did_may_stand_for_the_handle(address: str) -> None:
    assert find(address) == Place("did:plc:abc234", "3mg2abcdefg2k")


@pytest.mark.parametrize(
    "address",
    [
        "https://bsky.app/profile/mira.example",
        "https://bsky.app/profile/mira.example/feed/news",
        "https://bsky.app.evil.example/profile/mira.example/post/3mg2abcdefg2k",
        "https://evil.example/?https://bsky.app/profile/mira.example/post/3mg2abcdefg2k",
        "https://social.example/@mira/1",
        "at://mira.example/app.bsky.feed.like/3mg2abcdefg2k",
        "https://bsky.app/profile/mira/post/3mg2abcdefg2k",
        "",
    ],
)
def test_other_addresses_are_not(address: str) -> None:
    assert find(address) is None


def test_only_an_at_uri_with_a_did_tells_whose_it_is() -> None:
    assert did_in("at://did:web:mira.example/app.bsky.feed.post/3mg") == "did:web:mira.example"
    assert did_in("at://mira.example/app.bsky.feed.post/3mg") == did_in("did:plc:a/b") == ""


def test_the_key_of_a_record_tells_its_time() -> None:
    assert tid(datetime(2023, 6, 30, 15, 3, 1, 887007, tzinfo=UTC)) == "3jzfcijpj2z22"


@given(st.datetimes(datetime(1970, 1, 1), datetime(2250, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001 - as it asks
def test_keys_sort_like_their_times(time: datetime) -> None:
    assert TID.fullmatch(tid(time))
    assert tid(time) < tid(time + timedelta(milliseconds=1))


def test_times_that_no_key_can_tell_are_the_first_and_the_last() -> None:
    assert tid(datetime(1200, 1, 1, tzinfo=UTC)) == "2222222222222"
    assert tid(datetime(9000, 1, 1, tzinfo=UTC)) == "bzzzzzzzzzzzz"
