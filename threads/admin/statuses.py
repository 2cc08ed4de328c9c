"""Statuses as records: to look up one part, and to see those that belong to no thread."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from threads.models import Import, Status


class PlaceFilter(admin.SimpleListFilter):
    title = "place"
    parameter_name = "place"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("lone", "In no thread"), ("thread", "In a thread")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Status]) -> QuerySet[Status]:
        match self.value():
            case "lone":
                return queryset.filter(thread=None)
            case "thread":
                return queryset.exclude(thread=None)
        return queryset


@admin.register(Status)
class StatusAdmin(admin.ModelAdmin[Status]):
    list_display = ["beginning", "account", "thread", "position", "posted_at"]
    list_filter = [PlaceFilter, "platform", "account"]
    list_select_related = ["account", "thread"]
    search_fields = ["text", "remote_id"]
    ordering = ["-sort_key"]
    show_full_result_count = False
    fields = [
        "text",
        "account",
        "thread",
        "position",
        "posted_at",
        "url",
        "reply_to",
        "quote_of",
        "language",
        "likes",
        "remote_id",
        "imported_by",
    ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Status | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Status | None = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Status]:
        return super().get_queryset(request).filter(imported_by__state=Import.State.DONE)

    @admin.display(description="part", ordering="text")
    def beginning(self, status: Status) -> str:
        return status.text[:120] or "(a picture without words)"
