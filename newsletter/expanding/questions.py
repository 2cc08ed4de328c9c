"""Questions that a passage raises: about the numbers, the years, the names in it. Pure.

None of them says anything of its own. What is quoted stands in the passage, word for word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsletter.expanding.sentences import quoted, sentences

_SMALL = "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[2-9]|1[0-2]"
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_UNITS = (
    "seconds|minutes|hours|days|nights|mornings|evenings|weeks|months|seasons|summers|winters|years"
    "|decades|times|miles|metres"
)
_LARGE = rf"(?:{_TENS})(?:-\w+)?|(?:a |one |two )?(?:hundred|thousand|million)(?: and [a-z-]+)?"
_COUNT = re.compile(
    rf"\b(?P<number>{_SMALL}) (?!(?:{_UNITS})\b)(?:[a-z]+ )?[a-z]{{3,}}(?<!s)s\b", re.IGNORECASE
)
_YEAR = re.compile(r"(?<![\w.,/-])(?:1[5-9]|20)\d\d(?![\w/%-]|[.,]\d)")
_MEASURE = re.compile(
    rf"(?<![\w.,:/-])(?:[$€£¥]\s?\d[\d.,]*\d(?:\s?(?:[kMm]|million|billion))?|\d[\d.,]*\s?%"
    rf"|(?:\d[\d.,]*\d|{_LARGE})(?: [a-z’]+)? [a-z]+s)(?![\w:])",
    re.IGNORECASE,
)
_NAME = re.compile(
    r"(?<![\w’'])[a-z][\w’']*,? "
    r"(?P<name>[A-Z][a-zà-ÿ]{2,}+(?: (?:of |de |van )?[A-Z][a-zà-ÿ]++){0,2}+)(?![\w’]| ?[(,\d])"
)
_CALENDAR = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
    r"|English|Christmas|Easter|God\b"
)


_ASKED = re.compile(r"(?:what|why|how|who|when|where)\b.{12,}\?$", re.IGNORECASE)


def questions(text: str) -> Iterator[str]:
    """The most telling first; none is asked where the passage goes on to a list itself."""
    for sentence in sentences(text):
        yield from _about_names(sentence)
        if not sentence.endswith(":"):
            yield from _about_counts(sentence)
        yield from _about_numbers(sentence)
        if _ASKED.match(sentence):
            yield f"You ask {quoted(sentence)} What is your own answer?"


def has_fact(text: str) -> bool:
    """Whether something in it could be looked up: a number, a year, words of somebody."""
    return bool(_MEASURE.search(text) or _YEAR.search(text) or "“" in text)


def _about_names(sentence: str) -> Iterator[str]:
    for match in _NAME.finditer(sentence):
        if not _CALENDAR.match(match["name"]):
            yield f"You name “{match['name']}”. Who or what is that, to a newcomer?"


def _about_counts(sentence: str) -> Iterator[str]:
    if match := _COUNT.search(sentence):
        yield f"You wrote “{match[0]}”. Which are they, and why {match['number'].lower()}?"


def _about_numbers(sentence: str) -> Iterator[str]:
    if match := _MEASURE.search(sentence):
        asked = "Of what, and who counted?" if "%" in match[0] else "Who counted, and how?"
        yield f"You wrote “{match[0]}”. {asked} What would make that number real to a reader?"
    elif match := _YEAR.search(sentence):
        yield f"You wrote “{match[0]}”. What was different then?"
