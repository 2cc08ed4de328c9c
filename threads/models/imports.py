"""The runs of bringing something in."""

from __future__ import annotations

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.timezone import now

from threads.models.accounts import Account


class Import(models.Model):
    """One run of bringing something in: from where, what was found, what was skipped and why."""

    class State(models.TextChoices):
        WAITING = "waiting"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"
        CANCELLED = "cancelled"
        UNDONE = "undone"

    state = models.CharField(choices=State, default=State.WAITING, max_length=10)
    kind = models.CharField(max_length=30, blank=True, help_text="The source that read it.")
    source = models.CharField(max_length=500, help_text="The file or text, as the editor named it.")
    upload = models.CharField(max_length=500, blank=True, help_text="The uploaded file to read.")
    address = models.URLField(max_length=1000, blank=True, help_text="The address to fetch.")
    tries = models.PositiveSmallIntegerField(default=0, help_text="Of fetching the address.")
    try_at = models.DateTimeField(null=True, blank=True, help_text="Not to be fetched before.")
    price = models.FloatField(null=True, blank=True, help_text="Dollars, which wait for a yes.")
    cost = models.CharField(max_length=200, blank=True, help_text="What fetching came to.")
    options = models.JSONField(default=dict, blank=True)
    account = models.ForeignKey(
        Account, models.SET_NULL, null=True, blank=True, related_name="imports"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True)
    started_at = models.DateTimeField(default=now)
    finished_at = models.DateTimeField(null=True, blank=True)
    done = models.PositiveIntegerField(default=0, help_text="Steps so far, of `total`.")
    total = models.PositiveIntegerField(default=0)
    cancel_asked_at = models.DateTimeField(null=True, blank=True)
    created = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    skipped = models.JSONField(default=dict, blank=True, help_text="Reason: how many.")
    warnings = models.JSONField(default=list, blank=True)
    complete = models.BooleanField(default=True, help_text="Nothing that it names was absent.")
    error = models.TextField(blank=True)
    thread_ids = models.JSONField(default=list, blank=True, help_text="The threads it holds.")

    class Meta:
        ordering = ["-started_at"]

    def __str__(self) -> str:
        return f"{self.source} ({self.state})"


class UndoStep(models.Model):
    """What rows held before one block of an import changed or deleted them."""

    imported_by = models.ForeignKey(Import, models.CASCADE, related_name="undo_steps")
    before = models.JSONField(encoder=DjangoJSONEncoder)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"Step {self.pk} of {self.imported_by}"
