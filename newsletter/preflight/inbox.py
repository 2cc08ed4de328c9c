"""How the mail looks in an inbox: its subject and what stands after it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsletter.preflight.candidate import Candidate
from newsletter.preflight.facts import Fact, good, in_field, warn

ON_A_PHONE, ON_A_DESK = 40, 60  # characters that are surely shown
SUSPICIOUS = (
    "100% free",
    "act now",
    "apply now",
    "buy now",
    "cash bonus",
    "click here",
    "congratulations",
    "double your",
    "earn money",
    "extra cash",
    "free money",
    "guaranteed",
    "limited time",
    "lose weight",
    "make money",
    "no obligation",
    "once in a lifetime",
    "order now",
    "risk-free",
    "special promotion",
    "this is not spam",
    "urgent",
    "winner",
    "you have been selected",
)
_SUSPICIOUS = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, SUSPICIOUS))})(?!\w)", re.IGNORECASE)


def facts(candidate: Candidate) -> Iterator[Fact]:
    yield from _subject(candidate)
    yield from _preheader(candidate)
    yield from _sound(candidate)


def _subject(candidate: Candidate) -> Iterator[Fact]:
    subject = candidate.letter.subject
    where = in_field(candidate.post, "subject", "The subject")
    if len(subject) > ON_A_DESK:
        yield warn(
            f"The subject has {len(subject)} characters. Phones show “{subject[:ON_A_PHONE]}…”, "
            f"and few inboxes more than {ON_A_DESK}.",
            where,
        )
    elif len(subject) > ON_A_PHONE:
        yield good(
            f"The subject has {len(subject)} characters; phones show “{subject[:ON_A_PHONE]}…”."
        )
    else:
        yield good(f"The subject has {len(subject)} characters, and is shown whole on a phone.")


def _preheader(candidate: Candidate) -> Iterator[Fact]:
    preheader = candidate.revision.preheader.strip()
    where = in_field(candidate.post, "preheader", "The preheader")
    if not preheader:
        text = "There is no preheader: inboxes show how the text begins, after the subject."
        yield warn(text, where)
    elif preheader.casefold() == candidate.letter.subject.strip().casefold():
        yield warn("The preheader says the same as the subject, right beside it.", where)
    else:
        yield good("A preheader goes on where the subject ends.")


def _sound(candidate: Candidate) -> Iterator[Fact]:
    subject = candidate.letter.subject
    where = in_field(candidate.post, "subject", "The subject")
    text = f"{subject}\n{candidate.revision.preheader}\n{candidate.document.markdown}"
    words = dict.fromkeys(found.casefold() for found in _SUSPICIOUS.findall(text))
    if words:
        named = ", ".join(f"“{word}”" for word in words)
        yield warn(f"Spam filters look for {named}. One alone does no harm.")
    shouts = "!!" in subject or (len(subject) > 10 and subject.isupper())
    if shouts:
        yield warn("The subject shouts, which spam filters look for.", where)
    if not words and not shouts:
        yield good("No word that spam filters look for.")
