"""One post of Bluesky becomes a status."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from threads.sources.base import Gap, SkipReason, SourceStatus, SpanKind
from threads.sources.bluesky_ids import tid
from threads.sources.bluesky_post import parse_post, root_of, status_of

DID = "did:plc:mira22222222222222222222"
URI = f"at://{DID}/app.bsky.feed.post/3mg2abcdefg2k"
PARENT = f"at://{DID}/app.bsky.feed.post/3mg2abcdeff2k"


def post(text: str = "A lamp.", **told: Any) -> dict[str, Any]:
    """Fields of the post; `record` adds to its record."""
    record = {"text": text, "createdAt": "2026-03-01T09:01:00.123Z", "langs": ["en"]}
    view = {
        "uri": URI,
        "author": {"did": DID, "handle": "mira.example", "displayName": "Mira Osei"},
        "record": record | told.pop("record", {}),
        "likeCount": 7,
        "indexedAt": "2026-03-01T09:01:00.456Z",
    }
    return view | told


def test_a_post_keeps_what_a_thread_needs() -> None:
    reply = {"root": {"uri": PARENT, "cid": "c"}, "parent": {"uri": PARENT, "cid": "c"}}
    told = post(record={"reply": reply})
    assert parse_post(told, Gap.ANSWERS_UNSEEN) == SourceStatus(
        id=URI,
        sort_key="3mg2abcdefg2k",
        text="A lamp.",
        posted_at=datetime(2026, 3, 1, 9, 1, 0, 123000, tzinfo=UTC),
        url="https://bsky.app/profile/mira.example/post/3mg2abcdefg2k",
        reply_to=PARENT,
        reply_to_account=DID,
        language="en",
        likes=7,
        gap=Gap.ANSWERS_UNSEEN,
    )
    assert root_of(told) == PARENT
    assert root_of(post()) == URI


def test_an_account_without_a_valid_handle_is_linked_by_its_did() -> None:
    status = parse_post(post(author={"did": DID, "handle": "handle.invalid"}))
    assert status.url == f"https://bsky.app/profile/{DID}/post/3mg2abcdefg2k"


@pytest.mark.parametrize(
    ("created", "indexed", "expected"),
    [
        ("2026-03-01T09:01:00.123Z", "2026-03-01T09:02:00Z", "2026-03-01T09:01:00.123+00:00"),
        ("2026-03-01T09:01:00.123456Z", None, "2026-03-01T09:01:00.123456+00:00"),
        ("2026-03-01T10:01:00+01:00", None, "2026-03-01T09:01:00+00:00"),
        ("2026-03-01T09:01:00", None, "2026-03-01T09:01:00+00:00"),
        ("2012-07-01T09:01:00Z", "2026-03-01T09:02:00Z", "2012-07-01T09:01:00+00:00"),
        ("2199-01-01T00:00:00Z", "2026-03-01T09:02:00.5Z", "2026-03-01T09:02:00.5+00:00"),
        ("0001-01-01T00:00:00Z", "2026-03-01T09:02:00Z", "2026-03-01T09:02:00+00:00"),
        ("0001-01-01T00:00:00+23:00", "2026-03-01T09:02:00Z", "2026-03-01T09:02:00+00:00"),
        ("yesterday", "2026-03-01T09:02:00Z", "2026-03-01T09:02:00+00:00"),
        (None, "2026-03-01T09:02:00Z", "2026-03-01T09:02:00+00:00"),
    ],
)
def test_times_that_make_no_sense_give_way_to_when_it_was_indexed(
    created: str, indexed: str | None, expected: str
) -> None:
    status = parse_post(post(record={"createdAt": created}, indexedAt=indexed))
    assert status.posted_at == datetime.fromisoformat(expected)


def test_without_any_time_there_is_none() -> None:
    status = parse_post(post(record={"createdAt": ""}, indexedAt=None))
    assert status.posted_at is None


def test_a_key_that_tells_no_time_is_sorted_by_when_it_was_posted() -> None:
    key = parse_post(post(uri=f"at://{DID}/app.bsky.feed.post/mine")).sort_key
    before, after = datetime(2026, 3, 1, 9, tzinfo=UTC), datetime(2026, 3, 1, 9, 2, tzinfo=UTC)
    assert tid(before) < key < tid(after)


def test_labels_become_a_warning_in_words() -> None:
    own = {"$type": "com.atproto.label.defs#selfLabels", "values": [{"val": "graphic-media"}]}
    assert parse_post(post(record={"labels": own})).content_warning == "Graphic pictures"
    labels: list[Any] = [{"val": "gore"}, {"val": "nudity"}, {"val": "!hide-and-seek"}, "rude", {}]
    labels.append({"val": "porn", "neg": True})
    status = parse_post(post(record={"labels": own}, labels=labels))
    assert status.content_warning == "Nudity, graphic pictures"
    assert parse_post(post(labels=None)).content_warning == ""


@pytest.mark.parametrize(
    ("told", "language"), [(["pt-BR", "en"], "pt-BR"), ([], ""), ("en", ""), (["x" * 21], "")]
)
def test_the_first_language_counts(told: Any, language: str) -> None:
    assert parse_post(post(record={"langs": told})).language == language


def test_a_link_to_the_own_post_that_is_quoted_is_marked_as_such() -> None:
    text = "As I said: bsky.app/profile/mir... and bsky.app/x"
    addresses = {
        "bsky.app/profile/mir...": "https://bsky.app/profile/mira.example/post/3mg2abcdeff2k",
        "bsky.app/x": "https://bsky.app/x",
    }
    facets = [
        {
            "index": {"byteStart": text.index(shown), "byteEnd": text.index(shown) + len(shown)},
            "features": [{"$type": "app.bsky.richtext.facet#link", "uri": uri}],
        }
        for shown, uri in addresses.items()
    ]
    quoted = post("Before.", uri=PARENT)
    record = {"$type": "app.bsky.embed.record#viewRecord", "value": quoted["record"], **quoted}
    embed = {"$type": "app.bsky.embed.record#view", "record": record}
    status = parse_post(post(text, record={"facets": facets}, embed=embed))
    assert status.quote_of == PARENT
    assert [span.kind for span in status.spans] == [SpanKind.QUOTE, SpanKind.LINK]


@pytest.mark.parametrize(
    "told",
    [
        {"record": None},
        {"author": {}},
        {"uri": 7},
        {"record": {"createdAt": "2026-03-01T09:01:00.123Z"}},
    ],
)
def test_what_is_no_post_is_told_as_unreadable(told: dict[str, Any]) -> None:
    assert status_of({**post(), **told}).skip is SkipReason.UNREADABLE


@pytest.mark.parametrize("reply", [None, [], {"parent": None}, {"parent": {"uri": 7}}, "x"])
def test_a_damaged_reply_answers_nothing(reply: Any) -> None:
    status = parse_post(post(record={"reply": reply}))
    assert (status.reply_to, status.reply_to_account) == ("", "")
