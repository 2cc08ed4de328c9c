"""What changed at the source of a post: shown change by change, taken over or left."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from newsletter import living
from newsletter.admin import desk
from newsletter.admin.diff import compare
from newsletter.drafting import Conflict


@require_safe
@desk.may_write
def changes(request: HttpRequest, pk: int) -> HttpResponse:
    post = desk.find(pk)
    found = [
        {"change": change, "words": compare(change.before, change.after)}
        for change in living.open_changes(post)
    ]
    return desk.show(request, "source", "What changed at the source", post, changes=found)


@require_POST
@desk.may_write
def settle(request: HttpRequest, pk: int, change: int) -> HttpResponse:
    """One change: taken over into a new revision, or left."""
    post = desk.find(pk)
    chosen = get_object_or_404(living.open_changes(post), pk=change)
    base = request.POST.get("base", "")
    try:
        if "take" in request.POST:
            number = int(base) if base.isdecimal() else 0
            revision = living.take(post, chosen, base=number, by=desk.editor_of(request))
            messages.success(request, f"Taken over, as revision {revision.number}.")
        else:
            living.leave(post, chosen, by=desk.editor_of(request))
            messages.success(request, "Left as it is.")
    except living.CannotTake as refusal:
        messages.error(request, str(refusal))
    except Conflict as conflict:
        messages.error(request, f"{conflict} Look at it first.")
    return redirect("admin:newsletter_post_source", post.pk)
