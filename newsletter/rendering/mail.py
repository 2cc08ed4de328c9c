"""The two faces of a mail. What differs for each subscriber is a marker in them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

from css_inline import CSSInliner
from django.template.loader import render_to_string
from django.utils.translation import get_language_info

from newsletter.models import Newsletter, Post, Revision
from newsletter.rendering.addresses import view_url, whole_address
from newsletter.rendering.counting import minutes_for, words_in
from newsletter.rendering.letter import Letter, narrow, size_of
from newsletter.rendering.palette import light_and_dark, lighter
from newsletter.rendering.plain import text_of
from newsletter.rendering.sources import Source, sources_of
from newsletter.rendering.web import html_of
from threads.models import Thread

# Private-use characters stand nowhere else in a mail, so a marker is replaced without parsing.
UNSUBSCRIBE_URL = "\ue000unsubscribe\ue001"
PREFERENCES_URL = "\ue000preferences\ue001"

# Gmail cuts at about 102 KB; each subscriber's own addresses come on top of this.
LARGEST = 93_000


class MailFaces(NamedTuple):
    html: str
    text: str


def mail(revision: Revision, newsletter: Newsletter) -> MailFaces:
    """The mail of a revision. Where it is too long, the HTML ends with a link to the rest."""
    page = view_url(revision.post, newsletter)
    written = {
        "title": revision.title,
        "subtitle": revision.subtitle,
        "byline": revision.byline,
        "preheader": revision.preheader,
        "cover_alt": revision.cover_alt,
        "text": text_of(revision).rstrip(),
        "newsletter": newsletter.name,
        "postal_address": newsletter.postal_address,
    }
    context = _context(revision, newsletter, page)
    context |= {name: _without_markers(words) for name, words in written.items()}
    blocks = Letter(_without_markers(html_of(revision)), page).blocks()
    return MailFaces(_html(context, blocks), render_to_string("mail/issue.txt", context))


def _without_markers(written: str) -> str:
    """Nobody may write a reader's own link into what all readers get."""
    return written.translate({0xE000: None, 0xE001: None})


def _html(context: dict[str, Any], blocks: Sequence[str]) -> str:
    whole = _rendered(context, blocks)
    if len(whole.encode()) <= LARGEST:
        return whole
    # The most blocks that fit, found by halving: a block too long for any mail leaves none.
    fits, too_many = 0, len(blocks)
    while too_many - fits > 1:
        middle = (fits + too_many) // 2
        if len(_rendered(context, blocks[:middle], is_cut=True).encode()) <= LARGEST:
            fits = middle
        else:
            too_many = middle
    return _rendered(context, blocks[:fits], is_cut=True)


def _rendered(context: dict[str, Any], blocks: Sequence[str], *, is_cut: bool = False) -> str:
    body = "\n".join(blocks)
    return _inliner().inline(
        render_to_string("mail/issue.html", context | {"body": body, "is_cut": is_cut})
    )


@cache
def _inliner() -> CSSInliner:
    return CSSInliner(load_remote_stylesheets=False)


def _context(revision: Revision, newsletter: Newsletter, page: str) -> dict[str, Any]:
    light, dark = light_and_dark()
    return {
        "newsletter_url": whole_address(f"/{newsletter.slug}/"),
        "view_url": page,
        "unsubscribe_url": UNSUBSCRIBE_URL,
        "preferences_url": PREFERENCES_URL,
        "minutes": minutes_for(words_in(html_of(revision))),
        "language": newsletter.language,
        "direction": _direction(newsletter.language),
        "cover": whole_address(narrow(revision.cover)),
        "cover_size": size_of(revision.cover, 600),
        "origins": _origins(revision.post),
        "sources": [_listed(source) for source in sources_of(revision.post)],
        "light": light | {"accent": newsletter.accent},
        "dark": dark | {"accent": lighter(newsletter.accent)},
    }


def _origins(post: Post) -> list[Thread]:
    """The threads it was made from that can be read where they were posted."""
    if not post.pk or not post.show_origin:
        return []
    threads = Thread.objects.filter(uses__post=post).exclude(url="")
    return list(threads.select_related("account").order_by("uses__position"))


def _listed(source: Source) -> dict[str, Any]:
    parts = [(part.number, _without_markers(part.url)) for part in source.parts]
    return {
        "title": _without_markers(source.thread.title),
        "date": source.thread.started_at,
        "parts": parts,
    }


def _direction(language: str) -> str:
    try:
        return "rtl" if get_language_info(language)["bidi"] else "ltr"
    except KeyError:
        return "ltr"
