"""A post as readers see it."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.utils.timezone import now
from PIL import Image

from newsletter import drafting, publishing
from newsletter.models import Post
from tests.factories import make_newsletter, make_post, make_thread
from tests.newsletter.site.conftest import Publish

pytestmark = pytest.mark.django_db
URL = "/letters/lamps/"


def test_it_shows_all_of_the_post(client: Client, publish: Publish) -> None:
    whole = {
        "title": "Lamps & bells",
        "subtitle": "What they say",
        "byline": "Mira Osei",
        "slug": "lamps",
        "tags": ["light"],
    }
    publish(make_newsletter(), "## One\n\nA **lamp**.", day=12, **whole)
    page = client.get(URL).text
    assert "<h1>Lamps &amp; bells</h1>" in page
    assert "<strong>lamp</strong>" in page
    for words in ("What they say", "By Mira Osei", "12 March 2026", "1 min read", "light"):
        assert words in page


def test_machines_are_told_what_it_is(client: Client, publish: Publish) -> None:
    default_storage.save("ab/lamp.jpg", ContentFile(b"a picture"))
    publish(make_newsletter(), slug="lamps", title="Lamps", cover="/media/ab/lamp.jpg")
    page = client.get(URL).text
    assert f'<link rel="canonical" href="{settings.BASE_URL}/letters/lamps/">' in page
    assert 'property="og:title" content="Lamps"' in page
    assert f'property="og:image" content="{settings.BASE_URL}/media/ab/lamp.jpg"' in page
    assert 'name="description" content="A paragraph."' in page


def test_a_draft_is_not_found(client: Client) -> None:
    make_post(slug="lamps", newsletter=make_newsletter())
    assert client.get(URL).status_code == 404


def test_a_post_in_the_trash_is_not_found(client: Client, publish: Publish) -> None:
    publish(make_newsletter(), slug="lamps")
    Post.objects.update(trashed_at=now())
    assert client.get(URL).status_code == 404


def test_a_post_that_was_taken_back_is_not_found(client: Client, publish: Publish) -> None:
    publishing.unpublish(publish(make_newsletter(), slug="lamps"))
    assert client.get(URL).status_code == 404


def test_a_post_of_another_newsletter_is_not_found(client: Client, publish: Publish) -> None:
    make_newsletter()
    publish(make_newsletter(slug="other"), slug="lamps")
    assert client.get(URL).status_code == 404


def test_edits_are_seen_once_they_are_released(client: Client, publish: Publish) -> None:
    post = publish(make_newsletter(), "Before.", slug="lamps")
    drafting.save_revision(post, base=1, body="After.")
    assert "Before." in client.get(URL).text
    publishing.release(post)
    assert "After." in client.get(URL).text


def test_it_says_which_threads_it_was(client: Client, publish: Publish) -> None:
    first, second = make_thread(), make_thread()
    publish(make_newsletter(), "Text.", first, second, slug="lamps")
    page = client.get(URL).text
    assert "First published as" in page
    assert f'<a href="/threads/{first.pk}/">a thread on X on 1 March 2026</a> and' in page
    assert f'href="/threads/{second.pk}/"' in page


def test_it_says_nothing_of_its_threads_where_it_should_not(
    client: Client, publish: Publish
) -> None:
    publish(make_newsletter(), "Text.", make_thread(), slug="lamps", show_origin=False)
    assert "First published" not in client.get(URL).text


def test_it_does_not_link_to_a_thread_in_the_trash(client: Client, publish: Publish) -> None:
    thread = make_thread(trashed_at=now())
    publish(make_newsletter(), "Text.", thread, slug="lamps")
    assert "First published" not in client.get(URL).text


def test_it_leads_to_the_posts_before_and_after(client: Client, publish: Publish) -> None:
    newsletter = make_newsletter()
    publish(newsletter, slug="first", day=1)
    publish(newsletter, slug="before", day=2)
    publish(newsletter, slug="lamps", day=3)
    publish(newsletter, slug="after", day=4)
    page = client.get(URL).text
    assert 'rel="prev" href="/letters/before/"' in page
    assert 'rel="next" href="/letters/after/"' in page
    assert "/letters/first/" not in page


def test_the_page_knows_the_size_of_its_pictures(client: Client, publish: Publish) -> None:
    folder = Path(settings.MEDIA_ROOT) / "ab"
    folder.mkdir(parents=True)
    Image.new("RGB", (32, 18)).save(folder / "post-page.png")
    src = "/media/ab/post-page.png"
    publish(make_newsletter(), f"![A lamp]({src})", slug="lamps", cover=src, cover_alt="Night")
    page = client.get(URL).text
    assert f'<img src="{src}" alt="Night" width="32" height="18">' in page
    assert page.count('width="32"') == 2
