"""export_thread, as an operator runs it."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils.timezone import now

from tests.factories import make_thread
from threads.models import Attachment, Thread

pytestmark = pytest.mark.django_db


@pytest.fixture
def thread() -> Thread:
    thread = make_thread(["Tea & *rum*. 🧵", "So it goes.", "A branch."])
    thread.statuses.filter(position=3).update(position=None)
    return thread


def run(*args: str) -> str:
    out = io.StringIO(newline="")
    call_command("export_thread", *args, stdout=out)
    return out.getvalue()


def test_markdown(thread: Thread) -> None:
    Thread.objects.update(title="Tea & *rum*")
    assert run(str(thread.pk), "--as", "markdown") == "# Tea & \\*rum\\*\n\nSo it goes.\n"


def test_html_is_one_whole_document(thread: Thread) -> None:
    html = run(str(thread.pk), "--as", "html")
    assert html.startswith("<!doctype html>")
    assert "Mira Osei (@miraosei), 1 March 2026" in html
    assert f'<a href="{thread.url}">' in html
    assert "<p>So it goes.</p>" in html


def test_html_of_a_thread_without_statuses_or_times(thread: Thread) -> None:
    thread.statuses.update(position=None)
    Thread.objects.update(started_at=None)
    assert '<p class="soft">Mira Osei (@miraosei)</p>' in run(str(thread.pk), "--as", "html")


def test_json_holds_all_that_is_known(thread: Thread) -> None:
    first = thread.main_line().first()
    assert first
    Attachment.objects.create(status=first, position=1, kind="image", alt="a cat")
    data = json.loads(run(str(thread.pk), "--as", "json"))
    assert data["account"]["handle"] == "miraosei"
    assert [status["text"] for status in data["statuses"]] == ["Tea & *rum*. 🧵", "So it goes."]
    assert [status["text"] for status in data["branches"]] == ["A branch."]
    assert data["statuses"][0]["posted_at"] == "2026-03-01T09:00:00+00:00"
    assert data["statuses"][0]["media"][0]["alt"] == "a cat"


def test_to_a_file(thread: Thread, tmp_path: Path) -> None:
    path = tmp_path / "thread.md"
    out = run(str(thread.pk), "--as", "markdown", "--output", str(path))
    size = len(path.read_bytes())
    assert out == f"{path}: {size} bytes\n"
    answer = run(str(thread.pk), "--as", "markdown", "--output", str(path), "--json")
    assert json.loads(answer) == {"output": str(path), "bytes": size}


def test_json_holds_the_text(thread: Thread) -> None:
    text = run(str(thread.pk), "--as", "markdown")
    assert json.loads(run(str(thread.pk), "--as", "markdown", "--json")) == {"text": text}


def test_a_file_that_cannot_be_written(thread: Thread, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="could not be written: Is a directory"):
        run(str(thread.pk), "--as", "markdown", "--output", str(tmp_path))


def test_what_is_not_there_or_in_the_trash(thread: Thread) -> None:
    with pytest.raises(CommandError, match="There is no thread 4711"):
        run("4711", "--as", "html")
    Thread.objects.update(trashed_at=now())
    with pytest.raises(CommandError, match=f"There is no thread {thread.pk}"):
        run(str(thread.pk), "--as", "html")


def test_another_face_is_a_wrong_argument(thread: Thread) -> None:
    with pytest.raises(CommandError, match="invalid choice: 'pdf'"):
        run(str(thread.pk), "--as", "pdf")
