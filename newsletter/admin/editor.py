"""The editor's page for a post: its words, saved as revisions, and never over somebody else's."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.formats import date_format
from django.utils.text import slugify
from django.utils.timezone import localtime
from django.views.decorators.http import require_http_methods

from newsletter import drafting, living, preflight
from newsletter.admin import desk
from newsletter.admin.checks import Checks
from newsletter.admin.diff import compare
from newsletter.admin.post_form import PostForm
from newsletter.models import Post, Revision
from newsletter.preflight.candidate import Candidate
from threads.models import Attachment

BY_SCRIPT = "X-Saved-By"
UNTITLED = "Untitled"


@require_http_methods(["GET", "POST"])
@desk.may_write
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    post = desk.find(pk)
    if request.method == "GET":
        return show_desk(request, post, PostForm.of(post, desk.latest_of(post)))
    form = PostForm(post, request.POST, request.FILES)
    if not form.is_valid():
        return show_desk(request, post, form, status=400)
    try:
        revision = keep(request, post, form)
    except drafting.Conflict as conflict:
        return show_conflict(request, post, form, conflict.latest)
    if BY_SCRIPT in request.headers:
        return JsonResponse({"base": revision.number, "saved": saved_in_words(revision)})
    messages.success(request, saved_in_words(revision))
    return redirect("admin:newsletter_post_change", post.pk)


@transaction.atomic
def begin(title: str, by: Any) -> Post:
    """An empty draft, made of no thread."""
    title = " ".join(title.split())[:300] or UNTITLED
    post = Post.objects.create(slug=slugify(title)[:100] or "post")
    drafting.save_revision(post, base=None, by=by, title=title)
    return post


@transaction.atomic
def keep(request: HttpRequest, post: Post, form: PostForm) -> Revision:
    base = form.cleaned_data["base"]
    if "theirs" in request.POST:
        # What was not chosen is kept, too: as the revision before.
        theirs = Revision.objects.get(post=post, number=base)
        mine = drafting.save_revision(post, base=base, by=desk.editor_of(request), **form.words())
        words = {name: getattr(theirs, name) for name in drafting.KEPT}
        return drafting.save_revision(post, base=mine.number, by=desk.editor_of(request), **words)
    revision = drafting.save_revision(post, base=base, by=desk.editor_of(request), **form.words())
    Post.objects.filter(pk=post.pk).update(**form.kept())
    return revision


def saved_in_words(revision: Revision) -> str:
    moment = date_format(localtime(revision.created_at), "H:i")
    return f"Saved as revision {revision.number} at {moment}."


def show_desk(request: HttpRequest, post: Post, form: PostForm, status: int = 200) -> HttpResponse:
    body = str(form["body"].value() or "")
    candidate = Candidate(post, desk.latest_of(post))
    unsaved = body != candidate.revision.body
    return desk.show(
        request,
        "desk",
        str(post),
        post,
        status,
        form=form,
        checks=Checks.of(body) if unsaved else Checks.on(candidate.document),
        news=living.open_changes(post).count(),
        open_points=preflight.open_points(preflight.facts(candidate)),
        sources=post.sources.select_related("thread__account"),
        covers=covers_of(post, str(form["cover"].value() or "")),
        unreleased=bool(post.live_id and post.live_id != post.latest_id),
        media_types="image/jpeg,image/png,image/gif,image/webp",
    )


def covers_of(post: Post, chosen: str) -> list[tuple[str, str]]:
    """The pictures a cover can be chosen from, with their descriptions."""
    pictures = Attachment.objects.filter(
        status__thread__uses__post=post,
        kind=Attachment.Kind.IMAGE,
        state=Attachment.State.PRESENT,
    )
    covers = {f"{settings.MEDIA_URL}{p.file.name}": p.alt for p in pictures}
    if chosen and chosen not in covers:
        covers = {chosen: "", **covers}
    return list(covers.items())


def show_conflict(
    request: HttpRequest, post: Post, form: PostForm, theirs: Revision
) -> HttpResponse:
    """Both texts side by side. The editor's own can be changed and saved on top of the other."""
    title = f"{theirs.by or 'Somebody'} saved this post in the meantime"
    words = form.words()
    differing = [name for name in drafting.KEPT if words[name] != getattr(theirs, name)]
    return desk.show(
        request,
        "conflict",
        title,
        post,
        409,
        form=form,
        theirs=theirs,
        rows=[
            {
                "name": name,
                "label": desk.LABELS[name],
                "mine": words[name],
                "changes": compare(words[name], getattr(theirs, name)),
            }
            for name in differing
        ],
        same=[(name, words[name]) for name in drafting.KEPT if name not in differing],
    )
