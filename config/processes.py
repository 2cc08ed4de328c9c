"""What `up` keeps running, each in a process of its own."""

from __future__ import annotations

import sys
from functools import partial
from io import StringIO

from django.conf import settings
from django.core.management import call_command
from gunicorn.app import wsgiapp

from config.child import Child
from config.embedded import run_queue_server
from config.mailbox import run_mailbox

# Stopped in this order: the mailbox after those who send, the queue after everybody.
FRONT, MAILBOX, QUEUE = 0, 1, 2


def queue_server() -> Child:
    # Advice to whoever runs servers for a living; ours keeps a few kilobytes.
    noise = "overcommit_memory"
    return Child("queue", partial(run_queue_server, settings.DATA_DIR), stage=QUEUE, noise=noise)


def everything_else() -> list[Child]:
    children = [
        Child("web", serve_site),
        # Two, so that a long import holds up no mail. Each helps out in the other's queue.
        Child("worker", partial(call_command, "rqworker", "default", "mail", verbosity=0)),
        Child("mailer", partial(call_command, "rqworker", "mail", "default", verbosity=0)),
        Child("cron", tick),
    ]
    if settings.MAIL_IS_LOCAL:
        run = partial(run_mailbox, settings.MAILBOX_DIR, settings.MAILBOX_PORT)
        children.insert(0, Child("mailbox", run, stage=MAILBOX))
    return children


def tick() -> None:
    # Its greetings are not wanted; what goes wrong is logged.
    call_command("rqcron", "config.cron", logging_level="WARNING", stdout=StringIO())


def serve_site() -> None:
    options = {
        "bind": f"127.0.0.1:{settings.PORT}",
        "workers": "2",
        "threads": "4",
        "graceful-timeout": "3",
        "log-level": "warning",
    }
    words = [f"--{name}={value}" for name, value in options.items()]
    sys.argv = ["gunicorn", "--preload", "--no-control-socket", *words, "config.wsgi"]
    wsgiapp.run()
