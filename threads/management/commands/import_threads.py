"""Brings an archive, a saved page, a text, or the thread at an address in."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.template.defaultfilters import pluralize

from threads import downloading, fetching, importing, outside
from threads.downloading import Report
from threads.management.bars import Bar
from threads.models import Import, Thread
from threads.sources.addresses import is_address
from threads.sources.base import SourceError
from threads.sources.catalog import KINDS, open_source

SHOWN = 20


class Command(BaseCommand):
    help = (
        "Brings in an archive of X (zip, folder or tweets.js) or Mastodon (tar.gz, zip or folder), "
        "a saved Thread Reader page, a text, or a thread of X, Mastodon or Bluesky by the address "
        "of any part of it."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("source", metavar="SOURCE", help="a file, a folder or an address")
        parser.add_argument("--replies", action="store_true", help="take in replies to others, too")
        parser.add_argument("--kind", choices=KINDS, help="what it is, where it is taken wrongly")
        parser.add_argument("--yes", action="store_true", help="pay X whatever it costs")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        self.bar = Bar(self.stderr)
        try:
            import_ = self.bring_in(**options)
        except KeyboardInterrupt as stop:
            raise CommandError(str(importing.Cancelled())) from stop
        except fetching.TooDear as dear:
            raise CommandError(f"{dear} Add --yes to read them.") from dear
        except SourceError as error:
            raise CommandError(" ".join(str(error).split())) from error
        finally:
            self.bar.clear()
        for words in filter(None, [*import_.warnings, import_.cost]):
            self.stderr.write(words)
        media = self.fetch_media(import_)
        threads = Thread.objects.filter(pk__in=import_.thread_ids).order_by("started_at", "pk")
        if options["json"]:
            self.stdout.write(
                json.dumps(as_json(import_, list(threads), media), ensure_ascii=False)
            )
        else:
            self.tell(import_, list(threads), media)

    def bring_in(
        self, *, source: str, kind: str | None, replies: bool, yes: bool, **_: Any
    ) -> Import:
        path = Path(source).expanduser()
        if kind is None and is_address(source) and not path.exists():
            return self.fetch(source, replies=replies, yes=yes)
        opened = open_source(path, kind=kind)
        return importing.run(
            importing.begin(path.name or source, kind=opened.kind),
            opened,
            with_replies=replies,
            say=self.bar.over(self.stderr.write),
            show=self.bar.show,
        )

    def fetch(self, address: str, *, replies: bool, yes: bool) -> Import:
        import_ = fetching.begin(address, options={"with_replies": replies})
        fetching.lease(import_)
        try:
            return fetching.bring_in(import_, paid=yes, say=self.stderr.write)
        except (SourceError, KeyboardInterrupt):
            Import.objects.filter(pk=import_.pk, state=Import.State.WAITING).delete()
            raise

    def fetch_media(self, import_: Import) -> Report:
        """Here and now: there may be no worker."""
        attachments = downloading.attachments_of(import_)
        downloading.fetch(attachments, outside.web(), say=self.stderr.write)
        return downloading.report(attachments)

    def tell(self, import_: Import, threads: list[Thread], media: Report) -> None:
        stored = import_.created + import_.updated + import_.unchanged
        self.stdout.write(
            f"Import {import_.pk}: {stored} statuses of {import_.account} "
            f"({import_.created} new, {import_.updated} changed, {import_.unchanged} as before)."
        )
        for reason, count in sorted(import_.skipped.items()):
            self.stdout.write(f"  {count} left out: {reason.replace('_', ' ')}")
        if words := str(media):
            self.stdout.write(f"  {words}")
        self.stdout.write(
            f"{len(threads)} thread{pluralize(len(threads))}{':' if threads else '.'}"
        )
        for thread in sorted(threads, key=lambda thread: -thread.length)[:SHOWN]:
            self.stdout.write(f"  {thread.pk:>6}  {thread.length:>3} parts  {thread}")
            for missing in thread.missing:
                self.stdout.write(f"{'':19}{missing['why']} {missing['remedy']}")
        if len(threads) > SHOWN:
            self.stdout.write(f"  and {len(threads) - SHOWN} shorter ones")


def as_json(import_: Import, threads: list[Thread], media: Report) -> dict[str, Any]:
    return {
        "import": import_.pk,
        "kind": import_.kind,
        "account": str(import_.account),
        "statuses": import_.created + import_.updated + import_.unchanged,
        "threads": len(threads),
        "created": import_.created,
        "updated": import_.updated,
        "unchanged": import_.unchanged,
        "skipped": import_.skipped,
        "warnings": import_.warnings,
        "media": asdict(media),
        "thread_list": [
            {
                "id": thread.pk,
                "remote_id": thread.remote_id,
                "title": thread.title,
                "length": thread.length,
                "complete": thread.complete,
                "created": thread.imported_by_id == import_.pk,
            }
            for thread in threads
        ],
    }
