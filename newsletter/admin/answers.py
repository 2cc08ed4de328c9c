"""What the desk's script is told. A page may be of another version than this: `base` and
`saved` stay, and what else there is may be overlooked.

`base` is the number of the revision that says, word for word, what was sent; where others
saved in between, `news` is the latest, with the words of all.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.http import JsonResponse
from django.utils.formats import date_format
from django.utils.timezone import localtime

from newsletter import drafting
from newsletter.admin import desk
from newsletter.admin.post_form import PostForm, kept_of
from newsletter.models import Post, Revision


def saved_in_words(revision: Revision) -> str:
    moment = date_format(localtime(revision.created_at), "H:i")
    return f"Saved as revision {revision.number} at {moment}."


def saved(post: Post, form: PostForm, editor: User, done: drafting.Saved) -> JsonResponse:
    base = form.cleaned_data["base"]
    answer: dict[str, Any] = {"base": done.mine.number, "saved": saved_in_words(done.latest)}
    # What this editor changed just now is theirs to go on with, as they wrote it.
    kept = kept_of(post).items()
    answer["post"] = {name: value for name, value in kept if name not in form.changed_data}
    if done.latest != done.mine:
        answer["news"] = news(post, editor, since=base)
    return JsonResponse(answer)


def mistakes(form: PostForm) -> JsonResponse:
    found = [
        f"{form[name].label}: {problem}"
        for name, problems in form.errors.items()
        for problem in problems
    ]
    return JsonResponse({"refused": f"Not saved yet. {' '.join(found)}"}, status=400)


def clash(post: Post, editor: User, since: int) -> JsonResponse:
    said = f"Not saved yet: {others(post, editor, since)} changed the same words as you."
    return JsonResponse({"clash": said}, status=409)


def news(post: Post, editor: User, since: int) -> dict[str, Any]:
    """The latest words, and whose they are."""
    latest = desk.latest_of(post)
    by = others(post, editor, since)
    return {"base": latest.number, "by": by, "words": drafting.words_of(latest)}


def others(post: Post, editor: User, since: int) -> str:
    newer = post.revisions.filter(number__gt=since).exclude(by=editor)
    people = User.objects.filter(revision__in=newer).order_by("username").distinct()
    return " and ".join(map(desk.name_of, people)) or "another window"
