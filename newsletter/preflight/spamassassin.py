"""SpamAssassin's opinion of a mail, where it is installed. It takes a few seconds."""

from __future__ import annotations

import re
import shutil
import subprocess
from typing import NamedTuple

PATIENCE = 30  # seconds
_VERDICT = re.compile(r"^X-Spam-Status: .*?score=(-?[\d.]+) required=([\d.]+)", re.MULTILINE)
_RULE = re.compile(r"^[ \t]*(-?\d+\.\d) ([A-Z0-9_]+)\s+(.+)$", re.MULTILINE)
# What only a mail that came over the network can pass or fail.
_OF_THE_WAY = re.compile(r"^(NO_RELAYS|NO_RECEIVED|ALL_TRUSTED|SPF_|DKIM_|RCVD_|T_)")


class Score(NamedTuple):
    score: float
    limit: float
    reasons: list[str]


def is_installed() -> bool:
    return shutil.which("spamassassin") is not None


def score(mail: bytes) -> Score | None:
    """None where it gives none in time. Looks at the mail alone, and asks nobody elsewhere."""
    program = shutil.which("spamassassin")
    if not program:
        return None
    try:
        done = subprocess.run(  # noqa: S603 - no shell, and the mail goes in as data
            [program, "--local", "--nocreate-prefs", "--test-mode"],
            input=mail,
            capture_output=True,
            timeout=PATIENCE,
            check=True,
        )
    except (subprocess.SubprocessError, OSError):
        return None
    return read(done.stdout.decode(errors="replace"))


def read(report: str) -> Score | None:
    """The mail as it comes back, with the verdict in its headers and the report at its end."""
    unfolded = re.sub(r"\n(?:\t| {20,})", " ", report)
    verdict = _VERDICT.search(unfolded)
    if verdict is None:
        return None
    rules = [(float(points), name, words) for points, name, words in _RULE.findall(unfolded)]
    reasons = [
        words.removeprefix("BODY: ").strip()
        for points, name, words in rules
        if points > 0 and not _OF_THE_WAY.match(name)
    ]
    return Score(float(verdict[1]), float(verdict[2]), reasons)
