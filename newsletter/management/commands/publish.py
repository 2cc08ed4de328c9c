"""Publishes a post on the web and, where asked to, mails it to the newsletter's readers."""

from __future__ import annotations

import json
from argparse import ArgumentTypeError
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.queue import wake
from newsletter import links, publishing
from newsletter.jobs import send_block
from newsletter.models import Issue, Newsletter, Post


class Command(BaseCommand):
    help = "Publishes a post on the web (--web, the default) and by mail (--email)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("post", type=int, help="the number of the post")
        parser.add_argument("--newsletter", metavar="SLUG", help="where there are several")
        parser.add_argument("--web", action="store_true", help="on the web; mailing implies it")
        parser.add_argument("--email", action="store_true", help="mail it to the readers, too")
        parser.add_argument(
            "--at", metavar="WHEN", type=moment, help="later, such as 2026-12-24T09:00+01:00"
        )
        parser.add_argument(
            "--unclaimed",
            metavar="REASON",
            help="why words of accounts that are not proven to be yours may go out",
        )
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        post = find_post(options["post"])
        if options["unclaimed"] is not None and not options["unclaimed"].strip():
            raise CommandError("Say the reason: --unclaimed must not be empty.", returncode=1)
        mailed_before = Issue.objects.filter(post=post).first()
        try:
            publishing.publish(
                post,
                newsletter=find_newsletter(options["newsletter"]),
                at=options["at"],
                email=options["email"],
                unclaimed=options["unclaimed"] or "",
            )
        except publishing.NotProven as error:
            raise CommandError(f"{error} (--unclaimed REASON)", returncode=1) from error
        except publishing.CannotPublish as error:
            raise CommandError(str(error), returncode=1) from error
        issue = Issue.objects.filter(post=post).first()
        if options["email"] and issue and not options["at"]:
            wake(send_block, issue.pk)
        if options["email"] and mailed_before:
            self.stderr.write(
                f"It was mailed as issue {mailed_before.pk} before: nobody gets it again."
            )
        self._print(post, issue, as_json=options["json"])

    def _print(self, post: Post, issue: Issue | None, *, as_json: bool) -> None:
        url = links.post_url(post)
        if as_json:
            answer = {"post": post.pk, "url": url, "issue": issue.pk if issue else None}
            self.stdout.write(json.dumps(answer))
        else:
            self.stdout.write(f"{url} from {post.publish_at:%c %Z}" if post.publish_at else url)
            if issue:
                self.stdout.write(f"Mailed as issue {issue.pk} to {issue.expected} readers.")


def moment(text: str) -> datetime:
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"{text!r} is no time such as 2026-12-24T09:00+01:00") from error
    if at.tzinfo is None:
        raise ArgumentTypeError(f"{text!r} lacks its offset from UTC, such as {text}+01:00")
    return at


def find_post(number: int) -> Post:
    post = Post.objects.filter(pk=number).first()
    if post is None:
        raise CommandError(f"There is no post {number}.", returncode=1)
    return post


def find_newsletter(slug: str | None) -> Newsletter | None:
    if slug is None:
        return None
    newsletter = Newsletter.objects.filter(slug=slug).first()
    if newsletter is None:
        slugs = ", ".join(Newsletter.objects.order_by("slug").values_list("slug", flat=True))
        raise CommandError(
            f"There is no newsletter {slug}. There are: {slugs or 'none yet'}.", returncode=1
        )
    return newsletter
