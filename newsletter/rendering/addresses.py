"""Addresses as they stand in mails, where no page says what they are relative to."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from newsletter.models import Newsletter, Post


def view_url(post: Post, newsletter: Newsletter) -> str:
    """Where the post is, or will be, on the web."""
    return whole_address(reverse("post", args=[newsletter.slug, post.slug]))


def whole_address(address: str, page: str = "") -> str:
    """The address with its beginning; one that only points within the page, with the page's."""
    if address.startswith("#"):
        return page + address
    return f"{settings.BASE_URL}{address}" if address.startswith("/") else address
