"""A server on this machine that stands in for every foreign one."""

from __future__ import annotations

import pytest


@pytest.fixture(scope="session")
def httpserver_listen_address() -> tuple[str, int]:
    """A number, not a name: `localhost` stands for two addresses."""
    return ("127.0.0.1", 0)
