"""Autosaves become fewer as they grow old; nothing else ever goes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.auth.models import User

from newsletter import thinning
from newsletter.models import Post, Revision
from tests.factories import make_issue, make_newsletter, make_post

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def ada() -> User:
    return User.objects.create_user("ada")


@pytest.fixture
def post() -> Post:
    return make_post()


def make_revision(post: Post, by: User | None, minutes: int, **fields: object) -> Revision:
    """Saved so many minutes after noon; by itself, unless said otherwise."""
    whole = {"title": "Tea", "autosaved": True, "number": post.revisions.count() + 1}
    revision = post.revisions.create(by=by, **whole | fields)
    moment = NOON + timedelta(minutes=minutes)
    Revision.objects.filter(pk=revision.pk).update(created_at=moment)
    return revision


def thinned(post: Post, **after: float) -> list[int]:
    """The numbers of what stays, some time after noon."""
    with time_machine.travel(NOON + timedelta(**after)):
        thinning.thin()
    return list(post.revisions.order_by("number").values_list("number", flat=True))


def test_after_a_day_the_last_of_each_hour_and_editor_stays(post: Post, ada: User) -> None:
    bo = User.objects.create_user("bo")
    for by, minutes in [(ada, 0), (ada, 5), (bo, 7), (ada, 59), (ada, 60), (bo, 61), (ada, 119)]:
        make_revision(post, by, minutes)
    everything = [1, 2, 3, 4, 5, 6, 7, 8]
    assert thinned(post, hours=23) == everything
    assert thinned(post, days=2) == [1, 4, 5, 7, 8]
    assert thinned(post, days=2) == [1, 4, 5, 7, 8]  # and no more of them the next time


def test_what_is_younger_than_a_day_makes_the_older_go(post: Post, ada: User) -> None:
    make_revision(post, ada, 0)
    make_revision(post, ada, 30)
    assert thinned(post, days=1, minutes=10) == [1, 3]


def test_another_post_has_hours_of_its_own(post: Post, ada: User) -> None:
    make_revision(post, ada, 0)
    make_revision(make_post(), ada, 10)
    assert thinned(post, days=2) == [1, 2]


def test_after_a_month_no_autosave_stays(post: Post, ada: User) -> None:
    make_revision(post, ada, 0)
    make_revision(post, None, 1)  # of somebody who is no user any more
    make_revision(post, ada, 2, autosaved=False)
    assert thinned(post, days=29) == [1, 2, 3, 4]
    assert thinned(post, days=31) == [1, 4]


def test_what_is_pinned_stays(ada: User) -> None:
    post = make_issue(make_newsletter(), "reader@example.org").post
    mailed = post.latest
    assert mailed
    latest = make_revision(post, ada, 30)
    live = make_revision(post, ada, 20)
    make_revision(post, ada, 10)
    Post.objects.filter(pk=post.pk).update(latest=latest, live=live)
    Revision.objects.filter(pk=mailed.pk).update(autosaved=True, created_at=NOON)
    assert thinned(post, days=31) == [1, 2, 3]


def test_no_more_go_at_once_than_a_moment_allows(
    post: Post, ada: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(thinning, "AT_ONCE", 2)
    for minutes in range(4):
        make_revision(post, ada, minutes)
    assert thinned(post, days=2) == [1, 4, 5]
    assert thinned(post, days=2) == [1, 5]
