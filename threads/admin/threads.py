"""Threads as records: found, read part by part, put in the trash. What posts are made of
them is added by the newsletter, which threads knows nothing about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.contrib.humanize.templatetags.humanize import intcomma
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.timezone import localtime

from threads import refreshing, searching
from threads.admin import inbox, origins
from threads.admin.filters import (
    AccountFilter,
    LengthFilter,
    PlatformFilter,
    TwinFilter,
    WholeFilter,
    YearFilter,
)
from threads.admin.paging import PagedList
from threads.admin.trash import TrashAdmin, TrashFilter
from threads.markdown import markdown_of
from threads.models import Attachment, Import, IndexEntry, Keyword, Status, Thread
from threads.text.html import to_html

CHANGES = 50  # the newest, on a thread's page
INDEX = (IndexEntry, Keyword)


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


def _without_index(shown: list[Any]) -> list[Any]:
    """`shown`: what is deleted, each followed by the list of what goes with it."""
    names = tuple(f"{capfirst(model._meta.verbose_name)}: " for model in INDEX)
    nested = (_without_index(each) if isinstance(each, list) else each for each in shown)
    return [each for each in nested if each and not str(each).startswith(names)]


class ThreadAdmin(TrashAdmin[Thread]):
    list_display = ["title", "account", "parts", "whole", "liked", "began"]
    list_filter = [
        WholeFilter,
        PlatformFilter,
        AccountFilter,
        YearFilter,
        LengthFilter,
        TrashFilter,
        TwinFilter,
    ]
    list_select_related = ["account"]
    list_per_page = 30
    search_fields = ["title"]  # so that there is a search; `get_search_results` does it
    search_help_text = "Search titles, parts and authors"
    show_facets = admin.ShowFacets.NEVER  # they count all there is, for each choice

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def inbox(self, request: HttpRequest) -> HttpResponse:
        return inbox.page(request, self)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Thread]:
        threads = super().get_queryset(request).filter(imported_by__state=Import.State.DONE)
        return threads.annotate(likes=F("index_entry__likes"))

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        searching.catch_up()  # it searches, shows and sorts by what the index knows
        return super().changelist_view(request, extra_context)

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return PagedList

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Thread], search_term: str
    ) -> tuple[QuerySet[Thread], bool]:
        if not search_term.strip():
            return queryset, False
        return searching.search(queryset, search_term), False

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("inbox/", view(self.inbox), name="threads_thread_inbox"),
            path("inbox/mail/", view(inbox.choose_mail), name="threads_thread_inbox_mail"),
            path("<int:pk>/refresh/", view(origins.refresh), name="threads_thread_refresh"),
            path("<int:pk>/part/", view(origins.part), name="threads_thread_part"),
            *super().get_urls(),
        ]

    def around(self, thread: Thread) -> dict[str, Any]:
        """What is shown beside a thread wherever it is read."""
        return {"related": searching.related(thread)}

    @admin.display(ordering="-length")
    def parts(self, thread: Thread) -> int:
        return thread.length

    @admin.display(description="complete", ordering="complete")
    def whole(self, thread: Thread) -> str:
        if thread.complete:
            return format_html('<span class="badge good">{}</span>', "complete")
        return format_html('<span class="badge warn">{}</span>', "incomplete")

    @admin.display(description="likes", ordering=F("likes").desc(nulls_last=True))
    def liked(self, thread: Thread) -> str:
        """Of all parts, where the source tells."""
        likes: int | None = getattr(thread, "likes", None)
        return "–" if likes is None else intcomma(likes)

    @admin.display(description="began", ordering=F("started_at").desc(nulls_last=True))
    def began(self, thread: Thread) -> str:
        return date_format(localtime(thread.started_at), "j M Y") if thread.started_at else "–"

    def get_deleted_objects(
        self, objs: Any, request: HttpRequest
    ) -> tuple[list[Any], dict[str, int], set[str], list[str]]:
        """Without what the index keeps of them, which nobody wrote."""
        shown, counts, needed, protected = super().get_deleted_objects(objs, request)
        for model in INDEX:
            counts.pop(str(model._meta.verbose_name_plural), None)
        return _without_index(shown), counts, needed, protected

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
            **self.around(thread),
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/threads/thread/change_form.html", context)


admin.site.register(Thread, ThreadAdmin)
