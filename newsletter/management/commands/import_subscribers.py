"""Takes in a list of readers; counts what became of each."""

from __future__ import annotations

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.timezone import localdate

from newsletter.enrolling import Enrolment, enrol
from newsletter.management.choosing import choose_newsletter
from newsletter.reader_lists import LARGEST, BrokenFile, Row, read_list

MOST_REFUSALS_SHOWN = 100


class Command(BaseCommand):
    help = (
        "Takes in readers from CSV (with a column “email”, perhaps “name”) or from one address "
        "a line. Whoever left before stays away."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--newsletter", metavar="SLUG", default="")
        parser.add_argument("--consent", metavar="TEXT", default="", help="What they agreed to.")
        parser.add_argument("--json", dest="as_json", action="store_true")

    def handle(
        self, *, file: Path, newsletter: str, consent: str, as_json: bool, **options: object
    ) -> None:
        chosen = choose_newsletter(newsletter)
        vouched = f"Imported on {localdate()} from {file.name} by the operator."
        enrolment = enrol(
            chosen,
            _read(file),
            source=f"import of {file.name}",
            consent_text=consent or vouched,
        )
        self._report(enrolment, as_json=as_json)

    def _report(self, enrolment: Enrolment, *, as_json: bool) -> None:
        for line, why in enrolment.refused[:MOST_REFUSALS_SHOWN]:
            self.stderr.write(f"Line {line}: {why}")
        if len(enrolment.refused) > MOST_REFUSALS_SHOWN:
            self.stderr.write(f"… and {len(enrolment.refused) - MOST_REFUSALS_SHOWN} more lines.")
        counts = enrolment.by_outcome()
        if as_json:
            self.stdout.write(json.dumps(counts))
        else:
            for outcome, count in counts.items():
                self.stdout.write(f"{outcome.replace('_', ' ')}: {count}")


def _read(file: Path) -> list[Row]:
    try:
        with file.open("rb") as opened:
            return read_list(opened.read(LARGEST + 1))
    except OSError as error:
        raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
    except BrokenFile as error:
        raise CommandError(f"{file.name}: {error} Nobody was taken in.") from error
