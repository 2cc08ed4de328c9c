"""Waking a worker: after the commit, and without harm where no queue answers."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import django_rq
import pytest
from django.db import transaction
from django_rq import job
from redis import Redis
from rq.queue import Queue

from config.datadir import queue_url
from config.queue import wake


@job("default")
def nothing(number: int) -> None:
    """A job that only counts in the queue."""


def waiting() -> int:
    return len(django_rq.get_queue("default"))


@pytest.mark.django_db(transaction=True)
def test_a_worker_is_woken_when_the_rows_are_committed(queue: None) -> None:
    with transaction.atomic():
        wake(nothing, 1)
        assert waiting() == 0
    assert waiting() == 1


@pytest.mark.django_db(transaction=True)
def test_nobody_is_woken_for_rows_that_are_rolled_back(queue: None) -> None:
    with transaction.atomic():
        wake(nothing, 1)
        transaction.set_rollback(True)
    assert waiting() == 0


class Away:
    """A job whose queue nobody serves."""

    def __init__(self, data_dir: Path) -> None:
        self.queue = Queue("default", connection=Redis.from_url(queue_url(data_dir)))

    def delay(self, *args: Any) -> object:
        return self.queue.enqueue(nothing, *args)


@pytest.mark.django_db(transaction=True)
def test_a_queue_that_is_away_costs_no_row_and_little_time(tmp_path: Path) -> None:
    begun = time.monotonic()
    with transaction.atomic():
        wake(Away(tmp_path), 1)
    wake(Away(tmp_path), 2)
    assert time.monotonic() - begun < 2
