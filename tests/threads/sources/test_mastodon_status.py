"""One status of the Mastodon API, in every shape it comes in."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.threads.sources.mastodon_server import as_html, mention, picture
from threads.sources.base import (
    Format,
    Gap,
    MediaKind,
    SkipReason,
    SourceCard,
    SourcePoll,
    SourceQuote,
    SourceStatus,
)
from threads.sources.mastodon_status import MALFORMED, parse_account, parse_status
from threads.sources.mastodon_text import content_of, plain

MIRA: dict[str, Any] = {
    "id": "1",
    "username": "mira",
    "acct": "mira",
    "display_name": "Mira Osei",
    "uri": "https://social.example/users/mira",
    "url": "https://social.example/@mira",
}
BO = {**MIRA, "id": "2", "username": "bo", "display_name": "", "uri": "https://b.example/users/bo"}
STATUS: dict[str, Any] = {
    "id": "116000000000000001",
    "created_at": "2026-03-01T09:00:00.123Z",
    "in_reply_to_id": None,
    "in_reply_to_account_id": None,
    "visibility": "public",
    "uri": "https://social.example/users/mira/statuses/116000000000000001",
    "url": "https://social.example/@mira/116000000000000001",
    "content": "<p>Lanterns.</p>",
    "account": MIRA,
}


def parsed(**told: Any) -> SourceStatus:
    return parse_status({**STATUS, **told})


def test_a_status_with_nothing_but_what_it_needs_is_read() -> None:
    assert parsed() == SourceStatus(
        id=STATUS["uri"],
        sort_key="2026-03-01T09:00:00 00116000000000000001",
        text="Lanterns.",
        posted_at=datetime(2026, 3, 1, 9, tzinfo=UTC),
        url=STATUS["url"],
    )


def test_a_status_tells_all_it_knows() -> None:
    status = parsed(
        spoiler_text=" Heights ",
        language="en",
        favourites_count=12,
        edited_at="2026-03-02T09:00:00.999Z",
    )
    assert status.content_warning == "Heights"
    assert (status.language, status.likes) == ("en", 12)
    assert status.edited_at == datetime(2026, 3, 2, 9, tzinfo=UTC)


# --- text -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("html", "text", "spans"),
    [
        ("", "", []),
        ("<p>One<br>two</p><p>three</p>", "One\ntwo\n\nthree", []),
        ("<p> One <br /> two </p>\n<p>\nthree</p>", "One\ntwo\n\nthree", []),
        ("One &amp; &lt;b&gt; two", "One & <b> two", []),
        ("<div>One<wbr>two</div><!-- no -->", "Onetwo", []),
        ("<p>:kite_lantern:</p>", ":kite_lantern:", []),
        (
            '<p><img class="custom-emoji" alt=":kite:" src="https://a.example/k.png"></p>',
            ":kite:",
            [],
        ),
        (
            "<p>A <strong>very <i>old</i> </strong><em> kite</em></p>",
            "A very old kite",
            [("very old", "bold", ""), ("old", "italic", ""), ("kite", "italic", "")],
        ),
        (
            f"<p>{mention('https://b.example/@bo', 'bo')} hi</p>",
            "@bo hi",
            [("@bo", "mention", "https://b.example/@bo")],
        ),
        (
            as_html("#kites fly"),
            "#kites fly",
            [("#kites", "hashtag", "")],
        ),
        (
            as_html("See https://kites.example/a/very/long/way?to=the&sea=1 now"),
            "See https://kites.example/a/very/long/way?to=the&sea=1 now",
            [
                (
                    "https://kites.example/a/very/long/way?to=the&sea=1",
                    "link",
                    "https://kites.example/a/very/long/way?to=the&sea=1",
                )
            ],
        ),
        (  # cut by a bridge, and without the spans
            '<a href="https://kites.example/a/way">kites.example/a/w...</a>',
            "https://kites.example/a/way",
            [("https://kites.example/a/way", "link", "https://kites.example/a/way")],
        ),
        (
            '<p><a href="https://kites.example/">all of them</a></p>',
            "all of them",
            [("all of them", "link", "https://kites.example/")],
        ),
        (  # shows another address than it leads to
            '<p><a href="https://bad.example/">https://good.example/</a></p>',
            "https://bad.example/",
            [("https://bad.example/", "link", "https://bad.example/")],
        ),
        ('<p>a <a href="javascript:alert(1)">b</a> <a>c</a></p>', "a b c", []),
        ('<p>a<a href="https://kites.example/"> </a></p>', "a", []),
    ],
)
def test_the_html_of_mastodon_becomes_text_with_spans(
    html: str, text: str, spans: list[tuple[str, str, str]]
) -> None:
    status = parsed(content=html)
    assert (status.text, status.format) == (text, Format.PLAIN)
    found = [(text[span.start : span.end], span.kind, span.target) for span in status.spans]
    assert found == spans


@pytest.mark.parametrize(
    "html",
    [
        "<ul><li>One</li></ul>",
        "<blockquote><p>One</p></blockquote>",
        "<pre><code>One</code></pre>",
        "<h2>One</h2>",
        '<p><img src="https://a.example/cat.jpg" alt="A cat"></p>',
        '<p><a href="https://a.example/"><img src="https://a.example/cat.jpg"></a></p>',
    ],
)
def test_richer_html_stays_html(html: str) -> None:
    assert parsed(content=html).format is Format.HTML


def test_html_without_end_is_left_to_whoever_shows_it() -> None:
    html = "<b>" * 30_000 + "deep"
    assert content_of(html).text == html
    assert content_of(f'{html}<i class="quote-inline">', with_quote=False).format is Format.HTML


@given(st.text("<>/pbra &;:x\n\"'=hreftps."))
def test_whatever_is_sent_its_spans_lie_in_its_text(html: str) -> None:
    content = content_of(html)
    assert all(0 <= span.start < span.end <= len(content.text) for span in content.spans)


def test_the_words_of_rich_html_can_be_had_alone() -> None:
    assert plain("<p>One<br>two</p>") == "One\ntwo"
    assert plain("<ul><li>One</li><li>two</li></ul>") == "One two"


# --- what it answers --------------------------------------------------------------------------


def test_on_its_own_server_the_id_of_an_own_parent_is_known() -> None:
    status = parsed(in_reply_to_id="115", in_reply_to_account_id="1")
    assert status.reply_to == "https://social.example/users/mira/statuses/115"
    assert (status.reply_to_account, status.gap) == (MIRA["uri"], None)


def test_a_parent_that_was_seen_tells_its_own_id() -> None:
    parent = {**STATUS, "id": "7", "uri": "https://b.example/objects/7", "account": BO}
    status = parse_status({**STATUS, "in_reply_to_id": "7"}, {"7": parent})
    assert (status.reply_to, status.reply_to_account) == (parent["uri"], BO["uri"])


def test_another_parent_gets_a_placeholder() -> None:
    status = parsed(in_reply_to_id="7", in_reply_to_account_id="2")
    assert (status.reply_to, status.reply_to_account) == ("https://social.example/statuses/7", "")


def test_a_deleted_parent_leaves_only_whose_it_was() -> None:
    own = parsed(in_reply_to_account_id="1")
    assert (own.reply_to, own.gap) == (f"{STATUS['uri']}#parent", Gap.PARENT_DELETED)
    other = parsed(in_reply_to_account_id="2")
    assert (other.reply_to, other.gap) == ("", None)
    assert other.reply_to_account == "https://social.example/accounts/2"


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ({"visibility": "private"}, SkipReason.FOLLOWERS_ONLY),
        ({"visibility": "direct"}, SkipReason.DIRECT),
        ({"visibility": "limited"}, SkipReason.CIRCLE),
        ({"visibility": "local"}, SkipReason.FOLLOWERS_ONLY),
        ({"visibility": "public", "local_only": True}, SkipReason.FOLLOWERS_ONLY),
        ({"reblog": STATUS}, SkipReason.RETWEET),
    ],
)
def test_what_is_not_for_everybody_is_skipped_without_its_words(
    told: dict[str, Any], reason: SkipReason
) -> None:
    status = parsed(**told)
    assert status.skip is reason
    assert "Lanterns" not in repr(status)


# --- what comes with it -----------------------------------------------------------------------


def test_media_come_with_their_descriptions_and_stills() -> None:
    status = parsed(
        media_attachments=[
            picture("https://files.example/original/a.jpg", "A kite over the sea"),
            picture("https://files.example/original/b.mp4", type="gifv"),
            picture("https://files.example/original/c.mp4", type="video", preview_url=None),
            picture("", remote_url="https://far.example/d.mp4", type="video", meta=None),
        ]
    )
    image, gif, video, remote = status.media
    assert (image.kind, image.alt) == (MediaKind.IMAGE, "A kite over the sea")
    assert (image.width, image.height, image.poster_url) == (1200, 800, "")
    assert (gif.kind, gif.poster_url) == (MediaKind.GIF, "https://files.example/small/b.mp4")
    assert (video.kind, video.poster_url) == (MediaKind.VIDEO, "")
    assert (remote.url, remote.width) == ("https://far.example/d.mp4", None)


def test_what_is_no_picture_is_told_by_a_link() -> None:
    status = parsed(
        media_attachments=[
            picture("https://files.example/original/a.mp3", "The sea", type="audio"),
            picture("https://files.example/b.bin", type="unknown"),
            picture("", type="unknown"),
        ]
    )
    assert status.media == ()
    assert status.extras == (
        SourceCard("https://files.example/original/a.mp3", "Audio recording", "The sea"),
        SourceCard("https://files.example/b.bin", "Attachment", ""),
    )


def test_a_poll_is_told_with_its_votes() -> None:
    poll = {
        "expired": True,
        "votes_count": 12,
        "options": [{"title": "Kites", "votes_count": 12}, {"title": "Boats", "votes_count": None}],
    }
    assert parsed(poll=poll).extras == (
        SourcePoll((("Kites", 12), ("Boats", None)), votes=12, ended=True),
    )


def test_a_card_is_told_only_where_the_text_does_not_link_to_it() -> None:
    card = {"url": "https://kites.example/?a=1&b=2", "title": "Kites", "description": "All"}
    assert parsed(card=card).extras == (SourceCard(card["url"], "Kites", "All"),)
    assert parsed(card=card, content=as_html(f"See {card['url']}")).extras == ()
    assert parsed(card={**card, "url": "javascript:alert(1)"}).extras == ()


RE = (
    '<p class="quote-inline">RE: <a href="https://b.example/@bo/7">'
    '<span class="invisible">https://</span>b.example/@bo/7</a></p>'
)


def quoted(**told: Any) -> dict[str, Any]:
    row = {
        **STATUS,
        "id": "7",
        "uri": "https://b.example/users/bo/statuses/7",
        "url": "https://b.example/@bo/7",
        "account": BO,
        "content": f"<p>Boats.</p>{RE}",
        **told,
    }
    return {"content": f"{RE}<p>So true.</p>", "quote": {"state": "accepted", "quoted_status": row}}


def test_a_quote_is_shown_with_its_author_instead_of_its_address() -> None:
    status = parsed(**quoted())
    assert (status.text, status.quote_of) == ("So true.", "")
    assert status.extras == (
        SourceQuote(
            url="https://b.example/@bo/7",
            author="bo",
            text="<p>Boats.</p>",
            format=Format.HTML,
            posted_at=datetime(2026, 3, 1, 9, tzinfo=UTC),
        ),
    )


def test_a_quote_of_oneself_names_the_own_status_too() -> None:
    status = parsed(**quoted(account=MIRA, uri="https://social.example/users/mira/statuses/7"))
    assert status.quote_of == "https://social.example/users/mira/statuses/7"
    assert len(status.extras) == 1  # where it is not here, its words are shown from there


def test_a_quote_keeps_its_warning() -> None:
    (quote,) = parsed(**quoted(spoiler_text="<Heights>")).extras
    assert isinstance(quote, SourceQuote)
    assert quote.text == "<p><em>Content warning: &lt;Heights&gt;</em></p><p>Boats.</p>"


@pytest.mark.parametrize(
    "quote",
    [
        {"state": "deleted", "quoted_status": None},
        {"state": "accepted", "quoted_status_id": "7"},
        quoted(visibility="private")["quote"],
    ],
)
def test_a_quote_that_is_not_shown_leaves_its_address(quote: dict[str, Any]) -> None:
    status = parsed(content=quoted()["content"], quote=quote)
    assert status.text == "RE: https://b.example/@bo/7\n\nSo true."
    assert (status.extras, status.quote_of) == ((), "")


# --- accounts ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Mira Osei", "Mira Osei"),
        (":kite: Mira\u200b :kite: Osei:kite:", "Mira Osei"),
        (":kite:", "mira"),
        ("", "mira"),
        ("Mira :other:", "Mira :other:"),
        ("M" * 300, "M" * 200),
    ],
)
def test_names_come_without_custom_emoji(name: str, shown: str) -> None:
    account = parse_account({**MIRA, "display_name": name, "emojis": [{"shortcode": "kite"}]})
    assert account.name == shown


def test_an_account_is_known_by_its_actor() -> None:
    account = parse_account({**MIRA, "uri": "https://social.example/ap/users/1"})
    assert account.remote_id == "https://social.example/ap/users/1"
    assert (account.handle, account.url) == ("mira@social.example", MIRA["url"])
    assert parse_account({**MIRA, "uri": None}).remote_id == MIRA["url"]


# --- what a stranger may send -----------------------------------------------------------------


def test_statuses_sort_by_when_they_were_posted() -> None:
    keys = [
        parsed(created_at=time, uri=f"https://social.example/users/mira/statuses/{id_}").sort_key
        for time, id_ in [
            ("2025-12-31T23:30:00-01:00", "9"),
            ("2026-01-01T00:30:00.500Z", "10"),
            ("2026-01-01T00:30:00.100Z", "100"),
            ("2026-01-01T00:30:01", "8"),
        ]
    ]
    assert keys == sorted(keys)
    assert max(map(len, keys)) <= 40
    assert parsed(uri="https://a.example/objects/0af", id="9vJ").sort_key.endswith(" 9vJ")


@pytest.mark.parametrize(
    "told",
    [
        {"created_at": "soon"},
        {"created_at": None},
        {"created_at": "0001-01-01T00:00:00+14:00"},
        {"uri": "https://social.example/" + "x" * 500},
        {"uri": "", "url": ""},
        {"content": 7},
        {"account": {}},
        {"media_attachments": [{}]},
        {"media_attachments": ["x"]},
        {"poll": {"options": [{}]}},
        {"card": {"title": "x"}},
        {"quote": {"quoted_status": {"visibility": "public"}}},
    ],
)
def test_what_is_no_status_is_refused(told: dict[str, Any]) -> None:
    with pytest.raises(MALFORMED):
        parsed(**told)


def test_nothing_that_a_database_could_not_keep_comes_through() -> None:
    status = parsed(
        content="<p>a\0b\ud800</p>",
        url="javascript:alert(1)",
        favourites_count=10**12,
        language="x" * 50,
    )
    status.text.encode()
    assert "\0" not in status.text
    assert (status.url, status.likes, status.language) == (STATUS["uri"], None, "x" * 20)
    assert parsed(favourites_count=-1).likes is None
    assert parsed(url="https://a.example/" + "x" * 500).url == STATUS["uri"]


def test_recorded_answers_are_read(real_data: Path) -> None:
    seen = 0
    for path in sorted((real_data / "mastodon-api").glob("*.json")):
        body = json.loads(path.read_text())["body"]
        if isinstance(body, dict):
            body = [*body.get("ancestors", []), *body.get("descendants", []), body]
        for row in body:
            if "visibility" in row:
                status = parse_status(row)
                assert status.skip or status.text or status.media
                assert parse_account(row["account"]).name
                seen += 1
            elif "username" in row:
                assert parse_account(row).remote_id
    assert seen > 60
