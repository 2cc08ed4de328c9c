"""From threads to the first draft of a post, and every save after it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.text import slugify

from newsletter.models import Post, PostSource, Revision
from newsletter.reconciling import reconcile
from newsletter.rendering import web_html
from threads import downloading
from threads.markdown import markdown_of_thread
from threads.models import Thread
from threads.text.escaping import literal
from threads.text.merge import Merged
from threads.text.trimming import LeftOut

KEPT = ("title", "subtitle", "subject", "preheader", "byline", "cover", "cover_alt", "body")
LONGEST_TITLE, LONGEST_BYLINE = 300, 200


type Words = dict[str, str]


class Conflict(Exception):
    """Somebody saved in between. `latest` is what they wrote; `words` the editor's own, together
    with all of theirs that does not clash."""

    def __init__(self, latest: Revision, words: Words) -> None:
        super().__init__(f"Revision {latest.number} was saved in the meantime.")
        self.latest = latest
        self.words = words


class StillFetching(Exception):
    """A draft made now would lack pictures that may be here in a minute."""

    def __init__(self, count: int) -> None:
        words = "A picture is" if count == 1 else f"{count} pictures are"
        super().__init__(f"{words} still being fetched. Try again in a minute.")


@dataclass(frozen=True)
class Saved:
    """`mine` says what the editor wrote, word for word; `latest` also what others had saved."""

    mine: Revision
    latest: Revision


def compose(threads: Sequence[Thread], *, title: str = "", by: User | None = None) -> Post:
    """A new post of these threads, in this order. It belongs to no newsletter yet.

    Raises StillFetching while pictures are on their way that were never tried before; one
    that could not be had so far is a lost picture to the draft.
    """
    demand_fetched(threads)
    title = (title or threads[0].title)[:LONGEST_TITLE]
    texts = [markdown_of_thread(threads[0], title=title)]
    # The later threads stand under a heading each, so their own headings are one level lower.
    texts += [markdown_of_thread(thread, title=thread.title, level=3) for thread in threads[1:]]
    body = _one_after_the_other(threads, texts)
    left_out = [entry for text in texts for entry in text.left_out]
    return begin(title, threads, body=body, left_out=left_out, by=by)


@transaction.atomic
def begin(
    title: str,
    threads: Sequence[Thread] = (),
    *,
    body: str = "",
    left_out: Sequence[LeftOut] = (),
    by: User | None = None,
) -> Post:
    """A new post and its first revision, whatever its text is to be made of."""
    title = title[:LONGEST_TITLE]
    post = Post.objects.create(
        slug=slugify(title)[:100].strip("-") or "post",
        left_out=[asdict(entry) for entry in left_out],
    )
    PostSource.objects.bulk_create(
        PostSource(post=post, thread=thread, position=position)
        for position, thread in enumerate(threads, 1)
    )
    Thread.objects.filter(posts=post).update(in_inbox=False)
    save_revision(post, base=None, by=by, title=title, byline=_byline_of(threads), body=body)
    return post


def demand_fetched(threads: Sequence[Thread]) -> None:
    """Raises StillFetching while pictures of these are on their way for the first time."""
    if count := downloading.still_coming(threads).count():
        raise StillFetching(count)


def save_revision(
    post: Post,
    *,
    base: int | None,
    by: User | None = None,
    autosaved: bool = False,
    **fields: str,
) -> Revision:
    """Keep what the editor wrote. `base` is the number of the revision they began from.

    Raises Conflict where that is not the latest any more, so that nobody's words are lost.
    """
    with transaction.atomic():
        latest = _lock(post)
        if latest and latest.number != base:
            raise Conflict(latest, fields)
        before = words_of(latest) if latest else dict.fromkeys(KEPT, "")
        if latest and before == before | fields:
            return latest if autosaved else keep(latest)
        revision = Revision(post=post, number=latest.number + 1 if latest else 1, by=by)
        for name, value in (before | fields).items():
            setattr(revision, name, value)
        revision.autosaved = autosaved
        revision.html = web_html(revision.body)
        revision.save()
        post.latest = revision
        post.save(update_fields=["latest"])
    return revision


def merge_revision(
    post: Post, *, base: int | None, by: User, autosaved: bool = False, **fields: str
) -> Saved:
    """Keep what the editor wrote, together with what others saved since revision `base`.

    Raises Conflict where both changed the same words, or where `base` is not there any more.
    """
    with transaction.atomic():
        latest = _lock(post)
        began = post.revisions.filter(number=base).first() if base else None
        if latest is None or began is None or began == latest:
            revision = save_revision(post, base=base, by=by, autosaved=autosaved, **fields)
            return Saved(revision, revision)
        mine = words_of(began) | fields
        # An answer may have been lost on its way: what is sent again is known again.
        if known := post.revisions.filter(number__gte=began.number, **mine).first():
            return Saved(known if autosaved else keep(known), latest)
        words, clashing = _together(words_of(began), mine, words_of(latest))
        if clashing:
            raise Conflict(latest, words)
        beside = save_revision(post, base=latest.number, by=by, autosaved=True, **mine)
        merged = save_revision(post, base=beside.number, by=by, autosaved=autosaved, **words)
    return Saved(beside, merged)


def keep(revision: Revision) -> Revision:
    """It was meant to be saved, even if it was saved by itself before."""
    if revision.autosaved:
        revision.autosaved = False
        revision.save(update_fields=["autosaved"])
    return revision


def words_of(revision: Revision) -> Words:
    return {name: getattr(revision, name) for name in KEPT}


def _lock(post: Post) -> Revision | None:
    """The latest revision, and nobody else makes another until the transaction ends."""
    # Not joined: PostgreSQL would show the revision as it was before the wait for the lock.
    return Post.objects.select_for_update().get(pk=post.pk).latest


def _together(base: Words, mine: Words, theirs: Words) -> tuple[Words, list[str]]:
    """What each changed, in one; and the names of what both changed, each in another way."""
    words, clashing = dict(mine), []
    for name in KEPT:
        if mine[name] == base[name]:
            words[name] = theirs[name]
        elif name == "body":
            words[name], clashes = reconcile(base[name], mine[name], theirs[name])
            clashing += [name] if clashes else []
        elif theirs[name] not in (base[name], mine[name]):
            clashing.append(name)
    return words, clashing


def _one_after_the_other(threads: Sequence[Thread], texts: Sequence[Merged]) -> str:
    pieces = [texts[0].markdown]
    for thread, text in zip(threads[1:], texts[1:], strict=True):
        pieces += [f"## {literal(thread.title, at_start=False)}", text.markdown]
    return "\n\n".join(filter(None, pieces))


def _byline_of(threads: Sequence[Thread]) -> str:
    names = dict.fromkeys(thread.account.name or thread.account.handle for thread in threads)
    return " and ".join(filter(None, names))[:LONGEST_BYLINE]
