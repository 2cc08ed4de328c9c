"""The front pages: of the site, and of a newsletter."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils.timezone import now

from newsletter import drafting
from newsletter.models import Post
from tests.factories import make_newsletter, make_post
from tests.newsletter.site.conftest import Publish

pytestmark = pytest.mark.django_db


def test_without_a_newsletter_it_says_how_to_begin(client: Client) -> None:
    assert "Log in and begin" in client.get("/").text


def test_the_only_newsletter_has_the_front_page(client: Client) -> None:
    make_newsletter(name="Slow Signals")
    assert "<h1>Slow Signals</h1>" in client.get("/").text


def test_several_newsletters_are_listed(client: Client) -> None:
    make_newsletter(slug="lamps")
    make_newsletter(slug="bells", description="Of bells.")
    page = client.get("/").text
    assert 'href="/lamps/"' in page
    assert "Of bells." in page


def test_it_lists_the_latest_posts_first(client: Client, publish: Publish) -> None:
    newsletter = make_newsletter()
    publish(newsletter, title="Older", day=3)
    publish(newsletter, "**How**, it\n\nbegins & goes on.", title="Newer", day=20)
    page = client.get("/letters/").text
    assert page.index("Newer") < page.index("Older")
    assert "20 March 2026" in page
    assert "How, it begins &amp; goes on." in page


def test_a_subtitle_stands_for_the_beginning(client: Client, publish: Publish) -> None:
    publish(make_newsletter(), "The text.", subtitle="What it is about")
    page = client.get("/").text
    assert "What it is about" in page
    assert "The text." not in page


def test_drafts_and_trash_and_other_newsletters_are_not_listed(
    client: Client, publish: Publish
) -> None:
    newsletter, other = make_newsletter(), make_newsletter(slug="other")
    make_post(title="A draft", newsletter=newsletter)
    publish(other, title="Elsewhere")
    Post.objects.filter(pk=publish(newsletter, title="Put away").pk).update(trashed_at=now())
    page = client.get("/letters/").text
    assert not any(title in page for title in ("A draft", "Put away", "Elsewhere"))


def test_edits_wait_until_they_are_released(client: Client, publish: Publish) -> None:
    post = publish(make_newsletter(), title="Before")
    drafting.save_revision(post, base=1, title="After")
    assert "Before" in client.get("/").text
    assert "After" not in client.get("/").text


def test_older_posts_are_on_further_pages(client: Client, publish: Publish) -> None:
    newsletter = make_newsletter()
    for day in range(1, 22):
        publish(newsletter, title=f"On day {day}.", day=day)
    assert "On day 1." not in client.get("/").text
    assert 'href="?page=2"' in client.get("/").text
    assert "On day 1." in client.get("/?page=2").text
    assert client.get("/?page=nonsense").status_code == 200


def test_it_offers_the_feed_and_a_subscription(client: Client) -> None:
    make_newsletter()
    page = client.get("/").text
    assert 'type="application/atom+xml"' in page
    assert 'action="/subscribe/"' in page


def test_an_unknown_newsletter_is_not_found(client: Client) -> None:
    assert client.get("/nothing/").status_code == 404


def test_its_colour_is_a_stylesheet_of_its_own(client: Client) -> None:
    make_newsletter(accent="#123456")
    assert '"/letters/look.css?123456"' in client.get("/").text
    answer = client.get("/letters/look.css?123456")
    assert answer["Content-Type"] == "text/css"
    assert "--accent: light-dark(#123456," in answer.text
