"""The colours of the design tokens, for mails: no mail program knows variables."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

TOKENS = Path(__file__).parent.parent / "static" / "newsletter" / "tokens.css"
_PAIR = re.compile(r"--([a-z-]+):\s*light-dark\((#[0-9a-f]{6}),\s*(#[0-9a-f]{6})\)")
_LIGHTER = 0.62  # as much of the accent as the site keeps of it on dark paper


@cache
def light_and_dark() -> tuple[dict[str, str], dict[str, str]]:
    """The tokens that are colours: by day and by night, under their names."""
    pairs = _PAIR.findall(TOKENS.read_text())
    names = [name.replace("-", "_") for name, _, _ in pairs]
    days, nights = [day for _, day, _ in pairs], [night for _, _, night in pairs]
    return dict(zip(names, days, strict=True)), dict(zip(names, nights, strict=True))


def lighter(colour: str) -> str:
    """The colour on dark paper."""
    channels = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    mixed = (round(channel * _LIGHTER + 255 * (1 - _LIGHTER)) for channel in channels)
    return "#" + "".join(f"{channel:02x}" for channel in mixed)
