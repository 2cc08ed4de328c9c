"""What hangs on a Bluesky post: pictures, videos, the cards of pages, posts that it quotes. Pure.

The AppView gives them in a form that is ready to be shown (`…#view`). A post that it gives
without that has only the record's own form, whose pictures have no address. What a later
version of Bluesky may bring is told by a link instead of being dropped.

https://github.com/bluesky-social/atproto/tree/main/lexicons/app/bsky/embed
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

from threads.sources.base import (
    MediaKind,
    SourceCard,
    SourceExtra,
    SourceMedia,
    SourceQuote,
)
from threads.sources.bluesky_ids import did_in, post_address, profile_address, rkey_in
from threads.sources.bluesky_people import asks_for_log_in, known_as
from threads.sources.bluesky_text import WEB_ADDRESS, in_full, plain, spans_of
from threads.sources.bluesky_times import time_of

FEWEST_PIXELS = 100  # a larger side below that is a ratio like 16:9
ANIMATIONS = ("media.tenor.com", "c.tenor.com", "static.klipy.com", "media.giphy.com")
LOST = {
    "viewNotFound": "a post that was deleted",
    "viewBlocked": "a post by somebody who has blocked its author, or is blocked",
    "viewDetached": "a post whose author took the quotation back",
}
FOR_MEMBERS = "a post that is shown only to those who are logged in"
LISTED = {  # other things that can be quoted: where they are, below their owner's profile
    "app.bsky.feed.generator": "feed",
    "app.bsky.graph.list": "lists",
}

Json = Mapping[str, Any]


@dataclass(slots=True)
class Embedded:
    media: list[SourceMedia] = field(default_factory=list)
    extras: list[SourceExtra] = field(default_factory=list)
    quote_of: str = ""


def embedded(embed: object, *, url: str, linked: Collection[str] = ()) -> Embedded:
    """`url`: the post's own address; `linked`: what its text links already."""
    found = Embedded()
    if isinstance(embed, Mapping):
        _add(found, embed, url)
    found.extras = [
        extra for extra in found.extras if type(extra) is not SourceCard or extra.url not in linked
    ]
    return found


def _add(found: Embedded, embed: Json, url: str) -> None:
    kind = str(embed.get("$type")).removeprefix("app.bsky.embed.").removesuffix("#view")
    try:
        if kind == "recordWithMedia":
            _add(found, embed["media"], url)
            _quote(found, embed["record"]["record"])
        elif kind in READERS:
            READERS[kind](found, embed)
        else:
            raise KeyError(kind)
    except (KeyError, TypeError, AttributeError, ValueError):
        found.extras.append(SourceCard(_address_in(embed) or url, "More, on Bluesky"))


def _address_in(embed: Json) -> str:
    """The first address in something unknown, or in what it holds directly."""
    inside = [value for value in embed.values() if isinstance(value, Mapping)]
    values = (value for part in (embed, *inside) for value in part.values())
    return next((plain(v) for v in values if isinstance(v, str) and WEB_ADDRESS.fullmatch(v)), "")


# --- pictures and videos ----------------------------------------------------------------------


def _images(found: Embedded, embed: Json) -> None:
    for image in embed["images"]:
        width, height = _size(image)
        found.media.append(
            SourceMedia(
                MediaKind.IMAGE,
                url=plain(image.get("fullsize")),
                alt=plain(image.get("alt")).strip(),
                width=width,
                height=height,
            )
        )


def _video(found: Embedded, embed: Json) -> None:
    width, height = _size(embed)
    found.media.append(
        SourceMedia(
            MediaKind.GIF if embed.get("presentation") == "gif" else MediaKind.VIDEO,
            url=plain(embed.get("playlist")),
            poster_url=plain(embed.get("thumbnail")),
            alt=plain(embed.get("alt")).strip(),
            width=width,
            height=height,
        )
    )


def _size(media: Json) -> tuple[int, int] | tuple[None, None]:
    match media.get("aspectRatio"):
        case {"width": int(width), "height": int(height)} if (
            min(width, height) > 0 and max(width, height) >= FEWEST_PIXELS
        ):
            return width, height
        case _:
            return None, None


def _external(found: Embedded, embed: Json) -> None:
    page = embed["external"]
    uri, about = plain(page["uri"]), plain(page.get("description")).strip()
    if not WEB_ADDRESS.fullmatch(uri):
        return
    if urlsplit(uri).hostname in ANIMATIONS:
        found.media.append(_animation(uri, about, plain(page.get("thumb"))))
    else:
        found.extras.append(SourceCard(uri, plain(page.get("title")).strip(), about))


def _animation(uri: str, about: str, thumb: str) -> SourceMedia:
    """Its size stands in its address, and what it shows behind a word."""
    query = parse_qs(urlsplit(uri).query)
    sizes = [query.get(name, ("",))[0] for name in ("ww", "hh")]
    width, height = (int(size) if re.fullmatch(r"[1-9]\d{0,4}", size) else None for size in sizes)
    return SourceMedia(
        MediaKind.GIF,
        url=uri,
        poster_url=thumb,
        alt=re.sub(r"^alt:\s*", "", about, flags=re.IGNORECASE),
        width=width,
        height=height,
    )


# --- quotes -----------------------------------------------------------------------------------


def _record(found: Embedded, embed: Json) -> None:
    _quote(found, embed["record"])


def _quote(found: Embedded, record: Json) -> None:
    uri = plain(record["uri"])
    kind = str(record.get("$type")).rpartition("#")[2]
    if kind == "viewRecord":
        found.quote_of = uri
        found.extras.append(_words(record, uri))
    elif kind in LOST:
        found.quote_of = uri
        found.extras.append(SourceQuote(post_address(did_in(uri), uri), author=LOST[kind]))
    else:
        found.extras += _other_record(record, uri)


def _words(record: Json, uri: str) -> SourceQuote:
    author, value = record["author"], record["value"]
    url = post_address(did_in(uri) or author["did"], uri)
    if asks_for_log_in(author):
        return SourceQuote(url, author=FOR_MEMBERS)
    text = value["text"]
    return SourceQuote(
        url,
        author=known_as(author),
        text=plain(in_full(text, spans_of(text, value.get("facets")))).strip(),
        posted_at=time_of(value.get("createdAt"), record.get("indexedAt")),
    )


def _other_record(record: Json, uri: str) -> Iterator[SourceCard]:
    """A feed, a list, a starter pack, or a quoted post of which nothing but its uri is told."""
    did, collection = did_in(uri), uri.rpartition("/")[0].rpartition("/")[2]
    if not did:
        return
    if collection in LISTED:
        url = f"{profile_address(did)}/{LISTED[collection]}/{rkey_in(uri)}"
    else:
        url = post_address(did, uri) if collection.endswith("post") else profile_address(did)
    title = plain(record.get("displayName") or record.get("name")) or "More, on Bluesky"
    yield SourceCard(url, title, plain(record.get("description")).strip())


READERS: dict[str, Callable[[Embedded, Json], None]] = {
    "images": _images,
    "video": _video,
    "external": _external,
    "record": _record,
}
