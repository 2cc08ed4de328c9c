"""The archive that an author downloads from Mastodon, in every wrapping."""

from __future__ import annotations

import tracemalloc
from pathlib import Path
from typing import Any

import pytest

from tests.threads.archives import picture
from tests.threads.mastodon_archives import ACTOR, FOLLOWERS, PUBLIC, MastodonExport
from threads.sources.base import (
    MediaKind,
    SkipReason,
    Source,
    SourceAccount,
    SourceCard,
    SourceFormatError,
    SourcePoll,
    SourceQuote,
    SourceStatus,
)
from threads.sources.catalog import open_source
from threads.sources.mastodon_status import parse_status

FILE = "media_attachments/files/116/000/000/000/000/001/original/kite.jpg"


@pytest.fixture
def export() -> MastodonExport:
    return MastodonExport()


def opened(export: MastodonExport, folder: Path) -> Source:
    return open_source(export.zip(folder / "export.zip"))


def only(export: MastodonExport, folder: Path) -> SourceStatus:
    (status,) = opened(export, folder).statuses()
    return status


@pytest.mark.parametrize("wrapping", ["a.zip", "a.tar.gz", "a.tar", "folder"])
def test_all_of_it_is_read_from_any_wrapping(
    export: MastodonExport, tmp_path: Path, wrapping: str
) -> None:
    export.thread("One.", "Two.")
    export.post("Look", files={f"/{FILE}": ("A kite", picture())})
    write = {"zip": export.zip, "gz": export.tar, "tar": export.tar, "folder": export.folder}
    source = open_source(write[wrapping.rpartition(".")[2]](tmp_path / wrapping))
    assert source.kind == "mastodon_archive"
    for _ in range(2):  # the same again
        one, two, three = source.statuses()
        assert (two.text, two.reply_to, two.reply_to_account) == ("Two.", one.id, ACTOR)
        (media,) = three.media
        assert (media.alt, media.width, media.url) == (
            "A kite",
            40,
            f"https://social.example/system/{FILE}",
        )
        file = source.open_media(media, three.id)
        assert file is not None
        with file:
            assert file.read() == picture()
    account = source.account()
    assert (account.remote_id, account.handle) == (ACTOR, "mira@social.example")
    assert (account.name, account.url) == ("Mira Osei", "https://social.example/@mira")
    assert (source.findings.warnings, source.findings.complete) == ([], True)


def test_an_outbox_alone_says_what_is_missing(export: MastodonExport, tmp_path: Path) -> None:
    export.post("One.", files={f"/{FILE}": ("A kite", picture())})
    path = tmp_path / "0a1b2c.json"  # as an upload is called
    path.write_bytes(export.outbox())
    source = open_source(path, name="outbox.json")
    (status,) = source.statuses()
    assert source.open_media(status.media[0], status.id) is None
    assert (source.account().handle, source.account().name) == ("mira@social.example", "")
    assert "the pictures and the author’s name" in source.findings.warnings[0]
    assert not source.findings.complete
    assert open_source(path).kind == "mastodon_archive"


def test_without_its_actor_the_author_is_known_by_address(
    export: MastodonExport, tmp_path: Path
) -> None:
    export.actor, export.profile = "https://social.example/ap/users/116", None
    export.activity("Announce", 7, actor=None)
    export.post("One.")
    source = opened(export, tmp_path)
    account = source.account()
    assert (account.remote_id, account.handle) == (export.actor, "mira@social.example")
    assert account == source.account()
    assert [status.skip for status in source.statuses()] == [SkipReason.RETWEET, None]
    assert "actor.json is missing" in source.findings.warnings[0]


