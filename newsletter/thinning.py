"""Autosaves become fewer as they grow old. What somebody saved on purpose stays for good."""

from __future__ import annotations

from datetime import UTC, timedelta

from django.db.models import DateTimeField, Exists, ExpressionWrapper, OuterRef, Q
from django.db.models.functions import TruncHour
from django.utils.timezone import now

from newsletter.models import Revision

KEPT_ALL_FOR = timedelta(days=1)
KEPT_HOURLY_FOR = timedelta(days=30)
AT_ONCE = 500


def thin() -> int:
    """Of each hour and editor the last autosave stays, and after a month none.

    What readers see, what they were mailed and the latest of a post always stay. At most
    AT_ONCE go, so call it again and again; says how many went.
    """
    end_of_hour = TruncHour("created_at", tzinfo=UTC) + timedelta(hours=1)
    autosaves = Revision.objects.autosaves().annotate(
        until=ExpressionWrapper(end_of_hour, DateTimeField())
    )
    followed = autosaves.filter(
        post=OuterRef("post"),
        by=OuterRef("by"),
        created_at__gt=OuterRef("created_at"),
        created_at__lt=OuterRef("until"),
    )
    worn_out = Q(created_at__lt=now() - KEPT_HOURLY_FOR) | Exists(followed)
    old = autosaves.unpinned().filter(worn_out, created_at__lt=now() - KEPT_ALL_FOR)
    chosen = list(old.order_by("created_at").values_list("pk", flat=True)[:AT_ONCE])
    Revision.objects.filter(pk__in=chosen).delete()
    return len(chosen)
