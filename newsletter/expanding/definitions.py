"""Terms that a text uses again and again and never explains."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from newsletter.expanding.material import Block, Material
from newsletter.expanding.proposal import Kind, Proposal, blank

MOST = 4
OFTEN = 2
_CAPITALS = re.compile(
    r"(?<![\w@#/.])(?<!\d )(?=\w*[A-Z]{2})(?![IVX]+\b)([A-Za-z][A-Za-z0-9]+?)(?:s|[’']s)?(?![\w/])"
)
_TERM = r"([a-z][\w-]{1,40} ?[\w-]{1,40})"
_SET_OFF = re.compile(rf"“{_TERM}”|(?<!\*)\*{_TERM}\*(?!\*)|`([\w-]+)`")
LONG = 7  # letters; shorter ones that are set off are everyday words
# Every reader knows them.
_KNOWN = set(
    """AI API ASAP BBC CEO CNN DIY DM DNA DR DVD EU FAQ FBI GPS HBO HD HIV HTML HTTP HTTPS ID IQ IT
    LED MIT NASA NATO NBA NBC NFL NY NYC NYT OK PC PDF PS QA RT TED TL TLDR TV UFO UK UN URL US USA
    USB VIP VS WW YC""".split()  # noqa: SIM905 - one to a line is no better to read
)


def definitions(material: Material) -> Iterator[Proposal]:
    prose = [each for each in material.blocks if each.kind in ("paragraph", "list")]
    text = "\n".join(each.words for each in prose)
    often = (pair for pair in _terms(prose, text).most_common() if pair[1] >= OFTEN)
    unexplained = (pair for pair in often if not _is_explained(pair[0], text))
    for term, count in islice(unexplained, MOST):
        block = next(each for each in prose if _uses(each, term))
        if not material.answered(block):
            yield _question(term, count, material.behind(block))


def _terms(prose: list[Block], text: str) -> Counter[str]:
    """How often each is used. What stands there in small letters, too, is only shouted."""
    capitals = Counter(_CAPITALS.findall(text))
    found = {
        term: count
        for term, count in capitals.items()
        if term not in _KNOWN and not re.search(rf"\b{term.lower()}\b", text)
    }
    for match in _SET_OFF.findall("\n".join(block.markdown for block in prose)):
        if len(term := "".join(match)) >= LONG:
            found[term] = text.count(term)
    return Counter(found)


def _uses(block: Block, term: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(term)}(?:s|[’']s)?(?!\w)", block.words) is not None


def _is_explained(term: str, text: str) -> bool:
    name = re.escape(term)
    return bool(
        re.search(
            rf"\({name}s?\)|\b{name}s? \(|\b{name},? (?:(?:is|are) (?:an?|short for|when|what|how)"
            r"|means?|stands? for|that is|or) "
            rf"|(?:called|named|short for|by) “?{name}\b",
            text,
        )
    )


def _question(term: str, count: int, line: int) -> Proposal:
    return Proposal(
        Kind.DEFINITION,
        f"What “{term}” means",
        f"Used {count} times, and explained nowhere.",
        line,
        blank(f"What does “{term}” mean, in one sentence?"),
    )
