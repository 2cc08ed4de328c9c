"""Says how far the mailing of an issue has come."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from newsletter.models import Issue


class Command(BaseCommand):
    help = "Says how many deliveries of an issue are sent, failed, skipped, unknown, waiting."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("issue", type=int, help="the number of the issue")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        issue = Issue.objects.filter(pk=options["issue"]).first()
        if issue is None:
            raise CommandError(f"There is no issue {options['issue']}.", returncode=1)
        report = issue.report()
        if options["json"]:
            self.stdout.write(json.dumps(report))
        else:
            self.stdout.write("\n".join(f"{name:9}{count:9}" for name, count in report.items()))
