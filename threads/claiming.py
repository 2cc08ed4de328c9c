"""Proving that an account is the creator's own, by what its profile says now.

Its archive proves it, too: that is seen to by importing. What was pasted has no account
that could prove anything, and needs no proof.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from ipaddress import ip_address
from urllib.parse import urlsplit

from django.utils.crypto import get_random_string
from django.utils.timezone import now

from threads.http import Web
from threads.importing.owners import certainty
from threads.models import Account, Claim, Platform
from threads.sources.base import Profile, SourceAccount, SourceError
from threads.sources.profiles import profile_of
from threads.sources.services import Services

CODE_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that look like each other

# Whoever has a name under these was given it, together with many others.
HANDED_OUT = ("bsky.social", "brid.gy", "handle.invalid")
SHARED = frozenset(
    [
        "fly.dev",
        "github.io",
        "gitlab.io",
        "herokuapp.com",
        "netlify.app",
        "ngrok.app",
        "onrender.com",
        "pages.dev",
        "ts.net",
        "vercel.app",
        "web.app",
        "workers.dev",
    ]
)
COUNTRIES_OWN = re.compile(r"(co|com|net|org|ac|gov|edu|ne|or|gob|nom|id)\.[a-z]{2}")


class NoProof(Exception):
    """The profile was looked at, and nothing there shows that the account is ours."""


def code_of(account: Account) -> str:
    """What its profile is to show, made when it is first asked for."""
    if not account.claim_code:
        code = f"unspool-{get_random_string(6, CODE_LETTERS)}"
        Account.objects.filter(pk=account.pk, claim_code="").update(claim_code=code)
        account.refresh_from_db(fields=["claim_code"])
    return account.claim_code


def prove(account: Account, web: Web, services: Services, homes: Sequence[str]) -> Claim:
    """Look at its profile, and keep what proves it. `homes`: our own addresses.

    Raises NoProof where nothing does, and SourceError where the profile cannot be seen.
    """
    if account.claim:
        return Claim(account.claim)
    profile = _look(account, web, services)
    claim = _proof(profile, account.claim_code, [home for home in homes if is_public(home)])
    if claim is None:
        raise NoProof(
            f"The profile of {account} shows neither a link to this site nor the code. "
            "Changes there may take some minutes to be seen."
        )
    account.claim, account.claimed_at = claim, now()
    account.save(update_fields=["claim", "claimed_at"])
    return claim


def _look(account: Account, web: Web, services: Services) -> Profile:
    if account.platform == Platform.NONE:
        raise NoProof("It was pasted: no platform knows it, and it needs no proof.")
    if not certainty(account.remote_id):
        raise NoProof(f"{account} has no name that could be asked for. Import its whole archive.")
    told = SourceAccount(
        account.platform, account.remote_id, account.handle, account.name, account.url
    )
    profile = profile_of(told, web, services)
    # A handle may have gone to somebody else since.
    if certainty(account.remote_id) == 2 and profile.account.remote_id != account.remote_id:
        raise SourceError(f"@{account.handle} is somebody else’s now. Import its archive instead.")
    return profile


def _proof(profile: Profile, code: str, homes: Sequence[str]) -> Claim | None:
    ours = {_place(home) for home in homes}
    if any(_place(link) in ours for link in (*profile.links, *profile.verified_links)):
        return Claim.LINK
    if code and re.search(rf"(?<![\w-]){re.escape(code)}(?![\w-])", profile.bio, re.IGNORECASE):
        return Claim.CODE
    hosts = (host_of(home) for home in homes)
    if profile.account.platform == Platform.BLUESKY and _owns(profile.account.handle, hosts):
        return Claim.HANDLE
    return None


def is_public(address: str) -> bool:
    """Whether an address names one site in all the world: 127.0.0.1 is everybody's."""
    host = host_of(address)
    try:
        return ip_address(host).is_global
    except ValueError:
        return "." in host and not host.endswith((".local", ".localhost", ".internal"))


def host_of(address: str) -> str:
    return (urlsplit(address).hostname or "").removeprefix("www.")


def _place(address: str) -> tuple[str, int | None, str]:
    try:
        parts = urlsplit(address.strip())
        return host_of(address), parts.port, parts.path.rstrip("/")
    except ValueError:  # somebody's profile may link to anything
        return "", None, ""


def _owns(handle: str, hosts: Iterable[str]) -> bool:
    """Whether the handle is a domain that one of the hosts is, or lives on.

    A handle below our own domain proves nothing: a domain may give names to many.
    """
    domain = handle.lower().removeprefix("www.")
    if "." not in domain or domain.endswith(HANDED_OUT):
        return False
    may_have_tenants = domain in SHARED or COUNTRIES_OWN.fullmatch(domain)
    return any(
        host == domain or (not may_have_tenants and host.endswith(f".{domain}")) for host in hosts
    )
