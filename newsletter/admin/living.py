"""What changed at the source of a post: shown change by change, taken over or left; on a page
of its own, and at the desk beside the paragraph that it belongs to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from newsletter import living, provenance, taking
from newsletter.admin import desk, origins
from newsletter.admin.diff import compare
from newsletter.drafting import Conflict
from newsletter.models import Post
from threads.admin.sent import number
from threads.models import Change

SCRIPT = "application/json"


def with_words(changes: Iterable[Change]) -> list[dict[str, Any]]:
    return [{"change": each, "words": compare(each.before, each.after)} for each in changes]


@require_safe
@desk.may_write
def changes(request: HttpRequest, pk: int) -> HttpResponse:
    post = desk.find(pk)
    found = with_words(living.open_changes(post))
    return desk.show(request, "source", "What changed at the source", post, changes=found)


@require_POST
@desk.may_write
def both(request: HttpRequest, pk: int, change: int) -> HttpResponse:
    """The change, and beside it what became of the same words in the unsaved text."""
    post = desk.find(pk)
    chosen = get_object_or_404(living.open_changes(post), pk=change)
    parts = list(provenance.parts_of(post))
    mine = taking.what_stands(origins.body_of(request), chosen, parts)
    context = {
        "change": chosen,
        "source": compare(chosen.before, chosen.after),
        "mine": mine and compare(chosen.before, mine),
    }
    return render(request, "admin/newsletter/post/desk/both.html", context)


@require_POST
@desk.may_write
def settle(request: HttpRequest, pk: int, change: int) -> HttpResponse:
    """One change: taken over into a new revision, or left."""
    post = desk.find(pk)
    chosen = get_object_or_404(living.open_changes(post), pk=change)
    by_script = request.get_preferred_type(["text/html", SCRIPT]) == SCRIPT
    try:
        said = _decide(request, post, chosen)
    except (living.CannotTake, Conflict) as refusal:
        said = f"{refusal} Look at it first." if isinstance(refusal, Conflict) else str(refusal)
        if by_script:
            return JsonResponse({"refused": said}, status=409)
        messages.error(request, said)
    else:
        if by_script:
            latest = desk.latest_of(post)
            return JsonResponse({"said": said, "base": latest.number, "body": latest.body})
        messages.success(request, said)
    return redirect("admin:newsletter_post_source", post.pk)


def _decide(request: HttpRequest, post: Post, change: Change) -> str:
    by = desk.editor_of(request)
    if "take" not in request.POST:
        living.leave(post, change, by=by)
        return "Left as it is."
    base = number(request.POST.get("base", ""))
    post.latest = living.take(post, change, base=base, by=by)
    return f"Taken over, as revision {post.latest.number}."
