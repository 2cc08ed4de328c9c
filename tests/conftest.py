"""What every test may lean on: a real queue, a real mail server, people and newsletters."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import hypothesis
import pytest
from django.conf import settings
from hypothesis import HealthCheck
from pytest_django import Settings

pytest_plugins = [
    "tests.mailserver",
    "tests.queue",
    "tests.browser",
    "tests.servers",
    "tests.threads.sources.bluesky_server",
]


# Examples are as many on a loaded machine, however long each takes there.
hypothesis.settings.register_profile(
    "patient", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis.settings.load_profile("patient")


@pytest.fixture(scope="session", autouse=True)
def _data_dir() -> Iterator[None]:
    yield
    shutil.rmtree(settings.DATA_DIR, ignore_errors=True)


@pytest.fixture(autouse=True)
def _media_root(settings: Settings) -> None:
    """Files of one test are never seen by the next. Most make none, so no folder is made yet."""
    settings.MEDIA_ROOT = settings.DATA_DIR / "media" / uuid4().hex


@pytest.fixture(scope="session")
def real_data() -> Path:
    """Real exports and answers, where the machine has them."""
    folder = os.environ.get("REAL_DATA")
    if not folder:
        pytest.skip("REAL_DATA names no folder with real exports")
    return Path(folder)
