"""Keeps accounts current: follows them, looks at those that are due, tells how it goes."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import Q, QuerySet
from django.template.defaultfilters import pluralize

from config.queue import wake
from threads import following, outside
from threads.jobs import look_at
from threads.models import Follow, Thread
from threads.sources.base import SourceError
from threads.sources.handles import named


class Command(BaseCommand):
    help = "Follows an account, so that its new threads come to the inbox by themselves."

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument(
            "address", nargs="?", metavar="ADDRESS", help="@name@host, name.bsky.social, x.com/name"
        )
        what.add_argument("--look", action="store_true", help="look at all that are due now")
        what.add_argument("--list", action="store_true", help="tell whom it follows, and how")
        what.add_argument("--stop", metavar="ADDRESS", help="follow this account no longer")
        parser.add_argument("--every", metavar="MINUTES", type=int, default=60)
        parser.add_argument("--feed", metavar="URL", default="", help="tells of new posts, cheaply")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["look"]:
                self.look(as_json=options["json"])
            elif options["list"]:
                self.tell(list(every_follow()), as_json=options["json"], many=True)
            elif options["stop"]:
                self.stop(options["stop"], as_json=options["json"])
            else:
                self.follow(options)
        except (SourceError, following.CannotFollow) as error:
            raise CommandError(" ".join(str(error).split())) from error

    def follow(self, options: dict[str, Any]) -> None:
        web = outside.web()
        account = following.find(options["address"], web, outside.services())
        follow = following.follow(account, web, every=options["every"], feed=options["feed"])
        wake(look_at, follow.pk)
        self.tell([follow], as_json=options["json"])

    def look(self, *, as_json: bool) -> None:
        web, services = outside.web(), outside.services()
        looked, threads = [], list[Thread]()
        for follow in Follow.objects.due().select_related("account"):
            found = following.look(follow, web, services)
            if found is not None:
                looked.append(follow)
                threads += found
                self.stderr.write(f"{follow}: {following.sentence(follow)}")
        if as_json:
            answer = {
                "looked": [in_figures(follow) for follow in looked],
                "threads": [
                    {"id": thread.pk, "title": thread.title, "length": thread.length}
                    for thread in threads
                ],
            }
            self.stdout.write(json.dumps(answer, ensure_ascii=False))
            return
        self.stdout.write(
            f"Looked at {len(looked)} account{pluralize(len(looked))}: "
            f"{len(threads)} new thread{pluralize(len(threads))} in the inbox."
        )
        for thread in threads:
            self.stdout.write(f"  {thread.pk:>6}  {thread.length:>3} parts  {thread}")

    def stop(self, address: str, *, as_json: bool) -> None:
        told = named(address)
        meant = Q(account__url__iexact=told.url)
        for name in ("remote_id", "handle"):
            if value := getattr(told, name):
                meant |= Q(**{f"account__{name}__iexact": value})
        follow = every_follow().filter(meant, account__platform=told.platform).first()
        if follow is None:
            raise CommandError(
                f"“{address}” is not followed. The option --list tells whom it follows."
            )
        answer = in_figures(follow)
        follow.delete()
        if as_json:
            self.stdout.write(json.dumps(answer, ensure_ascii=False))
        else:
            self.stdout.write(f"{follow.account} is not followed any more. Its threads stay.")

    def tell(self, follows: list[Follow], *, as_json: bool, many: bool = False) -> None:
        if as_json:
            figures = [in_figures(follow) for follow in follows]
            self.stdout.write(json.dumps(figures if many else figures[0], ensure_ascii=False))
            return
        for follow in follows:
            self.stdout.write(
                f"{follow} on {follow.account.get_platform_display()}, every {follow.every} "
                f"minutes: {following.sentence(follow)}"
            )
        if not follows:
            self.stdout.write("Nobody is followed yet. Give an address to begin.")


def every_follow() -> QuerySet[Follow]:
    return Follow.objects.select_related("account")


def in_figures(follow: Follow) -> dict[str, Any]:
    return {
        "account": str(follow.account),
        "platform": follow.account.platform,
        "url": follow.account.url,
        "state": follow.state,
        "health": following.sentence(follow),
        "every": follow.every,
        "feed": follow.feed,
        "checked_at": follow.checked_at and follow.checked_at.isoformat(),
        "next_at": follow.next_at.isoformat(),
    }
