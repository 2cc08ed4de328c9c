"""Public pages are the same for everybody, so that they can be kept."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.factories import make_newsletter, make_thread
from tests.newsletter.site.conftest import Publish

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "url",
    [
        "/",
        "/letters/",
        "/letters/lamps/",
        "/letters/feed.atom",
        "/letters/look.css",
        "/threads/{thread}/",
        "/authors/{account}/",
        "/nothing/",
    ],
)
def test_no_page_sets_or_reads_a_cookie(
    client: Client, admin_client: Client, publish: Publish, url: str
) -> None:
    thread = make_thread()
    publish(make_newsletter(), "Text.", thread, slug="lamps")
    for visitor in (client, admin_client):
        visitor_had = dict(visitor.cookies)
        answer = visitor.get(url.format(thread=thread.pk, account=thread.account_id))
        assert not answer.cookies
        assert "Cookie" not in answer.get("Vary", "")
        assert dict(visitor.cookies) == visitor_had
