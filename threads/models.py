"""What an author posted elsewhere, as it was imported."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.timezone import now


class Platform(models.TextChoices):
    X = "x", "X"
    MASTODON = "mastodon", "Mastodon"
    BLUESKY = "bluesky", "Bluesky"
    NONE = "none", "Pasted"


class Account(models.Model):
    """An author's account. Without an id from its platform, `remote_id` is the handle
    (`@name`, lower case) or `text:<hash>` of what was pasted."""

    platform = models.CharField(choices=Platform, max_length=10)
    remote_id = models.CharField(max_length=200)
    handle = models.CharField(max_length=200, blank=True, help_text="Without the @.")
    name = models.CharField(max_length=200, blank=True)
    url = models.URLField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["platform", "remote_id"], name="threads_one_account_per_remote_id"
            ),
        ]

    def __str__(self) -> str:
        if self.name and self.handle:
            return f"{self.name} (@{self.handle})"
        return self.name or (f"@{self.handle}" if self.handle else "Unnamed account")


class Import(models.Model):
    """One run of bringing something in: from where, what was found, what was skipped and why."""

    class State(models.TextChoices):
        WAITING = "waiting"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"
        UNDONE = "undone"

    state = models.CharField(choices=State, default=State.WAITING, max_length=10)
    kind = models.CharField(max_length=30, blank=True, help_text="The source that read it.")
    source = models.CharField(max_length=500, help_text="The file or text, as the editor named it.")
    upload = models.CharField(max_length=500, blank=True, help_text="The uploaded file to read.")
    options = models.JSONField(default=dict, blank=True)
    account = models.ForeignKey(
        Account, models.SET_NULL, null=True, blank=True, related_name="imports"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True)
    started_at = models.DateTimeField(default=now)
    finished_at = models.DateTimeField(null=True, blank=True)
    created = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    skipped = models.JSONField(default=dict, blank=True, help_text="Reason: how many.")
    warnings = models.JSONField(default=list, blank=True)
    complete = models.BooleanField(default=True, help_text="Nothing that it names was absent.")
    error = models.TextField(blank=True)
    before = models.JSONField(
        default=dict,
        blank=True,
        encoder=DjangoJSONEncoder,
        help_text="What changed rows held before, for undoing.",
    )
    thread_ids = models.JSONField(default=list, blank=True, help_text="The threads it holds.")

    class Meta:
        ordering = ["-started_at"]

    def __str__(self) -> str:
        return f"{self.source} ({self.state})"


class ThreadQuerySet(models.QuerySet["Thread"]):
    def visible(self) -> Self:
        """Not in the trash, and not of an import that is still running or has failed."""
        return self.filter(trashed_at=None, imported_by__state=Import.State.DONE)

    def trashed(self) -> Self:
        return self.exclude(trashed_at=None)

    def unused(self) -> Self:
        """No post was made from it yet."""
        return self.filter(posts=None)


class Thread(models.Model):
    """An author's statuses that reply to each other. Lone statuses have none."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="threads")
    imported_by = models.ForeignKey(Import, models.PROTECT, related_name="threads")
    remote_id = models.CharField(max_length=200, help_text="That of its first status.")
    title = models.CharField(max_length=300)
    length = models.PositiveIntegerField(help_text="Statuses in the main line.")
    complete = models.BooleanField(default=True)
    missing = models.JSONField(
        default=list, blank=True, help_text="Why it is not complete, in words for an editor."
    )
    url = models.URLField(max_length=500, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    trashed_at = models.DateTimeField(null=True, blank=True)

    objects = ThreadQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["account", "remote_id"], name="threads_one_thread_per_first_status"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def main_line(self) -> models.QuerySet[Status]:
        return self.statuses.filter(position__isnull=False).order_by("position")

    def branches(self) -> models.QuerySet[Status]:
        """Statuses of the thread that are not in its main line."""
        return self.statuses.filter(position=None).order_by("sort_key")


class StatusQuerySet(models.QuerySet["Status"]):
    def visible(self) -> Self:
        return self.filter(imported_by__state=Import.State.DONE)

    def lone(self) -> Self:
        """In no thread: neither answered by its author nor an answer."""
        return self.filter(thread=None)


class Status(models.Model):
    """One tweet, toot or post."""

    class Format(models.TextChoices):
        PLAIN = "plain"
        HTML = "html"
        MARKDOWN = "markdown"

    account = models.ForeignKey(Account, models.CASCADE, related_name="statuses")
    imported_by = models.ForeignKey(Import, models.PROTECT, related_name="statuses")
    platform = models.CharField(choices=Platform, max_length=10)
    remote_id = models.CharField(max_length=200)
    thread = models.ForeignKey(
        Thread, models.SET_NULL, null=True, blank=True, related_name="statuses"
    )
    position = models.PositiveIntegerField(
        null=True, blank=True, help_text="Its place in the main line, from 1."
    )
    sort_key = models.CharField(
        max_length=40, help_text="Sorts an account's statuses by when they were posted."
    )
    text = models.TextField(blank=True, help_text="In the source's own format.")
    format = models.CharField(choices=Format, default=Format.PLAIN, max_length=10)
    spans = models.JSONField(
        default=list, blank=True, help_text="[start, end, kind, target] in code points of the text."
    )
    markdown = models.TextField(blank=True, help_text="Made when first needed.")
    posted_at = models.DateTimeField(null=True, blank=True)
    url = models.URLField(max_length=500, blank=True)
    reply_to = models.CharField(max_length=200, blank=True, help_text="A remote id.")
    reply_to_account = models.CharField(max_length=200, blank=True, help_text="A remote id.")
    quote_of = models.CharField(max_length=200, blank=True, help_text="A remote id.")
    language = models.CharField(max_length=20, blank=True)
    likes = models.PositiveIntegerField(null=True, blank=True)
    digest = models.CharField(
        max_length=64, help_text="Of what the source said, to notice changes."
    )

    objects = StatusQuerySet.as_manager()

    class Meta:
        verbose_name = "part"  # what editors call it; `Status` is its name in code
        constraints = [
            models.UniqueConstraint(
                fields=["platform", "remote_id"], name="threads_one_status_per_remote_id"
            ),
        ]
        indexes = [models.Index(fields=["thread", "position"], name="threads_status_in_thread")]

    def __str__(self) -> str:
        return f"{self.remote_id}: {self.text[:60]}"


class Attachment(models.Model):
    """An image, video or file of a status, brought home, with its alt text."""

    class Kind(models.TextChoices):
        IMAGE = "image"
        GIF = "gif"
        VIDEO = "video"

    class State(models.TextChoices):
        PRESENT = "present"
        LOST = "lost"
        REFUSED = "refused"

    status = models.ForeignKey(Status, models.CASCADE, related_name="attachments")
    position = models.PositiveSmallIntegerField(help_text="Its place in the status, from 1.")
    kind = models.CharField(choices=Kind, max_length=10)
    state = models.CharField(choices=State, default=State.LOST, max_length=10)
    source_url = models.URLField(max_length=1000, blank=True)
    alt = models.TextField(blank=True)
    file = models.FileField(max_length=200, blank=True, help_text="Named by its content.")
    poster = models.FileField(max_length=200, blank=True, help_text="The still of a video or GIF.")
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True, help_text="Why it could not be had.")

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["status", "position"], name="threads_one_attachment_per_place"
            ),
        ]

    def __str__(self) -> str:
        return self.alt or self.source_url or self.file.name or f"{self.kind} {self.position}"
