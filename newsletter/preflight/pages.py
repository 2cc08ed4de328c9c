"""Where the text leads to: what is known of those pages. Nobody is asked here."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urldefrag

from django.conf import settings

from newsletter import linking
from newsletter.links import leads_to
from newsletter.models import LinkedPage, Post
from newsletter.models.pages import LinkedPageQuerySet
from newsletter.preflight.facts import Fact, at_line, good, warn
from threads.text.document import Document

State = LinkedPage.State
ENDINGS = {
    State.GONE: "is not there",
    State.FAILED: "does not answer just now",
    State.REFUSED: "could not be asked",
}


def addresses(document: Document) -> list[str]:
    """Those of other sites, each once."""
    found = (urldefrag(place.text).url for place in document.links)
    return [url for url in dict.fromkeys(found) if _is_elsewhere(url)]


def asked(document: Document) -> list[LinkedPage]:
    """Their rows; made where there are none."""
    return linking.noted(addresses(document))


def known(document: Document) -> LinkedPageQuerySet:
    return LinkedPage.objects.filter(url__in=addresses(document))


def facts(post: Post, document: Document) -> Iterator[Fact]:
    pages = {page.url: page for page in known(document)}
    told: set[str] = set()
    for place in document.links:
        if not place.text:
            yield warn("A link has no address.", at_line(post, place.line))
        page = pages.get(urldefrag(place.text).url)
        if page and page.state in ENDINGS and page.url not in told:
            told.add(page.url)
            ending = ENDINGS[State(page.state)]
            yield warn(f"{_short(page.url)} {ending}. {page.note}", at_line(post, place.line))
    answered = sum(page.state == State.ANSWERED for page in pages.values())
    if answered:
        yield good("One link answers." if answered == 1 else f"{answered} links answer.")


def _is_elsewhere(url: str) -> bool:
    return url.startswith(("http://", "https://")) and not leads_to(url, settings.BASE_URL)


def _short(url: str) -> str:
    plain = url.partition("://")[2].removesuffix("/")
    return plain if len(plain) <= 70 else f"{plain[:69]}…"
