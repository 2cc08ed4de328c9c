"""What the site's tests lean on: posts as readers find them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from newsletter import publishing
from newsletter.models import Newsletter, Post
from tests.factories import make_post
from threads.models import Thread

Publish = Callable[..., Post]


@pytest.fixture
def publish() -> Publish:
    """Publishes a new post, on a day of March 2026 where one is given."""

    def publish(
        newsletter: Newsletter, body: str = "A paragraph.", *threads: Thread, **fields: Any
    ) -> Post:
        day = fields.pop("day", 1)
        post = make_post(body, **fields)
        for position, thread in enumerate(threads, 1):
            post.sources.create(thread=thread, position=position)
        publishing.publish(post, newsletter=newsletter)
        post.published_at = datetime(2026, 3, day, 9, tzinfo=UTC)
        post.save()
        return post

    return publish
