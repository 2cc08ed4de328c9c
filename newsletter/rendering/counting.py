"""How long a text is."""

from __future__ import annotations

import math
import re

from selectolax.lexbor import LexborHTMLParser

from threads.text.html import to_html

WORD = re.compile(r"\w+(?:['’.,:@/-]\w+)*")
# Scripts that write no spaces: about two characters make a word.
UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f]")
WORDS_PER_MINUTE = 230


def words(body: str) -> int:
    return words_in(to_html(body))


def words_in(html: str) -> int:
    """Of a body that was rendered already."""
    text = LexborHTMLParser(html).text(separator=" ")
    unspaced = len(UNSPACED.findall(text))
    return len(WORD.findall(UNSPACED.sub(" ", text))) + math.ceil(unspaced / 2)


def minutes(body: str) -> int:
    return minutes_for(words(body))


def minutes_for(words: int) -> int:
    """How long so many words take to read; never less than one."""
    return max(1, math.ceil(words / WORDS_PER_MINUTE))
