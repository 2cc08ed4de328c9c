"""How a follow goes, in one sentence for an editor."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import dateformat
from django.utils.timesince import timesince, timeuntil
from django.utils.timezone import localtime, now

from threads.models import Follow

State = Follow.State
MINUTE = timedelta(minutes=1)


def sentence(follow: Follow) -> str:
    if follow.claimed_until and follow.claimed_until > now():
        return "Somebody is looking right now."
    match follow.state:
        case State.PAUSED:
            return f"Nothing is asked until you resume it. {_last(follow)}."
        case State.STOPPED:
            return f"{follow.error} Nothing more is asked until you look again."
        case State.LIMITED if follow.next_at > now():
            platform = follow.account.get_platform_display()
            return f"{platform} asks for patience until {_clock(follow.next_at)}."
        case State.FAILING:
            times = "once" if follow.failures == 1 else f"{follow.failures} times"
            return f"{follow.error} Tried {times}, {_next(follow).replace('next', 'again')}."
    said = f"{_last(follow)}, {_next(follow)}."
    return f"{said} {follow.error}" if follow.state == State.HEALTHY and follow.error else said


def _last(follow: Follow) -> str:
    if follow.checked_at is None:
        return "Not looked at yet"
    if now() - follow.checked_at < MINUTE:
        return "Looked at just now"
    return f"Looked at {_span(timesince(follow.checked_at, depth=1))} ago"


def _next(follow: Follow) -> str:
    if follow.next_at - now() < MINUTE:
        return "next at once"
    return f"next in {_span(timeuntil(follow.next_at, depth=1))}"


def _span(words: str) -> str:
    return words.replace("\xa0", " ")


def _clock(moment: datetime) -> str:
    local = localtime(moment)
    return dateformat.format(local, "H:i" if local.date() == localtime().date() else "j F, H:i")
