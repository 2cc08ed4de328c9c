"""Where it goes: the newsletter, its colour, and the address of this installation."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse

from newsletter.models import Newsletter
from newsletter.preflight.candidate import Candidate
from newsletter.preflight.facts import Fact, Where, fault, good, of_newsletter, warn
from newsletter.preflight.pictures import is_private
from newsletter.rendering.palette import light_and_dark, lighter

READABLE = 4.5  # WCAG 2.2, 1.4.3


def facts(candidate: Candidate) -> Iterator[Fact]:
    if candidate.newsletter:
        yield from _contrast(candidate.newsletter)
    elif not Newsletter.objects.exists():
        where = Where("Make one", reverse("admin:newsletter_newsletter_add"))
        yield fault("There is no newsletter yet to publish it in.", where)
    yield from _address()


def _contrast(newsletter: Newsletter) -> Iterator[Fact]:
    light, dark = light_and_dark()
    grounds = {
        "light": contrast(newsletter.accent, light["paper"]),
        "dark": contrast(lighter(newsletter.accent), dark["paper"]),
    }
    pale = {name: ratio for name, ratio in grounds.items() if ratio < READABLE}
    for name, ratio in pale.items():
        yield warn(
            f"The newsletter’s colour is hard to read on {name} paper: "
            f"{ratio:.1f} to 1, and {READABLE} is needed.",
            of_newsletter(newsletter),
        )
    if not pale:
        yield good("The newsletter’s colour can be read on light and on dark paper.")


def contrast(one: str, other: str) -> float:
    """Of two colours such as #c2402c (WCAG 2.2, contrast ratio)."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _address() -> Iterator[Fact]:
    address = urlsplit(settings.BASE_URL)
    if is_private(address.hostname or ""):
        yield warn(
            f"This site calls itself {settings.BASE_URL}, which readers cannot reach: set BASE_URL "
            "before anything is mailed, as its links stay in the mails."
        )
    elif address.scheme != "https":
        yield warn(
            f"This site calls itself {settings.BASE_URL}, without encryption: mail programs want "
            "https for one-click unsubscribing. Set BASE_URL."
        )
    else:
        yield good(f"Links lead to {settings.BASE_URL}.")
