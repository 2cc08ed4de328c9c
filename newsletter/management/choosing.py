"""Which newsletter a command is about."""

from __future__ import annotations

from django.core.management.base import CommandError

from newsletter.links import absolute
from newsletter.models import Newsletter


def choose_newsletter(slug: str) -> Newsletter:
    """By its slug; without one, the only newsletter there is."""
    slugs = list(Newsletter.objects.order_by("slug").values_list("slug", flat=True))
    if not slugs:
        place = absolute("/admin/newsletter/newsletter/add/")
        raise CommandError(f"There is no newsletter yet. Make one at {place}")
    if slug and slug not in slugs:
        raise CommandError(f"There is no newsletter “{slug}”, only: {', '.join(slugs)}.")
    if not slug and len(slugs) > 1:
        raise CommandError(f"Say which newsletter with --newsletter: {', '.join(slugs)}.")
    return Newsletter.objects.get(slug=slug or slugs[0])
