"""Forgets a reader for good; the counts of what was mailed stay."""

from __future__ import annotations

import json

from django.core.management.base import BaseCommand, CommandError, CommandParser

from newsletter import subscribing
from newsletter.addresses import BadAddress


class Command(BaseCommand):
    help = "Erases a reader. Their address can never be mailed from here again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("address")
        parser.add_argument("--json", dest="as_json", action="store_true")

    def handle(self, *, address: str, as_json: bool, **options: object) -> None:
        try:
            deliveries = subscribing.erase(address)
        except BadAddress as error:
            raise CommandError(str(error)) from error
        if deliveries is None:
            raise CommandError("Nobody here has this address. Nothing was changed.")
        if as_json:
            self.stdout.write(json.dumps({"erased": 1, "deliveries": deliveries}))
        else:
            self.stdout.write(f"Erased, and {deliveries} rows of the ledger cleared.")
