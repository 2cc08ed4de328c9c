"""Waking a worker. The database row is the work, so a queue that is away loses nothing."""

from __future__ import annotations

import logging
from typing import Any, Protocol

from redis.exceptions import RedisError

logger = logging.getLogger(__name__)


class Job(Protocol):
    def delay(self, *args: Any) -> Any: ...


def wake(job: Job, *args: Any) -> None:
    """Ask a worker to run the job; where no queue answers, the minute's sweep finds the row."""
    try:
        job.delay(*args)
    except RedisError as error:
        logger.info("No queue answers (%s): the next sweep takes it up.", type(error).__name__)
