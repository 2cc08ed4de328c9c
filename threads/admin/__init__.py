"""Importing, and what was imported, in the editors' site."""

from threads.admin import accounts, follows, imports, statuses, threads

__all__ = ["accounts", "follows", "imports", "statuses", "threads"]
