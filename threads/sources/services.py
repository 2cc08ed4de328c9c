"""Where the platforms are asked, and the operator's own tokens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Services:
    bluesky: str = "https://public.api.bsky.app"
    x: str = "https://api.x.com"
    x_token: str = field(default="", repr=False)
    x_price: float = 0.005  # dollars for each post read
    mastodon_tokens: Mapping[str, str] = field(default_factory=dict, repr=False)  # by host
