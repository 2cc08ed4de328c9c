"""Addresses as people type and copy them: made whole, and refused where they lead to no part."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from threads.sources.base import SourceFormatError

LONGEST = 1000
ONE_PART = "give the address of one part of a thread"
_SCHEME = re.compile(r"(?:h?ttps?[:;])?/{0,3}", re.IGNORECASE)
_PLAIN = re.compile(r"http[:;]", re.IGNORECASE)
_AROUND = " \t\r\n<>\"'“”„‘’«»()[]"
_AFTER = ".,;:!"
_LOOKS = re.compile(  # without a scheme: a host that is known, or a path as such servers have
    r"(?:(?:www|mobile|m)\.)?(?:x\.com|twitter\.com|bsky\.app|threadreaderapp\.com)/\S+"
    r"|[\w.-]+\.[a-z]{2,}(?::\d+)?/(?:@|users/|web/@|notice/|objects/)\S+",
    re.IGNORECASE | re.ASCII,
)
_THREAD_READER = re.compile(
    r"https?://(?:www\.)?threadreaderapp\.com/(?:thread|scrolly)/(\d{1,20})(?!\d)", re.IGNORECASE
)
_ON_BLUESKY = re.compile(r"at://([^/]+)/app\.bsky\.feed\.post/([^/]+)")
_ACCOUNTS = re.compile(
    r"(?:(?:www|mobile|m)\.)?(?:x|twitter)\.com/(?!(?:home|search|explore|notifications|i)/?$)\w{1,15}"
    r"(?:/(?:with_replies|media|highlights|articles|likes))?/?"
    r"|bsky\.app/profile/[^/]+/?"
    r"|threadreaderapp\.com/user/.+"
    r"|[^/]+/(?:web/)?@[\w.-]+(?:@[\w.-]+)?(?:/with_replies|/media)?/?"
    r"|[^/]+/users/[\w.-]+/?",
    re.IGNORECASE,
)


def is_address(text: str) -> bool:
    """Whether all of a text is meant as one address, however it is typed."""
    bare = _bare(text)
    if not bare or re.search(r"\s", bare):
        return False
    return bool(re.match(r"(?:https?|at)://\S", bare, re.IGNORECASE) or _LOOKS.fullmatch(bare))


def tidy(written: str) -> str:
    """The whole address, without its query, which may be a secret and names no status.

    Spaces and brackets around it, or no `https://`, are forgiven.
    """
    bare = "".join(_bare(written).split())
    bare = _ON_BLUESKY.sub(r"https://bsky.app/profile/\1/post/\2", bare)
    rest = _SCHEME.sub("", bare, count=1)
    if "://" in rest.partition("?")[0]:
        raise SourceFormatError("These are several addresses: give one at a time.")
    url = ("http://" if _PLAIN.match(bare) else "https://") + rest
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        host = ""
    if "." not in host and host != "localhost" and ":" not in host:
        raise SourceFormatError(f"This is no address. To import a thread, {ONE_PART}.")
    if parts.username or parts.password or len(url) > LONGEST:
        raise SourceFormatError(f"This address cannot be fetched. Please {ONE_PART}.")
    return f"{parts.scheme}://{parts.netloc}{parts.path}{_old_path(parts.fragment)}"


def _old_path(fragment: str) -> str:
    """Twitter's addresses of 2011: `twitter.com/#!/handle/status/1`."""
    return f"#{fragment}" if fragment.startswith("!/") else ""


def shown(url: str) -> str:
    """A tidy address as it stands in a message."""
    return url.partition("://")[2].rstrip("/")


def thread_reader_id(url: str) -> str:
    """The number of the post on X that a page of Thread Reader unrolls, else nothing."""
    found = _THREAD_READER.match(url)
    return str(int(found[1])) if found else ""


def refuse_account(url: str) -> None:
    if _ACCOUNTS.fullmatch(shown(url)):
        raise SourceFormatError(
            f"{shown(url)} is an account: follow it instead, or {ONE_PART} of it."
        )


def _bare(written: str) -> str:
    return written.strip(_AROUND).rstrip(_AFTER).strip(_AROUND)
