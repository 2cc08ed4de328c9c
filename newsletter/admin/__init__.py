"""The newsletter in the editors' site: each module registers what it shows."""

from newsletter.admin import audience, newsletters, posts, sends, threads

__all__ = ["audience", "newsletters", "posts", "sends", "threads"]
