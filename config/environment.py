"""Words from the environment turned into values, for settings.py alone.

What cannot be read fails with the variable's name, in one line.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import dj_email_url
from environs import Env, EnvError

env = Env()


def address[T](name: str, default: str, schemes: list[str], parse: Callable[[str], T]) -> T:
    """An address, parsed. An empty variable is one that is not set."""
    text = env.str(name, "") or default
    try:
        if text and urlsplit(text).scheme not in schemes:
            raise ValueError(text)
        return parse(text)
    except ValueError as error:
        beginnings = " or ".join(f"{scheme}://" for scheme in schemes)
        raise EnvError(f"{name} must be a whole address that begins with {beginnings}.") from error


def site(url: str) -> str:
    if not re.fullmatch(r"https?://[^/?#\s]+/?", url) or not urlsplit(url).hostname:
        raise ValueError(url)
    return url.rstrip("/")


def site_or_none(url: str) -> str:
    return site(url) if url else ""


def queue_server(url: str) -> str:
    """Whoever wakes a worker must not wait long for a queue that is away."""
    return f"{url}{'&' if '?' in url else '?'}socket_connect_timeout=2" if url else ""


def mail_server(url: str) -> dict[str, Any]:
    mail: dict[str, Any] = dj_email_url.parse(url.replace("smtps://", "smtp://", 1))
    if url.startswith("smtps://"):
        port = urlsplit(url).port or 465
        mail.update({"EMAIL_USE_SSL": True, "EMAIL_USE_TLS": False, "EMAIL_PORT": port})
    return mail
