"""What an answer says of its server's limits: is anything left, and from when on again.

Mastodon tells the time of the reset in ISO 8601, Bluesky and X in seconds since 1970, others
in seconds from now. https://docs.joinmastodon.org/api/rate-limits/
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

FAMILIES = ("x-ratelimit", "ratelimit", "x-rate-limit")
EPOCH_BEGINS = 1_000_000_000  # a smaller number counts from now
UNTOLD = timedelta(minutes=1)
LONGEST = timedelta(days=1)  # no server makes us wait for years


def none_left_until(headers: Mapping[str, str], now: datetime) -> datetime | None:
    """When to ask again, where the answer says that nothing is left until then."""
    for family in FAMILIES:
        if headers.get(f"{family}-remaining", "").strip() == "0":
            return _within(_time(headers.get(f"{family}-reset", ""), now), now)
    return None


def asked_to_wait_until(headers: Mapping[str, str], now: datetime) -> datetime:
    """When to ask again after a refusal for the sake of the limit."""
    told = _time(headers.get("retry-after", ""), now)
    return _within(told, now) if told else none_left_until(headers, now) or now + UNTOLD


def _within(time: datetime | None, now: datetime) -> datetime:
    return min(time or now + UNTOLD, now + LONGEST)


def _time(text: str, now: datetime) -> datetime | None:
    try:
        if text.strip().isdecimal():
            return _counted(int(text), now)
        time = datetime.fromisoformat(text) if text[:4].isdecimal() else parsedate_to_datetime(text)
    except (ValueError, OverflowError, OSError):
        return None
    return time if time.tzinfo else time.replace(tzinfo=UTC)


def _counted(seconds: int, now: datetime) -> datetime:
    if seconds > EPOCH_BEGINS:
        return datetime.fromtimestamp(seconds, UTC)
    return now + timedelta(seconds=seconds)
