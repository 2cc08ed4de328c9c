"""Unrolled threads and their authors.

A thread is public once a published post was made from it. What was imported and not
yet used is for editors alone, and search engines never see it.
"""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from newsletter import links, rendering
from newsletter.models import Newsletter, Post, PostSource
from newsletter.site.unrolling import unroll
from threads.markdown import markdown_of
from threads.models import Account, Thread

MORE_OF_THE_AUTHOR = 4


@require_safe
def thread(request: HttpRequest, pk: int) -> HttpResponse:
    readable, is_public = _readable(request, Thread.objects.filter(pk=pk))
    thread = get_object_or_404(readable.select_related("account"))
    statuses = list(thread.main_line().prefetch_related("attachments"))
    branches = list(thread.branches().prefetch_related("attachments"))
    others = (
        _public(thread.account.threads.all()) if is_public else thread.account.threads.visible()
    )
    context = {
        "thread": thread,
        "parts": unroll(statuses, branches),
        "minutes": rendering.minutes("\n\n".join(map(markdown_of, statuses))),
        "posts": Post.objects.published()
        .filter(threads=thread)
        .select_related("newsletter", "live"),
        "more": others.exclude(pk=pk)[:MORE_OF_THE_AUTHOR],
        "url": links.thread_url(thread),
    }
    return _answer(request, "site/thread.html", context, is_public=is_public)


@require_safe
def author(request: HttpRequest, pk: int) -> HttpResponse:
    account = get_object_or_404(Account, pk=pk)
    threads, is_public = _readable(request, account.threads.all())
    context = {"account": account, "threads": threads}
    return _answer(request, "site/author.html", context, is_public=is_public)


def _public(threads: QuerySet[Thread]) -> QuerySet[Thread]:
    used = PostSource.objects.filter(post__in=Post.objects.published())
    return threads & Thread.objects.visible().filter(pk__in=used.values("thread"))


def _readable(request: HttpRequest, threads: QuerySet[Thread]) -> tuple[QuerySet[Thread], bool]:
    """Those that this visitor may read, and whether everybody may.

    The visitor is asked for only where the answer depends on them: a page that all
    may read stays the same for all, and cacheable.
    """
    public = _public(threads)
    if public.exists():
        return public, True
    visible = threads & Thread.objects.visible()
    if visible.exists() and request.user.is_active and request.user.is_staff:
        return visible, False
    raise Http404("No such thread, or none that is public.")


def _answer(
    request: HttpRequest, template: str, context: dict[str, Any], *, is_public: bool
) -> HttpResponse:
    newsletter = Newsletter.objects.sole()
    response = render(
        request, template, {**context, "newsletter": newsletter, "is_public": is_public}
    )
    if not is_public:
        response["Cache-Control"] = "private, no-store"
        response["X-Robots-Tag"] = "noindex"
    return response
