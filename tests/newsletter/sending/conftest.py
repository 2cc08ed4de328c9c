"""A mail server that breaks when told to, and an issue to send to it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from newsletter.models import Newsletter
from tests.factories import make_newsletter
from tests.newsletter.sending.recorder import Recorder, running


@pytest.fixture
def recorder(tmp_path: Path, settings: Settings) -> Iterator[Recorder]:
    with running(Recorder(tmp_path / "accepted")) as recorder:
        settings.MAIL = {**settings.MAIL, "EMAIL_PORT": recorder.port}
        yield recorder


@pytest.fixture
def letters() -> Newsletter:
    return make_newsletter()
