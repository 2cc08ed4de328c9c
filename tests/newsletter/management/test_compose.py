"""compose, as an operator runs it."""

from __future__ import annotations

import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.utils.timezone import now
from pytest_httpserver import HTTPServer

from newsletter.models import Post
from tests.factories import make_attachment, make_thread
from tests.threads.archives import picture
from threads.downloading import LEASE
from threads.models import Thread

pytestmark = pytest.mark.django_db


def run(*args: str) -> tuple[str, str]:
    out, err = io.StringIO(), io.StringIO()
    call_command("compose", *args, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_it_makes_a_draft_and_says_so() -> None:
    thread = make_thread(["Drinks.", "Tea is hot."])
    out, err = run(str(thread.pk))
    post = Post.objects.get()
    assert out == f"Post {post.pk}: Drinks. (3 words of 2 statuses)\n"
    assert err == ""


def test_as_json_in_the_order_given_under_a_title_of_one_s_own() -> None:
    first, second = make_thread(["Tea.", "Hot."]), make_thread(["Rum.", "Old."])
    out, _ = run(str(second.pk), str(first.pk), "--title", " Drinks ", "--json")
    post = Post.objects.get()
    assert json.loads(out) == {"post": post.pk, "title": "Drinks", "words": 4, "statuses": 4}
    assert [source.thread for source in post.sources.all()] == [second, first]


def test_what_must_be_looked_at_is_said() -> None:
    thread = make_thread(["See:", "e.org/how-…"])
    spans = [[11, 11, "lost_picture", "a cat"]]
    thread.statuses.filter(position=2).update(spans=spans)
    _, err = run(str(thread.pk), "--json")
    assert "A picture is lost: a cat" in err
    assert "A link was cut off where it was saved: e.org/how-…" in err


def test_pictures_that_are_yet_to_be_fetched_come_first(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/a.jpg").respond_with_data(picture())
    thread = make_thread(["Look.", "There."])
    make_attachment(thread, httpserver.url_for("/a.jpg"))
    _, err = run(str(thread.pk))
    assert "Asked for 1 of 1 pictures" in err
    latest = Post.objects.get().latest
    assert latest
    assert "![](/media/" in latest.body


def test_what_another_process_is_fetching_is_waited_for() -> None:
    thread = make_thread(["Look.", "There."])
    make_attachment(thread, "http://127.0.0.1:9/a.jpg", try_at=now() + LEASE)
    with pytest.raises(CommandError, match="still being fetched"):
        run(str(thread.pk))
    assert not Post.objects.exists()


def test_a_thread_that_is_not_there_or_in_the_trash_makes_no_post() -> None:
    thread = make_thread()
    with pytest.raises(CommandError, match="There is no thread 4711") as error:
        run(str(thread.pk), "4711")
    assert error.value.returncode == 1
    Thread.objects.update(trashed_at=now())
    with pytest.raises(CommandError, match=f"There is no thread {thread.pk}"):
        run(str(thread.pk))
    assert Post.objects.count() == 0


def test_a_thread_named_twice_makes_no_post() -> None:
    thread = make_thread()
    with pytest.raises(CommandError, match=f"Thread {thread.pk} is named twice"):
        run(str(thread.pk), str(thread.pk))


def test_a_word_is_a_wrong_argument() -> None:
    with pytest.raises(CommandError, match="invalid int value: 'x'"):
        run("x")
