"""Who called the bot and what came of it, and who does not want to be unrolled: to look at."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from django.utils.html import format_html

from threads.models import Mention, OptOut

BADGES: dict[str, str] = {
    Mention.State.ANSWERED: "good",
    Mention.State.REFUSED: "warn",
    Mention.State.FAILED: "bad",
}


class RecordAdmin[M: Model](admin.ModelAdmin[M]):
    """Nothing here is changed by hand."""

    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        return False


@admin.register(Mention)
class MentionAdmin(RecordAdmin[Mention]):
    list_display = ["__str__", "platform", "how_it_went", "thread", "note", "seen_at"]
    list_filter = ["state", "asks", "platform"]
    list_select_related = ["thread"]
    search_fields = ["handle", "about"]
    fields = [
        "asks",
        "handle",
        "platform",
        "about",
        "how_it_went",
        "thread",
        "note",
        "answer",
        "tries",
        "seen_at",
        "answered_at",
    ]
    readonly_fields = ["how_it_went"]

    @admin.display(description="state", ordering="state")
    def how_it_went(self, mention: Mention) -> str:
        badge, label = BADGES.get(mention.state, ""), mention.get_state_display()
        return format_html('<span class="badge {}">{}</span>', badge, label)


@admin.register(OptOut)
class OptOutAdmin(RecordAdmin[OptOut]):
    list_display = ["__str__", "platform", "since"]
    list_filter = ["platform"]
    search_fields = ["handle", "remote_id"]
    readonly_fields = ["platform", "handle", "remote_id", "since"]
