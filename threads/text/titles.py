"""A title for a thread, from the first thing its author said."""

from __future__ import annotations

import html
import re

LONGEST = 120

_TAG = re.compile(r"<[^>]*>")
_MARKDOWN_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_MARKS = re.compile(r"^#+ |[*_`\\]{1,3}(?=\S)|(?<=\S)[*_`]{1,3}", re.MULTILINE)
_ADDRESS = re.compile(r"https?://\S+")
_LEAD_IN = re.compile(
    r"^(?:\s|[🧵👇⬇️↓:–—-]|(?:a )?(?:mega )?thread\s*[:🧵👇]|\(?\d{1,3}\s?/\s?(?:\d{1,3}|[nNxX])?\)?[.:]?(?=\s))+",
    re.IGNORECASE,
)
_LEAD_OUT = re.compile(
    r"(?:\s|[🧵👇⬇️↓:]|[([]?\b(?:a )?thread\b[)\]]?[.:!]?(?=\W*$)|\(?\b\d{1,3}\s?/\s?(?:\d{1,3}|[nNxX])?\)?)+$",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"^.{10,}?[.!?…。！？](?=\s|$)|^.{4,}?[。！？]")


def title_of(text: str, format: str = "plain") -> str:  # noqa: A002 - the models' own word
    """The first sentence of the first line that says something; cut at a word where long."""
    if format == "html":
        text = html.unescape(_TAG.sub(" ", re.sub(r"<(?:br|/p)\b[^>]*>", "\n", text)))
    elif format == "markdown":
        text = _MARKS.sub("", _MARKDOWN_LINK.sub(r"\1", text))
    for line in text.splitlines():
        line = _ADDRESS.sub("", line)
        line = " ".join(_LEAD_OUT.sub("", _LEAD_IN.sub("", line)).split())
        if re.search(r"\w", line):
            sentence = _SENTENCE.match(line)
            return shortened(sentence[0] if sentence else line)
    return ""


def shortened(text: str) -> str:
    if len(text) <= LONGEST:
        return text
    cut = text[: LONGEST - 1]
    at_word = cut.rpartition(" ")[0]
    return (at_word if len(at_word) > LONGEST // 2 else cut).rstrip(" ,;:–—-") + "…"
