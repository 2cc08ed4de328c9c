"""The Markdown of stored statuses: links, media, quotes, and that it is made once."""

from __future__ import annotations

from typing import Any

import pytest

from tests.factories import make_import, make_thread
from threads.markdown import markdown_of, markdown_of_thread, media_markdown
from threads.models import Attachment, Import, Status
from threads.text.html import blanks, to_html

pytestmark = pytest.mark.django_db


def make_status(text: str, **fields: Any) -> Status:
    status = make_thread([text]).main_line().get()
    Status.objects.filter(pk=status.pk).update(**fields)
    return Status.objects.get(pk=status.pk)


def attach(status: Status, **fields: Any) -> Attachment:
    whole = {"kind": "image", "state": "present", "position": status.attachments.count() + 1}
    return Attachment.objects.create(status=status, **whole | fields)


def test_links_by_the_places_that_the_source_names() -> None:
    text = "By @ada: https://t.co/x"
    spans = [[3, 7, "mention", "https://x.com/ada"], [9, 23, "link", "https://e.org/a"]]
    status = make_status(text, spans=spans)
    assert markdown_of(status) == "By [@ada](https://x.com/ada): <https://e.org/a>"


def test_it_is_made_once_and_kept() -> None:
    status = make_status("One *two*.")
    assert markdown_of(status) == r"One \*two\*."
    assert Status.objects.get(pk=status.pk).markdown == r"One \*two\*."
    Status.objects.filter(pk=status.pk).update(markdown="Kept.")
    assert markdown_of(Status.objects.get(pk=status.pk)) == "Kept."


def test_html_and_markdown_are_taken_as_such() -> None:
    html = make_status("<p>One <em>two</em>.</p>", format=Status.Format.HTML)
    assert markdown_of(html) == "One *two*."
    markdown = make_status("One *two*.", format=Status.Format.MARKDOWN)
    assert markdown_of(markdown) == "One *two*."


@pytest.mark.parametrize(
    ("format_", "text"),
    [("plain", "1/ Look:"), ("html", "<p>1/ Look:</p>"), ("markdown", "1/ Look:")],
)
def test_a_warning_stands_above_the_words_whatever_they_are_in(format_: str, text: str) -> None:
    status = make_status(text, format=format_, content_warning="Heights & *more*")
    attach(status, file="ab/a.jpg")
    assert markdown_of(status).split("\n\n") == [
        r"*Content warning: Heights & \*more\**",
        "1/ Look:",
        "![](/media/ab/a.jpg)",
    ]


def test_pictures_of_other_servers_are_linked_and_never_shown() -> None:
    html = '<ul><li>Look<img src="https://t.example/1.png" alt="A [lamp]"></li></ul>'
    html += '<video src="https://t.example/1.mp4" poster="https://t.example/2.png"></video>'
    html += '<h2><a href="https://e.example"><img src="https://t.example/3.png"></a></h2>'
    quote: dict[str, Any] = {
        "kind": "quote",
        "format": "html",
        "text": html,
        "url": "https://e.example/1",
    }
    quote |= {"author": "Bo", "posted_at": None}
    markdown = markdown_of(make_status(html, format="html", extras=[quote]))
    assert "<img" not in to_html(markdown)
    assert "![" not in markdown
    assert markdown.count("https://t.example/1.png") == 2
    assert markdown.count("[Video](https://t.example/1.mp4)") == 2


def test_a_line_of_a_stranger_begins_no_block_of_its_own() -> None:
    lines = "Heights\n\n# Buy\n\n---\n\n[blank: what?]"
    extras: list[dict[str, Any]] = [
        {"kind": "card", "url": "https://e.example/", "title": "E", "description": lines},
        {"kind": "poll", "choices": [[lines, 1]], "votes": 1, "ended": True},
    ]
    markdown = markdown_of(make_status("One.", content_warning=lines, extras=extras))
    html = to_html(markdown)
    assert "<h1" not in html
    assert "<hr" not in html
    assert html.count("[blank: what?]") == 3
    assert blanks(markdown) == []


def test_a_warning_is_in_nobodys_way() -> None:
    thread = make_thread(["1/ It turns,", "2/ and it turns.", "3/ It stops."])
    thread.statuses.filter(position=2).update(content_warning="Heights")
    merged = markdown_of_thread(thread)
    assert merged.markdown == (
        "It turns,\n\n*Content warning: Heights*\n\nand it turns.\n\nIt stops."
    )


def test_a_warning_on_every_part_is_said_once_in_a_row() -> None:
    thread = make_thread(["One.", "Two.", "Three.", "Four."])
    thread.statuses.exclude(position=3).update(content_warning="Heights")
    assert markdown_of_thread(thread).markdown.split("\n\n") == [
        "*Content warning: Heights*",
        "One.",
        "Two.",
        "Three.",
        "*Content warning: Heights*",
        "Four.",
    ]


