"""Puts into a post what an article has and an outline lacks: structure, sources, blanks."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from newsletter import drafting, expanding
from newsletter.expanding import Kind
from newsletter.models import Post
from threads.text.html import blanks


class Command(BaseCommand):
    help = "Puts headings, questions for the editor, pull quotes, sources and more into a draft."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("post", type=int, help="the number of the post")
        parser.add_argument(
            "--kinds",
            nargs="+",
            choices=Kind.values,
            metavar="KIND",
            help=f"instead of what gives it structure; of {', '.join(Kind.values)}",
        )
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        post = Post.objects.select_related("latest").filter(pk=options["post"]).first()
        if post is None or post.latest is None:
            raise CommandError(f"There is no post {options['post']}.")
        kinds = options["kinds"] or expanding.STRUCTURE
        chosen = [each for each in expanding.proposals(post) if each.kind in kinds]
        try:
            revision = expanding.expand(post, chosen, base=post.latest.number)
        except drafting.Conflict as conflict:
            raise CommandError(f"{conflict} Nothing was put in: try again.") from conflict
        counts = Counter(str(each.kind) for each in chosen)
        asked = len(blanks(revision.body))
        if options["json"]:
            answer = {"post": post.pk, "revision": revision.number, "added": counts}
            self.stdout.write(json.dumps(answer | {"blanks": asked}, ensure_ascii=False))
            return
        said = ", ".join(f"{kind} {count}" for kind, count in counts.items()) or "nothing"
        self.stdout.write(f"Put in, as revision {revision.number}: {said}.")
        self.stdout.write(f"Blanks to fill: {asked}.")
