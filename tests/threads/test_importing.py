"""What a source tells gets into the database, once, and as a whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.db.models import Model
from django.utils.timezone import now

from tests.threads.archives import OWN, Archive, picture, script
from threads import importing
from threads.importing.turns import turn
from threads.models import Account, Attachment, Change, Import, Status, Thread
from threads.sources.base import (
    Findings,
    Format,
    MediaKind,
    SourceAccount,
    SourceError,
    SourceMedia,
    SourceStatus,
    Span,
    SpanKind,
)
from threads.sources.catalog import open_source

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def bring_in(archive: Archive, path: Path, **options: Any) -> Import:
    source = open_source(archive.zip(path / "archive.zip"))
    return importing.run(importing.begin("archive.zip"), source, **options)


def counts(import_: Import) -> tuple[int, int, int]:
    return import_.created, import_.updated, import_.unchanged


def everything() -> dict[str, list[dict[str, Any]]]:
    """All that is stored, but for the records of the imports themselves and when they were."""
    models: list[type[Model]] = [Account, Thread, Status, Attachment, Change]
    rows = {
        model.__name__: list(model._default_manager.order_by("pk").values()) for model in models
    }
    for thread in rows["Thread"]:
        del thread["refreshed_at"]
    return rows


def whys(thread: Thread) -> list[str]:
    """Why it is not complete."""
    assert all(missing["remedy"] for missing in thread.missing)
    return [missing["why"] for missing in thread.missing]


@pytest.fixture
def archive() -> Archive:
    archive = Archive()
    archive.thread("🧵 How lamps turn. 1/3", "Slowly.", "And for ever.")
    archive.tweet("Alone.")
    archive.tweet("RT @ada: Not mine.")
    archive.tweet("@bo Indeed.", reply_to="5", to_user="20")
    return archive


def test_threads_are_stored_in_order_with_what_they_say_of_themselves(
    archive: Archive, tmp_path: Path
) -> None:
    import_ = bring_in(archive, tmp_path)
    thread = Thread.objects.visible().get()
    assert [status.text for status in thread.main_line()] == [
        "🧵 How lamps turn. 1/3",
        "Slowly.",
        "And for ever.",
    ]
    assert (thread.title, thread.length, thread.complete) == ("How lamps turn.", 3, True)
    assert thread.url == f"https://x.com/miraosei/status/{thread.remote_id}"
    assert thread.started_at
    assert thread.ended_at
    assert (thread.ended_at - thread.started_at).seconds == 120
    assert [status.text for status in Status.objects.visible().lone()] == ["Alone."]
    assert import_.state == Import.State.DONE
    assert import_.thread_ids == [thread.pk]
    assert import_.skipped == {"retweet": 1, "reply_to_other": 1}
    assert str(import_.account) == "Mira Osei (@miraosei)"


def test_the_same_again_changes_nothing(archive: Archive, tmp_path: Path) -> None:
    archive.tweet("Look.", photos=[picture(), None])
    first = bring_in(archive, tmp_path)
    before = everything()
    second = bring_in(archive, tmp_path)
    assert counts(first) == (5, 0, 0)
    assert counts(second) == (0, 0, 5)
    assert everything() == before
    assert second.thread_ids == first.thread_ids
    assert second.skipped == first.skipped


def test_a_changed_tweet_changes_and_its_markdown_is_made_anew(
    archive: Archive, tmp_path: Path
) -> None:
    bring_in(archive, tmp_path)
    Status.objects.update(markdown="kept")
    archive.tweets[1]["full_text"] = "Very slowly."
    archive.tweets[3]["favorite_count"] = "12"
    assert counts(bring_in(archive, tmp_path)) == (0, 2, 2)
    changed, same = Status.objects.get(text="Very slowly."), Status.objects.get(position=3)
    assert (changed.markdown, same.markdown) == ("", "kept")
    assert Status.objects.get(text="Alone.").likes == 12


def test_a_new_title_comes_only_with_a_new_beginning(archive: Archive, tmp_path: Path) -> None:
    bring_in(archive, tmp_path)
    Thread.objects.update(title="An editor's title")
    archive.tweets[2]["full_text"] = "And so on."
    bring_in(archive, tmp_path)
    assert Thread.objects.get().title == "An editor's title"
    archive.tweets[0]["full_text"] = "Why lamps turn."
    bring_in(archive, tmp_path)
    assert Thread.objects.get().title == "Why lamps turn."


def test_a_thread_that_went_on_is_the_same_thread(archive: Archive, tmp_path: Path) -> None:
    bring_in(archive, tmp_path)
    thread = Thread.objects.get()
    last = archive.tweets[2]["id_str"]
    archive.tweet("One more thing.", reply_to=last)
    assert counts(bring_in(archive, tmp_path)) == (1, 0, 4)
    thread.refresh_from_db()
    assert thread.length == 4
    assert thread.main_line().last().text == "One more thing."  # type: ignore[union-attr]


def test_a_lone_status_that_is_answered_later_becomes_a_thread(
    archive: Archive, tmp_path: Path
) -> None:
    bring_in(archive, tmp_path)
    archive.tweet("No longer.", reply_to=archive.tweets[3]["id_str"])
    second = bring_in(archive, tmp_path)
    thread = Thread.objects.get(title="Alone.")
    assert [status.text for status in thread.main_line()] == ["Alone.", "No longer."]
    assert thread.imported_by == second
    assert len(second.thread_ids) == 2


def test_a_longer_branch_becomes_the_main_line(archive: Archive, tmp_path: Path) -> None:
    bring_in(archive, tmp_path)
    aside = archive.tweet("An aside,", reply_to=archive.tweets[0]["id_str"])
    aside = archive.tweet("which grew", reply_to=aside)
    archive.tweet("and grew.", reply_to=aside)
    bring_in(archive, tmp_path)
    thread = Thread.objects.get()
    assert [status.text for status in thread.main_line()][1:] == [
        "An aside,",
        "which grew",
        "and grew.",
    ]
    assert [status.text for status in thread.branches()] == ["Slowly.", "And for ever."]


def test_an_earlier_beginning_keeps_the_thread(tmp_path: Path) -> None:
    archive = Archive()
    archive.thread("One.", "Two.", "Three.")
    first = archive.tweets.pop(0)
    bring_in(archive, tmp_path)
    thread = Thread.objects.get()
    assert not thread.complete
    assert whys(thread) == ["The part before the first is missing."]
    archive.tweets.append(first)
    bring_in(archive, tmp_path)
    thread = Thread.objects.get(pk=thread.pk)
    assert (thread.remote_id, thread.title, thread.length) == (first["id_str"], "One.", 3)
    assert thread.complete
    assert thread.missing == []


def test_a_part_that_joins_two_threads_leaves_one_and_the_other_in_the_trash(
    tmp_path: Path,
) -> None:
    archive = Archive()
    archive.thread("One.", "Two.", "Three.", "Four.", "Five.")
    missing = archive.tweets.pop(2)
    bring_in(archive, tmp_path)
    assert Thread.objects.visible().count() == 2
    archive.tweets.append(missing)
    bring_in(archive, tmp_path)
    thread = Thread.objects.visible().get()
    assert (thread.title, thread.length) == ("One.", 5)
    assert Thread.objects.trashed().get().title == "Four."


def test_replies_to_others_come_in_when_asked_and_then_stay(
    archive: Archive, tmp_path: Path
) -> None:
    archive.tweet("@bo And more.", reply_to=archive.tweets[5]["id_str"])
    first = bring_in(archive, tmp_path, with_replies=True)
    assert (first.created, first.skipped) == (6, {"retweet": 1})
    assert Thread.objects.get(title="@bo Indeed.").complete
    second = bring_in(archive, tmp_path)
    assert counts(second) == (0, 0, 6)


def test_an_edit_that_comes_later_replaces_what_was_there(archive: Archive, tmp_path: Path) -> None:
    bring_in(archive, tmp_path)
    old = archive.tweets[1]["id_str"]
    new = archive.tweet("Very slowly.", reply_to=archive.tweets[0]["id_str"], edits=[old])
    archive.tweet("See above.", links={})
    archive.tweets[-1]["entities"]["urls"] = []
    second = bring_in(archive, tmp_path)
    assert second.skipped["superseded_edit"] == 1
    assert not Status.objects.filter(remote_id=old).exists()
    assert [status.text for status in Thread.objects.get().main_line()] == [
        "🧵 How lamps turn. 1/3",
        "Very slowly.",
        "And for ever.",
    ]
    assert Status.objects.get(remote_id=new).position == 2


def test_a_quote_of_an_earlier_version_quotes_the_last(tmp_path: Path) -> None:
    archive = Archive()
    old = archive.tweet("First try.", id="5")
    new = archive.tweet("Second try.", edits=[old], id="6")
    quote = f"https://x.com/miraosei/status/{old}"
    archive.tweet("As I said https://t.co/q", links={"https://t.co/q": quote})
    bring_in(archive, tmp_path)
    assert Status.objects.get(text__startswith="As I said").quote_of == new


def deletion(archive: Archive, *ids: str) -> None:
    rows = [{"tweet": {"id_str": id_}} for id_ in ids]
    archive.others["deleted-tweets.js"] = script("deleted_tweets.part0", rows).decode()


def test_what_the_author_deleted_leaves_the_thread_which_stays_one(
    archive: Archive, tmp_path: Path
) -> None:
    bring_in(archive, tmp_path)
    deletion(archive, archive.tweets[1]["id_str"])
    second = bring_in(archive, tmp_path)
    assert second.skipped["deleted"] == 1
    thread = Thread.objects.visible().get()
    assert [part.text for part in thread.main_line()] == [
        "🧵 How lamps turn. 1/3",
        "And for ever.",
    ]
    assert (thread.length, thread.complete) == (2, True)
    assert not thread.branches().exists()
    deleted = thread.deleted().get()
    assert (deleted.position, deleted.text) == (None, "Slowly.")
    assert deleted.deleted_at


@pytest.mark.parametrize("is_claimed", [True, False])
def test_only_whose_account_it_is_keeps_what_was_deleted(
    archive: Archive, tmp_path: Path, is_claimed: bool
) -> None:
    archive.tweet("Look.", photos=[picture()])
    bring_in(archive, tmp_path)
    Account.objects.update(claimed_at=now() if is_claimed else None)
    deletion(archive, archive.tweets[-1]["id_str"])
    bring_in(archive, tmp_path)
    deleted = Status.objects.exclude(deleted_at=None).get()
    assert deleted.text.startswith("Look.") == is_claimed
    assert deleted.attachments.exists() == is_claimed
    assert deleted not in Status.objects.lone()


def test_a_thread_whose_first_part_was_deleted_begins_with_the_next(
    archive: Archive, tmp_path: Path
) -> None:
    bring_in(archive, tmp_path)
    thread = Thread.objects.get()
    first = archive.tweets[0]["id_str"]
    archive.tweet("Beside.", reply_to=first)
    deletion(archive, first)
    bring_in(archive, tmp_path)
    thread.refresh_from_db()
    assert [part.text for part in thread.main_line()] == ["Slowly.", "And for ever."]
    assert [part.text for part in thread.branches()] == ["Beside."]
    assert thread.title == "Slowly."
    assert whys(thread) == ["The part before the first was deleted by its author."]


def test_what_comes_back_is_part_of_its_thread_again(archive: Archive, tmp_path: Path) -> None:
    bring_in(archive, tmp_path)
    before = everything()
    deletion(archive, archive.tweets[1]["id_str"])
    bring_in(archive, tmp_path)
    archive.others.clear()
    assert counts(bring_in(archive, tmp_path)) == (0, 1, 3)
    assert Change.objects.count() == 2
    after = everything()
    assert after | {"Change": []} == before


def test_what_was_deleted_stays_so_when_nobody_tells_of_it(
    archive: Archive, tmp_path: Path
) -> None:
    bring_in(archive, tmp_path)
    deletion(archive, archive.tweets[1]["id_str"])
    bring_in(archive, tmp_path)
    before = everything()
    archive.others.clear()
    del archive.tweets[1]
    bring_in(archive, tmp_path)
    assert everything() == before


# --- media ------------------------------------------------------------------------------------


def test_pictures_come_home_and_missing_ones_are_told(tmp_path: Path) -> None:
    archive = Archive()
    archive.tweet("Look.", photos=[picture(), None, b"no picture"])
    archive.tweet("Here.", reply_to=archive.tweets[0]["id_str"], photos=[None])
    bring_in(archive, tmp_path)
    here, waiting, refused = Attachment.objects.filter(status__text="Look.")
    assert (here.state, here.width, here.height) == ("present", 40, 30)
    assert default_storage.exists(str(here.file))
    assert waiting.state == "waiting"
    assert refused.state == "refused"
    assert "is not a PNG" in refused.note
    thread = Thread.objects.get()
    assert not thread.complete
    assert whys(thread) == ["1 picture could not be kept.", "2 pictures are yet to be fetched."]


def test_a_fuller_archive_brings_the_missing_pictures(tmp_path: Path) -> None:
    archive = Archive()
    ids = archive.thread("Look.", "There.", photos=[None])
    bring_in(archive, tmp_path)
    name = archive.tweets[0]["extended_entities"]["media"][0]["media_url_https"].rpartition("/")[2]
    archive.media[f"{ids[0]}-{name}"] = picture()
    assert counts(bring_in(archive, tmp_path)) == (0, 1, 1)
    assert Attachment.objects.get().state == Attachment.State.PRESENT
    assert Thread.objects.get().complete


def test_an_archive_without_its_media_takes_nothing_away(tmp_path: Path) -> None:
    archive = Archive()
    archive.tweet("Look.", photos=[picture()])
    bring_in(archive, tmp_path)
    Attachment.objects.update(alt="A lamp, teal.")
    archive.media.clear()
    archive.tweets[0]["full_text"] = archive.tweets[0]["full_text"].replace("Look.", "Look!")
    bring_in(archive, tmp_path)
    attachment = Attachment.objects.get()
    assert (attachment.state, attachment.alt) == ("present", "A lamp, teal.")


def test_pictures_that_were_exchanged_are_exchanged(tmp_path: Path) -> None:
    archive = Archive()
    archive.tweet("Look.", photos=[picture(), picture(colour="red")])
    bring_in(archive, tmp_path)
    media = archive.tweets[0]["extended_entities"]["media"]
    media[0]["media_url_https"] = "https://pbs.twimg.com/media/other.jpg"
    archive.media[f"{archive.tweets[0]['id_str']}-other.jpg"] = picture((8, 8))
    del media[1]
    bring_in(archive, tmp_path)
    assert Attachment.objects.get().width == 8


# --- whose they are ---------------------------------------------------------------------------


class Told:
    """A source that tells what the test gives it."""

    kind = "told"

    def __init__(self, account: SourceAccount, *statuses: SourceStatus) -> None:
        self.findings = Findings()
        self._account = account
        self._statuses = statuses

    def account(self) -> SourceAccount:
        return self._account

    def statuses(self) -> Iterator[SourceStatus]:
        yield from self._statuses

    def open_media(self, media: SourceMedia, status_id: str) -> None:
        return None


BY_HANDLE = SourceAccount("x", "@miraosei", handle="MiraOsei", name="Mira")
BY_ID = SourceAccount("x", OWN, handle="miraosei", name="Mira Osei", url="https://x.com/miraosei")
UNNAMED = SourceAccount("x", "content:0123")


def tell(account: SourceAccount, *statuses: SourceStatus) -> Import:
    return importing.run(importing.begin("told"), Told(account, *statuses))


def status(id_: str, text: str = "Hello.", **fields: Any) -> SourceStatus:
    return SourceStatus(id=id_, sort_key=id_.zfill(5), text=text, **fields)


@pytest.mark.parametrize("first", [BY_HANDLE, UNNAMED])
def test_an_author_known_by_less_is_joined_when_the_archive_comes(first: SourceAccount) -> None:
    tell(first, status("1"))
    tell(BY_ID, status("1"), status("2"))
    account = Account.objects.get()
    assert (account.remote_id, account.handle, account.name) == (OWN, "miraosei", "Mira Osei")
    assert account.statuses.count() == 2


def test_a_page_that_comes_after_the_archive_finds_the_author() -> None:
    tell(BY_ID, status("1"))
    tell(BY_HANDLE, status("page:1"))
    account = Account.objects.get()
    assert account.remote_id == OWN
    assert account.statuses.count() == 2


def test_a_page_does_not_override_what_the_archive_told() -> None:
    tell(BY_ID, status("1", "Whole."), status("2", "Whole too.", reply_to="1"))
    second = tell(BY_HANDLE, status("1", "Cut…"), status("2", "Cut…"), status("3", reply_to="2"))
    assert counts(second) == (1, 0, 2)
    thread = Thread.objects.get()
    assert [part.text for part in thread.main_line()] == ["Whole.", "Whole too.", "Hello."]


def test_a_new_handle_is_the_same_author() -> None:
    tell(BY_ID, status("1"))
    tell(replace(BY_ID, handle="mira"), status("1"))
    assert Account.objects.get().handle == "mira"


def test_the_statuses_of_one_author_cannot_be_anothers() -> None:
    tell(BY_ID, status("1"))
    with pytest.raises(SourceError, match="as those of Mira Osei"):
        tell(SourceAccount("x", "99", handle="bo"), status("1"))
    assert Account.objects.count() == 1


# --- lost pictures and videos of other sources ------------------------------------------------


def test_places_of_lost_pictures_are_counted() -> None:
    tell(
        BY_HANDLE,
        status("1", "A\n", spans=(Span(1, 1, SpanKind.LOST_PICTURE), Span(0, 1, SpanKind.BOLD))),
        status("2", "[lost picture: a lamp]", format=Format.MARKDOWN, reply_to="1"),
        status("3", reply_to="2", media=(SourceMedia(MediaKind.VIDEO),)),
    )
    assert whys(Thread.objects.get()) == ["2 pictures are missing.", "1 video is missing."]


# --- whole or not at all ----------------------------------------------------------------------


def test_an_import_that_fails_leaves_only_its_record(archive: Archive, tmp_path: Path) -> None:
    archive.tweet("Look.", photos=[picture()])
    path = archive.folder(tmp_path)
    tweets = path / "data" / "tweets.js"
    tweets.write_text(tweets.read_text()[:-5])
    import_ = importing.begin("archive")
    with pytest.raises(SourceError, match=r"tweets\.js breaks off at line \d+"):
        importing.run(import_, open_source(path))
    import_.refresh_from_db()
    assert import_.state == Import.State.FAILED
    assert "breaks off" in import_.error
    assert not any(everything().values())


@pytest.mark.parametrize(
    ("error", "state", "reason"),
    [
        (KeyboardInterrupt(), Import.State.CANCELLED, ""),
        (RuntimeError("a fault"), Import.State.FAILED, "It was stopped before its end."),
    ],
)
def test_whatever_ends_an_import_nothing_of_it_stays(
    tmp_path: Path, error: BaseException, state: str, reason: str
) -> None:
    archive = Archive()
    archive.tweet("Look.", photos=[picture()])
    archive.thread(*map(str, range(2500)))

    def die(words: str) -> None:
        if words.startswith("Stored 2000"):
            assert Status.objects.count() == 2000
            raise error

    with pytest.raises(type(error)):
        bring_in(archive, tmp_path, say=die)
    import_ = Import.objects.get()
    assert (import_.state, import_.error) == (state, reason)
    assert not any(everything().values())
    files = [path for path in Path(default_storage.path("")).rglob("*") if path.is_file()]
    assert files == []


def test_nothing_of_a_running_import_is_visible(archive: Archive, tmp_path: Path) -> None:
    seen: list[tuple[int, int, int]] = []

    def look(progress: str) -> None:
        visible = Thread.objects.visible().count() + Status.objects.visible().count()
        seen.append((Status.objects.count(), visible, Import.objects.get().pk))

    bring_in(archive, tmp_path, say=look)
    assert max(stored for stored, _, _ in seen) == 4
    assert {visible for _, visible, _ in seen} == {0}


def test_a_growing_thread_is_not_seen_before_its_import_is_done(
    archive: Archive, tmp_path: Path
) -> None:
    bring_in(archive, tmp_path)
    archive.tweet("One more thing.", reply_to=archive.tweets[2]["id_str"])
    seen: list[int] = []
    thread = Thread.objects.get()
    bring_in(archive, tmp_path, say=lambda progress: seen.append(thread.main_line().count()))
    assert set(seen) == {3}
    assert thread.main_line().count() == 4


def test_what_a_dead_import_left_is_cleared_by_the_next(archive: Archive, tmp_path: Path) -> None:
    bring_in(archive, tmp_path)
    Import.objects.update(state=Import.State.RUNNING)  # as if it had been killed
    assert not Thread.objects.visible().exists()
    second = bring_in(archive, tmp_path)
    assert counts(second) == (4, 0, 0)
    assert Thread.objects.visible().count() == 1
    assert Import.objects.exclude(pk=second.pk).get().state == Import.State.FAILED


def test_an_import_is_run_once(archive: Archive, tmp_path: Path) -> None:
    import_ = bring_in(archive, tmp_path)
    with pytest.raises(SourceError, match="was run before"):
        importing.run(import_, open_source(tmp_path / "archive.zip"))
    import_.refresh_from_db()
    assert import_.state == Import.State.DONE


@pytest.mark.skipif(connection.vendor != "sqlite", reason="needs a second connection elsewhere")
def test_who_does_not_want_to_wait_for_another_import_is_told(
    archive: Archive, tmp_path: Path
) -> None:
    with turn(), pytest.raises(SourceError, match="Another import is running"):
        bring_in(archive, tmp_path, wait=False)
    assert Import.objects.get().state == Import.State.FAILED
    assert bring_in(archive, tmp_path, wait=False).created == 4


def test_what_is_begun_waits_with_all_it_needs() -> None:
    import_ = importing.begin("x" * 900, kind="pasted", upload="a.zip", options={"a": 1})
    assert import_.state == Import.State.WAITING
    assert (len(import_.source), import_.kind, import_.upload) == (500, "pasted", "a.zip")
    assert import_.options == {"a": 1}
