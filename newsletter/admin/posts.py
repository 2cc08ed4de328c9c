"""Posts: the list of them, and how one begins. The pages about one post hang in `urls`."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern
from django.utils.html import format_html

from newsletter import drafting
from newsletter.admin import desk, urls
from newsletter.models import Post
from newsletter.models.posts import UNTITLED
from threads.admin.trash import TrashAdmin, TrashFilter
from threads.text.names import shown_name

BADGES: dict[str, str] = {Post.State.PUBLISHED: "good", Post.State.SCHEDULED: "warn"}


@admin.register(Post)
class PostAdmin(TrashAdmin[Post]):
    list_display = ["title", "how_far", "newsletter", "published_at", "created_at"]
    list_filter = ["state", TrashFilter, "newsletter"]
    list_select_related = ["latest", "live", "newsletter"]
    search_fields = ["latest__title", "latest__body"]
    search_help_text = "Search titles and texts"
    sortable_by = ["published_at", "created_at"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Post]:
        return super().get_queryset(request).defer("latest__body", "live__body", "latest__html")

    @admin.display(description="post")
    def title(self, post: Post) -> str:
        return str(post)

    @admin.display(description="state", ordering="state")
    def how_far(self, post: Post) -> str:
        label = post.get_state_display()
        if post.live_id and post.live_id != post.latest_id:
            label = "Published, with changes to release"
        return format_html('<span class="badge {}">{}</span>', BADGES.get(post.state, ""), label)

    def get_urls(self) -> list[URLPattern]:
        return [*urls.of(self.admin_site), *super().get_urls()]

    def add_view(
        self,
        request: HttpRequest,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Asks for a title; the editor's page does the rest."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        if request.method == "POST":
            title = shown_name(request.POST.get("title", "")) or UNTITLED
            post = drafting.begin(title, by=desk.editor_of(request))
            return redirect("admin:newsletter_post_change", post.pk)
        context = {**self.admin_site.each_context(request), "opts": self.opts, "title": "New post"}
        return TemplateResponse(request, "admin/newsletter/post/add.html", context)
