"""Literal text as Markdown: a backslash where a character would mean something, nowhere else.

https://spec.commonmark.org/0.31.2/, with tables, strikethrough and footnotes.
"""

from __future__ import annotations

import re
import unicodedata

# What stands for a link while the text around it is looked at: a punctuation mark that
# means nothing, as the "[" or "<" that the link will begin with.
ATOM = "\x01"

_INLINE = re.compile(
    rf"""
      \\ (?= [!-/:-@\[-`{{-~{ATOM}] | $ )
    | `
    | \*+ | _+
    | ~ (?= ~ ) | (?<= ~ ) ~
    | \[ (?= \^ | blank: | lost[ ]picture: )
    | (?<= \^ ) \[
    | \] (?= [(\[:{ATOM}] )
    | [!^] (?= {ATOM} )
    | < (?= [A-Za-z/!?] )
    | & (?= \#?\w+; )
    | (?<= : ) / (?= / )  # or the parser would make a link of an address that is cut off
    """,
    re.VERBOSE,
)
_AT_THE_START = re.compile(
    r"""
      (?P<at> > | (?: \#{1,6} | [-+*] | =+ ) (?= \s | $ ) )
    | (?P<rule> [-=_*] ) (?= [-=_*\s]* $ )
    | (?P<row> [-|:] ) (?= [-|:\s]* $ )
    | \d{1,9} (?P<number> [.)] ) (?= \s | $ )
    """,
    re.VERBOSE,
)


def escapes(line: str, *, at_start: bool = True) -> set[int]:
    """The places in a line before which a backslash must stand."""
    places: set[int] = set()
    for found in _INLINE.finditer(line):
        if found[0][0] not in "*_" or _may_open_or_close(line, found):
            places.update(range(found.start(), found.end()))
    if at_start and (match := _AT_THE_START.match(line)):
        places.add(match.start(match.lastgroup or 0))
    return places


def literal(line: str, *, at_start: bool = True) -> str:
    """One line of Markdown that reads as the text does."""
    places = escapes(line, at_start=at_start)
    return "".join(f"\\{char}" if at in places else char for at, char in enumerate(line))


def label(text: str) -> str:
    """Literal text for inside the brackets of a link or a picture."""
    inside = " ".join(text.split())
    places = escapes(inside, at_start=False)
    places |= {at for at, char in enumerate(inside) if char in "[]"}
    return "".join(f"\\{char}" if at in places else char for at, char in enumerate(inside))


def _may_open_or_close(line: str, run: re.Match[str]) -> bool:
    """Whether a run of * or _ could begin or end emphasis (section 6.2 of the specification)."""
    before, after = line[: run.start()][-1:], line[run.end() :][:1]
    if (not before or before.isspace()) and (not after or after.isspace()):
        return False
    return run[0][0] == "*" or is_mark(before) or is_mark(after)


def is_mark(character: str) -> bool:
    """Space, punctuation or the edge of the line: anything but what words are made of."""
    return (
        not character
        or character.isspace()
        or character == ATOM
        or unicodedata.category(character)[0] in "PS"
    )
