"""Takes an import back."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from threads import importing
from threads.models import Import


class Command(BaseCommand):
    help = "Takes an import back: what it brought is deleted, what it changed is as before."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("import", metavar="IMPORT", type=int, help="the number of the import")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        import_ = Import.objects.filter(pk=options["import"]).first()
        if import_ is None:
            raise CommandError(f"There is no import {options['import']}.")
        try:
            deleted = importing.undo(import_)
        except importing.StillUsed as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            self.stdout.write(json.dumps({"deleted": deleted}))
        else:
            gone = ", ".join(f"{count} {kind}" for kind, count in deleted.items() if count)
            self.stdout.write(f"Import {import_.pk} is undone. Deleted: {gone or 'nothing'}.")
