"""Sentences, and pieces of them. Pure."""

from __future__ import annotations

import re

_END = re.compile(r"(?<=[.!?…])[”’\")]*\s+(?=[“‘\"(]?[^\W\d_a-z])|(?<=[。！？])[」』）]*\s*|\n")
_ABBREVIATION = re.compile(r"(?:\b(?:e\.g|i\.e|[ap]\.m|[DM]r|Mrs|Ms|St|vs|No|[A-Z]))\.$")
LONGEST_ABBREVIATION = 4
_CLAUSE = re.compile(r"\s*(?<![,;:.!?…—–()])[,;:.!?…—–()]++(?:\s|$)|[。！？、：]")
_WEAK = re.compile(
    r"(?:and|but|so|or|it|its|it[’']s|this|that|that[’']s|these|those|they|he|she|then|here|there"
    r"|also|which|because|however|now|thanks|thank|nor|yet|such|both|neither|instead|otherwise"
    r"|his|her|their|them|anyways?|well|yes|no|ok|okay|oh|still|plus|maybe|though|therefore|thus"
    r"|hence|next|seriously)\b",
    re.IGNORECASE,
)
_FAREWELL = re.compile(
    r"thank|follow me|subscribe|newsletter|retweet|\bRT\b|share this|report back|sign up|feedback"
    r"|dm me|hope (?:this|you)|read (?:the|it|more)\b|@",
    re.IGNORECASE,
)

_CLOSED = (".", "!", "?", "…", "。", "！", "？")
_WITHIN = str.maketrans("“”", "‘’")


def sentences(text: str) -> list[str]:
    found: list[str] = []
    start = 0
    for match in _END.finditer(text):
        closing = len(match[0]) - len(match[0].lstrip('”’")」』）'))
        piece = text[start : match.start() + closing].strip()
        if not _ABBREVIATION.search(piece, len(piece) - LONGEST_ABBREVIATION):
            found += [piece] if piece else []
            start = match.end()
    rest = text[start:].strip()
    return [*found, rest] if rest else found


def stands_alone(sentence: str) -> bool:
    """It does not lean on what was said before it, as "But they did" does."""
    return not _WEAK.match(sentence) and not sentence[:1].islower() and sentence[:1] != "("


def is_farewell(text: str) -> bool:
    """It asks for something, thanks, or leads away; of what the text is about it says nothing."""
    return _FAREWELL.search(text) is not None


def clause(text: str) -> str:
    """Up to the first mark: "Fog was the exception" of "Fog was the exception, and …"."""
    return _CLAUSE.split(text.strip(), maxsplit=1)[0].strip()


def quoted(text: str, most: int = 100) -> str:
    """As the end of a sentence of ours."""
    words = shortened(text, most)
    return f"“{words}”" if words.endswith(_CLOSED) else f"“{words}”."


def shortened(text: str, most: int = 100) -> str:
    """Cut at a word where it is long. Quotation marks around it are left to whoever quotes it;
    those within it become single ones."""
    text = " ".join(text.split())
    bare = text.strip('“”"')
    is_around = bare.count("“") == bare.count("”") and bare.find("“") <= bare.find("”")
    text = (bare if is_around else text).translate(_WITHIN)
    if len(text) <= most:
        return text
    cut = text[:most].rsplit(" ", 1)[0] if " " in text[:most] else text[:most]
    return cut.rstrip(" ,;:.–—-") + " …"
