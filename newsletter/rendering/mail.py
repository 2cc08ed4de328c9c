"""The two faces of a mail. What differs for each subscriber is a marker in them."""

from __future__ import annotations

from typing import NamedTuple

from django.template.loader import render_to_string

from newsletter.models import Newsletter, Revision
from newsletter.rendering.plain import text_of
from newsletter.rendering.web import web_html

# Private-use characters never stand in a text, so a marker is replaced without parsing.
UNSUBSCRIBE_URL = "\ue000unsubscribe\ue001"
PREFERENCES_URL = "\ue000preferences\ue001"


class MailFaces(NamedTuple):
    html: str
    text: str


def mail(revision: Revision, newsletter: Newsletter) -> MailFaces:
    context = {
        "revision": revision,
        "newsletter": newsletter,
        "body": web_html(revision.body),
        "text": text_of(revision),
        "unsubscribe_url": UNSUBSCRIBE_URL,
        "preferences_url": PREFERENCES_URL,
    }
    return MailFaces(
        render_to_string("mail/issue.html", context), render_to_string("mail/issue.txt", context)
    )
