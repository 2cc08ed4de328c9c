"""The data folder and the database of an installation that was never started.

Commands work without `up`, so the first of them makes the database file that `up` would
have made. A server that DATABASE_URL names is left to its owner.
"""

from __future__ import annotations

import django
from django.conf import settings
from django.core.management import call_command, get_commands
from django.db import connection

from config import datadir

OUR_APPS = {"config", "threads", "newsletter"}


def prepare_database(command: str) -> None:
    """Before a command of ours, where the database file is not there or empty."""
    if command == "up":
        return
    django.setup()
    try:
        datadir.make(settings.DATA_DIR)
    except OSError as error:
        raise datadir.Unwritable(settings.DATA_DIR, error) from error
    if get_commands().get(command) not in OUR_APPS or connection.vendor != "sqlite":
        return
    if not connection.introspection.table_names():
        call_command("migrate", verbosity=0, interactive=False)
