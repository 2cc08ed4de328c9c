"""Before a post goes out: facts about it, a family of them in each module.

Nothing here asks the network; what is known of linked pages is in `pages`, and SpamAssassin's
opinion in `spamassassin`, as both take their time.
"""

from __future__ import annotations

from collections.abc import Iterable

from newsletter.preflight import history, inbox, mail, pages, pictures, site, words
from newsletter.preflight.candidate import Candidate
from newsletter.preflight.facts import Fact, Level

FAMILIES = (words, pictures, inbox, mail, history, site)
BLOCKING = (words, pictures)  # those with faults of the text itself; whose words, see publishing

ORDER = list(Level)


def facts(candidate: Candidate) -> list[Fact]:
    """All there is to know without asking anybody, faults first."""
    found = [fact for family in FAMILIES for fact in family.facts(candidate)]
    found += pages.facts(candidate.post, candidate.document)
    return sorted(found, key=lambda fact: ORDER.index(fact.level))


def faults(candidate: Candidate) -> list[Fact]:
    """What keeps it from being published."""
    found = (fact for family in BLOCKING for fact in family.facts(candidate))
    return [fact for fact in found if fact.level == Level.FAULT]


def open_points(facts: Iterable[Fact]) -> int:
    """How many of them somebody should look at."""
    return sum(fact.level != Level.GOOD for fact in facts)
