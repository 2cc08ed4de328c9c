"""Turning an outline into an article, honestly: what could be added to a post, and where.

Nothing is claimed that the author did not say. What is proposed is structure, the author's own
words once more, where they came from, and blanks: questions that only a person can answer.
Each kind of proposal has a module of its own here, with one function that finds them.
"""

from __future__ import annotations

from collections.abc import Collection

from django.contrib.auth.models import User

from newsletter.drafting import Conflict, save_revision, words_of
from newsletter.expanding.context import context_boxes
from newsletter.expanding.definitions import definitions
from newsletter.expanding.edges import introduction, summary
from newsletter.expanding.examples import examples
from newsletter.expanding.footnotes import footnotes
from newsletter.expanding.headings import headings
from newsletter.expanding.inserting import ORDER, inserted
from newsletter.expanding.material import Material
from newsletter.expanding.proposal import STRUCTURE, Kind, Proposal
from newsletter.expanding.pull_quotes import pull_quotes
from newsletter.expanding.reading import further_reading
from newsletter.models import Post, Revision

__all__ = ["STRUCTURE", "Kind", "Material", "Proposal", "expand", "found_in", "proposals"]

FINDERS = (
    introduction,
    headings,
    pull_quotes,
    context_boxes,
    definitions,
    examples,
    summary,
    further_reading,
    footnotes,
)


def proposals(post: Post) -> list[Proposal]:
    """What could be added to the latest text, in the order of their places."""
    return found_in(Material.of(post, post.latest)) if post.latest else []


def found_in(material: Material) -> list[Proposal]:
    found = [proposal for finder in FINDERS for proposal in finder(material)]
    once = {each.markdown: each for each in reversed(found)}.values()
    new = (each for each in once if f"\n{each.markdown}\n" not in f"\n{material.body}\n")
    return sorted(new, key=lambda each: (each.line, not each.mark, ORDER[each.kind]))


def expand(
    post: Post, chosen: Collection[Proposal], *, base: int, by: User | None = None
) -> Revision:
    """The latest text with these in it, as a new revision; nothing that stands there is changed.

    Raises Conflict where somebody saved since the proposals were made: their places are others
    now.
    """
    latest = Post.objects.select_related("latest").get(pk=post.pk).latest
    if latest is None:
        raise ValueError(f"“{post}” has no text yet.")
    if latest.number != base:
        raise Conflict(latest, words_of(latest))
    return save_revision(post, base=base, by=by, body=inserted(latest.body, chosen))
