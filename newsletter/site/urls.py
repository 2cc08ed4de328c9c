"""Addresses of the site that readers see. The newsletters' own come last: they match any word."""

from __future__ import annotations

from django.urls import path

from newsletter.site import feeds, pages, threads

urlpatterns = [
    path("", pages.front, name="front"),
    path("threads/<int:pk>/", threads.thread, name="thread"),
    path("authors/opt-out/", threads.opt_out, name="opt_out"),
    path("authors/<int:pk>/", threads.author, name="author"),
    path("<slug:slug>/", pages.newsletter, name="newsletter"),
    path("<slug:slug>/feed.atom", feeds.feed, name="feed"),
    path("<slug:slug>/look.css", pages.look, name="look"),
    path("<slug:slug>/<slug:post_slug>/", pages.post, name="post"),
]
