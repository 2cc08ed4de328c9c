"""One import at a time on an installation.

Whoever has the turn knows that every other import that is marked as running has died:
the lock goes with the process that held it, however it ended.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection

LOCK = 0x756E7370  # of PostgreSQL's advisory locks, which are told apart by number


@contextmanager
def turn(*, wait: bool = True) -> Iterator[bool]:
    """Whether it is ours now. Without `wait` it may not be."""
    if connection.vendor == "postgresql":
        yield from _database_lock(wait)
    else:
        yield from _file_lock(wait)


def _database_lock(wait: bool) -> Iterator[bool]:
    with connection.cursor() as cursor:
        if wait:
            cursor.execute("SELECT true FROM pg_advisory_lock(%s)", [LOCK])
        else:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        ours = bool(cursor.fetchone()[0])
    try:
        yield ours
    finally:
        if ours:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def _file_lock(wait: bool) -> Iterator[bool]:
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    with (settings.DATA_DIR / "import.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            yield False
        else:
            yield True
