"""What is known of a post before it goes out: one line each, and where to see to it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from django.urls import reverse

from newsletter.models import Newsletter, Post


class Level(StrEnum):
    FAULT = "fault"  # keeps the post from being published
    WARN = "warn"
    GOOD = "good"


class Where(NamedTuple):
    """A link to the very place, and the words on it."""

    words: str
    address: str


@dataclass(frozen=True, slots=True)
class Fact:
    level: Level
    text: str
    where: Where | None = None


def fault(text: str, where: Where | None = None) -> Fact:
    return Fact(Level.FAULT, text, where)


def warn(text: str, where: Where | None = None) -> Fact:
    return Fact(Level.WARN, text, where)


def good(text: str) -> Fact:
    return Fact(Level.GOOD, text)


def at_line(post: Post, line: int) -> Where:
    """At the desk, where the cursor goes to the line."""
    desk = reverse("admin:newsletter_post_change", args=[post.pk])
    return Where(f"Line {line}", f"{desk}#line-{line}") if line else Where("The text", desk)


def in_field(post: Post, field: str, words: str) -> Where:
    """At the desk, in one of the fields above the text."""
    desk = reverse("admin:newsletter_post_change", args=[post.pk])
    return Where(words, f"{desk}#id_{field}")


def of_newsletter(newsletter: Newsletter) -> Where:
    return Where(
        "The newsletter", reverse("admin:newsletter_newsletter_change", args=[newsletter.pk])
    )
