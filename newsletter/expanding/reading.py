"""Further reading: what readers may already read of the same things: earlier posts, and the
author's own threads that no post was made of yet, where they were first posted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import chain
from math import log

from newsletter.expanding.material import Material
from newsletter.expanding.proposal import Kind, Proposal
from newsletter.links import post_url
from newsletter.models import Newsletter, Post
from newsletter.provenance import words_of
from threads.models import Keyword, Thread
from threads.searching import index, related
from threads.text.links import link

HEADING = "Further reading"
MOST = 4
LOOKED_THROUGH = 100  # posts, the newest
SHORT_WORD = 5  # letters; shorter ones are the same in every text
ENOUGH = 0.08
FEWEST_SHARED = 2  # keywords of related threads; one alone is often chance
SHORT_KEYWORD = 4  # letters; in short threads, "the" may be one


def further_reading(material: Material) -> Iterator[Proposal]:
    if f"\n## {HEADING}" in f"\n{material.body}":
        return
    near = {url: title for title, url in chain(_near_posts(material), _related_threads(material))}
    found = [(title, url) for url, title in near.items() if url not in material.body][:MOST]
    if found:
        items = "\n".join(f"- {link(title, url)}" for title, url in found)
        yield Proposal(
            Kind.READING,
            f"{len(found)} link{'s'[: len(found) > 1]} to more of it",
            "Published before, and about the same things.",
            material.end,
            f"## {HEADING}\n\n{items}",
        )


def _related_threads(material: Material) -> Iterator[tuple[str, str]]:
    """Those of its authors. Where a post was made of one, that is what readers are shown."""
    uses = material.post.sources.select_related("thread__account")
    sources = [source.thread for source in uses]
    authors = {source.account for source in sources}
    index()  # where no worker runs, nobody else does
    pairs = ((source, each) for source in sources for each in related(source, MOST))
    for thread in (each for source, each in pairs if _share_enough(source, each)):
        posts = Post.objects.published().filter(threads=thread).select_related("newsletter", "live")
        post = posts.exclude(pk=material.post.pk).first()
        if post and post.live:
            yield post.live.title, post_url(post)
        elif thread not in sources and thread.url and thread.account in authors:
            yield thread.title, thread.url


def _share_enough(thread: Thread, other: Thread) -> bool:
    words = Keyword.objects.filter(entry=other.pk).values("word")
    shared = Keyword.objects.filter(entry=thread.pk, word__in=words).values_list("word", flat=True)
    # Two signs are a word where words are not spelled.
    telling = [word for word in shared if len(word) >= SHORT_KEYWORD or not word.isascii()]
    return len(telling) >= FEWEST_SHARED


def _near_posts(material: Material) -> list[tuple[str, str]]:
    """Earlier posts of the newsletter, those first that share the most of the rarer words."""
    newsletter = material.post.newsletter or Newsletter.objects.sole()
    if newsletter is None:
        return []
    published = newsletter.posts.published().exclude(pk=material.post.pk)
    posts = list(published.select_related("newsletter", "live")[:LOOKED_THROUGH])
    said = {post.pk: _telling(post.live.body) for post in posts if post.live}
    shared = _likeness(_telling(material.body), said)
    near = sorted(posts, key=lambda post: shared[post.pk], reverse=True)
    return [
        (post.live.title, post_url(post))
        for post in near
        if post.live and shared[post.pk] >= ENOUGH
    ]


def _telling(body: str) -> set[str]:
    return {word for word in words_of(body) if len(word) >= SHORT_WORD}


def _likeness(mine: set[str], others: dict[int, set[str]]) -> dict[int, float]:
    """How much of each one's weight is in words that are mine, too: 0 to 1."""
    spread = Counter(word for words in others.values() for word in words)
    worth = {word: log((1 + len(others)) / count) for word, count in spread.items()}
    return {
        pk: sum(worth[word] for word in words & mine) / (sum(worth[word] for word in words) or 1)
        for pk, words in others.items()
    }