def test_words_of_others_keep_their_lines_and_links() -> None:
    told = {
        "text": "Lamps *are* kind.\nSee https://e.org/a_b",
        "author": "Ada",
        "url": "https://e.org",
    }
    quote: dict[str, Any] = {"kind": "quote", "format": "plain", "posted_at": None, **told}
    gone = {**quote, "text": "", "author": "a post that was deleted"}
    assert markdown_of(make_status("", extras=[quote, gone])) == (
        "> Lamps \\*are\\* kind.\\\n> See <https://e.org/a_b>\n>\n> — [Ada](https://e.org)\n\n"
        "> — [a post that was deleted](https://e.org)"
    )


def test_media_follow_the_words_in_their_order() -> None:
    status = make_status("Look:")
    attach(status, file="ab/a.jpg", alt="a [cat]\non it")
    attach(status, kind="video", file="ab/b.mp4", poster="ab/c.jpg", alt="it runs")
    attach(status, kind="image", state="lost", alt="a dog")
    assert markdown_of(status).split("\n\n") == [
        "Look:",
        r"![a \[cat\] on it](/media/ab/a.jpg)",
        "[![it runs](/media/ab/c.jpg)](/media/ab/b.mp4)",
        "[lost picture: a dog]",
    ]


@pytest.mark.parametrize(
    ("fields", "markdown"),
    [
        ({"file": "ab/a.gif", "poster": "ab/b.jpg", "kind": "gif"}, "![](/media/ab/a.gif)"),
        ({"file": "ab/a.mp4", "kind": "video"}, "[Video](/media/ab/a.mp4)"),
        ({"state": "refused", "note": "over 40 megapixels"}, "[lost picture: over 40 megapixels]"),
        ({"state": "present", "file": ""}, "[lost picture: without a description]"),
    ],
)
def test_kinds_of_media(fields: dict[str, Any], markdown: str) -> None:
    assert media_markdown(attach(make_status("x"), **fields)) == markdown


def test_an_own_status_that_is_quoted_is_shown_with_its_source() -> None:
    quoted = make_status("Old *words*.\n\nMore.")
    text = "As I said: https://t.co/q #tea"
    spans = [[11, 25, "quote", quoted.url], [26, 30, "hashtag", ""]]
    status = make_status(text, spans=spans, quote_of=quoted.remote_id)
    assert markdown_of(status).split("\n") == [
        "As I said:  #tea",
        "",
        r"> Old \*words\*.",
        ">",
        "> More.",
        ">",
        f"> — [Mira Osei (@miraosei), 1 March 2026]({quoted.url})",
    ]


def test_others_words_stand_in_place_of_their_address() -> None:
    text = "As https://t.co/1 says: https://t.co/2"
    spans = [
        [3, 17, "quote", "https://twitter.com/bo/status/15?s=20"],
        [24, 38, "quote", "https://x.com/bo/status/5"],
    ]
    quote: dict[str, Any] = {"kind": "quote", "url": "https://x.com/bo/status/5"}
    quote |= {"author": "Bo Lind"}
    quote |= {"text": "Lamps turn.", "format": "plain", "posted_at": None}
    assert markdown_of(make_status(text, spans=spans, extras=[quote])) == (
        "As <https://twitter.com/bo/status/15?s=20> says:\n\n"
        "> Lamps turn.\n>\n> — [Bo Lind](https://x.com/bo/status/5)"
    )


def test_a_quoted_status_without_place_or_time_is_named_all_the_same() -> None:
    quoted = make_status("Old words.", url="", posted_at=None)
    status = make_status("As I said", quote_of=quoted.remote_id)
    assert markdown_of(status).endswith("> — Mira Osei (@miraosei)")


def test_a_quoted_status_that_is_not_ours_to_show_stays_a_link() -> None:
    hidden = make_status("Old words.", imported_by=make_import(state=Import.State.RUNNING))
    for remote_id in (hidden.remote_id, "4711"):
        spans = [[4, 18, "quote", "https://x.com/a/1"]]
        status = make_status("See https://t.co/q", spans=spans, quote_of=remote_id)
        assert markdown_of(status) == "See <https://x.com/a/1>"


def test_a_thread_is_its_main_line_in_order() -> None:
    thread = make_thread(["1/2 Tea.", "2/2 Rum.", "3/3 A branch."])
    thread.statuses.filter(position=3).update(position=None)
    merged = markdown_of_thread(thread)
    assert merged.markdown == "Tea.\n\nRum."
    assert [entry.status for entry in merged.left_out] == ["1000", "1001"]


def test_a_quoted_part_of_a_thread_comes_without_its_counter() -> None:
    thread = make_thread(["One. 1/2", "Two. 2/2"])
    quoted = thread.main_line()[1]
    status = make_status("As I said", quote_of=quoted.remote_id)
    assert "> Two.\n" in markdown_of(status)
