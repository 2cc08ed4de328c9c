"""Where a draft does not say what its outline says, for the cards on the board to tell it."""

from __future__ import annotations

from typing import NamedTuple

from newsletter import provenance
from newsletter.outlining.composing import compose
from newsletter.outlining.entries import Entries, placed
from newsletter.outlining.parts import Parts
from newsletter.outlining.slots import lay_beside, paragraphs_of, slots_of


class Differences(NamedTuple):
    rewritten: frozenset[str]  # keys of entries that a person changed in the draft
    standing: frozenset[int]  # statuses that are not placed, though their words stand there


def differences(
    entries: Entries, parts: Parts, composed: str, draft: str, title: str
) -> Differences:
    if draft == composed:
        return Differences(frozenset(), frozenset())
    known = frozenset(paragraphs_of(composed))
    slots = slots_of(compose(entries, parts.places, title).pieces, {}, known)
    beside = lay_beside(slots, draft)
    changed = zip(slots, beside.paragraphs, strict=True)
    rewritten = (key for slot, instead in changed if instead is not None for key in slot.name[0])
    own_words = "\n\n".join(" ".join(words) for words in beside.foreign)
    origins = provenance.align(own_words, list(parts.statuses.values()))
    found = {origin.status.pk for origin in origins if origin.status}
    return Differences(frozenset(rewritten), frozenset(found - placed(entries)))
