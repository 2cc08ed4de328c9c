"""Starts the whole installation and stops it again."""

from __future__ import annotations

import http.client
import socket
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, connection

from config import datadir
from config.accounts import FIRST_EDITOR, first_editor, login_link
from config.embedded import queue_answers
from config.processes import everything_else, queue_server
from config.supervisor import GaveUp, Supervisor

PATIENCE = 30


class Command(BaseCommand):
    help = "Starts the site with everything it needs, until Ctrl-C."
    # They open the database, and no connection may be carried into a child: setup does them.
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--demo", action="store_true", help="run the whole story on a sample")
        parser.add_argument("--port", type=int, help="where the site answers; 8000 at first")

    def handle(self, *args: Any, **options: Any) -> None:
        lock_data_dir()
        check_port("site", settings.PORT)
        if settings.MAIL_IS_LOCAL:
            check_port("local mailbox", settings.MAILBOX_PORT)
        datadir.remember_port(settings.DATA_DIR, settings.PORT)
        import_module(settings.ROOT_URLCONF)  # once, for all who are forked from here
        try:
            with Supervisor() as supervisor:
                begin(supervisor)
                notes = supervisor.run("setup", prepare)
                for child in everything_else():
                    supervisor.start(child)
                await_answer(supervisor, "site", site_answers)
                if settings.MAIL_IS_LOCAL:
                    await_answer(supervisor, "local mailbox", mailbox_answers)
                if options["demo"]:
                    notes += supervisor.run("demo", lambda: call_command("demo"))
                supervisor.announce(greeting(notes))
                supervisor.watch()
        except GaveUp as error:
            raise CommandError(str(error)) from error


def lock_data_dir() -> None:
    """Held until the process ends, however it ends."""
    try:
        datadir.make(settings.DATA_DIR)
        datadir.lock(settings.DATA_DIR / "up.lock")
    except datadir.Locked as error:
        raise CommandError(
            f"Another `up` (process {error}) runs on {settings.DATA_DIR}. "
            "Stop it first, or set DATA_DIR to another folder."
        ) from None
    except OSError as error:
        raise CommandError(str(datadir.Unwritable(settings.DATA_DIR, error))) from error


def check_port(what: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise CommandError(
                f"Port {port} for the {what} cannot be had ({error.strerror}). "
                "Choose another with --port."
            ) from None


def begin(supervisor: Supervisor) -> None:
    if settings.REDIS_URL:
        if not queue_answers(settings.REDIS_URL):
            raise CommandError(
                "The queue server at REDIS_URL does not answer. Start it, or unset REDIS_URL."
            )
        return
    supervisor.start(queue_server())
    url = datadir.queue_url(settings.DATA_DIR)
    await_answer(supervisor, "queue server", lambda: queue_answers(url))


def await_answer(supervisor: Supervisor, what: str, answers: Callable[[], bool]) -> None:
    if not supervisor.wait_until(answers, PATIENCE):
        raise CommandError(f"The {what} did not answer within {PATIENCE} seconds.")


def prepare() -> None:
    """In a child of its own: what it says is how to log in."""
    try:
        connection.ensure_connection()
    except DatabaseError as error:
        reason = " ".join(str(error).split())
        raise SystemExit(
            f"The database does not answer ({reason}). Start it, or correct DATABASE_URL."
        ) from None
    try:
        call_command("migrate", verbosity=0, interactive=False, skip_checks=False)
    except CommandError as error:
        raise SystemExit(str(error)) from None
    if editor := first_editor():
        word = f"Log in once as {FIRST_EDITOR} and choose a password: {login_link(editor)}"
    else:
        word = (
            "Forgotten the password? `manage.py login_link USER` prints a link to choose another."
        )
    sys.stdout.write(f"{word}\n")


def site_answers() -> bool:
    site = http.client.HTTPConnection("127.0.0.1", settings.PORT, timeout=5)
    try:
        site.request("GET", "/")
        return site.getresponse().status < 500
    except OSError:
        return False
    finally:
        site.close()


def mailbox_answers() -> bool:
    try:
        socket.create_connection(("127.0.0.1", settings.MAILBOX_PORT), timeout=5).close()
    except OSError:
        return False
    return True


def greeting(notes: list[str]) -> list[str]:
    here = f"http://127.0.0.1:{settings.PORT}"
    behind = [f"The proxy in front of it finds it at {here}"] if here != settings.BASE_URL else []
    return [
        f"Unspool is ready at {settings.BASE_URL}/",
        *behind,
        f"Editors work at {settings.BASE_URL}/admin/",
        *notes,
        "Ctrl-C stops it.",
    ]
