"""Makes a draft of one thread or of several."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from newsletter import drafting, rendering
from newsletter.models import Revision
from threads import downloading, outside
from threads.models import Thread
from threads.text.html import cut_links, lost_pictures


class Command(BaseCommand):
    help = "Makes a draft of threads, one after the other in the order given."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("threads", metavar="THREAD", type=int, nargs="+")
        parser.add_argument("--title", default="", help="instead of the first thread's")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        threads = find_threads(options["threads"])
        # Here and now: there may be no worker.
        downloading.fetch(downloading.still_coming(threads), outside.web(), say=self.stderr.write)
        try:
            post = drafting.compose(threads, title=options["title"].strip())
        except drafting.StillFetching as error:
            raise CommandError(str(error)) from error
        revision = post.latest
        assert revision  # noqa: S101 - compose() makes one
        self._warn(revision)
        words = rendering.words_in(revision.html)
        statuses = sum(thread.length for thread in threads)
        if options["json"]:
            answer = {"post": post.pk, "title": revision.title, "words": words}
            self.stdout.write(json.dumps(answer | {"statuses": statuses}, ensure_ascii=False))
        else:
            self.stdout.write(
                f"Post {post.pk}: {revision.title} ({words} words of {statuses} statuses)"
            )

    def _warn(self, revision: Revision) -> None:
        """What the editor should look at before it is published."""
        for lost in lost_pictures(revision.body):
            self.stderr.write(f"A picture is lost: {lost}")
        for address in cut_links(revision.body):
            self.stderr.write(f"A link was cut off where it was saved: {address}")


def find_threads(numbers: list[int]) -> list[Thread]:
    found = Thread.objects.visible().select_related("account").in_bulk(numbers)
    for number in numbers:
        if number not in found:
            raise CommandError(f"There is no thread {number}.")
        if numbers.count(number) > 1:
            raise CommandError(f"Thread {number} is named twice.")
    return [found[number] for number in numbers]
