"""Prints a one-time link that lets an editor in to choose a password."""

from __future__ import annotations

import json
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import Q

from config.accounts import login_link


class Command(BaseCommand):
    help = "Prints a one-time link to log in and set a password."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("user", help="the user name, or the e-mail address")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        user = find(options["user"])
        link = login_link(user)
        answer = {"user": user.get_username(), "link": link}
        self.stdout.write(json.dumps(answer) if options["json"] else link)


def find(name: str) -> User:
    found = User.objects.filter(Q(username=name) | Q(email__iexact=name)).order_by("pk")
    if not found:
        known = ", ".join(User.objects.filter(is_staff=True).values_list("username", flat=True)[:5])
        advice = f"There are: {known}." if known else "Run `up` once: it makes the first account."
        raise CommandError(f"There is no user {name}. {advice}", returncode=1)
    user = found[0]
    if not (user.is_active and user.is_staff):
        raise CommandError(f"{name} may not log in to the editors' site.", returncode=1)
    return user
