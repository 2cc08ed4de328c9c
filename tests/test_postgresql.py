"""The tests marked `both_databases` once more, on a PostgreSQL server of their own."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

TESTS = Path(__file__).parent
MARK = "both_databases"
INITDB = ["--auth=trust", "--username=unspool", "--encoding=UTF8", "--locale=C", "--no-sync"]
SETTINGS = ["listen_addresses=", "max_connections=60", "shared_buffers=64MB"]


def programs() -> Path | None:
    """The folder of the newest server that is installed."""
    found = list(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    found.sort(key=lambda path: int(path.parts[-3]))
    return found[-1].parent if found else None


def somebody() -> list[str]:
    """How to run a program as somebody else than root, whom the server does not serve."""
    if os.geteuid() != 0:
        return []
    user = pwd.getpwnam("nobody")
    return ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]


@pytest.fixture
def database_url() -> Iterator[str]:
    folder = programs()
    if folder is None:
        assert "UNSPOOL_DEMAND_ALL" not in os.environ, "PostgreSQL's server is not installed"
        pytest.skip("PostgreSQL's server is not installed")
    # Not under tmp_path: its parents keep others out, and a socket's path must be short.
    home = Path(tempfile.mkdtemp(prefix="unspool-postgresql-"))
    if somebody():
        shutil.chown(home, "nobody")
    data = str(home / "data")
    control = [*somebody(), str(folder / "pg_ctl"), "-D", data, "-w"]
    options = " ".join([f"-k {home} -F", *(f"-c {setting}" for setting in SETTINGS)])
    try:
        run([*somebody(), str(folder / "initdb"), "-D", data, *INITDB], home)
        run([*control, "start", "-l", str(home / "log"), "-o", options], home)
        try:
            yield f"postgres://unspool@{quote(str(home), safe='')}/postgres"
        finally:
            run([*control, "stop", "-m", "immediate"], home)
    finally:
        shutil.rmtree(home)


def run(command: list[str], home: Path) -> None:
    # Output to a file: the server keeps what it was given open, and a pipe would never end.
    with (home / "output").open("w+") as output:
        done = subprocess.run(command, cwd=home, stdout=output, stderr=output, check=False)
        output.seek(0)
        assert done.returncode == 0, output.read()


@pytest.mark.xdist_group("long")  # groups are begun before single tests
def test_the_ledger_and_the_imports_behave_the_same_on_postgresql(database_url: str) -> None:
    # Only the files that say so are read: that of all others takes longer than their tests.
    files = [str(file) for file in TESTS.rglob("test_*.py") if MARK in file.read_text()]
    command = [sys.executable, "-m", "pytest", *files, "-m", MARK, "-n0", "-q", "--no-cov"]
    # Nor measured by what is in the environment: it would take a third longer, for few lines.
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    done = subprocess.run(
        [*command, "-p", "no:cacheprovider"],
        env={**inherited, "DATABASE_URL": database_url},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert " passed" in done.stdout
