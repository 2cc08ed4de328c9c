"""The commands that bring threads in and take them back."""

from __future__ import annotations

import contextlib
import io
import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from pytest_django import Settings
from pytest_httpserver import HTTPServer

from tests.config.running import database_url, environment
from tests.threads.archives import Archive
from tests.threads.sources.x_server import TOKEN, XServer
from threads.models import Import, Status, Thread

pytestmark = pytest.mark.django_db


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    archive = Archive()
    archive.thread("How lamps turn.", "Slowly.", photos=[None])
    archive.tweet("@bo Indeed.", reply_to="5", to_user="20")
    archive.tweet("RT @ada: Not mine.")
    return archive.zip(tmp_path / "archive.zip")


def run(*arguments: str) -> tuple[str, str]:
    out, err = io.StringIO(), io.StringIO()
    call_command(*arguments, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def told(*arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run(*arguments, "--json")[0].splitlines()[-1])
    return found


def test_it_tells_what_came_in_as_json(archive: Path) -> None:
    found = told("import_threads", str(archive))
    thread = Thread.objects.get()
    assert found == {
        "import": Import.objects.get().pk,
        "kind": "x_archive",
        "account": "Mira Osei (@miraosei)",
        "statuses": 2,
        "threads": 1,
        "created": 2,
        "updated": 0,
        "unchanged": 0,
        "skipped": {"reply_to_other": 1, "retweet": 1},
        "warnings": [],
        "media": {"fetched": 0, "waiting": 1, "missing": {}},
        "thread_list": [
            {
                "id": thread.pk,
                "remote_id": thread.remote_id,
                "title": "How lamps turn.",
                "length": 2,
                "complete": False,
                "created": True,
            }
        ],
    }


def test_the_same_again_is_told_as_unchanged(archive: Path) -> None:
    told("import_threads", str(archive))
    again = told("import_threads", str(archive))
    assert (again["created"], again["updated"], again["unchanged"]) == (0, 0, 2)
    assert [thread["created"] for thread in again["thread_list"]] == [False]


def test_replies_to_others_come_in_when_asked_for(archive: Path) -> None:
    assert told("import_threads", str(archive), "--replies")["skipped"] == {"retweet": 1}


def test_people_read_a_summary(archive: Path) -> None:
    out, err = run("import_threads", str(archive))
    assert "2 statuses of Mira Osei (@miraosei) (2 new, 0 changed, 0 as before)" in out
    assert "1 left out: reply to other" in out
    assert "2 parts  How lamps turn.\n" in out
    assert "    1 picture is yet to be fetched. That is done by itself" in out
    assert "Found 2 statuses of Mira Osei (@miraosei) in 1 thread." in err


def test_a_long_list_of_threads_is_cut(tmp_path: Path) -> None:
    archive = Archive()
    for number in range(22):
        archive.thread(f"Thread {number}.", "More.")
    out, _ = run("import_threads", str(archive.zip(tmp_path / "a.zip")))
    assert "and 2 shorter ones" in out


def test_warnings_stand_beside_the_answer(tmp_path: Path) -> None:
    archive = Archive()
    archive.thread("One.", "Two.")
    folder = archive.folder(tmp_path / "archive", parts=2)
    (folder / "data" / "tweets-part1.js").unlink()
    out, err = run("import_threads", str(folder), "--json")
    assert "tweets-part1.js is missing" in json.loads(out)["warnings"][0]
    assert "tweets-part1.js is missing" in err
    assert not Import.objects.get().complete


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("/none.zip", "There is no file or folder /none.zip."),
        (
            "https://threadreaderapp.com/thread/1.html",
            "Thread Reader shows its pages",
        ),
    ],
)
def test_what_cannot_be_brought_in_is_one_line(source: str, message: str) -> None:
    with pytest.raises(CommandError) as caught:
        run("import_threads", source)
    assert str(caught.value).startswith(message)
    assert "\n" not in str(caught.value)
    assert caught.value.returncode == 1
    assert not Import.objects.exists()