@pytest.mark.parametrize(
    ("to", "cc", "reason"),
    [
        ([PUBLIC], [FOLLOWERS], None),
        ([FOLLOWERS], [PUBLIC], None),  # unlisted
        (["as:Public"], [], None),
        ([FOLLOWERS], ["https://b.example/users/bo"], SkipReason.FOLLOWERS_ONLY),
        (["https://b.example/users/bo"], [], SkipReason.DIRECT),
        ([], [], SkipReason.DIRECT),
    ],
)
def test_what_is_not_for_everybody_is_counted_and_never_shown(
    export: MastodonExport,
    tmp_path: Path,
    to: list[str],
    cc: list[str],
    reason: SkipReason | None,
) -> None:
    export.post("Lanterns.", to=to, cc=cc, summary="Heights", files={"/a": ("A kite", None)})
    status = only(export, tmp_path)
    assert status.skip is reason
    if reason:
        assert not any(word in repr(status) for word in ("Lanterns", "Heights", "kite"))


def test_boosts_and_what_is_no_status_are_counted(export: MastodonExport, tmp_path: Path) -> None:
    export.boost("https://b.example/users/bo/statuses/7")
    export.activity("Create", {"type": "Article"})
    export.activity("Delete", {"type": "Note"})
    export.activity("Create", "https://social.example/users/mira/statuses/1")
    export.items.append("nothing")
    skipped = [status.skip for status in opened(export, tmp_path).statuses()]
    assert skipped == [SkipReason.RETWEET] + [SkipReason.UNREADABLE] * 4


def test_a_status_tells_all_it_knows(export: MastodonExport, tmp_path: Path) -> None:
    export.post(
        "Up #high",
        summary="Heights",
        updated="2026-03-02T09:00:00Z",
        likes={"type": "Collection", "totalItems": 12},
    )
    status = only(export, tmp_path)
    assert (status.text, status.content_warning) == ("Up #high", "Heights")
    assert (status.language, status.likes) == ("en", 12)
    assert status.url == "https://social.example/@mira/116000000000000000"
    assert str(status.edited_at) == "2026-03-02 09:00:00+00:00"
    assert status.sort_key == "2026-03-01T09:01:00 00116000000000000000"


def test_answers_to_others_name_what_they_answer(export: MastodonExport, tmp_path: Path) -> None:
    export.post("Yes.", reply_to="https://b.example/users/bo/statuses/7")
    status = only(export, tmp_path)
    assert status.reply_to == "https://b.example/users/bo/statuses/7"
    assert status.reply_to_account == ""


@pytest.mark.parametrize("kind", ["oneOf", "anyOf"])
def test_a_poll_is_told_with_its_votes(export: MastodonExport, tmp_path: Path, kind: str) -> None:
    choices: Any = [
        {"type": "Note", "name": "Kites", "replies": {"type": "Collection", "totalItems": 12}},
        {"type": "Note", "name": "Boats", "replies": {"type": "Collection", "totalItems": 3}},
    ]
    told: dict[str, Any] = {"type": "Question", "closed": "2026-03-02T09:00:00Z", kind: choices}
    export.post("Which?", **told)
    (poll,) = only(export, tmp_path).extras
    assert poll == SourcePoll((("Kites", 12), ("Boats", 3)), votes=15, ended=True)


RE = '<p class="quote-inline">RE: <a href="{0}">{0}</a></p><p>So true.</p>'


def test_a_quote_of_oneself_names_the_own_status(export: MastodonExport, tmp_path: Path) -> None:
    address = f"{ACTOR}/statuses/7"
    export.post(content=RE.format(address), quote=address)
    status = only(export, tmp_path)
    assert (status.text, status.quote_of) == ("So true.", address)
    assert status.extras == (SourceQuote(address),)


def test_a_quote_of_another_keeps_its_address(export: MastodonExport, tmp_path: Path) -> None:
    address = "https://b.example/users/bo/statuses/7"
    export.post(content=RE.format(address), quoteUri=address)
    status = only(export, tmp_path)
    assert (status.text, status.quote_of) == (f"RE: {address}\n\nSo true.", "")
    assert status.extras == ()


def test_files_are_found_wherever_the_server_stored_them(
    export: MastodonExport, tmp_path: Path
) -> None:
    export.post("", files={f"/bucket/{FILE}": ("", picture())})
    export.post("", files={"/elsewhere/kite.jpg": ("", None)})
    export.post("", files={f"/{FILE.replace('kite', 'boat')}": ("", None)}, media_type="video/mp4")
    kept, strange, lost = (status.media[0] for status in opened(export, tmp_path).statuses())
    assert (kept.name, kept.url) == (FILE, "")
    assert (strange.name, lost.name, lost.kind) == ("", "", MediaKind.VIDEO)


