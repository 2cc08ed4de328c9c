"""Two editors changed the same words: both texts side by side, for one of them to decide."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from newsletter import drafting
from newsletter.admin import desk
from newsletter.admin.diff import compare
from newsletter.models import Post

APART = {"csrfmiddlewaretoken", "base", "mine", "theirs", *drafting.KEPT}


def show(request: HttpRequest, post: Post, conflict: drafting.Conflict) -> HttpResponse:
    """The editor's own can be changed and saved on top of the other."""
    theirs, mine = conflict.latest, conflict.words
    differing = [name for name in drafting.KEPT if mine[name] != getattr(theirs, name)]
    return desk.show(
        request,
        "conflict",
        f"{desk.name_of(theirs.by)} saved this post in the meantime",
        post,
        409,
        theirs=theirs,
        rows=[
            {
                "name": name,
                "label": desk.LABELS[name],
                "mine": mine[name],
                "changes": compare(mine[name], getattr(theirs, name)),
            }
            for name in differing
        ],
        same=[(name, mine[name]) for name in drafting.KEPT if name not in differing],
        rest=[(name, value) for name, value in request.POST.items() if name not in APART],
    )
