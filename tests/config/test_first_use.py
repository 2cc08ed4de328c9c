"""Commands on an installation that was never started."""

from __future__ import annotations

import json
from pathlib import Path

from tests.config.running import manage


def test_a_first_command_finds_a_database(tmp_path: Path) -> None:
    done = manage(tmp_path, "export_subscribers", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[-1])


def test_an_empty_database_file_is_filled(tmp_path: Path) -> None:
    assert manage(tmp_path, "check").returncode == 0  # opens the database, makes no table
    assert manage(tmp_path, "export_subscribers").returncode == 0


def test_the_data_folder_is_made_when_the_key_comes_from_elsewhere(tmp_path: Path) -> None:
    done = manage(tmp_path / "new", "migrate", SECRET_KEY="x" * 50)
    assert done.returncode == 0, done.stderr
