"""The network as this installation's settings see it: made at the edges and passed down."""

from __future__ import annotations

from django.conf import settings

from threads.http import Policy, Web
from threads.sources.services import Services


def web() -> Web:
    """A new one for each run, under a name by which a server's people can find us."""
    policy = Policy(tuple(settings.NETWORK_ALLOWED))
    return Web(policy, agent=f"Unspool (+{settings.BASE_URL})")


def services() -> Services:
    return Services(
        bluesky=settings.BLUESKY_URL,
        x=settings.X_URL,
        x_token=settings.X_TOKEN,
        mastodon_tokens=settings.MASTODON_TOKENS,
    )
