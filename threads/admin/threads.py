"""Threads as records: found, read part by part, put in the trash. What posts are made of
them is added by the newsletter, which threads knows nothing about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from threads import refreshing
from threads.admin import inbox, origins
from threads.admin.trash import TrashAdmin, TrashFilter
from threads.markdown import markdown_of
from threads.models import Attachment, Import, Status, Thread
from threads.text.html import to_html

CHANGES = 50  # the newest, on a thread's page


class TwinFilter(admin.SimpleListFilter):
    """Of two twins, lists show the one that stands for both until asked for the other."""

    title = "twins"
    parameter_name = "twins"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", "Behind another")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Thread]) -> QuerySet[Thread]:
        return queryset.filter(twin_of__isnull=not self.value())


class UsedFilter(admin.SimpleListFilter):
    title = "use"
    parameter_name = "use"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("none", "In no post yet"), ("some", "In a post")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Thread]) -> QuerySet[Thread]:
        match self.value():
            case "none":
                return queryset.filter(posts=None)
            case "some":
                return queryset.exclude(posts=None).distinct()
        return queryset


@dataclass(frozen=True)
class Part:
    """A status as the thread's page shows it."""

    status: Status
    html: SafeString
    lost: list[Attachment]


def parts_of(statuses: QuerySet[Status]) -> list[Part]:
    return [
        Part(
            status,
            mark_safe(to_html(markdown_of(status))),  # noqa: S308 - to_html sanitises
            [a for a in status.attachments.all() if a.state != Attachment.State.PRESENT],
        )
        for status in statuses.prefetch_related("attachments")
    ]


class ThreadAdmin(TrashAdmin[Thread]):
    list_display = ["title", "account", "parts", "whole", "started_at"]
    list_filter = [UsedFilter, "complete", TrashFilter, TwinFilter, "account__platform", "account"]
    list_select_related = ["account"]
    list_per_page = 50
    search_fields = ["title", "statuses__text", "account__name", "account__handle"]
    search_help_text = "Search titles, parts and authors"
    sortable_by = ["title", "parts", "started_at"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def inbox(self, request: HttpRequest) -> HttpResponse:
        return inbox.page(request, self)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Thread]:
        return super().get_queryset(request).filter(imported_by__state=Import.State.DONE)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("inbox/", view(self.inbox), name="threads_thread_inbox"),
            path("inbox/mail/", view(inbox.choose_mail), name="threads_thread_inbox_mail"),
            path("<int:pk>/refresh/", view(origins.refresh), name="threads_thread_refresh"),
            path("<int:pk>/part/", view(origins.part), name="threads_thread_part"),
            *super().get_urls(),
        ]

    @admin.display(ordering="length")
    def parts(self, thread: Thread) -> int:
        return thread.length

    @admin.display(description="complete", ordering="complete")
    def whole(self, thread: Thread) -> str:
        if thread.complete:
            return format_html('<span class="badge good">{}</span>', "complete")
        return format_html('<span class="badge warn">{}</span>', "incomplete")

    def delete_model(self, request: HttpRequest, obj: Thread) -> None:
        self.delete_queryset(request, Thread.objects.filter(pk=obj.pk))

    @transaction.atomic
    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Thread]) -> None:
        # Its parts go with it: left behind they would turn up among the lone ones.
        Status.objects.filter(thread__in=queryset).delete()
        queryset.delete()

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        thread = get_object_or_404(self.get_queryset(request), pk=object_id)
        if not self.has_view_permission(request, thread):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": thread.title,
            "thread": thread,
            "changes": thread.changes.select_related("status")[:CHANGES],
            "may_refresh": not refreshing.why_not(thread)
            and request.user.has_perm("threads.add_import"),
            "twins": thread.twins.select_related("account"),
            "main_line": parts_of(thread.main_line()),
            "branches": parts_of(thread.branches()),
            "may_delete": self.has_delete_permission(request, thread),
            "may_change": self.has_change_permission(request, thread),
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/threads/thread/change_form.html", context)


admin.site.register(Thread, ThreadAdmin)
