"""The library's list: threads by what became of them, and where the words of a search stand."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest

from newsletter.models import Post, PostSource
from threads.admin.filters import Choices, ThreadFilter
from threads.admin.paging import PagedList
from threads.models import Status, Thread
from threads.text import snippets
from threads.text.words import plain, words_in


class UseFilter(ThreadFilter):
    """By the posts that were made of them. What is in the trash is no use."""

    title = "use"
    parameter_name = "use"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return [("none", "Unused"), ("draft", "In a draft"), ("published", "Published")]

    def narrowed(self, threads: QuerySet[Thread], value: str) -> QuerySet[Thread]:
        uses = PostSource.objects.filter(thread=OuterRef("pk"), post__trashed_at=None)
        match value:
            case "draft":
                return threads.filter(Exists(uses.exclude(post__state=Post.State.PUBLISHED)))
            case "published":
                return threads.filter(Exists(uses.filter(post__state=Post.State.PUBLISHED)))
        return threads.exclude(Exists(uses))


class Library(PagedList):
    """A page of threads; after a search, each with the line where its words stand."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        words = words_in(self.query)
        if not words:
            return
        said = texts_of(self.result_list)
        for thread in self.result_list:
            thread.found = snippets.best(said[thread.pk], words)


def texts_of(threads: list[Thread]) -> dict[int, list[str]]:
    texts: dict[int, list[str]] = {thread.pk: [] for thread in threads}
    parts = Status.objects.filter(thread__in=threads, deleted_at=None).order_by("position")
    for pk, text, format_ in parts.values_list("thread_id", "text", "format"):
        texts[pk or 0].append(plain(text, format_))
    return texts
