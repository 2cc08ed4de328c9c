"""What an archive told before is known again by its bytes, unless something else changed."""

from __future__ import annotations

import json
from copy import deepcopy
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.threads.archives import Archive, picture, script
from threads.sources.base import (
    Fingerprinting,
    Same,
    SkipReason,
    SourceFormatError,
    SourceStatus,
)
from threads.sources.files import open_files
from threads.sources.x_archive import XArchive
from threads.sources.x_media import MediaIndex
from threads.sources.x_notes import Notes
from threads.sources.x_reading import Reader

NEVER = "9" * 40  # no id of X


@pytest.fixture
def archive() -> Archive:
    archive = Archive()
    archive.thread("One.", "Two 🧵.", "Three.")
    return archive


def opened(archive: Archive, folder: Path, form: str = "zip") -> XArchive:
    number = len(list(folder.iterdir()))
    if form == "zip":
        path = archive.zip(folder / f"{number}.zip")
    else:
        path = archive.folder(folder / str(number)) / "data" / "tweets.js"
    return XArchive(open_files(path, path.name))


def known(source: XArchive) -> dict[str, str]:
    return {status.fingerprint: status.id for status in source.statuses()}


def anew(source: XArchive, same: dict[str, str]) -> list[SourceStatus]:
    """What is told all the same."""
    return [found for found in source.statuses_but(same) if isinstance(found, SourceStatus)]


def test_an_archive_that_was_read_before_is_known_again(archive: Archive, tmp_path: Path) -> None:
    archive.tweet("RT @ada: Hello")
    source = opened(archive, tmp_path)
    assert isinstance(source, Fingerprinting)
    same = known(source)
    assert all(len(fingerprint) == 32 for fingerprint in same)
    ids = [tweet["id_str"] for tweet in archive.tweets]
    again = opened(archive, tmp_path)
    assert list(again.statuses_but(same)) == [Same(id_) for id_ in ids]
    assert (again.findings.warnings, again.findings.complete) == ([], True)


def test_only_what_changed_is_told_anew(archive: Archive, tmp_path: Path) -> None:
    same = known(opened(archive, tmp_path))
    archive.tweets[1]["favorite_count"] = "8"
    (found,) = anew(opened(archive, tmp_path), same)
    assert (found.id, found.likes) == (archive.tweets[1]["id_str"], 8)


def test_a_note_that_came_later_is_joined(archive: Archive, tmp_path: Path) -> None:
    id_ = archive.tweet("It began…")
    same = known(opened(archive, tmp_path))
    archive.note("It began long ago.", for_tweet=id_)
    later = opened(archive, tmp_path)
    (found,) = anew(later, same)
    assert (found.id, found.text) == (id_, "It began long ago.")
    assert anew(later, known(later)) == []


def test_a_note_that_changed_or_went_is_told(archive: Archive, tmp_path: Path) -> None:
    id_ = archive.tweet("It began…")
    archive.note("It began long ago.", for_tweet=id_)
    same = known(opened(archive, tmp_path))
    archive.notes[0]["noteTweet"]["core"]["text"] = "It began yesterday."
    assert [found.text for found in anew(opened(archive, tmp_path), same)] == [
        "It began yesterday."
    ]
    archive.notes.clear()
    assert [found.text for found in anew(opened(archive, tmp_path), same)] == ["It began…"]


def test_a_status_that_only_might_have_had_the_note_is_known(
    archive: Archive, tmp_path: Path
) -> None:
    first = archive.tweet("It began…")
    archive.tweet("Posted at once.", id=str(int(first) + (300 << 22)))
    archive.note("It began long ago.", for_tweet=first)
    source = opened(archive, tmp_path)
    assert anew(source, known(source)) == []


def test_a_picture_that_came_later_is_told(archive: Archive, tmp_path: Path) -> None:
    id_ = archive.tweet("A lamp.", photos=[picture(), None])
    content = archive.media.popitem()
    same = known(opened(archive, tmp_path))
    archive.media.update([content])
    later = opened(archive, tmp_path)
    (found,) = anew(later, same)
    assert (found.id, [media.name for media in found.media]) == (id_, [content[0], ""])
    assert anew(later, known(later)) == []


def test_what_is_deleted_or_not_for_everybody_now_is_left_out(
    archive: Archive, tmp_path: Path
) -> None:
    same = known(opened(archive, tmp_path))
    first, second, third = (tweet["id_str"] for tweet in archive.tweets)
    archive.others = {
        "deleted-tweets.js": script("d", [{"tweet": {"id_str": first}}]).decode(),
        "twitter-circle-tweet.js": script("c", [{"tweet": {"id_str": second}}]).decode(),
    }
    found = list(opened(archive, tmp_path).statuses_but(same))
    assert [(one.id, one.skip) for one in found if isinstance(one, SourceStatus)] == [
        (first, SkipReason.DELETED),
        (second, SkipReason.CIRCLE),
    ]
    assert [one for one in found if isinstance(one, Same)] == [Same(third)]


