"""Context boxes: what a reader should know of the things that are quoted or linked to."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from urllib.parse import urlsplit

from django.conf import settings

from newsletter.expanding.material import Block, Link, Material
from newsletter.expanding.proposal import Kind, Proposal, blank
from newsletter.expanding.sentences import shortened
from newsletter.links import leads_to
from newsletter.models import LinkedPage
from threads.text.links import link as as_link

MOST = 4


def context_boxes(material: Material) -> Iterator[Proposal]:
    found = list(islice(_worth_a_word(material), MOST))
    pages = LinkedPage.objects.filter(url__in=[link.url for _, link in found]).exclude(title="")
    titles = dict(pages.values_list("url", "title"))
    for block, link in found:
        yield _box(block, link, titles.get(link.url, ""), material.behind(block))


def _worth_a_word(material: Material) -> Iterator[tuple[Block, Link]]:
    """The first link of each paragraph that leads to something new, and is nobody's name."""
    ours = {status.account for block in material.blocks if (status := block.status)}
    names = tuple(name for account in ours for name in (str(account), account.url) if name)
    places = [settings.BASE_URL, *(account.url for account in ours if account.url)]
    seen: set[str] = set()
    for block in material.blocks:
        for link in block.links:
            plain = not link.words.startswith(("@", "#", *names))
            is_ours = any(leads_to(link.url, place) for place in places)
            if plain and not is_ours and link.url not in seen:
                seen.add(link.url)
                if not material.answered(block) and not material.own(block):
                    yield block, link
                break


def _box(block: Block, link: Link, title: str, line: int) -> Proposal:
    site = urlsplit(link.url).hostname
    name = f"the page at {site}"
    if title or not link.is_bare:
        name = f"“{shortened(title or link.words)}”"
    if block.kind == "quote":
        asked = f"Who is speaking here ({name}), and what about?"
    else:
        asked = f"What should a reader know of {name} without opening it?"
    pieces = [blank(asked)]
    if title and title not in block.words:
        pieces.insert(0, f"> **{as_link(title, link.url)}**")
    return Proposal(
        Kind.CONTEXT,
        f"About {name}",
        "It is quoted here." if block.kind == "quote" else "A link leads there.",
        line,
        "\n\n".join(pieces),
    )
