"""Saved Thread Reader pages: as text with its damage, and as HTML of both ages."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from threads.sources.base import MediaKind, SourceFormatError, SourceMedia, SourceStatus, SpanKind
from threads.sources.thread_reader import ThreadReaderSource, recognises

PAGES = Path(__file__).parent / "pages"


def page(name: str) -> str:
    return (PAGES / name).read_text()


def source(name: str) -> ThreadReaderSource:
    return ThreadReaderSource(page(name), name)


def statuses(name: str) -> list[SourceStatus]:
    return list(source(name).statuses())


def spans(status: SourceStatus, *kinds: SpanKind) -> list[tuple[str, str]]:
    return [
        (status.text[span.start : span.end], span.target)
        for span in status.spans
        if not kinds or span.kind in kinds
    ]


@pytest.mark.parametrize("name", ["saved.txt", "new.html", "old.html", "piece.html"])
def test_a_page_is_recognised_however_it_was_saved(name: str) -> None:
    assert recognises(page(name))
    assert recognises(page(name).replace("\n", "\r\n"))


@pytest.mark.parametrize(
    "text", ["", "A text.", "Keep Current with the news", "<p>6 tweets</p>", "I read 6 tweets."]
)
def test_other_texts_are_not_taken_for_a_page(text: str) -> None:
    assert not recognises(text)


class TestAsText:
    def test_the_thread_comes_out_whole_mended_and_without_the_page_around_it(self) -> None:
        assert [status.text for status in statuses("saved.txt")] == [
            "Gardens teach what meetings don’t.\n\n🧵",
            "1. Water in the morning\n\nThe ground keeps it.",
            "What I carry in March:\n\n• a bucket\n• a spade\n• some patience\n\n"
            "“Nothing grows faster if you pull it.”",
            "Read more with @neighbour here:\n\n🔗 garden.example.com/how-to-wait-fo…",
            "Two more things → shade and time.",
            "See you in April:",
        ]

    def test_the_places_of_its_pictures_are_kept(self) -> None:
        lost = [
            [
                (span.start == span.end == len(status.text), span.target)
                for span in status.spans
                if span.kind is SpanKind.LOST_PICTURE
            ]
            for status in statuses("saved.txt")
        ]
        assert lost == [
            [(True, "part 1")],
            [(True, "part 2")],
            [],
            [(True, "part 4")],
            [],
            [(True, "part 6"), (True, "part 6, picture 2")],
        ]

    def test_a_cut_link_leads_nowhere_and_a_mention_to_its_account(self) -> None:
        status = statuses("saved.txt")[3]
        assert spans(status, SpanKind.CUT_LINK) == [("garden.example.com/how-to-wait-fo…", "")]
        assert spans(status, SpanKind.MENTION) == [("@neighbour", "https://x.com/neighbour")]
        assert spans(status, SpanKind.LINK) == []

    def test_the_editor_is_told_what_was_mended_and_what_is_lost(self) -> None:
        findings = source("saved.txt").findings
        assert findings.complete
        assert findings.warnings == [
            "Damaged characters were mended: “β€’” to “•”, “β€œ” to ““”, “πŸ”—” to “🔗”, "
            "“β†’” to “→”, “🧡” to “🧵”.",
            "The page cut a link in part 4: garden.example.com/how-to-wait-fo… leads nowhere "
            "as it is.",
            "The page does not hold its pictures: 5 are marked as lost in the text.",
            "The page gives the date as “Mar 9”, without a year, so it was left out.",
            "Other threads that the page only begins were left out: “Compost is patience made "
            "visible.”; “Winter is for lists 🧡”.",
        ]

    def test_the_author_is_named_by_the_head_and_the_previews(self) -> None:
        account = source("saved.txt").account()
        assert account.platform == "x"
        assert account.remote_id == "@adaexample"
        assert (account.handle, account.name) == ("AdaExample", "Ada Example")
        assert account.url == "https://x.com/AdaExample"

    def test_the_statuses_follow_each_other_in_one_chain(self) -> None:
        found = statuses("saved.txt")
        ids = [status.id for status in found]
        assert all(re.fullmatch(rf"page:\w+:{n}", id_) for n, id_ in enumerate(ids, 1))
        assert [status.reply_to for status in found] == ["", *ids[:-1]]
        assert {status.reply_to_account for status in found} == {"", "@adaexample"}
        assert {status.posted_at for status in found} == {None}

    def test_the_page_saved_again_later_gives_the_same_ids(self) -> None:
        again = page("saved.txt").replace("Compost is", "Manure is").replace("1Example", "3Else")
        again = "Log in\n\n" + again.replace("\n", "\r\n").replace("β€’", "•").replace("🧡", "🧵")
        found = ThreadReaderSource(again, "again.txt").statuses()
        assert [status.id for status in found] == [status.id for status in statuses("saved.txt")]

    def test_a_date_with_its_year_is_when_it_was_posted(self) -> None:
        dated = page("saved.txt").replace("Mar 9 ", "9th March 2024 ")
        found = ThreadReaderSource(dated, "saved.txt")
        assert {status.posted_at for status in found.statuses()} == {
            datetime(2024, 3, 9, tzinfo=UTC)
        }
        assert not any("without a year" in warning for warning in found.findings.warnings)

    @pytest.mark.parametrize("date", ["31 Feb 2024", "sometime in 2024", "9 March"])
    def test_a_date_that_is_none_is_left_out(self, date: str) -> None:
        dated = page("saved.txt").replace("Mar 9 ", f"{date} ")
        found = ThreadReaderSource(dated, "saved.txt")
        assert {status.posted_at for status in found.statuses()} == {None}

    def test_a_count_that_does_not_agree_is_told(self) -> None:
        found = ThreadReaderSource(page("saved.txt").replace("6 tweets", "9 tweets"), "saved.txt")
        assert found.findings.warnings[0] == (
            "The page says it has 9 parts, but 6 were found. Check them."
        )

    def test_a_page_without_previews_or_handle_keeps_its_author_by_its_content(self) -> None:
        text = page("saved.txt").partition("More from")[0]
        found = ThreadReaderSource(text, "saved.txt")
        account = found.account()
        assert account.remote_id.startswith("page:")
        assert (account.handle, account.name) == ("", "Ada Example")
        assert len(list(found.statuses())) == 6

    def test_a_handle_under_the_name_is_the_authors(self) -> None:
        text = page("saved.txt").replace("picture\nMar", "picture\n@ada_e\nMar", 1)
        assert ThreadReaderSource(text, "saved.txt").account().remote_id == "@ada_e"

    def test_a_page_cut_off_above_is_read_up_to_its_end(self) -> None:
        text = page("saved.txt").split("\n", 2)[2]
        found = ThreadReaderSource(text, "saved.txt")
        assert [status.text for status in found.statuses()] == [
            status.text for status in statuses("saved.txt")
        ]
        assert found.account().name == "Ada Example"

    def test_greek_that_was_right_stays(self) -> None:
        text = page("saved.txt").replace("The ground keeps it.", "Το χώμα το κρατά… «Γ’ τάξη»")
        assert list(ThreadReaderSource(text, "saved.txt").statuses())[1].text.endswith(
            "Το χώμα το κρατά… «Γ’ τάξη»"
        )

    def test_a_heart_in_a_page_without_damage_stays_a_heart(self) -> None:
        text = "Ada Profile picture\nMay 3 • 2 tweets • 1 min read\nI garden 🧡\nEvery day."
        found = ThreadReaderSource(text, "saved.txt")
        assert [status.text for status in found.statuses()] == ["I garden 🧡", "Every day."]
        assert found.findings.warnings == [
            "The page gives the date as “May 3”, without a year, so it was left out."
        ]


@pytest.mark.parametrize(
    ("body", "count", "texts"),
    [
        ("One\n• a\n• b\nTwo", 3, ["One", "• a\n• b", "Two"]),
        ("One\n• a\n• b\nTwo", 2, ["One\n• a\n• b", "Two"]),
        ("1. a\n2. b\nEnd", 2, ["1. a\n2. b", "End"]),
        ("1. a\n2. b\nEnd", 3, ["1. a", "2. b", "End"]),
        ("1. a\n→ x\n2. b\n→ y", 1, ["1. a\n→ x\n2. b\n→ y"]),
        ("1. a\n→ x\n2. b\n→ y", 2, ["1. a\n→ x", "2. b\n→ y"]),
        ("• a\n• b\n1. c\n2. d", 2, ["• a\n• b", "1. c\n2. d"]),
        ("One\n\nImage\n\nmore\nTwo", 2, ["One\n\nmore", "Two"]),
        ("Image\nOne", 2, ["", "One"]),
        ("One\nImage\nImage Image\nTwo", 2, ["One", "Two"]),
        (
            "A class UIImage\nand a self-Image\nand Image",
            3,
            ["A class UIImage", "and a self-Image", "and"],
        ),
        ("One ImageImage\nTwo\n\n\n\nmore", 2, ["One", "Two\n\nmore"]),
    ],
)
def test_borders_follow_the_lines_and_the_count_decides_what_is_doubtful(
    body: str, count: int, texts: list[str]
) -> None:
    text = f"Ada Profile picture\nMay 3 • {count} tweets • 1 min read\n{body}\n\n• • •\n"
    assert [s.text for s in ThreadReaderSource(text, "saved.txt").statuses()] == texts


class TestAsHtml:
    def test_statuses_have_their_own_ids_times_and_addresses(self) -> None:
        found = statuses("new.html")
        assert [status.id for status in found] == [f"172456789012345678{n}" for n in (9,)] + [
            f"172456789012345679{n}" for n in range(3)
        ]
        assert [status.reply_to for status in found] == ["", *(s.id for s in found[:-1])]
        assert found[0].posted_at == datetime(2023, 11, 14, 23, 20, 0, 584000, tzinfo=UTC)
        assert found[0].url == "https://x.com/AdaExample/status/1724567890123456789"
        assert sorted(found, key=lambda status: status.sort_key) == found

    def test_the_author_stands_in_the_head(self) -> None:
        account = source("new.html").account()
        assert (account.remote_id, account.handle) == ("@adaexample", "AdaExample")
        assert account.name == "Ada Example"

    def test_text_has_whole_links_mentions_and_emoji(self) -> None:
        status = statuses("new.html")[0]
        assert status.text == (
            "Gardens & meetings: what @neighbour taught me 🌱\n\n"
            "See https://garden.example.com/how-to-wait-for-it #garden"
        )
        address = "https://garden.example.com/how-to-wait-for-it"
        assert spans(status) == [
            ("@neighbour", "https://x.com/neighbour"),
            (address, address),
            ("#garden", ""),
        ]

    def test_pictures_and_videos_come_with_their_best_address(self) -> None:
        media = [status.media for status in statuses("new.html")]
        assert media[0] == (
            SourceMedia(
                MediaKind.IMAGE, "https://pbs.twimg.com/media/One.jpg", "A spade in the ground"
            ),
        )
        assert media[1] == (SourceMedia(MediaKind.IMAGE, "https://pbs.twimg.com/media/Two.jpg"),)
        assert media[2] == (
            SourceMedia(
                MediaKind.VIDEO,
                "https://video.twimg.com/ext/vid/1280x720/large.mp4",
                poster_url="https://pbs.twimg.com/ext_tw_video_thumb/v.jpg",
            ),
            SourceMedia(
                MediaKind.GIF,
                "https://video.twimg.com/tweet_video/g.mp4",
                poster_url="https://pbs.twimg.com/tweet_video_thumb/g.jpg",
            ),
            SourceMedia(MediaKind.IMAGE, "https://pbs.twimg.com/ext_tw_video_thumb/w.jpg"),
        )

    def test_media_without_any_address_are_marked_as_lost(self) -> None:
        found = statuses("new.html")
        assert spans(found[1], SpanKind.LOST_PICTURE) == [("", "picture")]
        assert spans(found[2], SpanKind.LOST_PICTURE) == [("", "video")]

    def test_a_quote_of_an_own_status_is_known_as_that(self) -> None:
        status = statuses("new.html")[3]
        quoted = "https://twitter.com/adaexample/status/1111111111111111111"
        assert status.quote_of == "1111111111111111111"
        assert spans(status, SpanKind.QUOTE) == [(quoted, quoted)]
        assert status.text == (
            f"As I said:\n{quoted}\npress, and read my notes or www.example.org."
        )
        assert spans(status, SpanKind.LINK) == [
            ("my notes", "https://example.com/notes"),
            ("www.example.org", "https://www.example.org"),
        ]

    def test_no_word_of_the_page_around_the_thread_is_in_it(self) -> None:
        found = source("new.html")
        words = " ".join(status.text for status in found.statuses())
        for chrome in ("Compost", "Missing", "Keep", "Did Thread", "no", "Profile"):
            assert chrome not in words.split()
        assert found.findings.warnings == [
            "The page does not hold its pictures: 2 are marked as lost in the text.",
            "Other threads that the page only begins were left out: “Compost is patience made "
            "visible.”.",
        ]
        assert found.findings.complete

    def test_fewer_statuses_than_the_head_says_make_the_import_incomplete(self) -> None:
        found = ThreadReaderSource(page("new.html").replace("4 tweets", "5 tweets"), "new.html")
        assert not found.findings.complete
        assert "The page says it has 5 parts, but 4 were found. Check them." in (
            found.findings.warnings
        )

    def test_a_page_of_2019_has_no_ids_so_they_come_from_its_content(self) -> None:
        first, second = statuses("old.html")
        assert re.fullmatch(r"page:\w+:1", first.id)
        assert second.reply_to == first.id
        assert first.text == "Gardens teach @neighbour to wait. https://garden.example.com/a"
        assert second.text == "Water in the morning.\nThe ground keeps it."
        assert second.media == (
            SourceMedia(MediaKind.IMAGE, "https://pbs.twimg.com/media/Two.jpg"),
        )
        assert source("old.html").account().remote_id.startswith("page:")

    def test_the_head_of_an_old_page_tells_when_and_where_it_was_posted(self) -> None:
        head = (
            '<h2>More from @AdaExample</h2><div class="thread-info"><a class="time" data-time='
            '"1549900000" href="https://twitter.com/AdaE/status/1094000000000000000">Feb</a></div>'
        )
        found = ThreadReaderSource(head + page("old.html"), "old.html")
        first, second = found.statuses()
        assert first.posted_at == second.posted_at == datetime(2019, 2, 11, 15, 46, 40, tzinfo=UTC)
        assert first.url == "https://twitter.com/AdaE/status/1094000000000000000"
        assert second.url == ""
        assert found.account().handle == "AdaExample"

    def test_a_piece_of_a_page_is_cut_at_its_permalinks(self) -> None:
        first, second = statuses("piece.html")
        assert first.text == "Gardens teach 🌱 to wait.\n\nAnd:"
        assert first.media == (SourceMedia(MediaKind.IMAGE, "https://pbs.twimg.com/media/One.jpg"),)
        assert second.text == ".. water in the morning, says @neighbour"
        assert spans(second) == [("@neighbour", "https://x.com/neighbour")]

    def test_ids_from_before_snowflakes_tell_no_time(self) -> None:
        html = '<div class="content-tweet" data-tweet="29999999999">One</div>'
        (status,) = ThreadReaderSource(html, "new.html").statuses()
        assert status.posted_at is None
        assert status.url == "https://x.com/i/status/29999999999"

    def test_an_id_beyond_all_times_tells_none(self) -> None:
        html = f'<div class="content-tweet" data-tweet="{"9" * 30}">One</div>'
        (status,) = ThreadReaderSource(html, "new.html").statuses()
        assert status.posted_at is None

    def test_an_empty_status_is_still_one(self) -> None:
        html = '<div class="content-tweet">One</div><div class="content-tweet"></div>'
        assert [s.text for s in ThreadReaderSource(html, "x.html").statuses()] == ["One", ""]

    def test_damaged_characters_are_mended_here_too(self) -> None:
        html = page("old.html").replace("Water", "β€’ Water").replace("to wait.", "to wait 🧡<br>")
        found = ThreadReaderSource(html, "old.html")
        first, second = found.statuses()
        assert first.text.startswith("Gardens teach @neighbour to wait 🧵\n")
        assert second.text.startswith("• Water")


NO_THREAD = "page.html shows no thread. Open the thread itself in Thread Reader and save that page."


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "page.html is empty."),
        (" \n", "page.html is empty."),
        ("Just a text.", "page.html is not a saved page of Thread Reader."),
        ("<html><body>Other</body></html>", "page.html is not a saved page of Thread Reader."),
        (
            '<div data-link-href="/thread/1.html"><div class="content-tweet">One</div></div>',
            NO_THREAD,
        ),
        (
            "Ada Profile picture\nMay 3 • 2 tweets • 1 min read\n\n• • •\nMore from @ada",
            NO_THREAD,
        ),
        (
            "<div class=content-tweet>" * 2000,
            "The elements of the page lie too deep in each other to be read. "
            "Copy the thread in the browser and paste it as text.",
        ),
    ],
)
def test_what_is_no_page_is_refused_in_one_clear_line(text: str, message: str) -> None:
    with pytest.raises(SourceFormatError) as refused:
        ThreadReaderSource(text, "page.html")
    assert str(refused.value) == message


def test_a_page_carries_no_files_and_reads_the_same_twice() -> None:
    found = source("new.html")
    assert found.open_media(SourceMedia(MediaKind.IMAGE), "1") is None
    assert list(found.statuses()) == list(found.statuses())


HEAD = "May 3 • 2 tweets • 1 min read\n"


@pytest.mark.parametrize(
    "piece", ["Image\n", "Image", "x\nImage\n\n", "•\n", "• a\n", "1. \n", "β€", "\n", "x\n"]
)
def test_much_of_anything_is_read_in_linear_time(piece: str) -> None:
    body = piece * (50_000 // len(piece))
    ThreadReaderSource(f"{HEAD}x{body}y\n{body}z", "page.txt")


@pytest.mark.parametrize(
    "piece", ["<br>", "<img>", "<sup class=tw-permalink></sup>x", "<p>", "&", "<"]
)
def test_much_markup_is_read_in_linear_time(piece: str) -> None:
    body = piece * (50_000 // len(piece))
    ThreadReaderSource(f"<div class=content-tweet>x{body}</div>", "page.html")


def test_the_real_page_saved_as_text_gives_its_thread(real_data: Path) -> None:
    text = (real_data / "threadreader/saved-page-2024.txt").read_text()
    found = ThreadReaderSource(text, "saved-page-2024.txt")
    parts = list(found.statuses())
    words = "\n".join(status.text for status in parts)
    assert len(parts) == 10
    assert found.account().remote_id == "@aakashg0"
    assert not re.search(r"[Ͱ-Ͽ]|Image|Thread Reader|Read \d+ tweets|feature factory", words)
    assert sum(s.kind is SpanKind.LOST_PICTURE for p in parts for s in p.spans) == 3
    assert sum(s.kind is SpanKind.CUT_LINK for p in parts for s in p.spans) == 1


@pytest.mark.parametrize(
    ("name", "number"),
    [("real-2019-sharonzhou-9tweets.html", 9), ("real-2023-weizman-fragment.html", 3)],
)
def test_the_real_pages_saved_as_html_give_their_threads(
    real_data: Path, name: str, number: int
) -> None:
    text = (real_data / "threadreader" / name).read_text()
    assert len(list(ThreadReaderSource(text, name).statuses())) == number
