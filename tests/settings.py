"""The settings of the tests: a data folder and a queue of their own, nothing from outside."""

import os
import tempfile

# Each test process has a folder of its own; conftest.py removes it at the end.
os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="unspool-tests-")
os.environ["SECRET_KEY"] = "only-for-tests-" + "x" * 50
for name in ("BASE_URL", "REDIS_URL", "MAIL_URL", "PORT", "ALLOWED_HOSTS", "DEBUG"):
    os.environ.pop(name, None)

from config.settings import *  # noqa: E402, F403 - what differs from the real settings follows

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STATIC_ROOT.mkdir()  # noqa: F405 - else WhiteNoise warns that there is none
