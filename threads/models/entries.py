"""What the library searches and sorts by: one row for each thread, made anew when it changes."""

from __future__ import annotations

from itertools import batched

from django.db import models, transaction
from django.db.models import QuerySet

from threads.models.threads import Thread

BLOCK = 500


class IndexEntryQuerySet(models.QuerySet["IndexEntry"]):
    @transaction.atomic
    def forget(self, threads: QuerySet[Thread]) -> None:
        """These have changed, so they are to be indexed anew.

        Call it behind the change, in the same transaction: whoever indexes one of them just now
        has locked its row, so this waits, and deletes what was read too early.
        """
        locked = threads.select_for_update().order_by("pk").values_list("pk", flat=True)
        for pks in batched(list(locked), BLOCK, strict=False):
            self.filter(pk__in=pks).only("pk").delete()


class IndexEntry(models.Model):
    """A thread as the library finds it. A thread without one is still to be indexed."""

    thread = models.OneToOneField(
        Thread, models.CASCADE, primary_key=True, related_name="index_entry"
    )
    words = models.TextField(help_text="Of its title, author and all its parts, each once.")
    likes = models.PositiveIntegerField(null=True, help_text="Of all parts; empty where unknown.")

    objects = IndexEntryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "index entries"

    def __str__(self) -> str:
        return f"Index entry of thread {self.thread_id}"


class Keyword(models.Model):
    """A word that says what a thread is about. Threads that share rare ones are related."""

    entry = models.ForeignKey(IndexEntry, models.CASCADE, related_name="keywords")
    word = models.CharField(max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["word", "entry"], name="threads_one_keyword_per_word"),
        ]

    def __str__(self) -> str:
        return self.word
