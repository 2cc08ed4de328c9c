"""The inbox: new threads of followed accounts, until an editor has seen to them.

What can be done with threads are actions of their admin, so the newsletter's are here, too.
"""

from __future__ import annotations

from html import unescape
from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import BadRequest, PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.html import strip_tags
from django.utils.text import Truncator
from django.views.decorators.http import require_POST

from threads import inbox
from threads.admin.sent import number
from threads.markdown import markdown_of
from threads.models import Follow, InboxMail, Status, Thread
from threads.text.html import to_html

if TYPE_CHECKING:
    from threads.admin.threads import ThreadAdmin

SHOWN = 50
WORDS = 45  # of the first parts
ILL = [Follow.State.FAILING, Follow.State.STOPPED]
VERBS = {"make_draft": "Make a draft", "keep": "Keep for later", "move_to_trash": "To the trash"}


def page(request: HttpRequest, threads: ThreadAdmin) -> HttpResponse:
    if not threads.has_view_permission(request):
        raise PermissionDenied
    if request.method == "POST":
        return see_to(request, threads)
    new = Thread.objects.in_inbox().select_related("account")
    shown = list(new[:SHOWN])
    beginnings = beginnings_of(shown)
    context = {
        **admin.site.each_context(request),
        "opts": Thread._meta,
        "title": "Inbox",
        "rows": [(thread, beginnings.get(thread.pk, "")) for thread in shown],
        "count": new.count(),
        "verbs": verbs_of(request, threads),
        "follows": Follow.objects.count(),
        "ill": Follow.objects.filter(state__in=ILL).select_related("account"),
        "wants_mail": InboxMail.objects.filter(user=request.user.pk).exists(),
    }
    return TemplateResponse(request, "admin/threads/thread/inbox.html", context)


def beginnings_of(threads: list[Thread]) -> dict[int, str]:
    """The first words of each, without pictures and marks."""
    first = Status.objects.filter(thread__in=threads, position__lte=2).order_by("position")
    texts: dict[int, str] = {}
    for status in first.select_related("account").prefetch_related("attachments"):
        said = unescape(strip_tags(to_html(markdown_of(status))))
        texts[status.thread_id or 0] = f"{texts.get(status.thread_id or 0, '')} {said}"
    return {pk: Truncator(text.strip()).words(WORDS, truncate=" …") for pk, text in texts.items()}


def verbs_of(request: HttpRequest, threads: ThreadAdmin) -> dict[str, str]:
    """Those that the editor may use, with their labels."""
    may = {*threads.get_actions(request)}
    if threads.has_change_permission(request):
        may.add("keep")
    return {verb: label for verb, label in VERBS.items() if verb in may}


def see_to(request: HttpRequest, threads: ThreadAdmin) -> HttpResponse:
    """The verb is named by the button; its value is one thread, or `chosen` for the ticked ones."""
    verb = next((verb for verb in verbs_of(request, threads) if verb in request.POST), None)
    if verb is None:
        raise BadRequest("There is no such thing to do.")
    which = request.POST[verb]
    numbers = request.POST.getlist("thread") if which == "chosen" else [which]
    pks = [*map(number, numbers)]
    chosen = Thread.objects.visible().filter(pk__in=pks)
    if not chosen.exists():
        messages.warning(request, "Tick some threads first.")
        return redirect("admin:threads_thread_inbox")
    return do(request, threads, verb, chosen) or redirect("admin:threads_thread_inbox")


def do(
    request: HttpRequest, threads: ThreadAdmin, verb: str, chosen: QuerySet[Thread]
) -> HttpResponse | None:
    if verb == "keep":
        count = chosen.update(in_inbox=False)
        messages.success(request, f"{count} kept for later, in the list of threads.")
        return None
    act: Any = threads.get_actions(request)[verb]
    answer: HttpResponse | None = act.func(threads, request, chosen)
    return answer


@require_POST
def choose_mail(request: HttpRequest) -> HttpResponse:
    assert isinstance(request.user, User)  # noqa: S101 - nobody else gets as far as here
    wanted = "wanted" in request.POST
    inbox.want_mail(request.user, wanted=wanted)
    if not wanted:
        messages.success(request, "No mail about the inbox will come any more.")
    elif request.user.email:
        messages.success(request, f"When something is new, a mail comes to {request.user.email}.")
    else:
        messages.warning(request, "Your account has no address yet: a mail needs one.")
    return redirect("admin:threads_thread_inbox")
