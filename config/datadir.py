"""What the installation keeps in DATA_DIR for itself. Reads and writes files, knows no settings."""

from __future__ import annotations

import hashlib
import os
import secrets
import tempfile
from pathlib import Path

LONGEST_SOCKET_PATH = 100  # the kernel's limit is 108 bytes, its end included


def keep_secret_key(data_dir: Path) -> str:
    """The secret key of this installation, made once."""
    path = data_dir / "secret_key"
    try:
        return path.read_text().strip()
    except FileNotFoundError:
        pass
    except OSError as error:
        raise SystemExit(
            f"{path} cannot be read ({error.strerror}). Give it to this user."
        ) from None
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        # Written beside and linked into place, so that two first starts agree on one key.
        draft = path.with_name(f"secret_key.{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(50))
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    except OSError as error:
        raise SystemExit(
            f"The data folder {data_dir} cannot be written ({error.strerror}). "
            "Give it to this user, or set DATA_DIR to another folder."
        ) from None
    return path.read_text().strip()


def remember_port(data_dir: Path, port: int) -> None:
    """Kept so that commands beside a running site name its addresses rightly."""
    (data_dir / "port").write_text(str(port))


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
