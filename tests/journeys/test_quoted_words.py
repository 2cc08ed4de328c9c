"""Words of others that a part quotes carry their name and link, whichever way they leave."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from email import message_from_bytes, policy
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client

from newsletter import drafting, publishing
from newsletter.models import Issue, Post
from newsletter.sending.message import example_message
from tests.factories import make_newsletter, make_subscription, make_thread

pytestmark = pytest.mark.django_db

WORDS, AUTHOR = "Wind is the first thing a keeper writes down.", "Cleo Brandt"
LINK = "https://social.example/@cleo/77"
QUOTE = {
    "kind": "quote",
    "url": LINK,
    "author": AUTHOR,
    "text": WORDS,
    "format": "plain",
    "posted_at": "2026-02-03T09:00:00+00:00",
}


@pytest.fixture
def post() -> Post:
    thread = make_thread(["Somebody put it best:", "And so it is."])
    thread.statuses.filter(position=1).update(extras=[QUOTE])
    newsletter = make_newsletter()
    make_subscription(newsletter)
    return publishing.publish(drafting.compose([thread]), newsletter=newsletter, email=True)


def exported(command: str, number: int, face: str) -> str:
    out = StringIO()
    call_command(command, str(number), "--as", face, stdout=out)
    return out.getvalue()


def parts_of_the_mail(post: Post) -> dict[str, str]:
    letter = message_from_bytes(example_message(post), policy=policy.default)
    return {
        part.get_content_type(): part.get_content()
        for part in letter.walk()
        if not part.is_multipart()
    }


def test_on_the_web_in_the_mail_in_the_feed_and_in_every_export(post: Post, client: Client) -> None:
    thread = post.threads.get()
    mail = parts_of_the_mail(post)
    ways: dict[str, Callable[[], str]] = {
        "thread page": lambda: client.get(f"/threads/{thread.pk}/").text,
        "post": lambda: client.get(f"/letters/{post.slug}/").text,
        "feed": lambda: client.get("/letters/feed.atom").text,
        "mail, HTML": lambda: mail["text/html"],
        "mail, text": lambda: mail["text/plain"],
        "thread as Markdown": lambda: exported("export_thread", thread.pk, "markdown"),
        "thread as HTML": lambda: exported("export_thread", thread.pk, "html"),
        "thread as JSON": lambda: json.dumps(
            json.loads(exported("export_thread", thread.pk, "json")), ensure_ascii=False
        ),
        "post as Markdown": lambda: exported("export_post", post.pk, "markdown"),
        "post as HTML": lambda: exported("export_post", post.pk, "html"),
        "post as text": lambda: exported("export_post", post.pk, "text"),
    }
    assert Issue.objects.get().post == post
    for name, way in ways.items():
        text = re.sub(r"\s+>?\s*", " ", way())
        for told in (WORDS, AUTHOR, LINK):
            assert told in text, f"{name} lacks {told}"
        assert text.index(WORDS) < text.index(AUTHOR), name
