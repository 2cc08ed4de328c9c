"""Damaged characters: UTF-8 that was read as ISO-8859-7, with the C1 range as Windows-1252.

`•` has become `β€’` and `🔗` has become `πŸ”—`. Such texts are often repaired in part, so each run
is mended by itself: the unmistakable ones always, the others only in a text that is damaged
beyond doubt and holds no Greek of its own.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from itertools import product


@dataclass(frozen=True, slots=True)
class Mended:
    was: str
    now: str
    times: int


def _characters() -> dict[str, list[int]]:
    """Which bytes each character may have been."""
    bytes_of: dict[str, list[int]] = {}
    for byte in range(0x80, 0x100):
        encoding = "windows-1252" if byte < 0xA0 else "iso8859-7"
        try:
            character = bytes([byte]).decode(encoding)
        except UnicodeDecodeError:
            character = chr(byte)
        bytes_of.setdefault(character, []).append(byte)
    return bytes_of


_BYTES = _characters()


def _class(first: int, last: int) -> str:
    inside = [
        re.escape(character)
        for character, bytes_ in _BYTES.items()
        if any(first <= byte <= last for byte in bytes_)
    ]
    return f"[{''.join(inside)}]"


_NEXT = _class(0x80, 0xBF)
_RUN = re.compile(
    f"{_class(0xC2, 0xDF)}{_NEXT}|{_class(0xE0, 0xEF)}{_NEXT}{{2}}|{_class(0xF0, 0xF4)}{_NEXT}{{3}}"
)
_GREEK_WORD = re.compile(r"[Ͱ-Ͽἀ-῿]{2}")

# No right text has one of these straight after a Greek letter; quotation marks and dashes it has.
_TELLTALES = frozenset("€ƒ†‡ˆ‰ŠŒŽ˜™šœžŸ\x81\x8d\x8f\x90\x9d")
_UNASSIGNED = frozenset({"Cn", "Co", "Cc"})

# `€`, `‘` and `’` were one of two bytes each. The lower is right in most runs, but not in these.
_USUAL = frozenset("áäâ•™≤≡□♡⚡❤➡⬤⑤🌡🎡🎤🏡🏢🐢🐤💡💢📡📢📤🖤😡😢🚢🟡🟢🟤🤡🤢🤤🧡🧢🫡")
_TILES = range(0x1F000, 0x1F100)  # dominoes and cards, in the way of 🤔 and its neighbours


def mend(text: str) -> tuple[str, list[Mended]]:
    """The text with its damaged runs mended, and what was mended."""
    throughout = _is_damaged_throughout(text)
    done: Counter[tuple[str, str]] = Counter()

    def replace(match: re.Match[str]) -> str:
        run = match[0]
        now = _origin(run)
        if not now or not (throughout or _is_certain(run, now)):
            return run
        done[run, now] += 1
        return now

    text = _RUN.sub(replace, text)
    return text, [Mended(was, now, times) for (was, now), times in done.items()]


def mend_lead_in(text: str) -> tuple[str, list[Mended]]:
    """The `🧵` that ends a line of a damaged thread's first status.

    A repair with Windows-1253 instead of ISO-8859-7 turned its last byte from B5 into A1, and
    what it left is a whole character: `🧡`. So only its place tells that it is damage.
    """
    text, times = re.subn(r"🧡(?=[^\S\n]*$)", "🧵", text, flags=re.MULTILINE)
    return text, [Mended("🧡", "🧵", times)] if times else []


def _is_damaged_throughout(text: str) -> bool:
    """Damaged for certain somewhere, and without any Greek that the damage cannot explain."""
    certain = any(_is_certain(run, _origin(run)) for run in _RUN.findall(text))
    return certain and not _GREEK_WORD.search(_RUN.sub(" ", text))


def _is_certain(run: str, now: str) -> bool:
    return run[1] in _TELLTALES and len(run) > 2 and bool(now) and not now.isalnum()


@lru_cache(maxsize=4096)
def _origin(run: str) -> str:
    """The character that a run was, or nothing where it was none."""
    candidates = []
    for bytes_ in product(*(_BYTES[character] for character in run)):
        try:
            character = bytes(bytes_).decode()
        except UnicodeDecodeError:
            continue
        if unicodedata.category(character) not in _UNASSIGNED:
            candidates.append(character)
    return min(candidates, key=_unlikeliness, default="")


def _unlikeliness(character: str) -> tuple[bool, bool, int]:
    return character not in _USUAL, ord(character) in _TILES, ord(character)
