"""A send as an editor sees it: how far it has come, what to decide, and every delivery."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.auth.decorators import permission_required
from django.db.models import Count, Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST, require_safe

from config.queue import wake
from newsletter.jobs import send_block
from newsletter.models import Delivery, Issue
from newsletter.sending import control, outcomes

DOUBTED_SHOWN = 100  # on a send's own page; the list of deliveries has them all

may_steer = method_decorator(permission_required("newsletter.change_issue", raise_exception=True))


class Ledger[M: Model](admin.ModelAdmin[M]):
    """Written by sending alone: nothing is added, edited or deleted by hand."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        return False


@admin.register(Issue)
class IssueAdmin(Ledger[Issue]):
    list_display = ["subject", "newsletter", "standing", "expected", "frozen_at"]
    list_filter = ["newsletter", "state"]
    list_select_related = ["newsletter"]
    search_fields = ["subject"]
    actions = None

    @admin.display(description="state", ordering="state")
    def standing(self, issue: Issue) -> str:
        return standing_of(issue, issue.report())

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/pause/", wrap(self.pause), name="newsletter_issue_pause"),
            path("<int:pk>/resume/", wrap(self.resume), name="newsletter_issue_resume"),
            *super().get_urls(),
        ]

    @method_decorator(require_safe)
    @method_decorator(permission_required("newsletter.view_issue", raise_exception=True))
    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        issues = Issue.objects.select_related("newsletter", "post")
        issue = get_object_or_404(issues, pk=object_id)
        report = issue.report()
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": issue.subject,
            "issue": issue,
            "report": report,
            "settled": report["expected"] - report["waiting"],
            "standing": standing_of(issue, report),
            "reasons": reasons_of(issue),
            "doubted": issue.deliveries.in_doubt().order_by("pk")[:DOUBTED_SHOWN],
            "may_change": self.has_change_permission(request),
        }
        answer = TemplateResponse(request, "admin/newsletter/issue/send.html", context)
        if "HX-Request" in request.headers and issue.state != Issue.State.SENDING:
            # It came to its end while somebody watched: the rest of the page changes, too.
            answer["HX-Refresh"] = "true"
        return answer

    @method_decorator(require_POST)
    @may_steer
    def pause(self, request: HttpRequest, pk: int) -> HttpResponse:
        issue = get_object_or_404(Issue, pk=pk)
        if control.pause(issue):
            self._tell(request, issue, "Paused. What was being handed over still goes out.")
        return redirect("admin:newsletter_issue_change", pk)

    @method_decorator(require_POST)
    @may_steer
    def resume(self, request: HttpRequest, pk: int) -> HttpResponse:
        issue = get_object_or_404(Issue, pk=pk)
        if control.resume(issue):
            outcomes.finish(issue)
            wake(send_block, pk)
            self._tell(request, issue, "It goes on.")
        return redirect("admin:newsletter_issue_change", pk)

    def _tell(self, request: HttpRequest, issue: Issue, said: str) -> None:
        self.log_change(request, issue, said)
        messages.success(request, said)


@admin.register(Delivery)
class DeliveryAdmin(Ledger[Delivery]):
    list_display = ["address", "state", "reason", "reply", "attempts", "settled_at", "issue"]
    list_filter = ["state", "issue"]
    list_select_related = ["issue"]
    search_fields = ["address", "message_id"]
    ordering = ["-issue", "pk"]
    actions = ["send_again", "mark_sent"]

    def has_change_permission(self, request: HttpRequest, obj: Delivery | None = None) -> bool:
        # In the list one may decide about deliveries; each by itself is only to be looked at.
        return obj is None and super().has_change_permission(request)

    @admin.action(description="Send again what is in doubt", permissions=["change"])
    def send_again(
        self, request: HttpRequest, deliveries: QuerySet[Delivery]
    ) -> HttpResponse | None:
        return self._decide(request, deliveries, control.send_again, "sent again")

    @admin.action(description="Mark as sent what is in doubt", permissions=["change"])
    def mark_sent(
        self, request: HttpRequest, deliveries: QuerySet[Delivery]
    ) -> HttpResponse | None:
        return self._decide(request, deliveries, control.mark_sent, "marked as sent")

    def _decide(
        self,
        request: HttpRequest,
        deliveries: QuerySet[Delivery],
        verb: Callable[[Iterable[int]], int],
        outcome: str,
    ) -> HttpResponse | None:
        doubted = Delivery.objects.in_doubt().filter(pk__in=deliveries.values("pk"))
        if "confirmed" not in request.POST:
            return self._ask(request, doubted)
        chosen = dict(doubted.values_list("pk", "issue"))
        said = f"{verb(chosen)} in doubt {outcome}."
        for issue in Issue.objects.filter(pk__in=chosen.values()):
            self.admin_site.get_model_admin(Issue).log_change(request, issue, said)
        for issue in outcomes.idle().filter(pk__in=chosen.values()):
            wake(send_block, issue.pk)
        messages.success(request, said)
        return None

    def _ask(self, request: HttpRequest, doubted: QuerySet[Delivery]) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": "Are you sure?",
            "count": doubted.count(),
            "some": doubted.order_by("pk")[:10],
            "asked": request.POST["action"],
            "chosen": request.POST.getlist(ACTION_CHECKBOX_NAME),
            "across": request.POST.get("select_across", "0"),
        }
        return TemplateResponse(request, "admin/newsletter/delivery/decide.html", context)


def standing_of(issue: Issue, report: dict[str, int]) -> str:
    """Never called finished as long as somebody has to decide about something."""
    if issue.state == Issue.State.FINISHED and report["unknown"]:
        return "to decide"
    return issue.state


def reasons_of(issue: Issue) -> list[object]:
    """Why deliveries did not go out, the most frequent first."""
    told = issue.deliveries.exclude(reason="").values("state", "reason")
    return list(told.annotate(count=Count("pk")).order_by("-count", "state", "reason"))
