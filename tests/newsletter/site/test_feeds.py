"""The Atom feed of a newsletter."""

from __future__ import annotations

from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.test import Client

from newsletter import drafting, publishing
from newsletter.models import Post, Revision
from newsletter.site.feeds import with_whole_addresses
from tests.factories import make_newsletter, make_post
from tests.newsletter.site.conftest import Publish

pytestmark = pytest.mark.django_db
URL = "/letters/feed.atom"
ATOM = "{http://www.w3.org/2005/Atom}"


def read(client: Client) -> ElementTree.Element:
    answer = client.get(URL)
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(answer.content)  # noqa: S314 - our own


def text(element: ElementTree.Element, name: str) -> str:
    return element.findtext(f"{ATOM}{name}") or ""


def test_it_holds_the_whole_text(client: Client, publish: Publish) -> None:
    publish(make_newsletter(name="Signals"), "A **lamp** & [more](/letters/).", title="A & B")
    feed = read(client)
    entry = feed.find(f"{ATOM}entry")
    assert entry is not None
    assert (text(feed, "title"), text(entry, "title")) == ("Signals", "A & B")
    content = entry.find(f"{ATOM}content")
    assert content is not None
    assert content.get("type") == "html"
    assert f'<strong>lamp</strong> &amp; <a href="{settings.BASE_URL}/letters/"' in (
        content.text or ""
    )


def test_every_element_that_atom_demands_is_there(client: Client, publish: Publish) -> None:
    publish(make_newsletter())
    feed = read(client)
    entry = feed.find(f"{ATOM}entry")
    assert entry is not None
    for element in (feed, entry):
        assert all(text(element, name) for name in ("id", "title", "updated"))
    assert feed.find(f"{ATOM}author/{ATOM}name") is not None
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links == {
        "self": f"{settings.BASE_URL}/letters/feed.atom",
        "alternate": f"{settings.BASE_URL}/letters/",
    }


def test_its_ids_never_change(client: Client, publish: Publish) -> None:
    post = publish(make_newsletter())
    before = [element.text for element in read(client).iter(f"{ATOM}id")]
    drafting.save_revision(post, base=1, title="Another title")
    publishing.release(post)
    Post.objects.update(slug="another-address")
    assert [element.text for element in read(client).iter(f"{ATOM}id")] == before
    assert len(set(before)) == 2


def test_drafts_are_not_in_it(client: Client) -> None:
    make_post(newsletter=make_newsletter())
    assert read(client).find(f"{ATOM}entry") is None


def test_an_empty_feed_is_a_feed(client: Client) -> None:
    make_newsletter()
    assert text(read(client), "updated")


def test_who_has_it_already_is_told_so(client: Client, publish: Publish) -> None:
    post = publish(make_newsletter(), "Before.")
    first = client.get(URL)
    again = {"If-None-Match": first["ETag"], "If-Modified-Since": first["Last-Modified"]}
    assert client.get(URL, headers=again).status_code == 304
    drafting.save_revision(post, base=1, body="After.")
    publishing.release(post)
    assert client.get(URL, headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_a_release_is_an_update(client: Client, publish: Publish) -> None:
    post = publish(make_newsletter())
    assert post.published_at
    later = post.published_at + timedelta(days=900)
    Revision.objects.update(created_at=later)
    entry = read(client).find(f"{ATOM}entry")
    assert entry is not None
    assert text(entry, "updated") == later.isoformat()
    assert text(entry, "published") == post.published_at.isoformat()


def test_characters_that_no_xml_may_hold_do_not_break_it(client: Client, publish: Publish) -> None:
    publish(make_newsletter(name="Sig\x0bnals"), title="A\x00\x1fB")
    assert text(read(client), "title") == "Signals"


def test_a_feed_of_no_newsletter_is_not_found(client: Client) -> None:
    assert client.get(URL).status_code == 404


@pytest.mark.parametrize(
    ("html", "whole"),
    [
        ('<a href="/x/">a</a>', '<a href="{base}/x/">a</a>'),
        ('<a href="#fn1">1</a>', '<a href="https://post/#fn1">1</a>'),
        ('<a href="https://example.org/">a</a>', '<a href="https://example.org/">a</a>'),
        ('<a href="mailto:a@example.org">a</a>', '<a href="mailto:a@example.org">a</a>'),
        ('<img src="/media/a.png">', '<img src="{base}/media/a.png">'),
        ('<p>src="/x" &lt;b&gt;</p>', '<p>src="/x" &lt;b&gt;</p>'),
    ],
)
def test_addresses_are_made_whole(html: str, whole: str) -> None:
    assert with_whole_addresses(html, "https://post/") == whole.format(base=settings.BASE_URL)
