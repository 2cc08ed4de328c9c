"""Importing, and what was imported, in the editors' site."""

from threads.admin import accounts, follows, imports, mentions, statuses, threads

__all__ = ["accounts", "follows", "imports", "mentions", "statuses", "threads"]
