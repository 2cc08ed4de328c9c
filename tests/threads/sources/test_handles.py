"""Whom an editor means by what they wrote."""

from __future__ import annotations

import pytest

from threads.sources.base import SourceAccount, SourceFormatError
from threads.sources.handles import feed_of, named


@pytest.mark.parametrize(
    ("written", "platform", "name", "url"),
    [
        ("@mira@social.example", "mastodon", "mira@social.example", "https://social.example/@mira"),
        ("mira@Social.Example", "mastodon", "mira@social.example", "https://social.example/@mira"),
        (
            " https://social.example/@mira ",
            "mastodon",
            "mira@social.example",
            "https://social.example/@mira",
        ),
        (
            "https://social.example/@mira.rss",
            "mastodon",
            "mira@social.example",
            "https://social.example/@mira",
        ),
        (
            "https://social.example/users/mira",
            "mastodon",
            "mira@social.example",
            "https://social.example/@mira",
        ),
        (
            "https://big.example/@mira@social.example",
            "mastodon",
            "mira@social.example",
            "https://social.example/@mira",
        ),
        (
            "http://127.0.0.1:8000/@mira",
            "mastodon",
            "mira@127.0.0.1:8000",
            "http://127.0.0.1:8000/@mira",
        ),
        (
            "mira.bsky.social",
            "bluesky",
            "mira.bsky.social",
            "https://bsky.app/profile/mira.bsky.social",
        ),
        ("@mira.example", "bluesky", "mira.example", "https://bsky.app/profile/mira.example"),
        (
            "https://bsky.app/profile/mira.example",
            "bluesky",
            "mira.example",
            "https://bsky.app/profile/mira.example",
        ),
        (
            "bsky.app/profile/mira.example/rss",
            "bluesky",
            "mira.example",
            "https://bsky.app/profile/mira.example",
        ),
        ("x.com/miraosei", "x", "miraosei", "https://x.com/miraosei"),
        ("https://www.twitter.com/miraosei/", "x", "miraosei", "https://x.com/miraosei"),
    ],
)
def test_handles_and_profiles_name_an_account(
    written: str, platform: str, name: str, url: str
) -> None:
    account = named(written)
    assert (account.platform, account.handle, account.url) == (platform, name, url)
    assert account.remote_id == ""


@pytest.mark.parametrize("written", ["did:plc:abc", "https://bsky.app/profile/did:plc:abc"])
def test_a_did_is_an_account_of_bluesky(written: str) -> None:
    assert named(written).remote_id == "did:plc:abc"


@pytest.mark.parametrize(
    "written",
    [
        "https://blog.example/feed.xml",
        "https://blog.example/",
        "https://x.com/miraosei/status/5",
        "https://x.com/i/lists/5",
        "ftp://social.example/@mira",
        "https://[broken/@mira",
        "https://social.example/@mira/112233",
    ],
)
def test_the_feed_of_a_site_and_other_addresses_are_refused_in_words(written: str) -> None:
    with pytest.raises(SourceFormatError, match="is no account on a platform"):
        named(written)


@pytest.mark.parametrize("written", ["@mira", "mira", "", "mira osei", "127.0.0.1"])
def test_a_name_alone_does_not_say_on_which_platform(written: str) -> None:
    with pytest.raises(SourceFormatError, match="does not say on which platform"):
        named(written)


@pytest.mark.parametrize(
    ("account", "feed"),
    [
        (
            SourceAccount("mastodon", "https://s.example/users/m", url="https://s.example/@m"),
            "https://s.example/@m.rss",
        ),
        (SourceAccount("mastodon", "https://s.example/m", url="https://s.example/m"), ""),
        (SourceAccount("bluesky", "did:plc:abc"), "https://bsky.app/profile/did:plc:abc/rss"),
        (SourceAccount("x", "5", url="https://x.com/m"), ""),
    ],
)
def test_the_feed_that_a_platform_keeps_is_offered_by_itself(
    account: SourceAccount, feed: str
) -> None:
    assert feed_of(account) == feed
