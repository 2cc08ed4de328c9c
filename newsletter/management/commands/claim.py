"""Proves that an account is the creator's own, or says how it can be proven."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Q

from newsletter import links
from threads import claiming, outside
from threads.models import Account
from threads.sources.base import SourceError


class Command(BaseCommand):
    help = "Looks whether an account's profile shows that it is yours, or says what to put there."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("account", metavar="ACCOUNT", help="its number, or its @handle")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        account = find_account(options["account"])
        code = "" if account.claim else claiming.code_of(account)
        refusal = ""
        try:
            claiming.prove(account, outside.web(), outside.services(), links.homes())
        except (claiming.NoProof, SourceError) as error:
            refusal = " ".join(str(error).split())
        if options["json"]:
            self.stdout.write(json.dumps(as_json(account, code), ensure_ascii=False))
        elif not refusal:
            self.stdout.write(f"{account} is yours: {account.get_claim_display()}.")
        else:
            self._tell_how(account, code)
        if refusal:
            raise CommandError(refusal)

    def _tell_how(self, account: Account, code: str) -> None:
        homes = [home for home in links.homes() if claiming.is_public(home)]
        self.stdout.write(f"{account} is not proven to be yours yet. One of these does it:")
        if homes:
            self.stdout.write(f"  link from the profile to {' or '.join(homes)} (rel=me),")
        self.stdout.write(f"  write the code {code} into the text of the profile,")
        if account.platform == "bluesky" and homes:
            self.stdout.write(f"  make {claiming.host_of(homes[0])} its handle,")
        self.stdout.write("  or import the account's own archive. Then run this again.")


def find_account(written: str) -> Account:
    named = Q(handle__iexact=written.removeprefix("@"))
    if written.isascii() and written.isdecimal():
        named |= Q(pk=int(written))
    found = list(Account.objects.filter(named).order_by("pk"))
    if not found:
        raise CommandError(f"There is no account {written}.")
    if len(found) > 1:
        ids = ", ".join(f"{one.pk} ({one.get_platform_display()})" for one in found)
        raise CommandError(f"Several accounts are called {written}. Say which by number: {ids}.")
    return found[0]


def as_json(account: Account, code: str) -> dict[str, Any]:
    return {
        "account": account.pk,
        "platform": account.platform,
        "handle": account.handle,
        "claim": account.claim or None,
        "claimed_at": account.claimed_at.isoformat() if account.claimed_at else None,
        "code": code or None,
        "links": links.homes(),
    }
