"""Pages elsewhere that posts lead to: whether they answer, and what they say of themselves.

One row is one address, asked once a day for all posts together, sooner where it was not
there. What a page says is outside text: plain words, never Markdown or HTML.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import urldefrag

from django.utils.timezone import now
from selectolax.lexbor import LexborHTMLParser

from newsletter.models import LinkedPage
from threads.http import (
    Answer,
    FetchError,
    FetchForbidden,
    FetchGone,
    FetchNowhere,
    FetchRefused,
    FetchTooLarge,
    Limit,
    Web,
)
from threads.text.names import shown_name

LOOK = Limit(2 * 1024**2, 10)
LONGEST_ADDRESS, LONGEST_TITLE, LONGEST_DESCRIPTION, LONGEST_NOTE = 2000, 300, 500, 300

State = LinkedPage.State


class Said(NamedTuple):
    """What a page says of itself; empty where it does not."""

    title: str = ""
    description: str = ""


def card(url: str, web: Web) -> LinkedPage:
    """What the page says of itself: asked now, if its turn has come.

    Where its state is not ANSWERED, `note` says why to an editor. A long address is not kept.
    """
    page = next(iter(noted([url])), None)
    if page is None:
        note = "This address is too long to be fetched."
        return LinkedPage(url=url, state=State.REFUSED, note=note)
    ask(page, web)
    return page


def noted(urls: Iterable[str]) -> list[LinkedPage]:
    """The rows of these addresses, made where there are none; places within a page are one."""
    addresses = {urldefrag(url).url: None for url in urls}
    kept = [url for url in addresses if 0 < len(url.encode()) <= LONGEST_ADDRESS]
    LinkedPage.objects.bulk_create([LinkedPage(url=url) for url in kept], ignore_conflicts=True)
    rows = {page.url: page for page in LinkedPage.objects.filter(url__in=kept)}
    return [rows[url] for url in kept]


def ask_due(pages: Iterable[LinkedPage], web: Web, *, seconds: float) -> bool:
    """Ask those that are due, for so long; whether all were asked."""
    until = time.monotonic() + seconds
    for page in pages:
        if time.monotonic() > until:
            return False
        ask(page, web)
    return True


def ask(page: LinkedPage, web: Web) -> None:
    """Ask the page, if it is due and nobody else is asking."""
    due = LinkedPage.objects.due().filter(pk=page.pk, asked_at=page.asked_at)
    moment = now()
    if not due.update(asked_at=moment):
        page.refresh_from_db()
        return
    page.asked_at = moment
    page.state, page.note, said = _asked(page.url, web)
    page.title = said.title or page.title
    page.description = said.description or page.description
    page.save()


def said_by(html: str) -> Said:
    """The title and description of a page. Pure."""
    page = LexborHTMLParser(html)
    metas: dict[str, str] = {}
    for meta in page.css("meta[content]"):
        name = meta.attributes.get("property") or meta.attributes.get("name") or ""
        metas.setdefault(name.lower(), shown_name(meta.attributes.get("content") or ""))
    title = page.css_first("title")
    written = shown_name(title.text() or "") if title else ""
    return Said(
        (metas.get("og:title") or written)[:LONGEST_TITLE],
        (metas.get("og:description") or metas.get("description") or "")[:LONGEST_DESCRIPTION],
    )


def _asked(url: str, web: Web) -> tuple[State, str, Said]:
    try:
        # Not HEAD, which many refuse that answer a GET.
        answer = web.get(url, limit=LOOK)
    except FetchError as error:
        return _state_of(error), str(error)[:LONGEST_NOTE], Said()
    return State.ANSWERED, "", said_by(answer.text) if _is_html(answer) else Said()


def _state_of(error: FetchError) -> State:
    match error:
        case FetchGone() | FetchNowhere():
            return State.GONE
        case FetchForbidden() | FetchTooLarge():
            return State.ANSWERED  # to people with a browser it is there
        case FetchRefused():
            return State.REFUSED
    return State.FAILED


def _is_html(answer: Answer) -> bool:
    return "html" in answer.headers.get("content-type", "")
