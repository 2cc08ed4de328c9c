"""What an account of X says about itself. https://docs.x.com/x-api/users/lookup/introduction"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from threads.sources.base import Profile, SourceAccount, SourceGoneError
from threads.sources.x_asking import Asking
from threads.sources.x_manifest import x_account
from threads.sources.x_tweets import link, marked, unescape

User = Mapping[str, Any]
FIELDS = {"user.fields": "description,entities,name,public_metrics,url,username"}


def find_user(asking: Asking, account: SourceAccount) -> User:
    """By its id, or by its handle where a saved page told no more."""
    by_id = account.remote_id.isdecimal()
    handle = account.handle or account.remote_id.removeprefix("@")
    path = f"/users/{account.remote_id}" if by_id else f"/users/by/username/{handle}"
    user: User | None = asking.get(path, **FIELDS).get("data")
    if not user:
        raise SourceGoneError(f"X knows no account @{handle}, or shows it to nobody.")
    return user


def read_profile(user: User) -> Profile:
    entities = user.get("entities") or {}
    about = (entities.get("description") or {}).get("urls") or ()
    raw = user.get("description") or ""
    bio, _ = marked(
        raw,
        [
            link(url["start"], url["end"], url["url"], url.get("expanded_url"))
            for url in about
            if raw[url["start"] : url["end"]] == url["url"]
        ],
        unescape,
    )
    links = [*_expanded((entities.get("url") or {}).get("urls") or ()), *_expanded(about)]
    return Profile(
        account=x_account(user["id"], user.get("username", ""), user.get("name", "")),
        bio=bio,
        links=tuple(dict.fromkeys(links)),
    )


def _expanded(urls: Iterable[Mapping[str, Any]]) -> Iterable[str]:
    return (url.get("expanded_url") or url["url"] for url in urls)