def test_an_edit_is_told_with_what_it_supersedes(archive: Archive, tmp_path: Path) -> None:
    first = archive.tweet("A frist try.", edits=[])
    archive.tweets[-1]["edit_info"] = {"initial": {"editTweetIds": [first]}}
    same = known(opened(archive, tmp_path))
    archive.tweets[-1]["edit_info"] = {"initial": {"editTweetIds": [first, "5"]}}
    second = archive.tweet("A first try.", edits=[first])
    found = anew(opened(archive, tmp_path), same)
    assert [(one.id, one.versions) for one in found] == [
        (first, (first, "5")),
        (second, (first, second)),
    ]


def test_another_name_of_the_author_changes_all_addresses(archive: Archive, tmp_path: Path) -> None:
    same = known(opened(archive, tmp_path))
    archive.handle = "mira"
    found = anew(opened(archive, tmp_path), same)
    assert {one.url.split("/")[3] for one in found} == {"mira"}


def test_a_tweet_that_is_there_twice_is_known_twice(archive: Archive, tmp_path: Path) -> None:
    archive.tweets.append(archive.tweets[0])
    source = opened(archive, tmp_path)
    assert len(list(source.statuses_but(known(source)))) == 4


def test_without_a_manifest_the_author_is_found_out_first(archive: Archive, tmp_path: Path) -> None:
    same = known(opened(archive, tmp_path, "single"))
    source = opened(archive, tmp_path, "single")
    assert len(anew(source, same)) == 3
    assert source.account().remote_id == archive.own
    assert anew(source, same) == []


def test_what_is_not_written_as_x_does_has_no_fingerprint(tmp_path: Path, archive: Archive) -> None:
    folder = archive.folder(tmp_path)
    tweets = [{"tweet": tweet, "by": "another tool"} for tweet in archive.tweets]
    (folder / "data" / "tweets.js").write_bytes(script("tweets.part0", tweets))
    found = anew(XArchive(open_files(folder, "a")), {"": archive.tweets[0]["id_str"]})
    assert [(one.text, one.fingerprint) for one in found] == [
        ("One.", ""),
        ("Two 🧵.", ""),
        ("Three.", ""),
    ]


# --- quickly and carefully ----------------------------------------------------------------------


def written() -> dict[str, Any]:
    archive = Archive()
    archive.tweet(
        "See https://t.co/a by @ada #lamps & <more>",
        links={"https://t.co/a": "https://a.example"},
        mentions=["ada"],
        hashtags=["lamps"],
        photos=[None, None],
        edits=["5"],
        reply_to="7",
    )
    tweet: dict[str, Any] = archive.tweets[0]
    return tweet


odd: st.SearchStrategy[Any] = st.sampled_from(
    [None, True, 7, 1.5, "", "x", "12", NEVER, "RT @ada: x", [], {}, ["3", "9"]]
)


@given(st.data())
def test_a_row_means_the_same_quickly_and_carefully(data: st.DataObject) -> None:
    tweet = written()
    for _ in range(data.draw(st.integers(0, 3))):
        place: Any = tweet
        while True:
            keys = list(place) if isinstance(place, dict) else list(range(len(place)))
            key = data.draw(st.sampled_from(keys))
            if isinstance(place[key], dict | list) and place[key] and data.draw(st.booleans()):
                place = place[key]
                continue
            if isinstance(place, dict) and data.draw(st.booleans()):
                del place[key]
            else:
                place[key] = deepcopy(data.draw(odd))
            break
    reader = Reader("miraosei", MediaIndex([], PurePosixPath("data")), Notes([]), None, {})
    careful = reader.from_object({"tweet": tweet})
    try:
        quick = reader.from_bytes(json.dumps(tweet).encode())
    except msgspec.ValidationError:
        assert isinstance(careful, SourceStatus)
        assert careful.skip == SkipReason.UNREADABLE
    else:
        assert isinstance(quick, SourceStatus)
        assert careful == replace(quick, fingerprint="")


def test_broken_bytes_are_a_fault_even_in_what_is_not_read(
    archive: Archive, tmp_path: Path
) -> None:
    path = archive.folder(tmp_path) / "data" / "tweets.js"
    path.write_bytes(path.read_bytes().replace(b"Twitter Web App", b"Twitter \xff App", 1))
    with pytest.raises(SourceFormatError, match=r"tweets\.js is not in UTF-8 at line 5, column"):
        list(XArchive(open_files(path, "tweets.js")).statuses())
