"""What a family of facts says of a post, in short."""

from __future__ import annotations

from types import ModuleType
from typing import Any

from newsletter.models import Newsletter, Post
from newsletter.preflight.candidate import Candidate
from newsletter.preflight.facts import Fact
from tests.factories import make_post


def candidate(post: Post, newsletter: Newsletter | None = None) -> Candidate:
    post.refresh_from_db()
    assert post.latest
    return Candidate(post, post.latest, newsletter)


def found(family: ModuleType, post: Post, newsletter: Newsletter | None = None) -> list[Fact]:
    facts: list[Fact] = list(family.facts(candidate(post, newsletter)))
    return facts


def said(family: ModuleType, body: str = "A paragraph.", **fields: Any) -> list[tuple[str, str]]:
    """The level of each fact and how it begins, of a new post."""
    return [(fact.level, fact.text) for fact in found(family, make_post(body, **fields))]


def places(facts: list[Fact]) -> list[str]:
    return [fact.where.words for fact in facts if fact.where]
