"""How far an import has come can be seen, and it can be ended."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management.base import OutputWrapper

from tests.threads.archives import Archive
from tests.threads.test_importing import BY_ID, Told, bring_in, everything, status
from threads import importing
from threads.importing import Cancelled, progress
from threads.management.bars import Bar
from threads.models import Import
from threads.sources.base import SourceStatus

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture(autouse=True)
def _looks_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "EVERY", 0)


class Long(Told):
    """Asked to be cancelled while it is read."""

    def __init__(self) -> None:
        super().__init__(BY_ID)

    def statuses(self) -> Iterator[SourceStatus]:
        for number in range(1000):
            if number == 500:
                importing.ask_to_cancel(Import.objects.get())
            assert number < 700, "It goes on."
            yield status(str(number))


def test_an_import_that_is_cancelled_while_it_reads_leaves_nothing() -> None:
    with pytest.raises(Cancelled):
        importing.run(importing.begin("long"), Long())
    import_ = Import.objects.get()
    assert (import_.state, import_.error) == (Import.State.CANCELLED, "")
    assert import_.finished_at
    assert not any(everything().values())


def test_an_import_that_is_cancelled_while_it_writes_leaves_what_was_before(
    tmp_path: Path,
) -> None:
    archive = Archive()
    archive.thread(*(f"Part {number}." for number in range(450)))
    bring_in(archive, tmp_path)
    before = everything()
    for tweet in archive.tweets:
        tweet["full_text"] += " And more."
    archive.tweet("The end.", reply_to=archive.tweets[-1]["id_str"])
    steps: list[int] = []

    def cancel(done: int, total: int) -> None:
        steps.append(Import.objects.latest("pk").undo_steps.count())
        if steps[-1] == 2:
            importing.ask_to_cancel(Import.objects.latest("pk"))

    with pytest.raises(Cancelled):
        bring_in(archive, tmp_path, show=cancel)
    after = everything()
    for row in [*before["Status"], *after["Status"]]:
        del row["markdown"]
    assert after == before
    assert not Import.objects.latest("pk").undo_steps.exists()


def test_one_that_waits_is_over_at_once_and_its_upload_goes() -> None:
    settings.UPLOAD_DIR.mkdir(parents=True, exist_ok=True)
    upload = Path(settings.UPLOAD_DIR) / "0a1b.zip"
    upload.touch()
    import_ = importing.begin("a.zip", upload="0a1b.zip")
    assert importing.ask_to_cancel(import_)
    assert not upload.exists()
    with pytest.raises(Cancelled):
        importing.run(import_, Told(BY_ID))
    import_.refresh_from_db()
    assert import_.state == Import.State.CANCELLED


def test_what_is_done_stays_done(tmp_path: Path) -> None:
    archive = Archive()
    archive.tweet("Alone.")
    import_ = bring_in(archive, tmp_path)
    assert not importing.ask_to_cancel(import_)
    import_.refresh_from_db()
    assert import_.state == Import.State.DONE


def test_steps_are_told_on_the_way(tmp_path: Path) -> None:
    archive = Archive()
    archive.thread(*(f"Part {number}." for number in range(250)))
    shown: list[tuple[int, int]] = []
    bring_in(archive, tmp_path, show=lambda done, total: shown.append((done, total)))
    assert (200, 0) in shown
    assert (0, 250) in shown
    assert shown[-1][1] == 250


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_shows_a_bar_that_goes_when_something_is_said() -> None:
    terminal = Terminal()
    bar = Bar(OutputWrapper(terminal))
    bar.show(1200, 0)
    assert terminal.getvalue().endswith("1,200 read")
    bar.show(15, 30)
    assert terminal.getvalue().endswith(f"[{'#' * 15}{'-' * 15}] 15 of 30")
    said: list[str] = []
    bar.over(said.append)("Done.")
    assert said == ["Done."]
    assert terminal.getvalue().endswith("\r\x1b[K")


def test_a_file_gets_no_bar() -> None:
    file = io.StringIO()
    bar = Bar(OutputWrapper(file))
    bar.show(15, 30)
    bar.clear()
    assert file.getvalue() == ""
