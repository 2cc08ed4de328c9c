"""The list of threads as the newsletter sees it: what became of each, and making posts of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from config.queue import wake
from newsletter import drafting, outlining
from newsletter.admin.desk import editor_of
from newsletter.admin.library import Library, UseFilter
from newsletter.models import Post
from threads.admin.threads import ThreadAdmin, parts_of
from threads.jobs import fetch_media
from threads.models import Thread

FIRST_PARTS = 15  # that a preview shows

admin.site.unregister(Thread)


@admin.register(Thread)
class ThreadsForPosts(ThreadAdmin):
    actions = ["merge", "make_draft", "move_to_trash", "restore"]
    list_display = ["row", "parts", "liked", "began"]
    list_display_links = None  # the row has its own
    list_filter = [UseFilter, *ThreadAdmin.list_filter]

    def get_actions(
        self,
        request: HttpRequest,
        action_location: admin.ActionLocation = admin.ActionLocation.CHANGE_LIST,
    ) -> dict[str, Any]:
        actions = super().get_actions(request, action_location)
        if "restore" in actions:
            for name in ("merge", "make_draft"):
                actions.pop(name, None)
        return actions

    def get_queryset(self, request: HttpRequest) -> QuerySet[Thread]:
        uses = Prefetch("posts", Post.objects.kept().select_related("latest"))
        return super().get_queryset(request).prefetch_related(uses)

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return Library

    def get_urls(self) -> list[URLPattern]:
        preview = self.admin_site.admin_view(require_safe(self.preview))
        here = path("<int:pk>/preview/", preview, name="threads_thread_preview")
        return [here, *super().get_urls()]

    def preview(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Beside the list: the thread without the page around it."""
        thread = get_object_or_404(self.get_queryset(request).select_related("account"), pk=pk)
        if not self.has_view_permission(request, thread):
            raise PermissionDenied
        context = {
            "thread": thread,
            "parts": parts_of(thread.main_line()[:FIRST_PARTS]),
            "more": max(thread.length - FIRST_PARTS, 0),
            "may_write": self.has_write_permission(request),
            **self.around(thread),
        }
        return TemplateResponse(request, "admin/threads/thread/preview.html", context)

    def around(self, thread: Thread) -> dict[str, Any]:
        uses = Post.objects.filter(threads=thread).select_related("latest")
        return {"uses": uses, **super().around(thread)}

    def has_write_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("newsletter.add_post"))

    @admin.display(description="thread", ordering="title")
    def row(self, thread: Thread) -> SafeString:
        return render_to_string("admin/threads/thread/row.html", {"thread": thread})

    @admin.action(description="Merge on the board", permissions=["write"])
    def merge(self, request: HttpRequest, chosen: QuerySet[Thread]) -> HttpResponseRedirect:
        """An empty post, whose parts are chosen from all these threads."""
        return _begun(request, chosen, outlining.begin, "admin:newsletter_post_board")

    @admin.action(description="Make a draft", permissions=["write"])
    def make_draft(self, request: HttpRequest, chosen: QuerySet[Thread]) -> HttpResponseRedirect:
        """One post of all that the chosen threads say."""
        count = chosen.count()
        words = f"A draft of {count} thread{'s'[: count > 1]}."
        return _begun(request, chosen, drafting.compose, "admin:newsletter_post_change", words)


def _begun(
    request: HttpRequest,
    chosen: QuerySet[Thread],
    begin: Callable[..., Post],
    page: str,
    words: str = "",
) -> HttpResponseRedirect:
    """To the post that is begun with these threads, the earliest first."""
    threads = list(chosen.order_by("started_at", "pk"))
    if not threads:
        messages.error(request, "What you chose is not here any more.")
        return HttpResponseRedirect(request.get_full_path())
    try:
        post = begin(threads, by=editor_of(request))
    except drafting.StillFetching as error:
        wake(fetch_media, [thread.pk for thread in threads])
        messages.warning(request, str(error))
        return HttpResponseRedirect(request.get_full_path())
    if words:
        messages.success(request, words)
    return HttpResponseRedirect(reverse(page, args=[post.pk]))
