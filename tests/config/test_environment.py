"""The settings as the environment decides them, and what is said when it cannot be read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

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
    [
        ("BASE_URL", "example.org"),
        ("BASE_URL", "https://example.org/newsletters/"),
        ("DATABASE_URL", "mysql://127.0.0.1/unspool"),
        ("DATABASE_URL", "postgres://127.0.0.1:port/unspool"),
        ("DEBUG", "perhaps"),
        ("MAIL_URL", "mail.example.org:25"),
        ("MAIL_URL", "smtp://mail.example.org:port"),
        ("PORT", "eighty"),
        ("PORT", "65530"),
        ("REDIS_URL", "localhost"),
        ("TIME_ZONE", "Mars/Olympus"),
        ("UPLOAD_LIMIT", "much"),
    ],
)
def test_what_cannot_be_read_is_named_in_one_line(
    tmp_path: Path, variable: str, value: str
) -> None:
    done = manage(tmp_path, "check", **{variable: value})
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert variable in done.stderr


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


def test_the_secret_key_is_made_once(tmp_path: Path) -> None:
    for _ in range(2):
        manage(tmp_path, "check")
    kept = (tmp_path / "secret_key").read_text()
    assert len(kept) >= 50
    manage(tmp_path, "check")
    assert (tmp_path / "secret_key").read_text() == kept


def test_a_deployment_passes_every_check_of_django(tmp_path: Path) -> None:
    done = manage(
        tmp_path,
        "check",
        "--deploy",
        "--fail-level=WARNING",
        BASE_URL="https://letters.example.org",
    )
    assert done.returncode == 0, done.stderr


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
