"""The newsletter in the editors' site: each module registers what it shows."""

from newsletter.admin import accounts, audience, newsletters, posts, sends, threads

__all__ = ["accounts", "audience", "newsletters", "posts", "sends", "threads"]
