"""The board: the threads of a post as columns of cards, beside its outline and its draft."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from newsletter.admin import desk


@require_safe
@desk.may_write
def board(request: HttpRequest, pk: int) -> HttpResponse:
    post = desk.find(pk)
    sources = post.sources.select_related("thread__account")
    return desk.show(request, "board", f"Merge “{post}”", post, sources=sources)
