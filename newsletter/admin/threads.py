"""The list of threads as the newsletter sees it: what became of each, and making posts of them."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from config.queue import wake
from newsletter import drafting
from newsletter.admin.desk import editor_of
from threads.admin.threads import ThreadAdmin
from threads.jobs import fetch_media
from threads.models import Thread

admin.site.unregister(Thread)


@admin.register(Thread)
class ThreadsForPosts(ThreadAdmin):
    actions = ["make_draft", "move_to_trash", "restore"]
    list_display = ["title", "account", "parts", "whole", "started_at", "used_in"]

    def get_actions(
        self,
        request: HttpRequest,
        action_location: admin.ActionLocation = admin.ActionLocation.CHANGE_LIST,
    ) -> dict[str, Any]:
        actions = super().get_actions(request, action_location)
        if "restore" in actions:
            actions.pop("make_draft", None)
        return actions

    def get_queryset(self, request: HttpRequest) -> QuerySet[Thread]:
        return super().get_queryset(request).prefetch_related("posts__latest")

    def has_write_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("newsletter.add_post"))

    @admin.display(description="used in")
    def used_in(self, thread: Thread) -> SafeString:
        posts = (
            (reverse("admin:newsletter_post_change", args=[p.pk]), p) for p in thread.posts.all()
        )
        return format_html_join(", ", '<a href="{}">{}</a>', posts)

    @admin.action(description="Make a draft", permissions=["write"])
    def make_draft(
        self, request: HttpRequest, chosen: QuerySet[Thread]
    ) -> HttpResponse | HttpResponseRedirect:
        """One post of all the chosen threads, the earliest first."""
        threads = list(chosen.order_by("started_at", "pk"))
        try:
            post = drafting.compose(threads, by=editor_of(request))
        except drafting.StillFetching as error:
            wake(fetch_media, [thread.pk for thread in threads])
            messages.warning(request, str(error))
            return redirect(request.get_full_path())
        messages.success(request, f"A draft of {len(threads)} thread{'s'[: len(threads) > 1]}.")
        return redirect("admin:newsletter_post_change", post.pk)
