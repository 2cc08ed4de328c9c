"""EditorSite: the admin site that editors work in, and its front page."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from newsletter.models import Issue, Newsletter, Post
from threads.models import Import, Thread

SHOWN = 5
# In the order of the work, not of the alphabet; what is not named here comes after.
APPS = {"newsletter": "Publish", "threads": "Threads", "auth": "People"}
MODELS = ["post", "newsletter", "issue", "subscription", "subscriber", "thread", "follow", "import"]


class EditorSite(admin.AdminSite):
    site_header = "Unspool"
    site_title = "Unspool"
    index_title = "What to do next"

    def index(  # type: ignore[override] # a first visit is sent elsewhere
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if not Newsletter.objects.exists() and request.user.has_perm("newsletter.add_newsletter"):
            return redirect("admin:newsletter_setup")
        return super().index(request, desk() | (extra_context or {}))

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        return super().each_context(request) | {"mail_is_local": settings.MAIL_IS_LOCAL}

    def get_app_list(
        self, request: HttpRequest, app_label: str | None = None
    ) -> list[dict[str, Any]]:
        apps = super().get_app_list(request, app_label)
        for app in apps:
            app["name"] = APPS.get(app["app_label"], app["name"])
            app["models"].sort(key=lambda model: _place(MODELS, model["object_name"].lower()))
        return sorted(apps, key=lambda app: _place(list(APPS), app["app_label"]))


def desk() -> dict[str, Any]:
    """What waits for an editor, in the order in which a thread becomes an issue."""
    waiting = Thread.objects.waiting().select_related("account")
    drafts = Post.objects.drafts().select_related("latest").order_by("-latest__created_at")
    issue = Issue.objects.select_related("newsletter").first()
    return {
        "cannot_send": [one for one in Newsletter.objects.all() if one.missing_for_sending()],
        "last_import": Import.objects.first(),
        "inbox_count": Thread.objects.in_inbox().count(),
        "waiting": waiting[:SHOWN],
        "waiting_count": waiting.count(),
        "drafts": drafts[:SHOWN],
        "draft_count": drafts.count(),
        "issue": issue,
        "report": issue.report() if issue else {},
    }


def _place(order: list[str], name: str) -> int:
    return order.index(name) if name in order else len(order)
