"""Says which part of which thread each paragraph of a post came from."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.text import Truncator

from newsletter import provenance
from newsletter.models import Post
from newsletter.provenance import Origin

BEGINNING = 60


class Command(BaseCommand):
    help = "Says which part of which thread each paragraph of the latest revision came from."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("post", type=int, help="the number of the post")
        parser.add_argument("--json", action="store_true", help="print one JSON list")

    def handle(self, *args: Any, **options: Any) -> None:
        post = Post.objects.select_related("latest").filter(pk=options["post"]).first()
        if post is None or post.latest is None:
            raise CommandError(f"There is no post {options['post']}.")
        origins = provenance.of(post, post.latest.body)
        if options["json"]:
            entries = [_entry(number, origin) for number, origin in enumerate(origins)]
            # In ASCII: a text may hold signs that others take for the end of a line.
            self.stdout.write(json.dumps(entries))
            return
        for number, origin in enumerate(origins):
            self.stdout.write(f"{number:4} {_source(origin):42} {_beginning(origin)}")


def _entry(number: int, origin: Origin) -> dict[str, Any]:
    status = origin.status
    return {
        "paragraph": number,
        "text": origin.paragraph.markdown,
        "status": status.remote_id if status else None,
        "thread": status.thread_id if status else None,
        "score": round(origin.score, 3),
    }


def _source(origin: Origin) -> str:
    status = origin.status
    if status is None:
        return "new"
    return f"{origin.score:4.0%} of thread {status.thread_id}, {status.remote_id}"


def _beginning(origin: Origin) -> str:
    return Truncator(" ".join(origin.paragraph.markdown.split())).chars(BEGINNING)
