"""Importing, and what was imported, in the editors' site."""

from threads.admin import accounts, imports, statuses, threads

__all__ = ["accounts", "imports", "statuses", "threads"]
