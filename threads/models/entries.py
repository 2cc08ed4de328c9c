"""What the library searches and sorts by: one row for each thread, made anew when it changes."""

from __future__ import annotations

from django.db import models

from threads.models.threads import Thread


class IndexEntry(models.Model):
    """A thread as the library finds it. A thread without one is still to be indexed."""

    thread = models.OneToOneField(
        Thread, models.CASCADE, primary_key=True, related_name="index_entry"
    )
    words = models.TextField(help_text="Title, author and all its parts, case-folded.")
    likes = models.PositiveIntegerField(null=True, help_text="Of all parts; empty where unknown.")

    class Meta:
        verbose_name_plural = "index entries"
        indexes = [models.Index(fields=["likes"], name="threads_index_likes")]

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
