"""The bot's record on Bluesky: its key, and where its link stands."""

from __future__ import annotations

import re

from threads.bots.bluesky import key_of, link_facet

URL = "https://letters.example/threads/5/"


def test_a_call_has_one_key_which_looks_like_a_posts() -> None:
    calls = [f"at://did:plc:mira/app.bsky.feed.post/{n}" for n in range(200)]
    keys = [key_of(call) for call in calls]
    assert len(set(keys)) == 200
    assert keys == [key_of(call) for call in calls]
    assert all(re.fullmatch("[2-7a-j][2-7a-z]{12}", key) for key in keys)


def test_a_link_is_counted_in_bytes() -> None:
    text = f"Größe 灯台: {URL}"
    index = link_facet(text, URL)["index"]
    assert text.encode()[index["byteStart"] : index["byteEnd"]].decode() == URL
