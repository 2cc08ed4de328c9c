"""Fetches a thread again and tells what is different there."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.template.defaultfilters import pluralize

from threads import fetching, refreshing
from threads.models import Import, Thread
from threads.sources.base import SourceError


class Command(BaseCommand):
    help = "Fetches a thread again. What changed is kept for the drafts that were made of it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("thread", metavar="THREAD", type=int, help="its id")
        parser.add_argument("--yes", action="store_true", help="pay X whatever it costs")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        thread = Thread.objects.select_related("account").filter(pk=options["thread"]).first()
        if thread is None:
            raise CommandError(f"There is no thread {options['thread']}.")
        try:
            import_ = self.fetch(refreshing.begin(thread), paid=options["yes"])
        except fetching.TooDear as dear:
            raise CommandError(f"{dear} Add --yes to read them.") from dear
        except SourceError as error:
            raise CommandError(" ".join(str(error).split())) from error
        changes = [
            {"kind": change.kind, "status": change.status.remote_id, "thread": change.thread_id}
            for change in refreshing.changes_of(import_)
        ]
        if options["json"]:
            told = {"import": import_.pk, "thread": thread.pk, "changes": changes}
            self.stdout.write(json.dumps(told))
            return
        self.stdout.write(f"{len(changes)} change{pluralize(len(changes))} in “{thread}”.")
        for change in changes:
            self.stdout.write(f"  {change['kind']}: {change['status']}")

    def fetch(self, import_: Import, *, paid: bool) -> Import:
        if not fetching.lease(import_):
            raise CommandError("It is being fetched just now. Try again in a minute.")
        try:
            return fetching.bring_in(import_, paid=paid, say=self.stderr.write)
        except SourceError:
            Import.objects.filter(pk=import_.pk, state=Import.State.WAITING).delete()
            raise
