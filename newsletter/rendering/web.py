"""The body of a post as HTML for the web."""

from __future__ import annotations

from threads.text.html import to_html


def web_html(body: str) -> str:
    """Safe HTML for readers; without the blanks and lost pictures."""
    return to_html(body)


def preview_html(body: str) -> str:
    """The same for editors, who see blanks and lost pictures in their places."""
    return to_html(body, preview=True)
