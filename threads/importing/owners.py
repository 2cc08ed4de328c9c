"""Whose statuses they are: the account that a source tells of, found again or made.

A saved page knows only a handle, a lone file of tweets sometimes not even that. When the
same author arrives later with the platform's own id, it is the same account.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from django.utils.timezone import now

from threads.models import Account, Claim, Import
from threads.sources.base import SourceAccount, SourceFormatError

ARCHIVES = ("x_archive", "mastodon_archive")
SAMPLE = 200  # statuses that are enough to know an account again by what it holds


def certainty(remote_id: str) -> int:
    """How well an id names somebody: by content, by handle, by the platform's own id."""
    if remote_id.startswith("@"):
        return 1
    return 0 if remote_id.startswith(("content:", "page:", "text:")) else 2


def find_account(told: SourceAccount, statuses: Iterable[str]) -> Account:
    accounts = Account.objects.filter(platform=told.platform)
    found = accounts.filter(remote_id=told.remote_id).first()
    if found is None and told.handle and certainty(told.remote_id) == 2:
        found = accounts.filter(remote_id=f"@{told.handle.lower()}").first()
    elif found is None and told.handle:
        found = accounts.filter(handle__iexact=told.handle).first()
    if found is None:
        held = accounts.filter(statuses__remote_id__in=list(islice(statuses, SAMPLE)))
        found = held.distinct().first()
        if found and certainty(found.remote_id) == 2 == certainty(told.remote_id):
            raise SourceFormatError(
                f"These statuses are here already, as those of {found}. "
                "Undo that import first if they belong to somebody else."
            )
    return found or Account.objects.create(
        platform=told.platform,
        remote_id=told.remote_id,
        handle=told.handle,
        name=told.name,
        url=told.url,
    )


def has_changed(account: Account, told: SourceAccount) -> dict[str, str]:
    """What the source knows newer or better about the account."""
    news = {"handle": told.handle, "name": told.name, "url": told.url}
    if certainty(told.remote_id) > certainty(account.remote_id):
        news["remote_id"] = told.remote_id
    return {
        field: value for field, value in news.items() if value and value != getattr(account, field)
    }


def settle_claim(account: Account) -> None:
    """Only its owner is given an account's archive: it is theirs while one is here."""
    archives = account.imports.filter(state=Import.State.DONE, kind__in=ARCHIVES)
    if archives.exists() and not account.claim:
        account.claim, account.claimed_at = Claim.ARCHIVE, now()
    elif account.claim == Claim.ARCHIVE and not archives.exists():
        account.claim, account.claimed_at = "", None
    else:
        return
    account.save(update_fields=["claim", "claimed_at"])
