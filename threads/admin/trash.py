"""The trash: what is put away can be taken back, and is deleted for good only from here."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.timezone import now


class TrashFilter(admin.SimpleListFilter):
    title = "trash"
    parameter_name = "trash"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", "In the trash")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value():
            return queryset.exclude(trashed_at=None)
        return queryset.filter(trashed_at=None)

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        kept, *rest = super().choices(changelist)
        yield {**kept, "display": "Kept"}
        yield from rest


class TrashAdmin[M: Model](admin.ModelAdmin[M]):
    """For models with a `trashed_at`. Lists hide what is in the trash until asked for it."""

    actions = ["move_to_trash", "restore"]

    def get_actions(
        self,
        request: HttpRequest,
        action_location: admin.ActionLocation = admin.ActionLocation.CHANGE_LIST,
    ) -> dict[str, Any]:
        actions = super().get_actions(request, action_location)
        in_trash = TrashFilter.parameter_name in request.GET
        out_of_place = ["move_to_trash"] if in_trash else ["restore", "delete_selected"]
        return {name: action for name, action in actions.items() if name not in out_of_place}

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and (
            obj is None or obj.trashed_at is not None
        )

    @admin.action(description="Move to the trash", permissions=["change"])
    def move_to_trash(self, request: HttpRequest, chosen: QuerySet[M]) -> None:
        count = chosen.update(trashed_at=now())
        messages.success(request, f"{count} moved to the trash.")

    @admin.action(description="Take back from the trash", permissions=["change"])
    def restore(self, request: HttpRequest, chosen: QuerySet[M]) -> None:
        count = chosen.update(trashed_at=None)
        messages.success(request, f"{count} taken back from the trash.")
