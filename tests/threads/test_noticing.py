"""What becomes different in a thread after its import is kept as a change."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.threads.archives import Archive, picture
from tests.threads.test_importing import BY_ID, bring_in, deletion, status, tell
from threads import importing
from threads.models import Change, Thread
from threads.sources.base import MediaKind, SourceMedia, SourcePoll

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    archive = Archive()
    archive.thread("One.", "Two.", "Three.")
    archive.tweet("Alone.")
    bring_in(archive, tmp_path)
    return archive


def changes() -> list[tuple[str, str, str]]:
    return sorted(Change.objects.values_list("kind", "before", "after"))


def test_a_first_import_changes_nothing(archive: Archive) -> None:
    assert changes() == []


def test_parts_that_are_added_edited_and_deleted_are_changes(
    archive: Archive, tmp_path: Path
) -> None:
    archive.tweets[0]["full_text"] = "One, again."
    archive.tweet("Four.", reply_to=archive.tweets[2]["id_str"])
    deletion(archive, archive.tweets[1]["id_str"])
    second = bring_in(archive, tmp_path)
    assert changes() == [
        ("added", "", "Four."),
        ("deleted", "Two.", ""),
        ("edited", "One.", "One, again."),
    ]
    thread = Thread.objects.get()
    assert {change.thread for change in Change.objects.all()} == {thread}
    assert {change.imported_by for change in Change.objects.all()} == {second}
    importing.undo(second)
    assert changes() == []


def test_an_edit_that_is_a_status_of_its_own_is_an_edit(archive: Archive, tmp_path: Path) -> None:
    first, second = archive.tweets[0]["id_str"], archive.tweets[1]["id_str"]
    archive.tweet("Two!", reply_to=first, edits=[second])
    bring_in(archive, tmp_path)
    assert changes() == [("edited", "Two.", "Two!")]


def test_likes_and_what_is_in_no_thread_are_no_changes(archive: Archive, tmp_path: Path) -> None:
    archive.tweets[0]["favorite_count"] = "40"
    archive.tweets[1]["lang"] = "de"
    archive.tweets[3]["full_text"] = "Alone!"
    archive.tweet("Alone, too.")
    assert bring_in(archive, tmp_path).updated == 3
    assert changes() == []


def test_a_picture_that_comes_home_is_no_change_but_a_new_one_is(tmp_path: Path) -> None:
    archive = Archive()
    ids = archive.thread("Look.", "There.", photos=[None])
    bring_in(archive, tmp_path)
    name = archive.tweets[0]["extended_entities"]["media"][0]["media_url_https"].rpartition("/")[2]
    archive.media[f"{ids[0]}-{name}"] = picture()
    assert bring_in(archive, tmp_path).updated == 1
    assert changes() == []
    archive.tweets[0]["extended_entities"]["media"] *= 2
    bring_in(archive, tmp_path)
    assert [kind for kind, _, _ in changes()] == ["edited"]


def test_another_description_is_a_change_and_votes_are_none() -> None:
    lamp = SourceMedia(MediaKind.IMAGE, url="https://media.example/1.jpg", alt="A lamp.")
    candle = SourceMedia(MediaKind.IMAGE, url="https://media.example/1.jpg", alt="A candle.")
    tell(
        BY_ID,
        status("1", media=(lamp,)),
        status("2", reply_to="1", extras=(SourcePoll((("Oil", 3),), votes=3),)),
    )
    tell(
        BY_ID,
        status("1", media=(candle,)),
        status("2", reply_to="1", extras=(SourcePoll((("Oil", 4),), votes=4),)),
    )
    change = Change.objects.get()
    assert change.status.remote_id == "1"
    assert "A lamp." in change.before
    assert "A candle." in change.after


def test_no_reader_knew_a_thread_in_the_trash(archive: Archive, tmp_path: Path) -> None:
    Thread.objects.update(trashed_at="2026-03-02T00:00:00Z")
    archive.tweets[0]["full_text"] = "One, again."
    bring_in(archive, tmp_path)
    assert changes() == []
