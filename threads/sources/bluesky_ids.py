"""Names of things on Bluesky: addresses, at-uris, and the time that is in a record's key.

https://atproto.com/specs/at-uri-scheme and https://atproto.com/specs/tid
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import unquote

SITE = "https://bsky.app"
POSTS = "app.bsky.feed.post"
DID = re.compile(r"did:[a-z]+:[A-Za-z0-9._:%-]*[A-Za-z0-9._-]")
TID = re.compile(r"[2-7a-j][2-7a-z]{12}")

_ACTOR = r"(?P<actor>did:[a-z]+:[A-Za-z0-9._:%-]+|[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)"
_RKEY = r"(?P<rkey>[A-Za-z0-9._:~-]{1,512})"
_ADDRESS = re.compile(
    rf"(?:https?://)?(?:www\.|staging\.)?bsky\.app/profile/@?{_ACTOR}/post/{_RKEY}(?:[/?#].*)?",
    re.IGNORECASE,
)
_AT_URI = re.compile(rf"at://{_ACTOR}/{re.escape(POSTS)}/{_RKEY}/?")
_DIGITS = "234567abcdefghijklmnopqrstuvwxyz"
_CLOCK_BITS = 10  # below the microseconds: which of several clocks it was


@dataclass(frozen=True, slots=True)
class Place:
    """One post: whose it is, by handle or did, and its key among theirs."""

    actor: str
    rkey: str


def find(url: str) -> Place | None:
    """The post that an address leads to, where it is one of Bluesky."""
    url = unquote(url.strip())
    match = _ADDRESS.fullmatch(url) or _AT_URI.fullmatch(url)
    if not match:
        return None
    actor = match["actor"]
    return Place(actor if DID.fullmatch(actor) else actor.lower(), match["rkey"])


def at_uri(did: str, rkey: str) -> str:
    return f"at://{did}/{POSTS}/{rkey}"


def did_in(uri: str) -> str:
    """Whose record it is; empty for what is no at-uri with a did."""
    did = uri.removeprefix("at://").partition("/")[0]
    return did if uri.startswith("at://") and DID.fullmatch(did) else ""


def rkey_in(uri: str) -> str:
    return uri.rpartition("/")[2]


def profile_address(actor: str) -> str:
    return f"{SITE}/profile/{actor}"


def post_address(actor: str, uri: str) -> str:
    return f"{profile_address(actor)}/post/{rkey_in(uri)}"


def tid(time: datetime) -> str:
    """What a record's key would be that was made then: sorts among the real ones."""
    number = min(max(0, int(time.timestamp() * 1_000_000)) << _CLOCK_BITS, 2**63 - 1)
    return "".join(_DIGITS[number >> shift & 31] for shift in range(60, -1, -5))
