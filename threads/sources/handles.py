"""Whom an editor means by a handle or by the address of a profile."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from threads.sources.base import SourceAccount, SourceFormatError

X_HOSTS = {"x.com", "twitter.com", "mobile.twitter.com"}
BLUESKY_HOST = "bsky.app"
ASK_FOR = (
    "Give an account on Mastodon (@name@host), on Bluesky (name.bsky.social) or on X (x.com/name)."
)

_HOST = r"(?:[a-z0-9-]+\.)+[a-z0-9-]*[a-z][a-z0-9-]*(?::\d+)?"
_ON_MASTODON = re.compile(rf"@?(?P<name>\w[\w.-]*)@(?P<host>{_HOST})", re.IGNORECASE)
_MASTODON_PATH = re.compile(
    r"/(?:@|users/)(?P<name>\w[\w.-]*?)(?:@(?P<home>[\w.:-]+?))?(?:\.rss)?/?"
)
_BLUESKY_PATH = re.compile(r"/profile/(?P<name>did:[\w:.-]+|[\w.-]+?)(?:/rss)?/?")
_X_PATH = re.compile(r"/(?P<name>\w{1,15})/?")
_DOMAIN = re.compile(rf"@?(?P<name>{_HOST})", re.IGNORECASE)


def named(written: str) -> SourceAccount:
    """As much as is written in it; the platform knows the rest.

    Raises SourceFormatError where it is no account on a platform that we know.
    """
    written = written.strip()
    if match := _ON_MASTODON.fullmatch(written):
        return _on_mastodon(match["name"], match["host"].lower())
    if re.fullmatch(r"did:[\w:.-]+", written):
        return _on_bluesky(written)
    if "/" in written:
        return _at_address(written if "://" in written else f"https://{written}", written)
    if match := _DOMAIN.fullmatch(written):
        return _on_bluesky(match["name"].lower())
    raise SourceFormatError(f"“{written}” does not say on which platform. {ASK_FOR}")


def feed_of(account: SourceAccount) -> str:
    """The feed that the platform keeps of it, where it does."""
    if account.platform == "bluesky":
        return f"https://{BLUESKY_HOST}/profile/{account.remote_id}/rss"
    if account.platform == "mastodon" and "/@" in account.url:
        return f"{account.url}.rss"
    return ""


def _at_address(address: str, written: str) -> SourceAccount:
    try:
        parts = urlsplit(address)
    except ValueError:
        parts = urlsplit("")
    host = parts.netloc.lower().removeprefix("www.")
    if host in X_HOSTS and (match := _X_PATH.fullmatch(parts.path)):
        return _on_x(match["name"])
    if host == BLUESKY_HOST and (match := _BLUESKY_PATH.fullmatch(parts.path)):
        return _on_bluesky(match["name"])
    if parts.scheme in {"http", "https"} and (match := _MASTODON_PATH.fullmatch(parts.path)):
        # Another server's page of it: its own one knows all of its posts.
        at_home = match["home"] in {None, host}
        return _on_mastodon(match["name"], host if at_home else match["home"], parts.scheme)
    raise SourceFormatError(
        f"“{written}” is no account on a platform, and the feed of a site has no threads. {ASK_FOR}"
    )


def _on_mastodon(name: str, host: str, scheme: str = "https") -> SourceAccount:
    url = f"{scheme}://{host}/@{name}"
    return SourceAccount("mastodon", "", handle=f"{name}@{host}", url=url)


def _on_bluesky(name: str) -> SourceAccount:
    did, handle = (name, "") if name.startswith("did:") else ("", name)
    url = f"https://{BLUESKY_HOST}/profile/{name}"
    return SourceAccount("bluesky", did, handle=handle, url=url)


def _on_x(name: str) -> SourceAccount:
    return SourceAccount("x", "", handle=name, url=f"https://x.com/{name}")
