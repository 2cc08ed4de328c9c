"""The editor's page for a post: its words, saved as revisions, and never over somebody else's."""

from __future__ import annotations

from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from newsletter import drafting, living, preflight
from newsletter.admin import answers, conflicts, desk, origins
from newsletter.admin import living as changes_page
from newsletter.admin.checks import Checks
from newsletter.admin.post_form import PostForm
from newsletter.models import Post
from newsletter.preflight.candidate import Candidate
from threads.models import Attachment

BY_SCRIPT, AUTOSAVE = "X-Saved-By", "autosave"


@require_http_methods(["GET", "POST"])
@desk.may_write
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    post = desk.find(pk)
    if request.method == "GET":
        return show_desk(request, post, PostForm.of(post, desk.latest_of(post)))
    form = PostForm(post, request.POST, request.FILES)
    by, by_itself = desk.editor_of(request), request.headers.get(BY_SCRIPT) == AUTOSAVE
    if not form.is_valid():
        return answers.mistakes(form) if by_itself else show_desk(request, post, form, status=400)
    try:
        saved = keep(request, post, form, autosaved=by_itself)
    except drafting.Conflict as conflict:
        if by_itself:
            return answers.clash(post, by, form.cleaned_data["base"] or 0)
        return conflicts.show(request, post, conflict)
    if BY_SCRIPT in request.headers:
        return answers.saved(desk.find(pk), form, by, saved)
    messages.success(request, answers.saved_in_words(saved.latest))
    return back_to_desk(post, request.POST.get("journal", ""))


@transaction.atomic
def keep(request: HttpRequest, post: Post, form: PostForm, *, autosaved: bool) -> drafting.Saved:
    base, by = form.cleaned_data["base"], desk.editor_of(request)
    chosen = post.revisions.filter(number=base).first() if "theirs" in request.POST else None
    if chosen:
        # What was not chosen is kept, too: as the revision before.
        theirs = drafting.words_of(chosen)
        mine = drafting.save_revision(post, base=base, by=by, autosaved=False, **form.words())
        base = mine.number
        latest = drafting.save_revision(post, base=base, by=by, autosaved=False, **theirs)
        saved = drafting.Saved(mine, latest)
    else:
        words = form.words()
        saved = drafting.merge_revision(post, base=base, by=by, autosaved=autosaved, **words)
    Post.objects.filter(pk=post.pk).update(**form.kept(Post.objects.get(pk=post.pk)))
    return saved


def back_to_desk(post: Post, journal: str) -> HttpResponse:
    """The desk forgets what its journal held, as that is saved now."""
    address = reverse("admin:newsletter_post_change", args=[post.pk])
    return redirect(f"{address}?{urlencode({'saved': journal})}" if journal else address)


def show_desk(request: HttpRequest, post: Post, form: PostForm, status: int = 200) -> HttpResponse:
    body = str(form["body"].value() or "")
    candidate = Candidate(post, desk.latest_of(post))
    unsaved = body != candidate.revision.body
    news = list(living.open_changes(post))
    return desk.show(
        request,
        "desk",
        str(post),
        post,
        status,
        form=form,
        checks=Checks.of(body) if unsaved else Checks.on(candidate.document),
        news=changes_page.with_words(news),
        open_points=preflight.open_points(preflight.facts(candidate)),
        sources=origins.sources_of(post, news),
        covers=covers_of(post, str(form["cover"].value() or "")),
        subscribe=desk.subscribe_address(post),
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
