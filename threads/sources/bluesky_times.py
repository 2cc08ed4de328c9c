"""When something on Bluesky was said. What an author's app wrote may be nonsense. Pure."""

from __future__ import annotations

from datetime import UTC, datetime

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)  # a network to post on was not there before


def time_of(created: object, indexed: object) -> datetime | None:
    """When it was posted, by its author's app; by the AppView, where that is no time, or later
    than the AppView has known it. Nothing that was brought over from elsewhere is made younger.
    """
    told, known = _parsed(created), _parsed(indexed)
    if told and known and (told > known or told < EARLIEST):
        return known
    return told or known


def _parsed(written: object) -> datetime | None:
    try:
        time = datetime.fromisoformat(str(written))
        return (time if time.tzinfo else time.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
