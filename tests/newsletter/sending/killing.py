"""Workers killed at random moments while they send, and the account of it afterwards.

Nothing here is a stand-in: RQ's own workers, their forked work-horses, the queue, the
database, a mail server in a process of its own, SIGKILL.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings

from config.datadir import queue_url
from newsletter.jobs import sweep
from newsletter.models import Delivery, Issue
from tests.config.running import database_url
from tests.newsletter.sending.quick import HAND_OVER_WINDOW

State = Delivery.State
ROOT = Path(__file__).resolve().parents[3]


@dataclass(frozen=True)
class Account:
    """Who got what. Doubted are those listed as unknown; lost ones would be listed nowhere."""

    recipients: int
    kills: int
    accepted: int
    duplicates: int
    lost: int
    doubted: int
    doubted_but_accepted: int
    failed: int
    seconds: float

    @property
    def most_by_kills(self) -> int:
        return self.kills * HAND_OVER_WINDOW

    def figures(self) -> dict[str, float]:
        return asdict(self) | {"most_by_kills": self.most_by_kills}


class Workers:
    """RQ workers that are started again whenever one was killed."""

    def __init__(self, count: int, environment: dict[str, str], log: Path) -> None:
        # Without what measures coverage: whoever is killed could not write it down anyway.
        inherited = {key: os.environ[key] for key in os.environ if not key.startswith("COV")}
        self.environment = inherited | environment
        self.log = log.open("ab")
        self.processes = [self._start() for _ in range(count)]

    def _start(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "manage.py", "rqworker", "mail", "-v", "0"]
        return subprocess.Popen(
            command, cwd=ROOT, env=self.environment, stdout=self.log, stderr=self.log
        )

    def horses(self) -> list[int]:
        """Each worker forks one for a job."""
        found = []
        for worker in self.processes:
            children = Path(f"/proc/{worker.pid}/task/{worker.pid}/children")
            found += [int(pid) for pid in children.read_text().split()]
        return found

    def kill_worker(self, number: int) -> None:
        """The worker itself, its work-horse with it: the machine went down."""
        worker = self.processes[number]
        horses = Path(f"/proc/{worker.pid}/task/{worker.pid}/children").read_text().split()
        worker.kill()
        for horse in horses:
            kill(int(horse))
        worker.wait()
        self.processes[number] = self._start()

    def stop(self) -> None:
        for horse in self.horses():
            kill(horse)
        for worker in self.processes:
            worker.kill()
            worker.wait()
        self.log.close()


def kill(pid: int) -> bool:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True


@contextmanager
def recorder_process(log: Path, *arguments: str) -> Iterator[int]:
    """The mail server. Yields its port."""
    command = [sys.executable, "-m", "tests.newsletter.sending.recorder", str(log), *arguments]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        try:
            yield int(server.stdout.readline())
        finally:
            server.kill()


def under_fire(
    issue: Issue,
    folder: Path,
    chances: list[str],
    *,
    workers: int,
    kills: int,
    seed: int,
    patience: float,
) -> Account:
    """Send the issue, kill as often as asked for, then let it come to its end."""
    folder.mkdir()
    log = folder / "accepted"
    with recorder_process(log, "--seed", str(seed), *chances) as port:
        fleet = Workers(workers, environment(folder, port), folder / "workers.log")
        try:
            began = time.monotonic()
            chance = random.Random(seed)  # noqa: S311 - the same choices each time
            killed = kill_some(issue, fleet, log, kills, chance, began + patience)
            while issue.deliveries.unsettled().exists():
                drive(issue, began + patience)
                time.sleep(0.1)
            sweep()
            return settle_accounts(issue, log, killed, time.monotonic() - began)
        finally:
            fleet.stop()


def environment(folder: Path, mail_port: int) -> dict[str, str]:
    """Where the workers find the database, the queue and the mail server of this test."""
    return {
        "DJANGO_SETTINGS_MODULE": "tests.newsletter.sending.quick",
        "DATA_DIR": str(folder / "data"),
        "DATABASE_URL": database_url(),
        "REDIS_URL": queue_url(settings.DATA_DIR),
        "MAIL_URL": f"smtp://127.0.0.1:{mail_port}",
        "SECRET_KEY": settings.SECRET_KEY,
    }


def kill_some(
    issue: Issue, fleet: Workers, log: Path, kills: int, chance: random.Random, at_most: float
) -> int:
    """Kill whenever a few more mails were accepted, and sometimes before any was."""
    killed = 0
    while killed < kills and issue.deliveries.unsettled().exists():
        wanted = accepted(log) + chance.choice([0, 1, 1, 2, 3, 4, 6, 9])
        for _ in range(10):
            drive(issue, at_most)
            if came_to(log, wanted):
                break
        time.sleep(chance.uniform(0, 0.04))
        horses = fleet.horses()
        if horses and chance.random() < 0.95:
            killed += kill(chance.choice(horses))
        elif horses:
            fleet.kill_worker(chance.randrange(len(fleet.processes)))
            killed += 1
    return killed


def came_to(log: Path, wanted: int) -> bool:
    """Whether so many were accepted, within a moment."""
    until = time.monotonic() + 0.2
    while accepted(log) < wanted and time.monotonic() < until:
        time.sleep(0.005)
    return accepted(log) >= wanted


def accepted(log: Path) -> int:
    return log.read_bytes().count(b"\n")


def drive(issue: Issue, at_most: float) -> None:
    """What the minute's sweep does, more often; and what was postponed is due at once."""
    assert time.monotonic() < at_most, f"not done in time: {issue.report()}"
    issue.deliveries.filter(state=State.WAITING, attempts__gt=0).update(due_at=issue.frozen_at)
    sweep()


def settle_accounts(issue: Issue, log: Path, kills: int, seconds: float) -> Account:
    lines = [line.split(" ") for line in log.read_text().splitlines()]
    accepted = Counter(message_id for _, message_id in lines)
    rows = dict(issue.deliveries.values_list("message_id", "state"))
    assert set(accepted) <= set(rows)
    listed = {State.UNKNOWN, State.FAILED}
    counts = Counter(rows.values())
    return Account(
        recipients=len(rows),
        kills=kills,
        accepted=len(accepted),
        duplicates=sum(times - 1 for times in accepted.values()),
        lost=sum(1 for key in rows if key not in accepted and rows[key] not in listed),
        doubted=counts[State.UNKNOWN],
        doubted_but_accepted=sum(1 for key in accepted if rows[key] == State.UNKNOWN),
        failed=counts[State.FAILED],
        seconds=round(seconds, 1),
    )
