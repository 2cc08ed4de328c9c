"""Changing the outline of a post, and its draft with it, for one of several editors."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict

from django.contrib.auth.models import User
from django.db import transaction

from newsletter import drafting
from newsletter.models import Outline, Post, Revision
from newsletter.outlining.composing import compose
from newsletter.outlining.entries import Entries, Entry, Refused
from newsletter.outlining.parts import Parts, as_composed
from newsletter.outlining.redrafting import follow

MOST_STEPS_BACK = 100


class Outdated(Refused):
    """The page showed an older outline than there is."""

    def __init__(self) -> None:
        super().__init__(
            "The outline was changed elsewhere in the meantime. "
            "Here it is as it is now; do it again if you still want to."
        )


def outline_of(post: Post, parts: Parts) -> Outline:
    """What is kept, or what the post was composed of; this is not kept before it changes."""
    found = Outline.objects.filter(post=post).first()
    if found:
        found.post = post
        return found
    entries = as_composed(post, parts)
    title = post.latest.title if post.latest else ""
    return Outline(
        post=post,
        entries=[entry.written() for entry in entries],
        composed=compose(entries, parts.places, title).text,
    )


def keep_outline(post: Post) -> Outline:
    """Before the threads of the post become others, which it would be derived from."""
    Post.objects.select_for_update().get(pk=post.pk)
    outline = outline_of(post, Parts(post))
    outline.save()
    return outline


def entries_of(outline: Outline) -> list[Entry]:
    return [Entry.read(kept) for kept in outline.entries]


@transaction.atomic
def change(
    post: Post,
    parts: Parts,
    verb: Callable[[Entries], list[Entry]],
    *,
    version: int,
    by: User | None = None,
) -> Outline:
    """The outline that the verb makes of it. Raises Refused, Outdated among it."""
    outline, latest = _locked(post, parts, version)
    before = entries_of(outline)
    after = verb(before)
    if after != before:
        outline.past = [*outline.past, outline.entries][-MOST_STEPS_BACK:]
        _keep(outline, latest, parts, before, after, by)
    return outline


@transaction.atomic
def undo(post: Post, parts: Parts, *, version: int, by: User | None = None) -> Outline:
    """As it was one change before."""
    outline, latest = _locked(post, parts, version)
    if not outline.past:
        raise Refused("There is nothing to undo.")
    before = entries_of(outline)
    after = [Entry.read(kept) for kept in outline.past.pop()]
    _keep(outline, latest, parts, before, after, by)
    return outline


def _locked(post: Post, parts: Parts, version: int) -> tuple[Outline, Revision]:
    """The lock of the post is the one that saves wait for, too, so the draft stands still."""
    locked = Post.objects.select_for_update().get(pk=post.pk)
    outline = outline_of(post, parts)
    if outline.version != version or locked.latest is None:
        raise Outdated
    return outline, locked.latest


def _keep(
    outline: Outline,
    latest: Revision,
    parts: Parts,
    before: Entries,
    after: Entries,
    by: User | None,
) -> None:
    new, body = follow(latest.body, outline.composed, before, after, parts.places, latest.title)
    outline.entries = [entry.written() for entry in after]
    outline.composed = new.text
    outline.version += 1
    outline.save()
    outline.post.left_out = [asdict(entry) for entry in new.left_out]
    outline.post.save(update_fields=["left_out"])
    drafting.save_revision(outline.post, base=latest.number, by=by, autosaved=True, body=body)
