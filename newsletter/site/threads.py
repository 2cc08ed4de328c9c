"""Unrolled threads and their authors.

A thread is public once a published post was made from it, or once its page was given out by
mention. It is listed, and shown to search engines, only when a post was made from it and its
account is not somebody else's. The rest is for editors alone.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from newsletter import links, rendering
from newsletter.models import Newsletter, Post, PostSource
from newsletter.site.unrolling import unroll
from threads.markdown import markdown_of
from threads.models import Account, OptOut, Platform, Thread
from threads.models import Bot as BotRow

MORE_OF_THE_AUTHOR = 4


@require_safe
def thread(request: HttpRequest, pk: int) -> HttpResponse:
    readable, is_public = _readable(request, Thread.objects.filter(pk=pk), _public)
    thread = get_object_or_404(readable.select_related("account"))
    is_listed = is_public and listed(readable).exists()
    statuses = list(thread.main_line().prefetch_related("attachments"))
    branches = list(thread.branches().prefetch_related("attachments"))
    others = listed(thread.account.threads.all()) if is_public else thread.account.threads.visible()
    context = {
        "thread": thread,
        "parts": unroll(statuses, branches),
        "minutes": rendering.minutes("\n\n".join(map(markdown_of, statuses))),
        "posts": Post.objects.published()
        .filter(threads=thread)
        .select_related("newsletter", "live"),
        "more": others.exclude(pk=pk)[:MORE_OF_THE_AUTHOR],
        "url": links.thread_url(thread),
        "is_listed": is_listed,
        "may_opt_out": is_public and _is_somebody_elses(thread.account),
    }
    return _answer(request, "site/thread.html", context, is_public=is_public, is_listed=is_listed)


@require_safe
def author(request: HttpRequest, pk: int) -> HttpResponse:
    account = get_object_or_404(Account, pk=pk)
    threads, is_public = _readable(request, account.threads.all(), listed)
    context = {"account": account, "threads": threads}
    return _answer(request, "site/author.html", context, is_public=is_public, is_listed=is_public)


@require_safe
def opt_out(request: HttpRequest) -> HttpResponse:
    """How authors decide by themselves that their threads are not unrolled."""
    bots = BotRow.objects.exclude(handle="").order_by("platform")
    return render(
        request, "site/opt_out.html", {"bots": bots, "newsletter": Newsletter.objects.sole()}
    )


def _used() -> Q:
    used = PostSource.objects.filter(post__in=Post.objects.published())
    return Q(pk__in=used.values("thread"))


def _given_out() -> Q:
    """By mention, and its author has nothing against that."""
    author = {
        "platform": OuterRef("account__platform"),
        "remote_id": OuterRef("account__remote_id"),
    }
    return Q(~Exists(OptOut.objects.filter(**author)), unrolled_at__isnull=False)


def _public(threads: QuerySet[Thread]) -> QuerySet[Thread]:
    return threads & Thread.objects.visible().filter(_used() | _given_out())


def listed(threads: QuerySet[Thread]) -> QuerySet[Thread]:
    somebody_elses = Account.objects.unclaimed().values("pk")
    return threads & Thread.objects.visible().filter(_used()).exclude(account__in=somebody_elses)


def _is_somebody_elses(account: Account) -> bool:
    return not account.claim and account.platform != Platform.NONE


def _readable(
    request: HttpRequest,
    threads: QuerySet[Thread],
    public_of: Callable[[QuerySet[Thread]], QuerySet[Thread]],
) -> tuple[QuerySet[Thread], bool]:
    """Those that this visitor may read, and whether everybody may.

    The visitor is asked for only where the answer depends on them: a page that all
    may read stays the same for all, and cacheable.
    """
    public = public_of(threads)
    if public.exists():
        return public, True
    visible = threads & Thread.objects.visible()
    if visible.exists() and request.user.is_active and request.user.is_staff:
        return visible, False
    raise Http404("No such thread, or none that is public.")


def _answer(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    *,
    is_public: bool,
    is_listed: bool,
) -> HttpResponse:
    newsletter = Newsletter.objects.sole()
    response = render(
        request, template, {**context, "newsletter": newsletter, "is_public": is_public}
    )
    if not is_public:
        response["Cache-Control"] = "private, no-store"
    if not is_listed:
        response["X-Robots-Tag"] = "noindex"
    return response
