"""Editors who have the same post open see each other, and what the others saved."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_POST

from newsletter import presence
from newsletter.admin import answers, desk
from newsletter.admin.post_form import kept_of
from threads.admin.sent import number


@require_POST
@desk.may_write
def beat(request: HttpRequest, pk: int) -> JsonResponse:
    """The desk is open: who else has it open, and what is newer than the revision it shows."""
    post, editor = desk.find(pk), desk.editor_of(request)
    presence.note(post, editor)
    others = [desk.name_of(one.editor) for one in presence.others(post, editor)]
    answer: dict[str, Any] = {"others": others}
    base = number(request.POST.get("base", ""))
    if base and base != desk.latest_of(post).number:
        answer |= {"post": kept_of(post), "news": answers.news(post, editor, since=base)}
    return JsonResponse(answer)
