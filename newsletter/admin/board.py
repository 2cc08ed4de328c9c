"""The board: the threads of a post as columns of cards, beside its outline and its draft."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from config.queue import wake
from newsletter import rendering
from newsletter.admin import board_actions, desk
from newsletter.admin.board_cards import Board
from newsletter.drafting import StillFetching
from newsletter.models import Post
from newsletter.outlining import Parts, Refused
from threads import searching
from threads.jobs import fetch_media
from threads.models import Thread
from threads.text.document import Document
from threads.text.names import shown_name

BY_SCRIPT = "X-Board"
MOST_FOUND = 12


@require_safe
@desk.may_write
def board(request: HttpRequest, pk: int) -> HttpResponse:
    post = desk.find(pk)
    words = shown_name(request.GET.get("find", ""))
    if words:
        searching.catch_up()  # what was just imported is found, too
    context = _context(post, Parts(post), board_actions.END) | {
        "find": words,
        "found": _found(post, words),
    }
    return desk.show(request, "board", "Merge", **context)


@require_POST
@desk.may_write
def act(request: HttpRequest, pk: int) -> HttpResponse:
    """One step. A script gets the board as it is now, and what to tell the editor."""
    post = desk.find(pk)
    parts = Parts(post)
    asked = board_actions.Asked.read(request.POST.dict())
    status = 200
    try:
        said = board_actions.act(asked, post, parts, desk.editor_of(request))
    except StillFetching as error:
        wake(fetch_media, [asked.number()])
        said, status = str(error), 409
    except Refused as refusal:
        said, status = str(refusal), 409
    if BY_SCRIPT in request.headers:
        parts = Parts(post) if asked.is_about_threads else parts
        context = _context(desk.find(pk), parts, asked.slot) | {"said": said}
        return render(request, "admin/newsletter/post/board/board.html", context, status=status)
    messages.add_message(request, messages.SUCCESS if status == 200 else messages.ERROR, said)
    return redirect("admin:newsletter_post_board", post.pk)


def _context(post: Post, parts: Parts, slot: str) -> dict[str, Any]:
    latest = desk.latest_of(post)
    draft = Document(latest.body)
    return {
        "post": post,
        "board": Board(post, latest, parts, slot),
        "latest": latest,
        "draft": draft.preview,
        "words": rendering.words_in(draft.html),
    }


def _found(post: Post, words: str) -> QuerySet[Thread]:
    """Threads that could be added."""
    others = Thread.objects.visible().exclude(posts=post).select_related("account")
    return searching.search(others, words)[:MOST_FOUND] if words else others.none()
