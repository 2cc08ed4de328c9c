"""Finding a part of the post's threads by its words, to quote it in the text."""

from __future__ import annotations

from html import unescape
from typing import NamedTuple

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils.html import strip_tags
from django.views.decorators.http import require_safe

from newsletter import provenance
from newsletter.admin import desk
from newsletter.models import Post
from threads.markdown import quotation, words_of
from threads.models import Status
from threads.text.html import to_html

SHOWN = 8


class Found(NamedTuple):
    status: Status
    words: str


@require_safe
@desk.may_write
def parts(request: HttpRequest, pk: int) -> HttpResponse:
    """The first parts that have all these words, and how many more there are."""
    post = desk.find(pk)
    matching = matches(post, request.GET.get("words", ""))
    context = {
        "post": post,
        "found": [Found(status, _plain(status)) for status in matching[:SHOWN]],
        "more": len(matching[SHOWN:]),
    }
    return render(request, "admin/newsletter/post/desk/parts.html", context)


@require_safe
@desk.may_write
def quote(request: HttpRequest, pk: int, part: int) -> JsonResponse:
    """Answers the Markdown to insert."""
    status = get_object_or_404(_quotable(desk.find(pk)), pk=part)
    return JsonResponse({"markdown": quotation(status)})


def matches(post: Post, words: str) -> list[Status]:
    wanted = words.casefold().split()
    return [
        status
        for status in _quotable(post)
        if all(word in words_of(status).casefold() for word in wanted)
    ]


def _quotable(post: Post) -> QuerySet[Status]:
    return provenance.parts_of(post).filter(deleted_at=None)


def _plain(status: Status) -> str:
    return " ".join(unescape(strip_tags(to_html(words_of(status)))).split())
