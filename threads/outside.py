"""The network as this installation's settings see it: made at the edges and passed down."""

from __future__ import annotations

from django.conf import settings

from threads.bots import Bot
from threads.bots.bluesky import BlueskyBot
from threads.bots.mastodon import MastodonBot
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


def bots(web: Web) -> dict[str, Bot]:
    """Those that have an account, by platform."""
    found: dict[str, Bot] = {}
    if settings.BOT_MASTODON_URL and settings.BOT_MASTODON_TOKEN:
        found["mastodon"] = MastodonBot(settings.BOT_MASTODON_URL, settings.BOT_MASTODON_TOKEN, web)
    if settings.BOT_BLUESKY_HANDLE and settings.BOT_BLUESKY_PASSWORD:
        found["bluesky"] = BlueskyBot(
            settings.BOT_BLUESKY_URL,
            settings.BOT_BLUESKY_HANDLE,
            settings.BOT_BLUESKY_PASSWORD,
            web,
        )
    return found
