"""Who somebody on Bluesky is, as the AppView tells it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from threads.sources.base import SourceAccount
from threads.sources.bluesky_ids import profile_address
from threads.sources.bluesky_text import plain
from threads.text.names import shown_name

NOT_FOR_VISITORS = "!no-unauthenticated"
NO_HANDLE = "handle.invalid"  # told where the handle does not lead back to the account


def account_of(author: Mapping[str, Any]) -> SourceAccount:
    """Raises KeyError for what is nobody. The did stays when the handle changes."""
    did, handle = author["did"], plain(author.get("handle"))
    handle = "" if handle == NO_HANDLE else handle
    return SourceAccount(
        platform="bluesky",
        remote_id=did,
        handle=handle,
        name=shown_name(plain(author.get("displayName"))),
        url=profile_address(handle or did),
    )


def known_as(author: Mapping[str, Any]) -> str:
    account = account_of(author)
    return account.name or (f"@{account.handle}" if account.handle else account.remote_id)


def asks_for_log_in(author: Mapping[str, Any]) -> bool:
    """Whether they do not want to be shown to visitors who are not logged in."""
    return NOT_FOR_VISITORS in labels_of(author)


def labels_of(labelled: Mapping[str, Any]) -> set[str]:
    """What an account, a post or a record is labelled with, by its author or a moderator."""
    return set(_values(labelled.get("labels")))


def _values(labels: Any) -> Iterator[str]:
    if isinstance(labels, Mapping):  # an author's own, in the record
        labels = labels.get("values")
    for label in labels if isinstance(labels, Iterable) else ():
        if isinstance(label, Mapping) and not label.get("neg"):
            yield plain(label.get("val"))
