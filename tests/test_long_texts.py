"""What strangers wrote, as long and as awkward as can be: nothing that reads it takes for ever."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from newsletter import provenance
from newsletter.admin import diff
from newsletter.expanding import sentences
from newsletter.expanding.definitions import _SET_OFF
from newsletter.expanding.material import REFERENCE
from newsletter.expanding.questions import questions
from newsletter.outlining import slots
from newsletter.preflight import spamassassin
from threads.text import html, words
from threads.text.picking import Source
from threads.text.trimming import Part

LONG = 60_000  # characters
PATIENCE = 1.0  # seconds of our own work; each takes a few hundredths, and took many seconds once

READ: dict[str, tuple[Callable[[str], object], str]] = {
    "links without an end": (provenance.words_of, "]("),
    "addresses without an end": (provenance.words_of, "<http://"),
    "a line of spaces": (slots.paragraphs_of, " "),
    "initials": (sentences.sentences, "A. "),
    "empty lines": (sentences.sentences, "\n"),
    "a row of commas": (lambda text: sentences.clause(f"{text}x"), ","),
    "one word that is set off": (lambda text: _SET_OFF.findall(f"“{text}"), "a"),
    "one word with hyphens": (lambda text: list(questions(text)), "a-"),
    "footnotes without an end": (lambda text: REFERENCE.sub("", text), "[^"),
    "tags without an end": (lambda text: words.plain(text, "html"), "<"),
    "paragraphs without an end": (lambda text: words.plain(text, "html"), "<p "),
    "a blank without an end": (lambda text: html.BLANK.findall(f"[blank:{text}"), " "),
    "one word in search of a cut link": (html.CUT_LINK.findall, "a"),
    "dots in search of a cut link": (html.CUT_LINK.findall, "a."),
    "empty lines of a report": (spamassassin.read, "\n"),
    "a part that ends with empty lines": (lambda text: source(f"One. Two.{text}").cuts(0), "\n"),
    "a part of many sentences": (lambda text: source(text).cuts(0), "Oil was dear. "),
    "two texts without a line in common": (lambda text: diff.compare(text, f"{text}!"), "a b "),
    "two texts of empty lines": (lambda text: diff.compare(text, f"{text}!"), "\n"),
}


def source(text: str) -> Source:
    return Source.of([Part("1", text, is_markdown=True)])


@pytest.mark.parametrize("name", READ)
def test_awkward_texts_are_read_in_no_time(name: str) -> None:
    read, piece = READ[name]
    text = piece * (LONG // len(piece))
    begun = time.process_time()
    read(text)
    assert time.process_time() - begun < PATIENCE
