"""A title for a thread, from the first thing its author said."""

from __future__ import annotations

import html
import re

from threads.text.leadins import lead_in
from threads.text.numbering import counts_in

LONGEST = 120

_TAG = re.compile(r"<[^>]*>")
_LINE_END = re.compile(r"<(?:br|/p)\b[^>]*>")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_MARKS = re.compile(r"^#+ |[*_`\\]{1,3}(?=\S)|(?<=\S)[*_`]{1,3}", re.MULTILINE)
_ADDRESS = re.compile(r"https?://\S+")
_SENTENCE = re.compile(r".{10,}?[.!?…](?=\s)|.{4,}?[。！？]")


def title_of(text: str, format: str = "plain") -> str:  # noqa: A002 - the models' own word
    """The first sentence of the first line that says something; cut at a word where long."""
    if format == "html":
        text = html.unescape(_TAG.sub(" ", _LINE_END.sub("\n", text)))
    elif format == "markdown":
        text = _MARKS.sub("", _LINK.sub(r"\1", text))
    for line in text.splitlines():
        said = _without_trimmings(" ".join(_ADDRESS.sub("", line).split()))
        if re.search(r"\w", said):
            sentence = _SENTENCE.match(said)
            return _shortened(sentence[0] if sentence else said)
    return ""


def _without_trimmings(line: str) -> str:
    """Without counters, and without what only announces a thread."""
    while True:
        line = line.strip()
        trimmings = [count for count in counts_in(0, line, 0, len(line)) if count.number < 2]
        found = lead_in(line, 0, len(line), opening=True) or next(
            ((count.start, count.end) for count in trimmings), None
        )
        if not found:
            return line
        line = line[: found[0]] + line[found[1] :]


def _shortened(text: str) -> str:
    if len(text) <= LONGEST:
        return text
    cut = text[: LONGEST - 1]
    at_word = cut.rpartition(" ")[0]
    return (at_word if len(at_word) > LONGEST // 2 else cut).rstrip(" ,;:–—-") + "…"
