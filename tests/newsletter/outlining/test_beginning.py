"""A post whose parts are chosen on the board."""

from __future__ import annotations

import pytest

from newsletter.drafting import StillFetching
from newsletter.living import open_changes
from newsletter.models import Post
from newsletter.outlining import add_thread, begin
from tests.factories import make_account, make_attachment, make_import, make_thread
from threads.models import Change

pytestmark = pytest.mark.django_db


def test_it_begins_without_a_word() -> None:
    first = make_thread(["Tea.", "Hot."], in_inbox=True)
    second = make_thread(["Rum.", "Old."], account=make_account(remote_id="7", name="Leo"))
    post = begin([second, first])
    assert [source.thread for source in post.sources.all()] == [second, first]
    assert post.latest
    assert (post.latest.title, post.latest.byline) == ("Rum.", "Leo and Mira Osei")
    assert (post.latest.body, post.outline.entries, post.slug) == ("", [], "rum")
    first.refresh_from_db()
    assert not first.in_inbox


def test_what_changed_before_a_thread_came_is_no_news() -> None:
    post, thread = begin([make_thread(["Tea.", "Hot."])]), make_thread(["Rum, old.", "Dark."])
    Change.objects.create(
        thread=thread,
        status=thread.statuses.get(position=1),
        imported_by=make_import(),
        kind=Change.Kind.EDITED,
        before="Rum.",
        after="Rum, old.",
    )
    add_thread(post, thread)
    assert not open_changes(post)


def test_it_waits_for_pictures_that_are_on_their_way() -> None:
    thread = make_thread()
    make_attachment(thread, "http://127.0.0.1:9/a.jpg")
    with pytest.raises(StillFetching):
        begin([thread])
    assert not Post.objects.exists()
