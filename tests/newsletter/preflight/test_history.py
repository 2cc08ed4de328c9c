"""Whose words a post holds, and whether readers had them before."""

from __future__ import annotations

import pytest

from newsletter import drafting, publishing
from newsletter.models import Post
from newsletter.preflight import history
from newsletter.preflight.facts import Level
from tests.factories import make_account, make_import, make_newsletter, make_post, make_thread
from tests.newsletter.preflight.looking import found
from threads.models import Change

pytestmark = pytest.mark.django_db


def warnings(post: Post) -> list[str]:
    return [fact.text for fact in found(history, post) if fact.level == Level.WARN]


def test_words_that_nobody_has_proven_to_be_theirs_are_a_fault() -> None:
    account = make_account(claim="", claimed_at=None)
    post = drafting.compose([make_thread(account=account)])
    (fact,) = found(history, post)
    assert fact.level == Level.FAULT
    assert "Nobody has proven that Mira Osei (@miraosei) on X is yours." in fact.text
    assert fact.where
    assert fact.where.address == f"/admin/threads/account/{account.pk}/claim/"

    make_newsletter()
    publishing.publish(post, unclaimed="She said yes.")
    assert [fact.level for fact in found(history, post)] == [Level.GOOD]


def test_what_changed_at_the_source_is_told() -> None:
    post = drafting.compose([make_thread()])
    thread = post.threads.get()
    for number in (1, 2):
        Change.objects.create(
            thread=thread,
            status=thread.main_line()[number],
            imported_by=make_import(),
            kind="edited",
            before="a",
            after="b",
        )
    assert warnings(post) == ["2 changes at the source since this was drafted."]


def test_a_thread_that_readers_had_before_is_told() -> None:
    letters, thread = make_newsletter(), make_thread()
    earlier = drafting.compose([thread], title="The first time")
    post = drafting.compose([thread], title="The second time")
    assert warnings(post) == []
    publishing.publish(earlier, newsletter=letters)
    assert warnings(post) == ["Readers had “One.” before, in “The first time”."]
    assert warnings(earlier) == []


def test_it_is_told_once_in_whichever_place_the_thread_stood() -> None:
    thread, other = make_thread(), make_thread(["Oil.", "Rope."])
    earlier = drafting.compose([other, thread], title="The first time")
    post = drafting.compose([thread, other], title="The second time")
    publishing.publish(earlier, newsletter=make_newsletter())
    assert warnings(post) == [
        "Readers had “One.” before, in “The first time”.",
        "Readers had “Oil.” before, in “The first time”.",
    ]


def test_a_post_of_no_thread_has_no_history() -> None:
    assert found(history, make_post()) == []
