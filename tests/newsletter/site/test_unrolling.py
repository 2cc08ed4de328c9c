"""A thread's statuses as the parts of its page."""

from __future__ import annotations

from datetime import timedelta

import pytest

from newsletter.site.unrolling import unroll
from tests.factories import make_thread
from threads.models import Status, Thread

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("silence", "said"),
    [
        (timedelta(minutes=3), ""),
        (timedelta(hours=24), ""),
        (timedelta(hours=25), "1\xa0day"),
        (timedelta(days=3, hours=5), "3\xa0days"),
        (timedelta(days=40), "1\xa0month"),
    ],
)
def test_a_pause_is_more_than_a_day(silence: timedelta, said: str) -> None:
    before, after = make_thread(["One.", "Two."]).main_line()
    assert before.posted_at
    after.posted_at = before.posted_at + silence
    assert after.pause_since(before) == said


def test_without_times_there_is_no_pause() -> None:
    before, after = make_thread(["One.", "Two."]).main_line()
    after.posted_at = None
    assert after.pause_since(before) == ""


def test_the_pause_stands_before_what_came_later() -> None:
    thread = make_thread(["One.", "Two.", "Three."])
    first, second, third = thread.main_line()
    assert first.posted_at
    second.posted_at = first.posted_at + timedelta(days=2)
    third.posted_at = second.posted_at + timedelta(minutes=1)
    assert [part.pause for part in unroll([first, second, third], [])] == ["", "2\xa0days", ""]


def branch_of(thread: Thread, reply_to: str, remote_id: str) -> Status:
    status = thread.main_line()[0]
    status.pk = None
    status._state.adding = True
    status.position, status.text, status.markdown = None, remote_id, ""
    status.remote_id, status.reply_to, status.sort_key = remote_id, reply_to, remote_id
    status.save()
    return status


def test_branches_stand_where_they_leave_the_line() -> None:
    thread = make_thread(["One.", "Two."])
    first, _ = thread.main_line()
    branches = [
        branch_of(thread, first.remote_id, "aside"),
        branch_of(thread, "aside", "and on"),
        branch_of(thread, "gone", "of nobody"),
    ]
    parts = unroll(list(thread.main_line()), branches)
    found = [[branch.status.remote_id for branch in part.branches] for part in parts]
    assert found == [["aside", "and on"], ["of nobody"]]


def test_a_lost_picture_is_told_to_readers() -> None:
    thread = make_thread(["One.", "Two."])
    thread.statuses.update(markdown="[lost picture: a lamp]")
    assert "a lamp" in unroll(list(thread.main_line()), [])[0].html
