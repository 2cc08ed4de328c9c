"""Where it came from: whose words it holds, whether they changed since, and whether readers
had them before."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q, QuerySet
from django.urls import reverse

from newsletter import living
from newsletter.models import Post, PostSource
from newsletter.preflight.candidate import Candidate
from newsletter.preflight.facts import Fact, Where, fault, good, warn
from threads.models import Account


def facts(candidate: Candidate) -> Iterator[Fact]:
    post = candidate.post
    accounts = list(unproven(post))
    for account in accounts:
        yield fault(
            f"Nobody has proven that {account} on {account.get_platform_display()} is yours. "
            "Prove it, or say when publishing why these words may go out.",
            Where("Prove it", reverse("admin:threads_account_claim", args=[account.pk])),
        )
    if not accounts and post.sources.exists():
        yield good("The words are proven to be yours, or a reason was given.")
    yield from _changes(post)
    yield from _repeats(post)


def unproven(post: Post) -> QuerySet[Account]:
    """Whose words it holds though nobody has proven to be them, and no reason was given yet."""
    excused = Account.objects.filter(excuses__post=post)
    sources = Account.objects.unclaimed().filter(threads__posts=post)
    return sources.exclude(pk__in=excused).order_by("pk").distinct()


def _changes(post: Post) -> Iterator[Fact]:
    if count := living.open_changes(post).count():
        changes = "One change" if count == 1 else f"{count} changes"
        where = Where("The changes", reverse("admin:newsletter_post_source", args=[post.pk]))
        yield warn(f"{changes} at the source since this was drafted.", where)


def _repeats(post: Post) -> Iterator[Fact]:
    had = Post.objects.filter(Q(issue__isnull=False) | Q(live__isnull=False)).exclude(pk=post.pk)
    threads = [source.thread_id for source in post.sources.all()]
    uses = PostSource.objects.filter(thread__in=threads, post__in=had)
    found = uses.select_related("thread", "post__latest").order_by("post")
    for use in sorted(found, key=lambda use: threads.index(use.thread_id)):
        where = Where("That post", reverse("admin:newsletter_post_change", args=[use.post_id]))
        yield warn(f"Readers had “{use.thread}” before, in “{use.post}”.", where)
