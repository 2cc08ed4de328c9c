"""Waking a worker. The database row is the work, so a queue that is away loses nothing."""

from __future__ import annotations

import logging
from functools import partial
from typing import Any, Protocol

from django.db import transaction
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)


class Job(Protocol):
    def delay(self, *args: Any) -> Any: ...


def wake(job: Job, *args: Any) -> None:
    """Ask a worker to run the job, once the rows that it is about are committed."""
    transaction.on_commit(partial(_enqueue, job, *args))


def _enqueue(job: Job, *args: Any) -> None:
    try:
        job.delay(*args)
    except RedisError as error:
        logger.info("No queue answers (%s): the next sweep takes it up.", type(error).__name__)