@pytest.fixture
def x(httpserver: HTTPServer, settings: Settings) -> XServer:
    server = XServer(httpserver)
    settings.X_URL, settings.X_TOKEN = server.url, TOKEN
    return server


def test_an_address_is_fetched(x: XServer) -> None:
    ids = x.thread("How lamps turn.", "Slowly.")
    found = told("import_threads", f"x.com/miraosei/status/{ids[1]}")
    assert (found["kind"], found["statuses"], found["threads"]) == ("x_api", 2, 1)
    assert found["thread_list"][0]["remote_id"] == ids[0]
    _, err = run("import_threads", f"x.com/miraosei/status/{ids[1]}")
    assert f"Asking for the thread of x.com/miraosei/status/{ids[1]}" in err
    assert "2 posts were read from X" in err


def test_what_costs_much_needs_a_yes(x: XServer, settings: Settings) -> None:
    settings.X_ASK_ABOVE = 0.005
    address = f"https://x.com/miraosei/status/{x.thread('How lamps turn.', 'Slowly.')[0]}"
    with pytest.raises(CommandError, match=r"costs about \$0\.01\. Add --yes") as caught:
        run("import_threads", address)
    assert caught.value.returncode == 1
    assert not Import.objects.exists()
    assert told("import_threads", address, "--yes")["threads"] == 1


def test_a_file_that_looks_like_an_address_is_a_file(tmp_path: Path) -> None:
    path = tmp_path / "x.com" / "a"
    path.parent.mkdir()
    path.write_text("How lamps turn.\n\nSlowly.")
    with contextlib.chdir(tmp_path):
        assert told("import_threads", "x.com/a")["kind"] == "pasted"


def test_an_import_is_undone(archive: Path) -> None:
    number = told("import_threads", str(archive))["import"]
    deleted = {"threads": 1, "statuses": 2, "attachments": 1, "accounts": 1}
    assert told("undo_import", str(number)) == {"deleted": deleted}
    with pytest.raises(CommandError, match="nothing to undo"):
        run("undo_import", str(number))


def test_people_read_what_was_undone(archive: Path) -> None:
    number = told("import_threads", str(archive))["import"]
    out, _ = run("undo_import", str(number))
    assert out == (
        f"Import {number} is undone. Deleted: 1 threads, 2 statuses, 1 attachments, 1 accounts.\n"
    )


def test_an_import_that_is_not_there_cannot_be_undone() -> None:
    with pytest.raises(CommandError, match=r"There is no import 4711\."):
        run("undo_import", "4711")


@pytest.mark.parametrize("named", ["archive.zip", "https://social.example/@miraosei/7"])
def test_ctrl_c_ends_it_in_one_line(
    archive: Path, named: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("threads.importing.reading.Reading.of", stop)
    monkeypatch.setattr("threads.fetching.bring_in", stop)
    source = str(archive) if named == archive.name else named
    with pytest.raises(CommandError, match=r"was cancelled\. Nothing of it was kept\.$") as caught:
        run("import_threads", source)
    assert caught.value.returncode == 1
    assert not Import.objects.exclude(state=Import.State.CANCELLED).exists()
    assert not Thread.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_an_import_that_was_killed_leaves_nothing_to_see_and_the_next_one_clears_up(
    tmp_path: Path,
) -> None:
    """Killed by SIGKILL in the midst of writing, in a process of its own."""
    archive = Archive()
    archive.thread(*(f"Part {number} of many." for number in range(6000)))
    path = archive.zip(tmp_path / "archive.zip")
    running = subprocess.Popen(
        [sys.executable, "manage.py", "import_threads", str(path)],
        env=environment(tmp_path / "data", DATABASE_URL=database_url()),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert running.stderr
    for line in running.stderr:
        if line.startswith("Stored 2000"):
            break
    running.send_signal(signal.SIGKILL)
    running.communicate()

    assert Status.objects.count() >= 2000
    assert not Status.objects.visible().exists()
    assert not Thread.objects.visible().exists()

    found = told("import_threads", str(path))
    assert (found["created"], found["threads"]) == (6000, 1)
    assert found["thread_list"][0]["length"] == 6000
