"""A database of its own for a measurement in this process, thrown away afterwards."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection
from django.test.utils import setup_test_environment, teardown_test_environment


@contextmanager
def installation() -> Iterator[None]:
    settings.DATA_DIR.mkdir(exist_ok=True)
    setup_test_environment()
    connection.creation.create_test_db(verbosity=0)
    try:
        yield
    finally:
        connection.creation.destroy_test_db("", verbosity=0)
        teardown_test_environment()
        shutil.rmtree(settings.DATA_DIR, ignore_errors=True)
