"""Taking in readers whom an editor vouches for: one by hand, or a whole file.

It never brings back anybody who left: only they can, by the subscribe page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import batched

from django.db import transaction

from newsletter.addresses import Address, BadAddress, normalise
from newsletter.models import Newsletter, Subscriber, Subscription, Suppression
from newsletter.reader_lists import Row

BLOCK = 400
LONGEST_NAME = 100


class Outcome(StrEnum):
    ADDED = "added"
    ALREADY = "already"
    UNSUBSCRIBED_BEFORE = "unsubscribed_before"
    SUPPRESSED = "suppressed"
    INVALID = "invalid"
    DUPLICATE = "duplicate"


@dataclass
class Enrolment:
    """What became of each row; the refused ones by their line, as addresses stay out of logs."""

    counts: Counter[Outcome] = field(default_factory=Counter)
    refused: list[tuple[int, str]] = field(default_factory=list)

    def note(self, row: Row, outcome: Outcome, why: str = "") -> None:
        self.counts[outcome] += 1
        if why:
            self.refused.append((row.line, why))

    def by_outcome(self) -> dict[str, int]:
        return {outcome.value: self.counts[outcome] for outcome in Outcome}


@transaction.atomic
def enrol(
    newsletter: Newsletter, rows: Sequence[Row], *, source: str, consent_text: str
) -> Enrolment:
    """All of them at once: where something goes wrong, nobody was taken in."""
    enrolment = Enrolment()
    people = _people(rows, enrolment)
    suppressed = Suppression.objects.among(people)
    for block in batched(people, BLOCK):
        states = dict(
            newsletter.subscriptions.filter(subscriber__address_key__in=block).values_list(
                "subscriber__address_key", "state"
            )
        )
        welcome = []
        for key in block:
            row, address = people[key]
            outcome, why = _judge(row, states.get(key), is_suppressed=key in suppressed)
            enrolment.note(row, outcome, why)
            if outcome == Outcome.ADDED:
                welcome.append((address, row.name))
        _take_in(newsletter, welcome, source=source, consent_text=consent_text)
    enrolment.refused.sort()
    return enrolment


def foresee(newsletter: Newsletter, address: str) -> Outcome:
    """What would become of this one."""
    key = normalise(address).key
    known = newsletter.subscriptions.filter(subscriber__address_key=key)
    state = known.values_list("state", flat=True).first()
    is_suppressed = Suppression.objects.covers(key)
    return _judge(Row(1, address), state, is_suppressed=is_suppressed)[0]


def _people(rows: Iterable[Row], enrolment: Enrolment) -> dict[str, tuple[Row, Address]]:
    """By key, in the order of the file."""
    people: dict[str, tuple[Row, Address]] = {}
    for row in rows:
        try:
            address = normalise(row.address)
        except BadAddress as error:
            enrolment.note(row, Outcome.INVALID, str(error))
            continue
        if address.key in people:
            first = people[address.key][0].line
            enrolment.note(row, Outcome.DUPLICATE, f"The same address as line {first}.")
        else:
            people[address.key] = (row, address)
    return people


def _judge(row: Row, state: str | None, *, is_suppressed: bool) -> tuple[Outcome, str]:
    if is_suppressed:
        return Outcome.SUPPRESSED, "Must never be mailed again."
    if state in (Subscription.State.ACTIVE, Subscription.State.PENDING):
        return Outcome.ALREADY, ""
    if state:
        return Outcome.UNSUBSCRIBED_BEFORE, "Left before. Only they can come back."
    if row.left:
        return Outcome.UNSUBSCRIBED_BEFORE, "No reader any more, by the file itself."
    return Outcome.ADDED, ""


def _take_in(
    newsletter: Newsletter,
    people: Sequence[tuple[Address, str]],
    *,
    source: str,
    consent_text: str,
) -> None:
    Subscriber.objects.bulk_create(
        [
            Subscriber(address=address, address_key=key, name=name[:LONGEST_NAME])
            for (address, key), name in people
        ],
        ignore_conflicts=True,  # known from another newsletter
    )
    keys = [address.key for address, _ in people]
    Subscription.objects.bulk_create(
        Subscription(
            subscriber=subscriber,
            newsletter=newsletter,
            state=Subscription.State.ACTIVE,
            source=source[:100],
            consent_text=consent_text,
        )
        for subscriber in Subscriber.objects.filter(address_key__in=keys)
    )
