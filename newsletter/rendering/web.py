"""The body of a post as HTML for the web."""

from __future__ import annotations

from newsletter.models import Revision
from threads.text.html import to_html


def web_html(body: str) -> str:
    """Safe HTML for readers; without the blanks and lost pictures."""
    return to_html(body)


def preview_html(body: str) -> str:
    """The same for editors, who see blanks and lost pictures in their places."""
    return to_html(body, preview=True)


def html_of(revision: Revision) -> str:
    """What was rendered at the save; one that is not saved has nothing yet."""
    return revision.html or web_html(revision.body)
