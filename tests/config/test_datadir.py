"""What the installation keeps for itself."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from config import datadir


def test_the_key_is_the_same_at_the_next_start(tmp_path: Path) -> None:
    assert datadir.keep_secret_key(tmp_path) == datadir.keep_secret_key(tmp_path)
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]


def test_a_key_that_cannot_be_read_is_no_reason_for_another(tmp_path: Path) -> None:
    (tmp_path / "secret_key").mkdir()
    with pytest.raises(datadir.Unwritable, match="Is a directory"):
        datadir.keep_secret_key(tmp_path)


def test_a_lock_is_held_by_one_and_names_it(tmp_path: Path) -> None:
    held = datadir.lock(tmp_path / "lock")
    with pytest.raises(datadir.Locked, match=str(os.getpid())):
        datadir.lock(tmp_path / "lock")
    os.close(held)
    os.close(datadir.lock(tmp_path / "lock"))


@pytest.mark.parametrize("kept", ["", "eight"])
def test_without_a_remembered_port_it_is_the_usual_one(tmp_path: Path, kept: str) -> None:
    (tmp_path / "port").write_text(kept)
    assert datadir.remembered_port(tmp_path) == 8000
    datadir.remember_port(tmp_path, 8123)
    assert datadir.remembered_port(tmp_path) == 8123


def test_the_socket_of_a_deep_folder_moves_to_where_the_kernel_takes_it(tmp_path: Path) -> None:
    deep = tmp_path / ("d" * 100)
    assert len(os.fsencode(datadir.queue_socket(deep))) <= datadir.LONGEST_SOCKET_PATH
    assert datadir.queue_socket(deep) == datadir.queue_socket(deep)
    assert datadir.queue_socket(deep) != datadir.queue_socket(tmp_path / ("e" * 100))
