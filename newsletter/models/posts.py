"""A post and its revisions.

The post points at its latest revision and at the one that readers see, so that
edits after publishing stay invisible until they are released.
"""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.utils.timezone import now

from newsletter.models.newsletters import Newsletter
from threads.models import Change, Thread

COLOURS = 6
UNTITLED = "Untitled"  # what a post is called until it has a title


class PostQuerySet(models.QuerySet["Post"]):
    def kept(self) -> Self:
        return self.filter(trashed_at=None)

    def published(self) -> Self:
        """What readers may see."""
        return self.kept().filter(state=Post.State.PUBLISHED).exclude(live=None)

    def drafts(self) -> Self:
        return self.kept().filter(state=Post.State.DRAFT)

    def due(self) -> Self:
        """Scheduled, and its time has come."""
        return self.kept().filter(state=Post.State.SCHEDULED, publish_at__lte=now())


class Post(models.Model):
    class State(models.TextChoices):
        DRAFT = "draft"
        SCHEDULED = "scheduled"
        PUBLISHED = "published"

    newsletter = models.ForeignKey(
        Newsletter, models.PROTECT, null=True, blank=True, related_name="posts"
    )
    slug = models.SlugField(max_length=100)
    state = models.CharField(choices=State, default=State.DRAFT, max_length=10)
    tags = models.JSONField(default=list, blank=True)
    show_origin = models.BooleanField(
        default=True, help_text="Say where it was first published as a thread."
    )
    show_sources = models.BooleanField(
        default=False, help_text="List every part it was made of in a box at the end."
    )
    link_paragraphs = models.BooleanField(
        default=False, help_text="Link each paragraph to the part it came from."
    )
    credits = models.JSONField(
        default=list,
        blank=True,
        help_text="The part that each paragraph readers see came from, or null: its key.",
    )
    left_out = models.JSONField(
        default=list,
        blank=True,
        help_text="What drafting removed: [{status, text, reason}].",
    )
    latest = models.ForeignKey(
        "Revision", models.RESTRICT, null=True, blank=True, related_name="latest_of"
    )
    live = models.ForeignKey(
        "Revision", models.RESTRICT, null=True, blank=True, related_name="live_of"
    )
    email_on_publish = models.BooleanField(default=False, help_text="Scheduled to be mailed, too.")
    publish_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    trashed_at = models.DateTimeField(null=True, blank=True)
    threads = models.ManyToManyField(Thread, through="PostSource", related_name="posts")

    objects = PostQuerySet.as_manager()

    class Meta:
        ordering = ["-published_at", "-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["newsletter", "slug"], name="newsletter_one_post_per_slug"
            ),
        ]

    def __str__(self) -> str:
        return self.latest.title if self.latest else self.slug


class PostSource(models.Model):
    """A thread that a post was made from; `position` is counted from 1."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="sources")
    thread = models.ForeignKey(Thread, models.PROTECT, related_name="uses")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["post", "thread"], name="newsletter_one_source_per_thread"
            ),
        ]

    def __str__(self) -> str:
        return str(self.thread)

    @property
    def colour(self) -> int:
        """Of its line beside the text: which of those in tokens.css, from 1."""
        return (self.position - 1) % COLOURS + 1


class SettledChange(models.Model):
    """What an editor decided about a change of a thread that the post was made of."""

    class Verdict(models.TextChoices):
        TAKEN = "taken"
        LEFT = "left"

    post = models.ForeignKey(Post, models.CASCADE, related_name="settled_changes")
    change = models.ForeignKey(Change, models.CASCADE, related_name="settled")
    verdict = models.CharField(choices=Verdict, max_length=10)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True)
    at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["post", "change"], name="newsletter_one_verdict_per_change"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.change} ({self.verdict})"


class RevisionQuerySet(models.QuerySet["Revision"]):
    def unpinned(self) -> Self:
        """Neither the latest of a post, nor what readers see or were mailed."""
        return self.filter(latest_of=None, live_of=None, issues=None)

    def autosaves(self) -> Self:
        return self.filter(autosaved=True)


class Revision(models.Model):
    """What a post said at one save. Never changed afterwards."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=300)
    subtitle = models.CharField(max_length=300, blank=True)
    subject = models.CharField(
        max_length=200, blank=True, help_text="Of the mail; the title where empty."
    )
    preheader = models.CharField(
        max_length=200, blank=True, help_text="Shown after the subject in an inbox."
    )
    byline = models.CharField(max_length=200, blank=True)
    cover = models.CharField(max_length=300, blank=True, help_text="A picture under /media/.")
    cover_alt = models.CharField(max_length=500, blank=True)
    body = models.TextField(blank=True, help_text="Markdown, and Markdown only.")
    html = models.TextField(blank=True, editable=False, help_text="Rendered once, at the save.")
    created_at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True)
    autosaved = models.BooleanField(
        default=False, help_text="Kept while somebody was typing; thinned out after a day."
    )

    objects = RevisionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["post", "number"], name="newsletter_one_revision_per_number"
            ),
        ]
        indexes = [
            # Asked for each minute, and texts are too long to read them all for it.
            models.Index(
                fields=["post", "by", "created_at"],
                name="newsletter_autosaves",
                condition=models.Q(autosaved=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"
