"""The settings as the environment decides them, and what is said when it cannot be read."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import dj_database_url
import pytest
from environs import EnvError

from config.environment import address, mail_server, queue_server, site
from tests.config.running import manage

SHOWN = ("BASE_URL", "ALLOWED_HOSTS", "SESSION_COOKIE_SECURE", "SECURE_HSTS_SECONDS", "DEBUG")
SHOW = f"""
import json
from django.conf import settings
print(json.dumps({{name: getattr(settings, name) for name in {SHOWN!r}}}))
"""


def settings_with(data_dir: Path, **variables: str) -> dict[str, object]:
    done = manage(data_dir, "shell", "--no-imports", "--command", SHOW, **variables)
    shown: dict[str, object] = json.loads(done.stdout)
    return shown


@pytest.mark.parametrize(
    ("variable", "value"),
    [("BASE_URL", "example.org"), ("PORT", "65530"), ("TIME_ZONE", "Mars/Olympus")],
)
def test_what_cannot_be_read_is_named_in_one_line(
    tmp_path: Path, variable: str, value: str
) -> None:
    done = manage(tmp_path, "check", **{variable: value})
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert variable in done.stderr


SITE = (["http", "https"], site)
DATABASE = (["sqlite", "postgres"], dj_database_url.parse)
MAIL = (["smtp", "smtps"], mail_server)
QUEUE = (["redis", "unix"], queue_server)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (SITE, "example.org"),
        (SITE, "ftp://example.org"),
        (SITE, "https://"),
        (SITE, "https://example.org/newsletters/"),
        (DATABASE, "mysql://127.0.0.1/unspool"),
        (DATABASE, "postgres://127.0.0.1:port/unspool"),
        (MAIL, "mail.example.org:25"),
        (MAIL, "smtp://mail.example.org:port"),
        (QUEUE, "localhost"),
    ],
)
def test_half_an_address_is_refused_by_name(
    kind: tuple[list[str], Callable[[str], object]], value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("THE_URL", value)
    with pytest.raises(EnvError, match=f"THE_URL must .* {kind[0][0]}://"):
        address("THE_URL", "", *kind)


@pytest.mark.parametrize("value", ["", None])
def test_an_empty_variable_is_one_that_is_not_set(
    value: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    if value is not None:
        monkeypatch.setenv("THE_URL", value)
    assert address("THE_URL", "http://127.0.0.1:8000", *SITE) == "http://127.0.0.1:8000"


@pytest.mark.parametrize(
    ("url", "port", "tls", "ssl"),
    [
        ("smtp://mail.example.org", 25, False, False),
        ("smtp://mail.example.org:2525", 2525, False, False),
        ("smtp://mail.example.org:587?tls=true", 587, True, False),
        ("submission://ann:secret@mail.example.org", 587, True, False),
        ("smtps://ann:secret@mail.example.org", 465, False, True),
        ("smtps://mail.example.org:4650", 4650, False, True),
    ],
)
def test_the_scheme_decides_port_and_encryption(url: str, port: int, tls: bool, ssl: bool) -> None:
    mail = mail_server(url)
    assert mail["EMAIL_HOST"] == "mail.example.org"
    assert (mail["EMAIL_PORT"], mail["EMAIL_USE_TLS"], mail["EMAIL_USE_SSL"]) == (port, tls, ssl)


def test_a_password_may_hold_any_character() -> None:
    assert mail_server("smtps://ann:a%40b%3A%2F@x.org")["EMAIL_HOST_PASSWORD"] == "a@b:/"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("", ""),
        ("redis://h/0", "redis://h/0?socket_connect_timeout=2"),
        ("rediss://h/0?db=1", "rediss://h/0?db=1&socket_connect_timeout=2"),
    ],
)
def test_nobody_waits_long_for_a_queue_that_is_away(url: str, expected: str) -> None:
    assert queue_server(url) == expected


def test_safety_follows_the_scheme_of_the_address(tmp_path: Path) -> None:
    plain = settings_with(tmp_path, PORT="8123")
    assert plain["BASE_URL"] == "http://127.0.0.1:8123"
    assert (plain["SESSION_COOKIE_SECURE"], plain["SECURE_HSTS_SECONDS"]) == (False, 0)
    assert plain["DEBUG"] is False
    safe = settings_with(tmp_path, BASE_URL="https://letters.example.org/", REDIS_URL="")
    assert safe["BASE_URL"] == "https://letters.example.org"
    assert "letters.example.org" in str(safe["ALLOWED_HOSTS"])
    assert safe["SESSION_COOKIE_SECURE"] is True
    assert safe["SECURE_HSTS_SECONDS"]


def test_a_deployment_passes_every_check_of_django(tmp_path: Path) -> None:
    done = manage(
        tmp_path,
        "check",
        "--deploy",
        "--fail-level=WARNING",
        BASE_URL="https://letters.example.org",
    )
    assert done.returncode == 0, done.stderr


def test_a_database_that_is_not_prepared_is_no_traceback(tmp_path: Path) -> None:
    done = manage(tmp_path, "clearsessions")
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert "manage.py migrate" in done.stderr


def test_ctrl_c_while_the_program_loads_leaves_no_traceback(tmp_path: Path) -> None:
    interrupted = tmp_path / "sitecustomize.py"
    interrupted.write_text(
        "import sys\n"
        "class Interrupt:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name == 'django.core.management':\n"
        "            raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Interrupt())\n"
    )
    done = manage(tmp_path, "check", PYTHONPATH=str(tmp_path))
    assert (done.returncode, done.stderr) == (130, "")
