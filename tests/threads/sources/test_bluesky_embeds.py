"""What hangs on a post: pictures, videos, cards, quotes, and what nobody knows yet."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from threads.sources.base import MediaKind, SourceCard, SourceMedia, SourceQuote
from threads.sources.bluesky_embeds import Embedded, embedded

URL = "https://bsky.app/profile/mira.example/post/3mg2abcdefg2k"
ADA = "did:plc:ada222222222222222222222"
QUOTED = f"at://{ADA}/app.bsky.feed.post/3mg2aaaaaaa2k"
CDN = "https://cdn.example/img/feed_fullsize/plain"


def read(kind: str, *linked: str, **told: Any) -> Embedded:
    return embedded({"$type": f"app.bsky.embed.{kind}", **told}, url=URL, linked=linked)


def image(alt: str = "", **told: Any) -> dict[str, Any]:
    return {"fullsize": f"{CDN}/x@jpeg", "thumb": "https://cdn.example/t", "alt": alt, **told}


def words(**told: Any) -> dict[str, Any]:
    record = {
        "$type": "app.bsky.embed.record#viewRecord",
        "uri": QUOTED,
        "author": {"did": ADA, "handle": "ada.example", "displayName": "Ada Example"},
        "value": {"text": "Lamps are kind.", "createdAt": "2026-02-01T08:00:00.000Z"},
        "indexedAt": "2026-02-01T08:00:01.000Z",
    }
    return {**record, **told}


def test_pictures_keep_their_descriptions_and_sizes() -> None:
    pixels = {"width": 1200, "height": 800}
    found = read("images#view", images=[image("A lamp. ", aspectRatio=pixels), image()])
    assert found.media == [
        SourceMedia(MediaKind.IMAGE, f"{CDN}/x@jpeg", alt="A lamp.", width=1200, height=800),
        SourceMedia(MediaKind.IMAGE, f"{CDN}/x@jpeg"),
    ]


@pytest.mark.parametrize(
    "ratio", [{"width": 16, "height": 9}, {"width": 0, "height": 900}, {"width": "900"}, 1.5, None]
)
def test_a_ratio_is_no_size(ratio: Any) -> None:
    (media,) = read("images#view", images=[image(aspectRatio=ratio)]).media
    assert (media.width, media.height) == (None, None)


def test_a_video_is_its_playlist_with_its_still() -> None:
    found = read(
        "video#view",
        playlist="https://video.example/p.m3u8",
        thumbnail="https://video.example/t.jpg",
        alt="A lamp goes out",
        aspectRatio={"width": 1920, "height": 1080},
    )
    assert found.media == [
        SourceMedia(
            MediaKind.VIDEO,
            "https://video.example/p.m3u8",
            "https://video.example/t.jpg",
            "A lamp goes out",
            width=1920,
            height=1080,
        )
    ]


def test_a_short_silent_video_is_an_animation() -> None:
    (media,) = read("video#view", playlist="https://video.example/p", presentation="gif").media
    assert media.kind is MediaKind.GIF


def test_pictures_that_only_the_record_tells_of_are_lost_ones() -> None:
    raw = {"$type": "blob", "ref": {"$link": "baf"}}
    assert read("images", images=[{"image": raw, "alt": "A lamp"}]).media == [
        SourceMedia(MediaKind.IMAGE, alt="A lamp")
    ]


def test_the_card_of_a_page_is_shown_unless_the_text_links_it() -> None:
    page = {"uri": "https://a.example/b", "title": "All lamps", "description": "A list.\n"}
    card = SourceCard("https://a.example/b", "All lamps", "A list.")
    assert read("external#view", external=page).extras == [card]
    assert read("external#view", "https://a.example/b", external=page).extras == []
    assert read("external", external=page).extras == [card]


@pytest.mark.parametrize("uri", ["javascript:alert(1)", "", 7])
def test_a_card_that_leads_nowhere_is_left_out(uri: Any) -> None:
    assert read("external#view", external={"uri": uri}) == Embedded()


def test_an_animation_of_a_library_is_a_picture_that_moves() -> None:
    uri = "https://media.tenor.com/abcAAAAC/lamp.gif?hh=280&ww=498"
    page = {"uri": uri, "title": "lamp", "description": "ALT: a lamp nods", "thumb": "https://t/1"}
    assert read("external#view", "https://elsewhere.example", external=page).media == [
        SourceMedia(MediaKind.GIF, uri, "https://t/1", "a lamp nods", width=498, height=280)
    ]
    page = {"uri": "https://media.tenor.com/abc/lamp.gif?hh=x", "title": "lamp"}
    (media,) = read("external#view", external=page).media
    assert (media.width, media.height, media.alt) == (None, None, "")


def test_words_of_others_carry_their_name_and_link() -> None:
    found = read("record#view", record=words())
    assert found.quote_of == QUOTED
    assert found.extras == [
        SourceQuote(
            f"https://bsky.app/profile/{ADA}/post/3mg2aaaaaaa2k",
            "Ada Example",
            "Lamps are kind.",
            posted_at=datetime(2026, 2, 1, 8, tzinfo=UTC),
        )
    ]


def test_a_name_may_be_missing_and_an_address_shortened() -> None:
    text = "See lamps.example/all/o..."
    link = {"$type": "app.bsky.richtext.facet#link", "uri": "https://lamps.example/all/of"}
    facets = [{"index": {"byteStart": 4, "byteEnd": len(text)}, "features": [link]}]
    author = {"did": ADA, "handle": "ada.example"}
    found = read("record#view", record=words(author=author, value={"text": text, "facets": facets}))
    (quote,) = found.extras
    assert isinstance(quote, SourceQuote)
    assert (quote.author, quote.text) == ("@ada.example", "See https://lamps.example/all/of")


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("viewNotFound", "a post that was deleted"),
        ("viewBlocked", "a post by somebody who has blocked its author, or is blocked"),
        ("viewDetached", "a post whose author took the quotation back"),
    ],
)
def test_a_quote_that_cannot_be_shown_says_why(kind: str, told: str) -> None:
    record = {"$type": f"app.bsky.embed.record#{kind}", "uri": QUOTED}
    url = f"https://bsky.app/profile/{ADA}/post/3mg2aaaaaaa2k"
    assert read("record#view", record=record).extras == [SourceQuote(url, told)]


def test_words_that_are_for_members_only_are_not_shown() -> None:
    shy = {"did": ADA, "handle": "ada.example", "labels": [{"val": "!no-unauthenticated"}]}
    (quote,) = read("record#view", record=words(author=shy)).extras
    assert isinstance(quote, SourceQuote)
    assert quote.author == "a post that is shown only to those who are logged in"
    assert quote.text == ""


def test_a_quote_may_come_with_pictures() -> None:
    pictures = {"$type": "app.bsky.embed.images#view", "images": [image("A lamp")]}
    found = read("recordWithMedia#view", media=pictures, record={"record": words()})
    assert [media.alt for media in found.media] == ["A lamp"]
    assert [type(extra) for extra in found.extras] == [SourceQuote]


@pytest.mark.parametrize(
    ("uri", "told", "card"),
    [
        (
            f"at://{ADA}/app.bsky.feed.generator/lamps",
            {"displayName": "Lamps", "description": "Only lamps."},
            SourceCard(f"https://bsky.app/profile/{ADA}/feed/lamps", "Lamps", "Only lamps."),
        ),
        (
            f"at://{ADA}/app.bsky.graph.list/3mg",
            {"name": "Lamp people"},
            SourceCard(f"https://bsky.app/profile/{ADA}/lists/3mg", "Lamp people"),
        ),
        (
            f"at://{ADA}/app.bsky.labeler.service/self",
            {},
            SourceCard(f"https://bsky.app/profile/{ADA}", "More, on Bluesky"),
        ),
        (
            QUOTED,
            {},
            SourceCard(f"https://bsky.app/profile/{ADA}/post/3mg2aaaaaaa2k", "More, on Bluesky"),
        ),
    ],
)
def test_other_things_that_are_quoted_are_linked(
    uri: str, told: dict[str, str], card: SourceCard
) -> None:
    record = {"$type": "app.bsky.something.defs#someView", "uri": uri, **told}
    assert read("record#view", record=record).extras == [card]


def test_what_leads_nowhere_is_not_linked() -> None:
    assert read("record#view", record={"uri": "at://ada.example/x/y"}) == Embedded()


@pytest.mark.parametrize(
    ("kind", "told", "url"),
    [
        ("hologram#view", {"hologram": {"size": 3, "uri": "https://h.example/1"}}, None),
        ("hologram#view", {"uri": "https://h.example/1", "note": "x"}, None),
        ("hologram#view", {"hologram": {"uri": "at://x"}}, URL),
        ("images#view", {}, URL),
        ("images#view", {"images": ["picture"]}, URL),
        ("record#view", {"record": {"$type": "…#viewRecord", "uri": QUOTED}}, URL),
        ("recordWithMedia#view", {"media": None, "record": {}}, URL),
    ],
)
def test_what_nobody_knows_yet_is_kept_as_a_link(
    kind: str, told: dict[str, Any], url: str | None
) -> None:
    card = SourceCard(url or "https://h.example/1", "More, on Bluesky")
    assert read(kind, **told).extras == [card]


@pytest.mark.parametrize("nothing", [None, [], "text"])
def test_what_is_no_embed_gives_nothing(nothing: Any) -> None:
    assert embedded(nothing, url=URL) == Embedded()
