"""The page that offers what could be added to a post, each at its place in the text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods

from newsletter import drafting, expanding, rendering
from newsletter.admin import desk
from newsletter.expanding import Kind, Material, Proposal
from newsletter.expanding.material import Block
from newsletter.models import Post, Revision
from threads.admin.sent import number
from threads.text.html import blanks


@dataclass(frozen=True)
class Offer:
    """A proposal as it is shown: with the HTML of exactly what it would add."""

    proposal: Proposal
    html: str

    @classmethod
    def of(cls, proposal: Proposal) -> Offer:
        note = f"{proposal.mark}: "
        return cls(proposal, rendering.preview_html(proposal.markdown.removeprefix(note)))


@dataclass(frozen=True)
class Row:
    """A paragraph of the post, and what could go in before it. Behind the last there is none."""

    offers: list[Offer]
    block: Block | None = None
    colour: int = 0  # of the thread that it came from; 0 where it is new


@require_http_methods(["GET", "POST"])
@desk.may_write
def expand(request: HttpRequest, pk: int) -> HttpResponse:
    post = desk.find(pk)
    material = Material.of(post, desk.latest_of(post))
    offered = expanding.found_in(material)
    if request.method == "POST":
        return put_in(request, post, offered)
    kinds = {kind: [each for each in offered if each.kind == kind] for kind in Kind}
    return desk.show(
        request,
        "expand",
        "Expand",
        post,
        rows=list(rows(material, offered)),
        kinds=[(kind, found) for kind, found in kinds.items() if found],
        chosen=sum(each.is_structure for each in offered),
    )


def put_in(request: HttpRequest, post: Post, offered: Sequence[Proposal]) -> HttpResponse:
    keys = request.POST.getlist("chosen")
    chosen = [each for each in offered if each.key in keys]
    base = number(request.POST.get("base", ""))
    try:
        revision = expanding.expand(post, chosen, base=base, by=desk.editor_of(request))
    except drafting.Conflict as conflict:
        messages.error(request, f"{conflict} Nothing was put in: choose again, from their text.")
        return redirect("admin:newsletter_post_expand", post.pk)
    if not chosen:
        messages.warning(request, "Nothing was chosen, so the text is as it was.")
        return redirect("admin:newsletter_post_expand", post.pk)
    tell(request, post, chosen, revision)
    return redirect("admin:newsletter_post_change", post.pk)


def tell(request: HttpRequest, post: Post, chosen: Sequence[Proposal], revision: Revision) -> None:
    """How many there are, and a button that goes back to the text as it was."""
    asked = sum(len(blanks(each.markdown)) for each in chosen)
    messages.success(
        request,
        format_html(
            "{} put in, as revision {}. {} "
            '<button type="submit" class="button small" form="away" name="base" value="{}" '
            'formaction="{}">Undo</button>',
            counted(len(chosen), "addition"),
            revision.number,
            f"{counted(asked, 'blank')} to fill or to remove." if asked else "No blank to fill.",
            revision.number,
            reverse("admin:newsletter_post_restore", args=[post.pk, revision.number - 1]),
        ),
    )


def counted(count: int, name: str) -> str:
    return f"{count} {name}{'s'[: count != 1]}"


def rows(material: Material, offered: Sequence[Proposal]) -> Iterator[Row]:
    """The text in its order, with every proposal at the place where it would stand."""
    colours: dict[int | None, int] = {
        source.thread_id: source.colour for source in material.post.sources.all()
    }
    waiting = [Offer.of(each) for each in offered]
    for block in material.blocks:
        here = [each for each in waiting if each.proposal.line < block.first]
        waiting = waiting[len(here) :]
        yield Row(here, block, colours.get(block.status.thread_id, 0) if block.status else 0)
    yield Row(waiting)
