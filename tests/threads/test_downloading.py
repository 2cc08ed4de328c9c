"""Pictures and videos on their way home, from a server that has them, has not, or is away."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.db import connection
from django.utils.timezone import now
from pytest_django import Settings
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from config.queue import wake
from tests.factories import make_attachment, make_import, make_thread
from tests.queue import run_jobs
from tests.threads.archives import Archive, picture
from threads import downloading, importing
from threads.http import Policy, Web
from threads.jobs import fetch_media, sweep
from threads.markdown import markdown_of
from threads.models import Attachment, Import, Status, Thread
from threads.sources.catalog import open_source

pytestmark = pytest.mark.django_db
State = Attachment.State
MOVIE = b"\x00\x00\x00\x18ftypmp42" + b"\x00" * 100
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def attach(url: str, thread: Thread | None = None, **fields: Any) -> Attachment:
    return make_attachment(thread or Thread.objects.first() or make_thread(), url, **fields)


def fetch(**options: Any) -> bool:
    web = Web(Policy(("127.0.0.1/32",)))
    return downloading.fetch(Attachment.objects.all(), web, **options)


def again(attachment: Attachment) -> Attachment:
    return Attachment.objects.select_related("status__thread").get(pk=attachment.pk)


def why(thread: Thread) -> list[str]:
    return [lack["why"] for lack in thread.missing]


@pytest.fixture
def served(httpserver: HTTPServer) -> HTTPServer:
    httpserver.expect_request("/a.jpg").respond_with_data(picture(), content_type="image/jpeg")
    httpserver.expect_request("/still.jpg").respond_with_data(picture((64, 36), "navy"))
    httpserver.expect_request("/film.mp4").respond_with_data(MOVIE, content_type="video/mp4")
    httpserver.expect_request("/none.jpg").respond_with_data("", 404)
    return httpserver


# --- what comes home --------------------------------------------------------------------------


def test_a_picture_comes_home_and_its_thread_is_whole_again(served: HTTPServer) -> None:
    waits = {"why": "1 picture is yet to be fetched.", "remedy": ""}
    thread = make_thread(complete=False, missing=[waits])
    waiting = attach(served.url_for("/a.jpg"), alt="A lamp")
    assert markdown_of(waiting.status) == "One.\n\n[lost picture: A lamp, yet to be fetched]"
    said: list[str] = []
    assert fetch(say=said.append)
    here = again(waiting)
    assert (here.state, here.width, here.height, here.note) == (State.PRESENT, 40, 30, "")
    assert default_storage.exists(str(here.file))
    assert markdown_of(here.status) == f"One.\n\n![A lamp](/media/{here.file.name})"
    thread.refresh_from_db()
    assert (thread.complete, thread.missing) == (True, [])
    assert said == ["Asked for 1 of 1 pictures and videos."]


def test_what_a_thread_lacks_besides_stays_told(served: HTTPServer) -> None:
    thread = make_thread(complete=False)
    thread.statuses.filter(position=1).update(reply_to="9")
    attach(served.url_for("/a.jpg"))
    attach(served.url_for("/none.jpg"))
    fetch()
    thread.refresh_from_db()
    assert not thread.complete
    assert why(thread) == ["The part before the first is missing.", "1 picture is missing."]


def test_a_status_that_quotes_it_is_told_anew(served: HTTPServer) -> None:
    quoted = attach(served.url_for("/a.jpg")).status
    quoting = make_thread(["Again."]).statuses.get()
    Status.objects.filter(pk=quoting.pk).update(quote_of=quoted.remote_id)
    quoting.refresh_from_db()
    assert "yet to be fetched" in markdown_of(quoting)
    fetch()
    quoting.refresh_from_db()
    assert "![](/media/" in markdown_of(quoting)


def test_a_video_has_the_still_that_its_source_shows(served: HTTPServer) -> None:
    film: dict[str, Any] = {
        "kind": "video",
        "poster_url": served.url_for("/still.jpg"),
        "width": 64,
        "height": 36,
    }
    video = attach(served.url_for("/film.mp4"), None, **film)
    drawn = attach(
        served.url_for("/film.mp4"), None, **film | {"poster_url": served.url_for("/no.jpg")}
    )
    fetch()
    video, drawn = again(video), again(drawn)
    assert video.state == drawn.state == State.PRESENT
    assert video.file == drawn.file
    assert video.poster != drawn.poster
    assert markdown_of(video.status).count("[![](/media/") == 2


def test_a_stream_leaves_its_still_and_says_where_to_watch_it(served: HTTPServer) -> None:
    kind = "application/vnd.apple.mpegurl"
    served.expect_request("/hidden").respond_with_data("#EXTM3U", content_type=kind)
    film: dict[str, Any] = {"kind": "video", "poster_url": served.url_for("/still.jpg")}
    stream = attach(served.url_for("/playlist.m3u8?session=1"), **film)
    hidden = attach(served.url_for("/hidden"), **film)
    fetch()
    stream, hidden = again(stream), again(hidden)
    assert stream.state == hidden.state == State.LOST
    assert "watch it where it was posted" in stream.note
    assert stream.poster == hidden.poster
    status = stream.status
    assert f"[![](/media/{stream.poster.name})]({status.url})" in markdown_of(status)


def test_a_wide_picture_is_kept_in_smaller_sizes_too(served: HTTPServer) -> None:
    served.expect_request("/wide.png").respond_with_data(picture((1700, 100), kind="PNG"))
    wide = attach(served.url_for("/wide.png"))
    fetch()
    name = str(again(wide).file)
    for width in (1280, 640):
        assert default_storage.exists(name.replace(".png", f"-{width}.png"))


# --- what does not ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "state", "words"),
    [
        (404, State.LOST, "knows nothing of this (404)"),
        (403, State.LOST, "does not show this to us (403)"),
        (400, State.REFUSED, "did not accept"),
    ],
)
def test_what_cannot_be_had_says_why_and_is_not_asked_for_again(
    status: int, state: State, words: str, httpserver: HTTPServer
) -> None:
    httpserver.expect_request("/a.jpg").respond_with_data("", status)
    lost = attach(httpserver.url_for("/a.jpg"), alt="A lamp")
    fetch()
    fetch()
    lost = again(lost)
    assert (lost.state, lost.try_at) == (state, None)
    assert words in lost.note
    assert len(httpserver.log) == 1
    assert markdown_of(lost.status) == "One.\n\n[lost picture: A lamp]"


@pytest.mark.parametrize(
    ("url", "words"),
    [("http://10.0.0.1/a.jpg", "Nothing is fetched from"), ("/page", "is not a PNG")],
)
def test_what_is_no_picture_to_keep_is_refused(
    url: str, words: str, httpserver: HTTPServer
) -> None:
    httpserver.expect_request("/page").respond_with_data("<html>")
    refused = attach(httpserver.url_for(url) if url.startswith("/") else url)
    fetch()
    refused = again(refused)
    assert refused.state == State.REFUSED
    assert words in refused.note
    assert refused.status.thread
    assert why(refused.status.thread) == ["1 picture could not be kept."]


def test_a_server_in_trouble_is_asked_again_after_growing_waits(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/a.jpg").respond_with_data("", 500)
    waiting = attach(httpserver.url_for("/a.jpg"))
    waits = []
    with time_machine.travel(NOW, tick=False) as clock:
        while again(waiting).state == State.WAITING:
            fetch()
            fetch()  # not due
            if try_at := again(waiting).try_at:
                assert "cannot answer just now" in again(waiting).note
                waits.append(try_at - now())
                clock.move_to(try_at)
    assert waits == downloading.WAITS
    assert len(httpserver.log) == len(waits) + 1
    assert again(waiting).note.endswith("(500). That was tried 6 times.")


def test_a_limit_is_no_failure(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/a.jpg").respond_with_data("", 429, {"Retry-After": "600"})
    one, two = attach(httpserver.url_for("/a.jpg")), attach(httpserver.url_for("/a.jpg"))
    with time_machine.travel(NOW, tick=False):
        fetch()
        for waiting in (again(one), again(two)):
            assert (waiting.state, waiting.tries) == (State.WAITING, 0)
            assert waiting.try_at == NOW + timedelta(minutes=10)
    assert len(httpserver.log) == 1


def test_a_host_that_does_not_answer_is_left_alone_for_this_time() -> None:
    dead = [attach("http://127.0.0.1:9/a.jpg") for _ in range(4)]
    fetch()
    assert [again(each).tries for each in dead] == [1, 1, 0, 0]
    assert not Attachment.objects.due().exists()
    assert again(dead[-1]).note == "127.0.0.1:9 does not answer."


def test_what_is_claimed_is_left_to_whoever_claimed_it(httpserver: HTTPServer) -> None:
    claimed = attach(httpserver.url_for("/a.jpg"), tries=1, try_at=now() + downloading.LEASE)
    fetch()
    assert not httpserver.log
    Attachment.objects.update(try_at=now() - timedelta(seconds=1))  # the other one died
    httpserver.expect_request("/a.jpg").respond_with_data(picture())
    fetch()
    assert again(claimed).state == State.PRESENT


@pytest.mark.django_db(transaction=True)
def test_what_was_imported_anew_meanwhile_is_not_overwritten(httpserver: HTTPServer) -> None:
    waiting = attach(httpserver.url_for("/a.jpg"))

    def changed_meanwhile(request: Request) -> Response:
        again(waiting).delete()
        connection.close()  # this thread's own
        return Response(picture())

    httpserver.expect_request("/a.jpg").respond_with_handler(changed_meanwhile)
    fetch()
    assert not Attachment.objects.exists()


def test_pictures_of_an_import_that_may_fail_are_not_fetched(httpserver: HTTPServer) -> None:
    running = make_thread(imported_by=make_import(state=Import.State.RUNNING))
    attach(httpserver.url_for("/a.jpg"), running)
    fetch()
    assert not httpserver.log


def test_a_full_store_takes_no_more_and_names_the_setting(
    served: HTTPServer, settings: Settings
) -> None:
    settings.MEDIA_QUOTA = len(picture()) + 10
    first, second = attach(served.url_for("/a.jpg")), attach(served.url_for("/film.mp4"))
    fetch()
    third = attach(served.url_for("/a.jpg"))
    fetch()
    assert again(first).state == State.PRESENT
    for refused in (again(second), again(third)):
        assert refused.state == State.REFUSED
        assert "MEDIA_QUOTA" in refused.note


def test_when_the_time_is_over_the_rest_waits(served: HTTPServer) -> None:
    attach(served.url_for("/a.jpg"))
    assert not fetch(seconds=-1)
    assert Attachment.objects.due().exists()


# --- who wakes it, and what is told -----------------------------------------------------------


def test_the_report_says_what_came_and_what_did_not(served: HTTPServer) -> None:
    attach(served.url_for("/a.jpg"))
    attach(served.url_for("/a.jpg"))
    attach(served.url_for("/none.jpg"))
    attach("", state=State.LOST)  # nobody could ever fetch it
    fetch()
    attach(served.url_for("/later.jpg"))
    assert str(downloading.report(Attachment.objects.all())) == (
        "2 pictures fetched; 1 picture yet to be fetched; "
        "1 picture could not be had: 127.0.0.1 knows nothing of this (404)."
    )


@pytest.mark.django_db(transaction=True)
def test_the_sweep_finds_what_is_due(served: HTTPServer, queue: None) -> None:
    waiting = attach(served.url_for("/a.jpg"))
    sweep()
    run_jobs()
    assert again(waiting).state == State.PRESENT


@pytest.mark.django_db(transaction=True)
def test_those_of_one_thread_can_come_first(served: HTTPServer, queue: None) -> None:
    mine = attach(served.url_for("/a.jpg"), make_thread())
    other = attach(served.url_for("/a.jpg"), make_thread())
    wake(fetch_media, [mine.status.thread_id])
    run_jobs()
    assert (again(mine).state, again(other).state) == (State.PRESENT, State.WAITING)


def test_an_archive_without_its_pictures_gets_them_from_where_they_were(
    served: HTTPServer, tmp_path: Path
) -> None:
    archive = Archive()
    archive.pictures = served.url_for("")
    archive.thread("Look.", "There.", photos=[None])
    name = archive.tweets[0]["extended_entities"]["media"][0]["media_url_https"]
    served.expect_request("/" + name.rpartition("/")[2]).respond_with_data(picture())
    source = open_source(archive.zip(tmp_path / "archive.zip"))
    import_ = importing.run(importing.begin("archive.zip"), source)
    assert not Thread.objects.get().complete
    fetch()
    assert Thread.objects.get().complete
    told = downloading.report(downloading.attachments_of(import_))
    assert str(told) == "1 picture fetched"


def test_an_address_that_is_none_keeps_no_other_picture_waiting(served: HTTPServer) -> None:
    thread = make_thread()
    broken = attach("https://[broken", thread)
    waiting = attach(served.url_for("/a.jpg"), thread)
    assert fetch()
    assert again(waiting).state == State.PRESENT
    assert again(broken).state == State.REFUSED


def test_a_broken_store_is_no_fault_of_the_picture(
    served: HTTPServer, tmp_path: Path, settings: Settings
) -> None:
    waiting = attach(served.url_for("/a.jpg"))
    (tmp_path / "no-folder").touch()
    settings.MEDIA_ROOT, settings.MEDIA_QUOTA = tmp_path / "no-folder", 0
    with time_machine.travel(NOW, tick=False) as clock:
        for _ in range(len(downloading.WAITS)):
            with pytest.raises(OSError, match="directory"):
                fetch()
            assert (again(waiting).state, fetch()) == (State.WAITING, True)  # not at once again
            clock.shift(timedelta(days=2))
        with pytest.raises(OSError, match="directory"):
            fetch()
    assert again(waiting).state == State.LOST
