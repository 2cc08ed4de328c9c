"""The single parts of what authors posted."""

from __future__ import annotations

from datetime import timedelta
from typing import Self

from django.db import models
from django.utils.timesince import timesince

from threads.models.accounts import Account, Platform
from threads.models.imports import Import
from threads.models.threads import Thread

A_PAUSE = timedelta(hours=24)


class StatusQuerySet(models.QuerySet["Status"]):
    def visible(self) -> Self:
        return self.filter(imported_by__state=Import.State.DONE)

    def lone(self) -> Self:
        """In no thread: neither answered by its author nor an answer."""
        return self.filter(thread=None, deleted_at=None)


class Status(models.Model):
    """One part, whatever its platform calls it."""

    class Format(models.TextChoices):
        PLAIN = "plain"
        HTML = "html"
        MARKDOWN = "markdown"

    account = models.ForeignKey(Account, models.CASCADE, related_name="statuses")
    imported_by = models.ForeignKey(Import, models.PROTECT, related_name="statuses")
    platform = models.CharField(choices=Platform, max_length=10)
    remote_id = models.CharField(max_length=500)
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
    reply_to = models.CharField(max_length=500, blank=True, help_text="A remote id.")
    reply_to_account = models.CharField(max_length=500, blank=True, help_text="A remote id.")
    quote_of = models.CharField(max_length=500, blank=True, help_text="A remote id.")
    language = models.CharField(max_length=20, blank=True)
    likes = models.PositiveIntegerField(null=True, blank=True)
    content_warning = models.CharField(max_length=500, blank=True)
    extras = models.JSONField(
        default=list, blank=True, help_text="Quotes of others, link cards and polls."
    )
    gap = models.CharField(
        max_length=30, blank=True, help_text="What its source could not tell around it, and why."
    )
    edited_at = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(
        null=True, blank=True, help_text="When it was found to be gone at its source."
    )
    fingerprint = models.CharField(
        max_length=32, blank=True, help_text="Of the source's own bytes."
    )
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

    def pause_since(self, before: Status) -> str:
        """How long the author was silent, in words; empty where it was a day at most."""
        if not before.posted_at or not self.posted_at:
            return ""
        if self.posted_at - before.posted_at <= A_PAUSE:
            return ""
        return timesince(before.posted_at, self.posted_at, depth=1)
