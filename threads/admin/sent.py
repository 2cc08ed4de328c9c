"""What browsers send, as it was meant."""

from __future__ import annotations

LONGEST_NUMBER = 18  # digits; databases count no further


def number(text: str) -> int:
    """0 where it is none of ours."""
    return int(text) if text.isdecimal() and len(text) <= LONGEST_NUMBER else 0


def one_newline(text: str) -> str:
    """Browsers send textareas with two characters to a line's end."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
