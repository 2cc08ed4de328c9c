"""What all the pages about one post share: who may see them, and what stands around them."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.contrib.auth.decorators import permission_required
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse

from newsletter.models import Newsletter, Post, Revision

LABELS = {
    "title": "Title",
    "subtitle": "Subtitle",
    "subject": "Subject of the mail",
    "preheader": "Preheader",
    "byline": "Byline",
    "cover": "Cover",
    "cover_alt": "What the cover shows",
    "body": "Text",
}

may_write = permission_required("newsletter.change_post", raise_exception=True)


def editor_of(request: HttpRequest) -> User:
    """Who is logged in; nobody else gets as far as here."""
    assert isinstance(request.user, User)  # noqa: S101 - see above
    return request.user


def name_of(user: User | None) -> str:
    return (user.get_full_name() or user.get_username()) if user else "Somebody"


def find(pk: int) -> Post:
    posts = Post.objects.select_related("latest__by", "live", "newsletter", "issue")
    return get_object_or_404(posts.exclude(latest=None), pk=pk)


def latest_of(post: Post) -> Revision:
    """Every post has one: it is made together with its first revision, and `find` asks for it."""
    assert post.latest is not None  # noqa: S101 - see above
    return post.latest


def newsletter_of(post: Post) -> Newsletter | None:
    """Where the post belongs, or would go by itself."""
    return post.newsletter or Newsletter.objects.sole()


def subscribe_address(post: Post) -> str:
    """Where readers of this post subscribe: by name, where there are several newsletters."""
    address = reverse("subscribe")
    newsletter = newsletter_of(post)
    if newsletter and not Newsletter.objects.sole():
        return f"{address}?{urlencode({'newsletter': newsletter.slug})}"
    return address


def show(
    request: HttpRequest, name: str, title: str, post: Post, status: int = 200, **context: Any
) -> HttpResponse:
    context = {
        **admin.site.each_context(request),
        "opts": Post._meta,
        "title": title,
        "post": post,
        "latest": post.latest,
        **context,
    }
    return TemplateResponse(request, f"admin/newsletter/post/{name}.html", context, status=status)
