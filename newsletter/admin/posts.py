"""Posts: the list of them, and where the pages about one post hang."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, re_path
from django.utils.html import format_html

from newsletter.admin import (
    board,
    cards,
    editor,
    expanding,
    faces,
    living,
    origins,
    pictures,
    preflight,
    presence,
    preview,
    publication,
    quoting,
    rehearsal,
    revisions,
)
from newsletter.models import Post
from threads.admin.trash import TrashAdmin, TrashFilter

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
        view = self.admin_site.admin_view
        face = "|".join(faces.FACES)
        return [
            path("<int:pk>/change/", view(editor.edit), name="newsletter_post_change"),
            path("<int:pk>/preview/", view(preview.page), name="newsletter_post_preview_page"),
            path("<int:pk>/board/", view(board.board), name="newsletter_post_board"),
            path("<int:pk>/board/act/", view(board.act), name="newsletter_post_act"),
            re_path(
                rf"^(?P<pk>\d+)/preview/(?P<face>{face})/$",
                view(preview.saved),
                name="newsletter_post_preview",
            ),
            re_path(
                rf"^(?P<pk>\d+)/preview/(?P<face>{face})/unsaved/$",
                view(preview.unsaved),
                name="newsletter_post_unsaved",
            ),
            path("<int:pk>/test/", view(rehearsal.send), name="newsletter_post_test"),
            path("<int:pk>/preflight/", view(preflight.page), name="newsletter_post_preflight"),
            path("<int:pk>/preflight/links/", view(preflight.links), name="newsletter_post_links"),
            path("<int:pk>/preflight/spam/", view(preflight.spam), name="newsletter_post_spam"),
            path("<int:pk>/pictures/", view(pictures.add), name="newsletter_post_pictures"),
            path("<int:pk>/presence/", view(presence.beat), name="newsletter_post_presence"),
            path("<int:pk>/card/", view(cards.make), name="newsletter_post_card"),
            path("<int:pk>/parts/", view(quoting.parts), name="newsletter_post_parts"),
            path("<int:pk>/parts/<int:part>/", view(quoting.quote), name="newsletter_post_part"),
            path("<int:pk>/revisions/", view(revisions.history), name="newsletter_post_revisions"),
            path(
                "<int:pk>/revisions/compare/",
                view(revisions.comparison),
                name="newsletter_post_comparison",
            ),
            path(
                "<int:pk>/revisions/<int:number>/",
                view(revisions.revision),
                name="newsletter_post_revision",
            ),
            path(
                "<int:pk>/revisions/<int:number>/restore/",
                view(revisions.restore),
                name="newsletter_post_restore",
            ),
            path("<int:pk>/origins/", view(origins.unsaved), name="newsletter_post_origins"),
            path("<int:pk>/source/", view(living.changes), name="newsletter_post_source"),
            path(
                "<int:pk>/source/<int:change>/",
                view(living.settle),
                name="newsletter_post_settle",
            ),
            path(
                "<int:pk>/source/<int:change>/both/",
                view(living.both),
                name="newsletter_post_both",
            ),
            path("<int:pk>/expand/", view(expanding.expand), name="newsletter_post_expand"),
            path("<int:pk>/publish/", view(publication.publish), name="newsletter_post_publish"),
            path("<int:pk>/release/", view(publication.release), name="newsletter_post_release"),
            path("<int:pk>/withdraw/", view(publication.withdraw), name="newsletter_post_withdraw"),
            *super().get_urls(),
        ]

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
            post = editor.begin(request.POST.get("title", ""), request.user)
            return redirect("admin:newsletter_post_change", post.pk)
        context = {**self.admin_site.each_context(request), "opts": self.opts, "title": "New post"}
        return TemplateResponse(request, "admin/newsletter/post/add.html", context)