def test_sound_is_told_by_a_link(export: MastodonExport, tmp_path: Path) -> None:
    path = FILE.replace("kite.jpg", "sea.mp3")
    export.post("", files={f"/{path}": ("The sea", None)}, media_type="audio/mpeg")
    export.post("", files={"/bucket/x.bin": ("", None)}, media_type="")
    sound, other = (status.extras for status in opened(export, tmp_path).statuses())
    address = f"https://social.example/system/{path}"
    assert sound == (SourceCard(address, "Audio recording", "The sea"),)
    assert other == (SourceCard(f"{ACTOR}/statuses/116000000000000001", "Attachment", ""),)


def test_names_come_without_custom_emoji(export: MastodonExport, tmp_path: Path) -> None:
    assert export.profile
    tags = [{"type": "Emoji", "name": ":kite:"}, {"type": "Hashtag", "name": "#kites"}]
    export.profile |= {"name": "Mira :kite:", "tag": tags}
    assert opened(export, tmp_path).account().name == "Mira"
    export.profile |= {"name": ":kite:", "tag": tags[0]}
    assert opened(export, tmp_path).account().name == "mira"


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"outbox.json": b""}, r"outbox\.json is empty"),
        ({"outbox.json": b"[1"}, r"outbox\.json breaks off at line 1"),
        ({"outbox.json": b'{"orderedItems": [{]}'}, r"outbox\.json is damaged at line 1"),
        ({"outbox.json": b"{}"}, "holds nothing that was posted"),
        ({"outbox.json": "{}".encode("utf-16")}, "UTF-16"),
        ({"outbox.json": b"{}", "actor.json": b"{"}, r"actor\.json in export\.zip is not as"),
        ({"outbox.json": b"{}", "actor.json": b'{"id": 7}'}, r"actor\.json in export\.zip"),
    ],
)
def test_a_damaged_export_says_where(tmp_path: Path, files: dict[str, bytes], message: str) -> None:
    class Damaged(MastodonExport):
        def files(self) -> dict[str, bytes]:
            return files

    def read() -> SourceAccount:
        source = open_source(Damaged().zip(tmp_path / "export.zip"))
        list(source.statuses())
        return source.account()

    with pytest.raises(SourceFormatError, match=message) as caught:
        read()
    assert "\n" not in str(caught.value)


def test_no_export_is_told_to_be_none(tmp_path: Path) -> None:
    (tmp_path / "letters.txt").write_text("Hello")
    with pytest.raises(SourceFormatError, match=r"there is no outbox\.json in it"):
        open_source(tmp_path, kind="mastodon_archive")


def test_a_long_outbox_is_read_in_little_memory(export: MastodonExport, tmp_path: Path) -> None:
    for number in range(1_000):
        export.post(f"{number} " + "kite " * 600)
    path = export.folder(tmp_path)
    size = (path / "outbox.json").stat().st_size
    export.items.clear()
    tracemalloc.start()
    assert sum(1 for _ in open_source(path).statuses()) == 1_000
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < size / 2


def test_the_api_and_the_archive_say_the_same_of_a_status(
    export: MastodonExport, tmp_path: Path
) -> None:
    first, second = export.thread("One.", "See https://kites.example/a/long/way/to/the/sea #kites")
    likes: dict[str, Any] = {"likes": {"totalItems": 0}}
    export.items[1]["object"] |= likes
    archived = list(opened(export, tmp_path).statuses())[1]
    row = {
        "id": second.rpartition("/")[2],
        "created_at": "2026-03-01T09:02:00.250Z",
        "in_reply_to_id": first.rpartition("/")[2],
        "in_reply_to_account_id": "1",
        "visibility": "public",
        "language": "en",
        "favourites_count": 0,
        "uri": second,
        "url": archived.url,
        "content": export.items[1]["object"]["content"].replace(' translate="no"', ""),
        "account": {"id": "1", "username": "mira", "uri": ACTOR},
    }
    assert parse_status(row) == archived
