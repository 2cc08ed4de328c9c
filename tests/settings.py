"""The settings of the tests: a data folder and a queue of their own, nothing from outside."""

import os
import tempfile

# Each test process has a folder of its own; conftest.py removes it at the end.
os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="unspool-tests-")
os.environ["SECRET_KEY"] = "only-for-tests-" + "x" * 50
for name in (
    "NETWORK_ALLOWED",
    "MEDIA_QUOTA",
    "X_TOKEN",
    "MASTODON_TOKENS",
    "BOT_MASTODON_URL",
    "BOT_BLUESKY_HANDLE",
    "UNROLL_POLICY",
    "BASE_URL",
    "REDIS_URL",
    "MAIL_URL",
    "PORT",
    "ALLOWED_HOSTS",
    "DEBUG",
    "PYTHONDONTWRITEBYTECODE",  # or each process that a test starts compiles us anew
):
    os.environ.pop(name, None)

from config.settings import *  # noqa: E402, F403 - what differs from the real settings follows

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

if "sqlite3" in DATABASES["default"]["ENGINE"]:  # noqa: F405
    # In a file, as in life: the shared database in memory locks differently. Only a loss of
    # power needs SQLite to wait for the disk, and no test takes the power away.
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / "tests.sqlite3")}  # noqa: F405
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"  # noqa: F405

# Foreign servers are local ones here.
NETWORK_ALLOWED = ["127.0.0.1/32", "::1/128"]
