"""A revision as plain text."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser

from newsletter.models import Revision
from threads.text.html import to_html


def text_of(revision: Revision) -> str:
    return f"{revision.title}\n\n{LexborHTMLParser(to_html(revision.body)).text()}\n"
