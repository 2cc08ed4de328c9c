"""A newsletter's pages: its front page, its posts, its colour.

Nothing here touches the session, so that every page can be cached for everybody.
"""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from newsletter import links, rendering
from newsletter.models import Newsletter, Post, Revision
from newsletter.site.pictures import picture_of, with_sizes
from newsletter.site.threads import listed
from threads.models import Thread

POSTS_ON_A_PAGE = 20


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    if sole := Newsletter.objects.sole():
        return _front_page(request, sole)
    return render(request, "site/front.html", {"newsletters": Newsletter.objects.order_by("name")})


@require_safe
def newsletter(request: HttpRequest, slug: str) -> HttpResponse:
    return _front_page(request, get_object_or_404(Newsletter, slug=slug))


def _front_page(request: HttpRequest, newsletter: Newsletter) -> HttpResponse:
    posts = newsletter.posts.published().select_related("live")
    page = Paginator(posts, POSTS_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {"newsletter": newsletter, "page": page, "url": links.newsletter_url(newsletter)}
    return render(request, "site/newsletter.html", context)


@require_safe
def post(request: HttpRequest, slug: str, post_slug: str) -> HttpResponse:
    newsletter = get_object_or_404(Newsletter, slug=slug)
    published = newsletter.posts.published()
    revision = get_object_or_404(
        Revision.objects.select_related("post__newsletter"),
        live_of__in=published.filter(slug=post_slug),
    )
    post, siblings = revision.post, published.select_related("live")
    cover = picture_of(revision.cover)
    sources = rendering.sources_of(post)
    context = {
        "newsletter": newsletter,
        "post": post,
        "revision": revision,
        "body": with_sizes(rendering.with_marks(revision.html, post)),
        "cover": cover,
        "minutes": rendering.minutes_for(rendering.words_in(revision.html)),
        "threads": _origins(post),
        "sources": sources,
        "listed": set(listed(post.threads.all())) if sources else (),
        "earlier": siblings.filter(published_at__lt=post.published_at).first(),
        "later": siblings.filter(published_at__gt=post.published_at).last(),
        "url": links.post_url(post),
        "cover_url": links.absolute(cover.src) if cover else "",
    }
    return render(request, "site/post.html", context)


def _origins(post: Post) -> list[Thread]:
    """The threads that the post says it was first published as."""
    if not post.show_origin:
        return []
    threads = Thread.objects.visible().filter(uses__post=post).order_by("uses__position")
    return list(threads.select_related("account"))


@require_safe
@cache_control(max_age=365 * 24 * 3600, immutable=True)
def look(request: HttpRequest, slug: str) -> HttpResponse:
    """The newsletter's own colour; pages ask for it with the colour in the query."""
    newsletter = get_object_or_404(Newsletter, slug=slug)
    in_the_dark = f"color-mix(in oklab, {newsletter.accent} 62%, white)"
    css = f":root {{ --accent: light-dark({newsletter.accent}, {in_the_dark}); }}\n"
    return HttpResponse(css, content_type="text/css")
