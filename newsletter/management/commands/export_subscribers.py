"""Writes the readers as CSV that a spreadsheet opens without running anything."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import Count

from newsletter.management.choosing import choose_newsletter
from newsletter.models import Subscription
from newsletter.reader_lists import write_list

COLUMNS = {
    "address": "subscriber__address",
    "name": "subscriber__name",
    "newsletter": "newsletter__slug",
    "state": "state",
    "source": "source",
    "consent": "consent_text",
    "requested": "requested_at",
    "confirmed": "confirmed_at",
    "ended": "ended_at",
}


class Command(BaseCommand):
    help = "Writes the readers of one newsletter, or of all, as CSV."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--newsletter", metavar="SLUG", default="")
        parser.add_argument("--output", metavar="FILE", type=Path)
        parser.add_argument(
            "--json", dest="as_json", action="store_true", help="Counts by state, after the CSV."
        )

    def handle(
        self, *, newsletter: str, output: Path | None, as_json: bool, **options: object
    ) -> None:
        subscriptions = Subscription.objects.order_by("pk")
        if newsletter:
            subscriptions = subscriptions.filter(newsletter=choose_newsletter(newsletter))
        rows = _cells(subscriptions.values_list(*COLUMNS.values()).iterator())
        if output:
            _write_file(output, rows)
        else:
            write_list(self.stdout, list(COLUMNS), rows)
        if as_json:
            counts = dict(subscriptions.order_by().values_list("state").annotate(Count("pk")))
            every = dict.fromkeys(Subscription.State.values, 0) | counts
            self.stdout.write(json.dumps(every))


def _write_file(path: Path, rows: Iterator[Sequence[str]]) -> None:
    try:
        with path.open("w", newline="", encoding="utf-8") as out:
            write_list(out, list(COLUMNS), rows)
    except OSError as error:
        raise CommandError(f"{path} cannot be written: {error.strerror}.") from error


def _cells(rows: Iterator[Sequence[object]]) -> Iterator[Sequence[str]]:
    for row in rows:
        yield ["" if cell is None else _text(cell) for cell in row]


def _text(cell: object) -> str:
    return cell.isoformat(timespec="seconds") if isinstance(cell, datetime) else str(cell)
