"""Drafts of a thread, and what is proposed for them."""

from __future__ import annotations

from typing import Any

from newsletter import drafting, expanding
from newsletter.expanding import Kind, Proposal
from newsletter.models import Post
from tests.factories import make_thread


def draft(*texts: str, title: str = "Tides", **fields: Any) -> Post:
    return drafting.compose([make_thread(texts, **fields)], title=title)


def write(post: Post, body: str) -> None:
    assert post.latest
    drafting.save_revision(post, base=post.latest.number, body=body)


def body_of(post: Post) -> str:
    post.refresh_from_db()
    assert post.latest
    return post.latest.body


def proposed(post: Post, kind: Kind) -> list[Proposal]:
    return [each for each in expanding.proposals(post) if each.kind == kind]


def expand(post: Post, *kinds: Kind) -> str:
    """The text with all proposals of these kinds in it; with all there are where none is named."""
    assert post.latest
    chosen = [each for each in expanding.proposals(post) if not kinds or each.kind in kinds]
    expanding.expand(post, chosen, base=post.latest.number)
    return body_of(post)
