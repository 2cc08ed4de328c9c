"""An import can be taken back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from newsletter.models import Post, PostSource, Revision
from tests.threads.archives import Archive, picture
from tests.threads.test_importing import BY_HANDLE, bring_in, everything, status, tell
from threads import importing
from threads.importing import StillUsed
from threads.models import Account, Import, Status, Thread

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def stored() -> dict[str, list[dict[str, Any]]]:
    """All that is stored, but for the Markdown, which is made when it is needed."""
    rows = everything()
    for row in rows["Status"]:
        del row["markdown"]
    return rows


@pytest.fixture
def archive() -> Archive:
    archive = Archive()
    archive.thread("One.", "Two.", "Three.", photos=[picture(), None])
    archive.tweet("Alone.", photos=[picture(), picture(colour="red")])
    return archive


def test_a_first_import_goes_without_a_trace(archive: Archive, tmp_path: Path) -> None:
    import_ = bring_in(archive, tmp_path)
    deleted = importing.undo(import_)
    assert deleted == {"threads": 1, "statuses": 4, "attachments": 4, "accounts": 1}
    assert not any(stored().values())
    assert Import.objects.get().state == Import.State.UNDONE


def test_after_a_later_import_everything_is_as_before(archive: Archive, tmp_path: Path) -> None:
    """Whatever it did: changed, added, moved, replaced, deleted, renamed."""
    archive.name = "Mira"
    bring_in(archive, tmp_path)
    Status.objects.update(markdown="kept")
    before = stored()

    archive.name = "Mira Osei"
    tweets = archive.tweets
    tweets[0]["full_text"] = "One, again."
    name = tweets[0]["extended_entities"]["media"][1]["media_url_https"].rpartition("/")[2]
    archive.media[f"{tweets[0]['id_str']}-{name}"] = picture(colour="blue")
    tweets[3]["extended_entities"]["media"][0]["media_url_https"] += "?other"
    del tweets[3]["extended_entities"]["media"][1]
    archive.tweet("Two, edited.", reply_to=tweets[0]["id_str"], edits=[tweets[1]["id_str"]])
    archive.tweet("Four.", reply_to=tweets[2]["id_str"])
    archive.tweet("No longer alone.", reply_to=tweets[3]["id_str"])
    second = bring_in(archive, tmp_path)
    assert (second.created, second.updated) == (3, 2)
    assert Thread.objects.count() == 2
    assert Status.objects.exclude(markdown="").count() == 1

    importing.undo(second)
    assert stored() == before
    assert Status.objects.get(text="One.").markdown == ""


def test_what_was_undone_can_be_imported_again(archive: Archive, tmp_path: Path) -> None:
    importing.undo(bring_in(archive, tmp_path))
    assert bring_in(archive, tmp_path).created == 4


def test_an_author_who_got_an_id_has_only_the_handle_again(tmp_path: Path) -> None:
    tell(BY_HANDLE, status("page:1"))
    archive = Archive()
    archive.tweet("One.")
    second = bring_in(archive, tmp_path)
    importing.undo(second)
    account = Account.objects.get()
    assert (account.remote_id, account.name) == ("@miraosei", "Mira")


def test_what_a_post_was_made_from_stays(archive: Archive, tmp_path: Path) -> None:
    import_ = bring_in(archive, tmp_path)
    for title in ("Two lamps", "A lamp"):
        post = Post.objects.create(slug=title)
        post.latest = Revision.objects.create(post=post, number=1, title=title)
        post.save()
        PostSource.objects.create(post=post, thread=Thread.objects.get(), position=1)
    with pytest.raises(StillUsed, match="“A lamp” and “Two lamps” were made from it"):
        importing.undo(import_)
    assert Status.objects.visible().count() == 4


def test_what_a_later_import_built_on_stays_until_that_is_undone(
    archive: Archive, tmp_path: Path
) -> None:
    first = bring_in(archive, tmp_path)
    archive.tweet("Four.", reply_to=archive.tweets[2]["id_str"])
    second = bring_in(archive, tmp_path)
    with pytest.raises(StillUsed, match=rf"Import {second.pk} \(archive\.zip\) builds on it"):
        importing.undo(first)
    importing.undo(second)
    importing.undo(first)
    assert not any(stored().values())


def test_an_import_that_replaced_rows_is_built_upon_too(archive: Archive, tmp_path: Path) -> None:
    first = bring_in(archive, tmp_path)
    archive.tweet("Alone!", edits=[archive.tweets[3]["id_str"]])
    bring_in(archive, tmp_path)
    with pytest.raises(StillUsed, match="builds on it"):
        importing.undo(first)


def test_an_import_that_changed_nothing_hinders_nobody(archive: Archive, tmp_path: Path) -> None:
    first = bring_in(archive, tmp_path)
    second = bring_in(archive, tmp_path)
    assert importing.undo(first)["statuses"] == 4
    assert importing.undo(second) == {"threads": 0, "statuses": 0, "attachments": 0, "accounts": 1}


def test_only_what_is_done_can_be_undone(archive: Archive, tmp_path: Path) -> None:
    import_ = bring_in(archive, tmp_path)
    importing.undo(import_)
    with pytest.raises(StillUsed, match="undone: there is nothing to undo"):
        importing.undo(import_)
