"""Changing an outline: the draft goes with it, for one of several editors."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from newsletter import drafting
from newsletter.models import Outline, Post
from newsletter.outlining import (
    Outdated,
    Parts,
    Refused,
    add_thread,
    begin,
    change,
    entries_of,
    outline_of,
    take_thread_away,
    undo,
)
from newsletter.outlining import entries as verbs
from newsletter.outlining.changing import MOST_STEPS_BACK
from newsletter.outlining.differences import differences
from newsletter.publishing import publish
from tests.factories import make_attachment, make_newsletter, make_post, make_thread
from threads.models import Status

pytestmark = pytest.mark.django_db

TEA = ["Of tea. 1/3", "Tea is hot in the morning. 2/3", "And cold at night. 3/3"]
RUM = ["Of *rum*.", "1. Ale\n\nOk.", "2. Gin\n\nNo.", "3. Rum\n\nOld."]


def status(text: str) -> int:
    return Status.objects.get(text__startswith=text).pk


def body(post: Post) -> str:
    post = Post.objects.select_related("latest").get(pk=post.pk)
    assert post.latest
    return post.latest.body


def do(post: Post, verb: Callable[..., list[verbs.Entry]], *arguments: object) -> Outline:
    parts = Parts(post)
    version = outline_of(post, parts).version
    return change(post, parts, lambda entries: verb(entries, *arguments), version=version)


def test_a_composed_post_has_an_outline_that_says_the_same() -> None:
    post = drafting.compose([make_thread(TEA), make_thread(RUM), make_thread(["A.", "B."])])
    outline = outline_of(post, Parts(post))
    assert outline.composed == body(post)
    assert not Outline.objects.exists()
    do(post, verbs.move, verbs.key_of(status("2. Gin")), verbs.key_of(status("3. Rum")))
    paragraphs = body(post).split("\n\n")
    assert paragraphs[-6:] == ["### 3. Rum", "Old.", "### 2. Gin", "No.", "## A.", "B."]
    assert paragraphs[:4] == [
        "Of tea.",
        "Tea is hot in the morning.",
        "And cold at night.",
        r"## Of \*rum\*.",
    ]


def test_what_was_left_out_follows_the_outline() -> None:
    post = begin([make_thread(TEA)])
    do(post, verbs.place, status("And cold"))
    post.refresh_from_db()
    assert post.left_out == [{"status": "1002", "text": "3/3", "reason": "counts the parts"}]


def test_each_change_is_a_revision_and_can_be_undone() -> None:
    post = begin([make_thread(TEA)])
    do(post, verbs.place, status("Tea is"))
    do(post, verbs.add_heading, "Cups", "h1", "")
    assert body(post) == "## Cups\n\nTea is hot in the morning."
    undo(post, Parts(post), version=2)
    assert body(post) == "Tea is hot in the morning."
    outline = undo(post, Parts(post), version=3)
    assert (body(post), outline.entries) == ("", [])
    assert list(post.revisions.values_list("autosaved", flat=True)) == [*[True] * 4, False]
    with pytest.raises(Refused, match="nothing to undo"):
        undo(post, Parts(post), version=4)


def test_what_changes_nothing_is_no_change() -> None:
    post = begin([make_thread(TEA)])
    do(post, verbs.place, status("Tea is"))
    outline = do(post, verbs.step, verbs.key_of(status("Tea is")), -1)
    assert (outline.version, len(outline.past), post.revisions.count()) == (1, 1, 2)


def test_only_the_last_steps_can_be_undone() -> None:
    post = begin([make_thread(TEA)])
    Outline.objects.update(past=[[]] * MOST_STEPS_BACK)
    outline = do(post, verbs.place, status("Tea is"))
    assert len(outline.past) == MOST_STEPS_BACK


def test_an_older_page_is_told_and_changes_nothing() -> None:
    post = begin([make_thread(TEA)])
    do(post, verbs.place, status("Tea is"))
    with pytest.raises(Outdated, match="changed elsewhere"):
        change(post, Parts(post), lambda entries: [], version=0)
    assert body(post) == "Tea is hot in the morning."


def test_a_published_post_changes_only_its_latest_revision() -> None:
    post = publish(drafting.compose([make_thread(TEA)]), newsletter=make_newsletter())
    do(post, verbs.remove, verbs.key_of(status("And cold")))
    post.refresh_from_db()
    assert post.live
    assert post.live.body.endswith("And cold at night.")
    assert body(post).endswith("Tea is hot in the morning.")


def test_a_post_that_was_written_here_keeps_every_word() -> None:
    post = make_post("Written here.")
    add_thread(post, make_thread(TEA))
    assert body(post) == "Written here."
    do(post, verbs.place, status("Tea is"))
    assert body(post) == "Written here.\n\nTea is hot in the morning."


def test_a_thread_can_come_later_and_go_as_long_as_nothing_of_it_is_placed() -> None:
    tea, rum = make_thread(TEA), make_thread(RUM, in_inbox=True)
    post = drafting.compose([tea])
    before = body(post)
    add_thread(post, rum)
    add_thread(post, rum)
    rum.refresh_from_db()
    assert [(each.thread, each.position) for each in post.sources.all()] == [(tea, 1), (rum, 2)]
    assert (body(post), rum.in_inbox) == (before, False)
    do(post, verbs.place, status("1. Ale"))
    with pytest.raises(Refused, match="are placed"):
        take_thread_away(post, rum)
    do(post, verbs.drop, status("1. Ale"))
    take_thread_away(post, rum)
    assert list(post.threads.all()) == [tea]
    assert (body(post), len(entries_of(post.outline))) == (before, 3)
    make_attachment(rum, "http://127.0.0.1:9/a.jpg")
    with pytest.raises(drafting.StillFetching):
        add_thread(post, rum)


def test_parts_beside_the_main_line_can_be_placed_and_deleted_ones_cannot() -> None:
    thread = make_thread(TEA)
    Status.objects.filter(text__startswith="And").update(position=None)
    post = begin([thread])
    do(post, verbs.place, status("And"))
    assert body(post) == "And cold at night. 3/3"
    Status.objects.filter(text__startswith="And").update(deleted_at="2026-01-01T00:00Z")
    parts = Parts(post)
    [entry] = entries_of(outline_of(post, parts))
    with pytest.raises(Refused, match="not in the thread any more"):
        parts.words(entry)
    do(post, verbs.place, status("Tea is"))
    assert body(post) == "Tea is hot in the morning."


def test_a_thread_of_two_posts_lies_once_on_each_board() -> None:
    thread = make_thread(TEA)
    drafting.compose([thread])
    assert len(Parts(begin([thread])).statuses) == 3


def test_the_cards_tell_where_the_draft_goes_its_own_way() -> None:
    post = begin([make_thread(TEA)])
    for text in ("Of tea", "Tea is", "And cold"):
        do(post, verbs.place, status(text))
    own = "Tea is hot in the morning and gone by noon."
    words = body(post).replace("Tea is hot in the morning.", own)
    drafting.save_revision(post, base=4, body=words)
    key = verbs.key_of(status("Tea is"))

    def told() -> tuple[set[str], set[int]]:
        parts = Parts(post)
        outline = outline_of(post, parts)
        found = differences(entries_of(outline), parts, outline.composed, body(post), "Of tea")
        return set(found.rewritten), set(found.standing)

    assert told() == ({key}, set())
    do(post, verbs.remove, key)
    assert own in body(post)
    assert told() == (set(), {status("Tea is")})
    drafting.save_revision(post, base=5, body=post.outline.composed)
    assert told() == (set(), set())


@pytest.mark.django_db(transaction=True)
@pytest.mark.both_databases
def test_of_two_changes_at_once_one_is_told() -> None:
    post = drafting.compose([make_thread(TEA)])
    start = threading.Barrier(2)
    results: list[str] = []

    def place(key: str) -> None:
        mine = Post.objects.get(pk=post.pk)
        parts = Parts(mine)
        start.wait()
        try:
            change(mine, parts, lambda entries: verbs.remove(entries, key), version=0)
            results.append("done")
        except Outdated:
            results.append("told")
        finally:
            connection.close()

    keys = [verbs.key_of(status(text)) for text in ("Tea is", "And cold")]
    editors = [threading.Thread(target=place, args=[key]) for key in keys]
    for editor in editors:
        editor.start()
    for editor in editors:
        editor.join()
    assert sorted(results) == ["done", "told"]
    assert len(Outline.objects.get().entries) == 2
    assert Post.objects.get().revisions.count() == 2
