"""What the installation keeps in DATA_DIR for itself. Reads and writes files, knows no settings."""

from __future__ import annotations

import fcntl
import hashlib
import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path

LONGEST_SOCKET_PATH = 100  # the kernel's limit is 108 bytes, its end included


class Locked(Exception):
    """Another process holds the lock. The message is what it wrote there: its number."""


class Unwritable(Exception):
    """The data folder cannot be used, and why."""

    def __init__(self, data_dir: Path, error: OSError) -> None:
        super().__init__(
            f"The data folder {data_dir} cannot be written ({error.strerror}). "
            "Give it to this user, or set DATA_DIR to another folder."
        )


def keep_secret_key(data_dir: Path) -> str:
    """The secret key of this installation, made once."""
    path = data_dir / "secret_key"
    with suppress(FileNotFoundError):
        return _key_in(path)
    try:
        make(data_dir)
        # Written beside and linked into place, so that two first starts agree on one key.
        draft = path.with_name(f"secret_key.{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(50))
        with suppress(FileExistsError):
            os.link(draft, path)
        draft.unlink()
    except OSError as error:
        raise Unwritable(data_dir, error) from error
    return _key_in(path)


def _key_in(path: Path) -> str:
    try:
        return path.read_text().strip()
    except FileNotFoundError:
        raise
    except OSError as error:
        raise Unwritable(path.parent, error) from error


def make(data_dir: Path) -> None:
    data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)


def lock(path: Path) -> int:
    """Lock the file for as long as the descriptor that is returned stays open."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        holder = os.read(descriptor, 20).decode()
        os.close(descriptor)
        raise Locked(holder) from None
    os.ftruncate(descriptor, 0)
    os.write(descriptor, str(os.getpid()).encode())
    return descriptor


def remember_port(data_dir: Path, port: int) -> None:
    """Kept so that commands beside a running site name its addresses rightly."""
    draft = data_dir / "port.new"
    draft.write_text(str(port))
    draft.replace(data_dir / "port")  # at once: nobody reads half of it


def remembered_port(data_dir: Path) -> int:
    try:
        return int((data_dir / "port").read_text())
    except (OSError, ValueError):
        return 8000


def queue_socket(data_dir: Path) -> Path:
    path = data_dir / "queue" / "valkey.sock"
    if len(os.fsencode(path)) <= LONGEST_SOCKET_PATH:
        return path
    name = hashlib.sha256(os.fsencode(data_dir)).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"unspool-{os.getuid()}-{name}" / "valkey.sock"


def queue_url(data_dir: Path) -> str:
    return f"unix://{queue_socket(data_dir)}"
