#!/usr/bin/env python
"""The command line of this installation: `uv run manage.py help` lists what it can do."""

import os
import re
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if sys.argv[1:2] == ["up"]:
        # The port decides settings, and those are read before the command sees its arguments.
        asked = re.search(r" --port[= ](\d{1,5})\b", " ".join(sys.argv))
        os.environ.update({"PORT": asked[1]} if asked else {})
    try:
        run()
    except KeyboardInterrupt:
        sys.exit(130)


def run() -> None:
    # Imported here, so that Ctrl-C while the program loads leaves no traceback either.
    from django.core.management import execute_from_command_line
    from django.db import OperationalError, ProgrammingError
    from environs import EnvError

    from config.datadir import Unwritable
    from config.first_use import prepare_database

    try:
        prepare_database(" ".join(sys.argv[1:2]))
        execute_from_command_line(sys.argv)
    except (EnvError, Unwritable) as error:
        sys.exit(str(error))
    except (OperationalError, ProgrammingError) as error:
        reason = " ".join(str(error).split())
        sys.exit(
            f"The database does not answer as it should ({reason}). "
            "Look at DATABASE_URL; `manage.py migrate`, or `up`, prepares a new one."
        )


if __name__ == "__main__":
    main()
