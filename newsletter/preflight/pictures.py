"""The pictures: that they are there, that they are light enough for a mail, and described."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import ip_address
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage

from newsletter.preflight.candidate import Candidate
from newsletter.preflight.facts import Fact, Where, at_line, fault, good, in_field, warn
from newsletter.rendering.letter import narrow, stills_of

LARGEST = 1_000_000  # bytes, of one
LARGEST_TOGETHER = 4_000_000


def facts(candidate: Candidate) -> Iterator[Fact]:
    weights: dict[str, int] = {}
    problems = 0
    pictures = list(_all(candidate))
    stills = stills_of(address for address, _, _ in pictures)
    for address, alt, where in pictures:
        # It is the still that a mail program would load.
        loaded = narrow(stills.get(address, address))
        found = [*_presence(address, loaded, where, weights), *_description(alt, where)]
        problems += len(found)
        yield from found
    if weights and not problems:
        yield good(_in_order(len(weights)))
    if (together := sum(weights.values())) > LARGEST_TOGETHER:
        yield warn(f"The pictures of the mail are {_size(together)} together, slow on a phone.")


def _all(candidate: Candidate) -> Iterator[tuple[str, str, Where]]:
    post, revision = candidate.post, candidate.revision
    if revision.cover:
        yield revision.cover, revision.cover_alt, in_field(post, "cover_alt", "The cover")
    for picture in candidate.document.pictures:
        yield picture.address, picture.alt, at_line(post, picture.line)


def _description(alt: str, where: Where) -> Iterator[Fact]:
    if not alt.strip():
        yield warn("A picture has no description for those who do not see it.", where)


def _presence(address: str, loaded: str, where: Where, weights: dict[str, int]) -> Iterator[Fact]:
    if not address.startswith(settings.MEDIA_URL):
        yield from _elsewhere(address, where)
        return
    size = _bytes(loaded)
    if size is None:
        yield fault("A picture is not in the store any more. Put it in anew.", where)
        return
    weights[address] = size
    if size > LARGEST:
        yield warn(f"A picture is {_size(size)} in the mail, slow on a phone.", where)


def _bytes(address: str) -> int | None:
    try:
        return default_storage.size(address.removeprefix(settings.MEDIA_URL))
    except (OSError, SuspiciousFileOperation):
        return None


def _elsewhere(address: str, where: Where) -> Iterator[Fact]:
    parts = urlsplit(address)
    host = parts.hostname or ""
    if is_private(host):
        yield fault(f"A picture lies on {host}, which no reader can reach.", where)
    elif parts.scheme == "http":
        text = f"A picture of {host} comes without encryption, which mail programs refuse."
        yield warn(text, where)
    else:
        text = f"A picture lies on {host}: it is not shown on the web page. Add it to the store."
        yield warn(text, where)


def is_private(host: str) -> bool:
    """A name or number that means this machine, or one of the house."""
    if host == "localhost" or host.endswith((".localhost", ".local", ".internal")):
        return True
    try:
        return not ip_address(host).is_global
    except ValueError:
        return False


def _in_order(count: int) -> str:
    return (
        "The picture is there, and described."
        if count == 1
        else (f"All {count} pictures are there, and described.")
    )


def _size(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB"
