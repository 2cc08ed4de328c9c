"""The revisions of a post: the list, what each one changed, any two compared, going back to one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from newsletter import drafting
from newsletter.admin import desk
from newsletter.admin.diff import compare, words_changed
from newsletter.models import Post, Revision
from threads.admin import sent

AT_ONCE = 50


@dataclass(frozen=True)
class Step:
    """From one revision to a later one: the next, or over a whole run of autosaves."""

    before: Revision | None
    after: Revision

    def words(self) -> tuple[int, int]:
        """How many came, and how many went."""
        return words_changed(self.before.body if self.before else "", self.after.body)

    def renamed(self) -> bool:
        return self.before is None or self.before.title != self.after.title


@dataclass(frozen=True)
class Run:
    """What somebody saved on purpose, alone; or all autosaves between two of those."""

    steps: Sequence[Step]  # the latest first

    def whole(self) -> Step:
        return Step(self.steps[-1].before, self.steps[0].after)

    def editors(self) -> str:
        people = [step.after.by for step in self.steps]
        names = [desk.name_of(person) if person else "somebody" for person in people]
        return " and ".join(dict.fromkeys(names))


@require_safe
@desk.may_write
def history(request: HttpRequest, pk: int) -> HttpResponse:
    post = desk.find(pk)
    revisions = post.revisions.select_related("by").defer("html")
    if before := sent.number(request.GET.get("before", "")):
        revisions = revisions.filter(number__lt=before)
    found = list(revisions[: AT_ONCE + 1])
    steps = [Step(older, newer) for newer, older in pairwise(found)]
    is_all = len(found) <= AT_ONCE
    if is_all and found:
        steps.append(Step(None, found[-1]))
    return desk.show(
        request,
        "revisions",
        "Revisions",
        post,
        runs=list(runs_of(steps)),
        earlier=None if is_all else steps[-1].after.number,
        chosen=[steps[0].after.number, steps[min(1, len(steps) - 1)].after.number] if steps else [],
    )


def runs_of(steps: Sequence[Step]) -> Iterator[Run]:
    for autosaved, together in groupby(steps, lambda step: step.after.autosaved):
        if autosaved:
            yield Run([*together])
        else:
            yield from (Run([step]) for step in together)


@require_safe
@desk.may_write
def revision(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """What changed in this revision."""
    post = desk.find(pk)
    chosen = get_object_or_404(post.revisions.select_related("by"), number=number)
    # Not the number before: autosaves are thinned out.
    before = post.revisions.filter(number__lt=number).first()
    return show_changes(request, f"Revision {number}", post, before, chosen)


@require_safe
@desk.may_write
def comparison(request: HttpRequest, pk: int) -> HttpResponse:
    """What changed between any two, whichever was chosen first."""
    post = desk.find(pk)
    chosen = [sent.number(request.GET.get(name, "")) for name in ("old", "new")]
    numbers = set(chosen)
    found = list(post.revisions.filter(number__in=numbers).select_related("by").order_by("number"))
    if not found or len(found) != len(numbers):
        raise Http404
    older, newer = found[0], found[-1]
    title = f"From revision {older.number} to {newer.number}"
    return show_changes(request, title, post, older, newer)


def show_changes(
    request: HttpRequest, title: str, post: Post, older: Revision | None, newer: Revision
) -> HttpResponse:
    old = drafting.words_of(older) if older else dict.fromkeys(drafting.KEPT, "")
    new = drafting.words_of(newer)
    return desk.show(
        request,
        "revision",
        title,
        post,
        older=older,
        newer=newer,
        either=[one for one in (older, newer) if one and one.pk != post.latest_id],
        words=words_changed(old["body"], new["body"]),
        changes=[
            (label, compare(old[name], new[name]))
            for name, label in desk.LABELS.items()
            if old[name] != new[name]
        ],
    )


@require_POST
@desk.may_write
def restore(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Begin again from an earlier revision: it becomes the latest, nothing is thrown away."""
    post = desk.find(pk)
    chosen = get_object_or_404(post.revisions, number=number)
    try:
        drafting.save_revision(
            post,
            base=sent.number(request.POST.get("base", "")),
            by=desk.editor_of(request),
            autosaved=False,
            **drafting.words_of(chosen),
        )
    except drafting.Conflict as conflict:
        messages.error(request, f"{conflict} Look at it first.")
        return redirect("admin:newsletter_post_revisions", post.pk)
    messages.success(request, f"Revision {number} is the latest again.")
    return redirect("admin:newsletter_post_change", post.pk)
