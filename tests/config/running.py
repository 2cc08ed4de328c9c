"""The real `manage.py up` as a process of its own, on its own data folder and ports."""

from __future__ import annotations

import os
import re
import select
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from threading import Timer
from typing import Self
from urllib.parse import urlsplit

from django.db import connection

from config.settings import BASE_DIR, MAILBOX_STEP
from tests.mailserver import free_port

# What the tests' own settings and browser have put into the environment.
OURS = (
    "BASE_URL",
    "DATABASE_URL",
    "DATA_DIR",
    "DJANGO_ALLOW_ASYNC_UNSAFE",
    "MAIL_URL",
    "PORT",
    "REDIS_URL",
    "SECRET_KEY",
)
PATIENCE = 60  # of a test whose `up` never says what is waited for


def free_ports() -> int:
    """A port that is free, and so is the one of its mailbox."""
    return free_port(beside=MAILBOX_STEP)


def environment(data_dir: Path, **variables: str) -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if name not in OURS}
    settings = {"DJANGO_SETTINGS_MODULE": "config.settings", "DATA_DIR": str(data_dir)}
    return inherited | settings | variables


def database_url() -> str:
    """Of the very database that the test uses."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()


def manage(data_dir: Path, *words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """A command that ends by itself."""
    return subprocess.run(
        [sys.executable, BASE_DIR / "manage.py", *words],
        env=environment(data_dir, **variables),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


def processes_of(data_dir: Path) -> list[int]:
    """All processes that were started for this data folder, whoever their parent is now."""
    mark = str(data_dir).encode()
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            # The queue server writes its title over its environment, but names its socket there.
            known_by = [(process / name).read_bytes() for name in ("environ", "cmdline")]
            if any(mark in words for words in known_by):
                found.append(int(process.name))
    return found


class Up:
    def __init__(self, data_dir: Path, *words: str, **variables: str) -> None:
        self.data_dir = data_dir
        self.port = free_ports()
        self.said = ""
        self.process = subprocess.Popen(
            [sys.executable, BASE_DIR / "manage.py", "up", "--port", str(self.port), *words],
            env=environment(data_dir, **variables),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.process.kill()
        self.process.communicate()
        # They end by themselves, and then write down what they have run through.
        if wait_for_end(processes_of(self.data_dir), PATIENCE):
            return
        for pid in processes_of(self.data_dir):
            with suppress(ProcessLookupError):  # it may have ended since it was listed
                os.kill(pid, signal.SIGKILL)

    def hear(self, pattern: str) -> str:
        """Wait until it says this; what the pattern's group caught."""
        assert self.process.stdout
        alarm = Timer(PATIENCE, self.process.kill)
        alarm.start()
        try:
            for line in self.process.stdout:
                self.said += line
                if match := re.search(pattern, line):
                    return match[match.lastindex or 0]
        finally:
            alarm.cancel()
        raise AssertionError(f"It never said {pattern}, but:\n{self.said}{self._complaint()}")

    def _complaint(self) -> str:
        assert self.process.stderr
        return self.process.stderr.read()

    def until_ready(self) -> Self:
        self.hear("Ctrl-C stops it")
        return self

    def end(self) -> tuple[int, str]:
        """Its exit status and its complaints, once it has ended."""
        said, complaint = self.process.communicate(timeout=PATIENCE)
        self.said += said
        return self.process.returncode, complaint


def wait_for_end(pids: list[int], seconds: float) -> bool:
    """Whether all have ended within so many seconds each."""
    for pid in pids:
        with suppress(ProcessLookupError):
            handle = os.pidfd_open(pid)
            try:
                if not select.select([handle], [], [], seconds)[0]:
                    return False
            finally:
                os.close(handle)
    return True
