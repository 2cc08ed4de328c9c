"""Unrolled threads and their authors: what they show, and to whom."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils.timezone import now

from newsletter import publishing
from tests.factories import make_import, make_newsletter, make_thread
from tests.newsletter.site.conftest import Publish
from threads.models import Import, Thread

pytestmark = pytest.mark.django_db


def url(thread: Thread) -> str:
    return f"/threads/{thread.pk}/"


def test_it_shows_the_thread_and_what_became_of_it(client: Client, publish: Publish) -> None:
    thread = make_thread(["Lamps speak.", "They say one thing.", "Every night."], title="Lamps")
    publish(make_newsletter(), "Text.", thread, title="On lamps", slug="on-lamps")
    page = client.get(url(thread)).text
    for words in ("<h1>Lamps</h1>", "1 March 2026", "3 parts, 1 min read", "They say one thing."):
        assert words in page
    assert f'<a href="{thread.url}">Read on X</a>' in page
    assert '<span class="badge good">complete</span>' in page
    assert '<a href="/letters/on-lamps/">On lamps</a>' in page
    assert "noindex" not in page


def test_it_says_what_is_missing(client: Client, publish: Publish) -> None:
    thread = make_thread(complete=False, missing=[{"why": "Part 2 was deleted.", "remedy": "Ask."}])
    publish(make_newsletter(), "Text.", thread)
    page = client.get(url(thread)).text
    assert "incomplete" in page
    assert "Part 2 was deleted." in page


def test_no_reader_sees_a_thread_before_a_post_of_it_is_published(
    client: Client, publish: Publish
) -> None:
    thread = make_thread()
    assert client.get(url(thread)).status_code == 404
    post = publish(make_newsletter(), "Text.", thread)
    assert client.get(url(thread)).status_code == 200
    publishing.unpublish(post)
    assert client.get(url(thread)).status_code == 404


def test_editors_see_it_and_search_engines_do_not(admin_client: Client) -> None:
    answer = admin_client.get(url(make_thread(["Only for us."])))
    assert "Only for us." in answer.text
    assert answer["X-Robots-Tag"] == "noindex"
    assert "no-store" in answer["Cache-Control"]


def test_whoever_is_no_editor_does_not_see_it(client: Client) -> None:
    client.force_login(User.objects.create_user("reader"))
    assert client.get(url(make_thread())).status_code == 404


def test_a_thread_in_the_trash_is_not_found(
    client: Client, admin_client: Client, publish: Publish
) -> None:
    thread = make_thread(trashed_at=now())
    publish(make_newsletter(), "Text.", thread)
    assert client.get(url(thread)).status_code == 404
    assert admin_client.get(url(thread)).status_code == 404


def test_half_an_import_is_not_found(admin_client: Client) -> None:
    thread = make_thread(imported_by=make_import(state=Import.State.RUNNING))
    assert admin_client.get(url(thread)).status_code == 404


def test_more_of_the_author_is_what_the_visitor_may_read(
    client: Client, admin_client: Client, publish: Publish
) -> None:
    newsletter = make_newsletter()
    shown, other, hidden = (make_thread(title=title) for title in ("Shown", "Other", "Hidden"))
    publish(newsletter, "Text.", shown)
    publish(newsletter, "Text.", other)
    for page in (client.get(url(shown)).text, admin_client.get(url(shown)).text):
        assert "Other" in page
        assert "Hidden" not in page
    assert "Other" in admin_client.get(url(hidden)).text


def test_the_authors_page_lists_what_is_public(client: Client, publish: Publish) -> None:
    shown, hidden = make_thread(title="Shown"), make_thread(title="Hidden")
    author = f"/authors/{shown.account_id}/"
    assert client.get(author).status_code == 404
    publish(make_newsletter(), "Text.", shown)
    page = client.get(author).text
    assert "Mira Osei" in page
    assert f'href="/threads/{shown.pk}/"' in page
    assert f'href="/threads/{hidden.pk}/"' not in page


def test_editors_see_the_page_of_an_author_without_public_threads(admin_client: Client) -> None:
    thread = make_thread(title="Hidden")
    answer = admin_client.get(f"/authors/{thread.account_id}/")
    assert "Hidden" in answer.text
    assert answer["X-Robots-Tag"] == "noindex"
