"""The revisions of a post: the list, what each one changed, and going back to one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from newsletter import drafting
from newsletter.admin import desk
from newsletter.admin.diff import compare


@require_safe
@desk.may_write
def history(request: HttpRequest, pk: int) -> HttpResponse:
    post = desk.find(pk)
    revisions = post.revisions.select_related("by").defer("body", "html")
    return desk.show(request, "revisions", "Revisions", post, revisions=revisions)


@require_safe
@desk.may_write
def revision(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """What changed in this revision, or since it: the other one is chosen by `against`."""
    post = desk.find(pk)
    chosen = get_object_or_404(post.revisions.select_related("by"), number=number)
    against = request.GET.get("against", "")
    other_number = int(against) if against.isdecimal() else number - 1
    other = post.revisions.filter(number=other_number).first()
    older, newer = sorted([chosen, other], key=lambda r: r.number) if other else (None, chosen)
    return desk.show(
        request,
        "revision",
        f"Revision {number}",
        post,
        revision=chosen,
        older=older,
        newer=newer,
        changes=[
            (label, compare(getattr(older, name, "") if older else "", getattr(newer, name)))
            for name, label in desk.LABELS.items()
            if not older or getattr(older, name) != getattr(newer, name)
        ],
    )


@require_POST
@desk.may_write
def restore(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Begin again from an earlier revision: it becomes the latest, nothing is thrown away."""
    post = desk.find(pk)
    chosen = get_object_or_404(post.revisions, number=number)
    base = request.POST.get("base", "")
    try:
        drafting.save_revision(
            post,
            base=int(base) if base.isdecimal() else None,
            by=desk.editor_of(request),
            **{name: getattr(chosen, name) for name in drafting.KEPT},
        )
    except drafting.Conflict as conflict:
        messages.error(request, f"{conflict} Look at it first.")
        return redirect("admin:newsletter_post_revisions", post.pk)
    messages.success(request, f"Revision {number} is the latest again.")
    return redirect("admin:newsletter_post_change", post.pk)
