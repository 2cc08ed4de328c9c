"""The names that people give themselves, as they may stand among other words. Pure."""

from __future__ import annotations

import re

# What shows nothing, or turns around what follows. U+200C and U+200D join emoji and letters.
_INVISIBLE = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
)


def shown_name(name: str) -> str:
    return " ".join(_INVISIBLE.sub("", name).split())
