"""Where the platforms are asked, and the operator's own tokens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Services:
    bluesky: str = "https://public.api.bsky.app"
    x: str = "https://api.x.com"
    x_token: str = field(default="", repr=False)
    x_price: float = 0.005  # dollars for each post read
    mastodon_tokens: Mapping[str, str] = field(default_factory=dict, repr=False)  # by host

    def mastodon_token(self, base: str) -> str:
        """That of the server which is asked at this address."""
        return self.mastodon_tokens.get(_host(base), "")


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
