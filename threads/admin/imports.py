"""Imports as records: the list of them, how each one went, and undoing one."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods, require_POST

from config.queue import wake
from threads import downloading, fetching, importing
from threads.admin import adding
from threads.admin.adding import show
from threads.jobs import fetch_media, run_import
from threads.models import Import, Thread
from threads.sources.base import SkipReason

BADGES: dict[str, str] = {
    Import.State.DONE: "good",
    Import.State.FAILED: "bad",
    Import.State.UNDONE: "warn",
    Import.State.CANCELLED: "warn",
}
SKIPPED: dict[str, str] = {
    SkipReason.RETWEET: "retweets of others",
    SkipReason.REPLY_TO_OTHER: "replies to others",
    SkipReason.SUPERSEDED_EDIT: "earlier versions of an edited part",
    SkipReason.DELETED: "deleted by the author",
    SkipReason.CIRCLE: "for a circle only",
    SkipReason.FOLLOWERS_ONLY: "for followers only",
    SkipReason.DIRECT: "direct messages",
    SkipReason.DUPLICATE: "the same part twice",
    SkipReason.UNREADABLE: "unreadable",
}
DELETED = {"statuses": "parts", "attachments": "pictures"}
READ_AS = {
    "x_archive": "an X archive",
    "mastodon_archive": "a Mastodon archive",
    "thread_reader": "a Thread Reader page",
    "pasted": "pasted text",
    "x_api": "a thread on X",
    "mastodon": "a thread on Mastodon",
    "bluesky": "a thread on Bluesky",
}
SHOWN = 100  # threads on an import's page; the list of threads has them all


@admin.register(Import)
class ImportAdmin(admin.ModelAdmin[Import]):
    list_display = ["source", "account", "how_it_went", "thread_count", "started_at", "by"]
    list_filter = ["state", "kind"]
    list_select_related = ["account", "by"]
    search_fields = ["source", "account__name", "account__handle"]
    actions = None

    def has_delete_permission(self, request: HttpRequest, obj: Import | None = None) -> bool:
        return False

    @admin.display(description="state", ordering="state")
    def how_it_went(self, import_: Import) -> str:
        badge, label = BADGES.get(import_.state, ""), import_.get_state_display()
        return format_html('<span class="badge {}">{}</span>', badge, label)

    @admin.display(description="threads")
    def thread_count(self, import_: Import) -> int:
        return len(import_.thread_ids)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("add/", view(adding.add), name="threads_import_add"),
            path("add/upload/", view(adding.upload), name="threads_import_upload"),
            path("add/paste/", view(adding.paste), name="threads_import_paste"),
            path("add/markdown/", view(adding.markdown), name="threads_import_markdown"),
            path("add/address/", view(adding.address), name="threads_import_address"),
            path("<int:pk>/price/", view(answer_price), name="threads_import_price"),
            path("<int:pk>/media/", view(fetch_again), name="threads_import_media"),
            path("<int:pk>/cancel/", view(cancel), name="threads_import_cancel"),
            path("<int:pk>/undo/", view(undo), name="threads_import_undo"),
            *super().get_urls(),
        ]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        import_ = get_object_or_404(Import.objects.select_related("account", "by"), pk=object_id)
        return show(
            request,
            "change_form",
            import_.source,
            import_=import_,
            busy=import_.state in {Import.State.WAITING, Import.State.RUNNING}
            and import_.price is None,
            tries=fetching.TRIES,
            done=import_.state == Import.State.DONE,
            threads=threads_of(import_)[:SHOWN],
            media=downloading.report(downloading.attachments_of(import_)),
            read_as=READ_AS.get(import_.kind, import_.kind),
            skipped=skipped_in_words(import_),
            may_cancel=request.user.has_perm("threads.add_import"),
            may_undo=request.user.has_perm("threads.delete_import"),
        )


@require_POST
@permission_required("threads.add_import", raise_exception=True)
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    importing.ask_to_cancel(get_object_or_404(Import, pk=pk))
    return redirect("admin:threads_import_change", pk)


@require_http_methods(["GET", "POST"])
@permission_required("threads.delete_import", raise_exception=True)
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    import_ = get_object_or_404(Import, pk=pk, state=Import.State.DONE)
    if request.method == "GET":
        title = f"Undo the import of {import_.source}?"
        return show(request, "undo", title, import_=import_, threads=threads_of(import_))
    try:
        deleted = importing.undo(import_)
    except importing.StillUsed as refusal:
        messages.error(request, str(refusal))
        return redirect("admin:threads_import_change", import_.pk)
    gone = ", ".join(f"{count} {DELETED.get(k, k)}" for k, count in deleted.items() if count)
    messages.success(request, f"The import is undone. Deleted: {gone or 'nothing'}.")
    return redirect("admin:threads_import_changelist")


@require_POST
@permission_required("threads.add_import", raise_exception=True)
def answer_price(request: HttpRequest, pk: int) -> HttpResponse:
    """Whether a thread may cost what it costs to be read."""
    import_ = get_object_or_404(Import, pk=pk, state=Import.State.WAITING, price__isnull=False)
    if "yes" in request.POST:
        fetching.agree(import_)
        wake(run_import, import_.pk)
    else:
        fetching.leave(import_)
    return redirect("admin:threads_import_change", import_.pk)


@require_POST
@permission_required("threads.add_import", raise_exception=True)
def fetch_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Its pictures that could not be had: their server is back, or there is room now."""
    import_ = get_object_or_404(Import, pk=pk, state=Import.State.DONE)
    if downloading.try_anew(downloading.attachments_of(import_)):
        wake(fetch_media)
    return redirect("admin:threads_import_change", import_.pk)


def threads_of(import_: Import) -> QuerySet[Thread]:
    """All it holds: those it brought, and those it found here from before."""
    kept = Thread.objects.filter(pk__in=import_.thread_ids, trashed_at=None)
    return kept.select_related("account").order_by("-length", "-started_at", "-pk")


def skipped_in_words(import_: Import) -> list[tuple[str, int]]:
    return [(SKIPPED.get(reason, reason), count) for reason, count in import_.skipped.items()]
