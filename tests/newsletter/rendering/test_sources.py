"""Readers are told where a post came from, on the web, in the mail and in plain text."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from newsletter import drafting, publishing
from newsletter.models import Newsletter, Post
from newsletter.rendering import mail, web_html, with_marks
from newsletter.rendering.sources import _is_paragraph
from newsletter.rendering.tree import body_of, children
from newsletter.sending.message import example_message
from tests.factories import make_account, make_newsletter, make_thread
from threads.models import Platform, Status, Thread
from threads.text.html import paragraphs

LAMPS = [
    "A lighthouse has one job: say the same thing, every night, so that nobody can mistake it.",
    "The log had three columns, and only three: what was seen, what was done, who was told.",
    "When two keepers disagreed about a signal they wrote it down and settled it in daylight.",
]
BODY = f"""[lost picture: a lamp]

{LAMPS[0]}

Mine.

- what was seen
- what was done
- who was told

## Two keepers disagreed about a signal
"""
PAGE = "/letters/lamps/"
BLOCKS = st.sampled_from(
    [
        *(
            "Words.",
            "## A heading",
            "- one\n- two",
            "1. one\n\n   more",
            "> said",
            "```\ncode\n```",
        ),
        *(
            "    code",
            "---",
            "| a | b |\n|---|---|\n| 1 | 2 |",
            "![a](/media/ab/a.png)",
            "Note.[^1]",
        ),
        *("[^1]: The note.", "[blank: what?]", "[lost picture: a lamp]", "[a]: /b", "<b>raw</b>"),
        *("***", "Title\n=====", "##", "- \n\n  empty", "<https://example.org/>"),
    ]
)


@pytest.fixture
def newsletter() -> Newsletter:
    return make_newsletter()


@pytest.fixture
def thread() -> Thread:
    return make_thread(LAMPS, title="What keepers knew")


def published(newsletter: Newsletter, *threads: Thread, body: str = BODY, **fields: Any) -> Post:
    post = drafting.compose(threads, title="Lamps")
    drafting.save_revision(post, base=1, body=body)
    Post.objects.filter(pk=post.pk).update(**{"slug": "lamps"} | fields)
    return publishing.publish(post, newsletter=newsletter, unclaimed="They agreed.")


def marks(html: str) -> list[tuple[str, str]]:
    """In what each link beside a paragraph stands, and its name."""
    found = LexborHTMLParser(html).css("a.original")
    return [
        (str(mark.parent and mark.parent.tag), mark.attributes["aria-label"] or "")
        for mark in found
    ]


@pytest.mark.django_db
class TestOnTheWeb:
    def test_nothing_is_said_unless_it_was_asked_for(
        self, client: Client, newsletter: Newsletter, thread: Thread
    ) -> None:
        published(newsletter, thread)
        page = client.get(PAGE).text
        assert "Sources" not in page
        assert marks(page) == []

    def test_the_parts_are_listed_with_their_originals(
        self, client: Client, newsletter: Newsletter, thread: Thread
    ) -> None:
        drafting.compose([make_thread(), thread], title="Another post of the same thread")
        published(newsletter, thread, show_sources=True, body=f"{LAMPS[0]}\n\n{LAMPS[2]}")
        box = LexborHTMLParser(client.get(PAGE).text).css_first(".sources")
        assert box
        assert [link.attributes["href"] for link in box.css("a")] == [
            f"/threads/{thread.pk}/",
            thread.main_line()[0].url,
            thread.main_line()[2].url,
        ]
        assert "Part 3, 1 March 2026" in " ".join(box.text().split())

    def test_a_strangers_thread_is_linked_at_its_original_only(
        self, client: Client, newsletter: Newsletter
    ) -> None:
        stranger = make_account(remote_id="77", handle="stranger", claim="")
        thread = make_thread(LAMPS, account=stranger)
        published(newsletter, thread, show_sources=True, show_origin=False)
        page = client.get(PAGE).text
        assert thread.main_line()[0].url in page
        assert f"/threads/{thread.pk}/" not in page

    def test_each_paragraph_leads_to_its_original(
        self, client: Client, newsletter: Newsletter, thread: Thread
    ) -> None:
        published(newsletter, thread, link_paragraphs=True)
        name = "Original of this paragraph, 1 March 2026, on X"
        assert marks(client.get(PAGE).text) == [("p", name), ("li", name)]

    def test_what_cannot_be_read_there_is_not_linked(
        self, client: Client, newsletter: Newsletter, thread: Thread
    ) -> None:
        published(newsletter, thread, link_paragraphs=True, show_sources=True)
        first, second, _ = thread.main_line()
        Status.objects.filter(pk=first.pk).update(url="javascript:alert(1)")
        Status.objects.filter(pk=second.pk).update(deleted_at=second.posted_at)
        page = client.get(PAGE).text
        assert marks(page) == []
        assert "javascript" not in page
        assert second.url not in page
        assert "Part 2" in page

    def test_it_is_what_readers_see_and_not_what_was_edited_since(
        self, client: Client, newsletter: Newsletter, thread: Thread
    ) -> None:
        post = published(newsletter, thread, link_paragraphs=True)
        drafting.save_revision(post, base=2, body="Mine.\n\nMine alone.")
        assert len(marks(client.get(PAGE).text)) == 2
        publishing.release(post)
        assert marks(client.get(PAGE).text) == []

    def test_it_asks_the_database_no_more_for_more_parts(
        self, client: Client, newsletter: Newsletter, thread: Thread, django_assert_num_queries: Any
    ) -> None:
        published(newsletter, thread, link_paragraphs=True)
        client.get(PAGE)  # what is made once is made now
        with django_assert_num_queries(6):
            client.get(PAGE)


@pytest.mark.django_db
def test_the_mail_lists_them_in_both_faces(newsletter: Newsletter) -> None:
    account = make_account(platform=Platform.MASTODON, remote_id="1")
    thread = make_thread(LAMPS, title="Keepers \ue000unsubscribe\ue001 <b>", account=account)
    post = published(newsletter, thread, show_sources=True)
    assert post.live
    html, text = mail(post.live, newsletter)
    first = thread.main_line()[0].url
    assert f'<a href="{first}"' in html
    assert "Keepers unsubscribe &lt;b&gt; (1 March 2026): " in html
    listed = f"Sources\nKeepers unsubscribe <b> (1 March 2026)\n- part 1: {first}\n- part 2:"
    assert f"{first}\n\n{listed}" in text  # after where it was first published


@pytest.mark.django_db
def test_a_mail_that_is_only_tried_says_the_same(newsletter: Newsletter, thread: Thread) -> None:
    post = drafting.compose([thread], title="Lamps")
    Post.objects.filter(pk=post.pk).update(show_sources=True, newsletter=newsletter)
    post.refresh_from_db()
    assert b"Sources" in example_message(post)


@pytest.mark.django_db
def test_the_preview_shows_both_before_they_are_saved(admin_client: Client, thread: Thread) -> None:
    post = drafting.compose([thread], title="Lamps")
    address = f"/admin/newsletter/post/{post.pk}/preview/web/unsaved/"
    written = {"title": "Lamps", "body": f"[blank: what?]\n\n{BODY}"}
    written |= {"show_sources": "on", "link_paragraphs": "on"}
    face = admin_client.post(address, written).json()["face"]
    assert [place for place, _ in marks(face)] == ["p", "li"]
    assert "<summary>Sources</summary>" in face
    written = {"title": "Lamps", "body": BODY}
    assert "Sources" not in admin_client.post(address, written).json()["face"]


@given(st.lists(BLOCKS, max_size=8))
@settings(max_examples=60)
def test_readers_see_as_many_blocks_as_there_are_paragraphs(blocks: list[str]) -> None:
    """Else the links would stand beside others, or none would."""
    body = "\n\n".join(blocks)
    shown = list(filter(_is_paragraph, children(body_of(web_html(body)))))
    assert len(shown) == len(paragraphs(body))


def test_where_the_counts_differ_nothing_is_linked() -> None:
    post = Post(link_paragraphs=True, credits=[1, 2])
    assert with_marks("<p>One.</p>", post) == "<p>One.</p>"
