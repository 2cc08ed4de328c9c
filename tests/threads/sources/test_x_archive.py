"""X archives, as zip, folder or single file."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from tests.threads.archives import OWN, Archive, picture, script
from threads.sources.base import SkipReason, SourceAccount, SourceFormatError, SourceStatus
from threads.sources.files import open_files
from threads.sources.x_archive import XArchive


def opened(path: Path) -> XArchive:
    return XArchive(open_files(path, path.name))


def texts(statuses: Iterable[SourceStatus]) -> list[str]:
    return sorted(status.text for status in statuses if not status.skip)


def skips(statuses: Iterable[SourceStatus]) -> dict[str, int]:
    return dict(Counter(status.skip.value for status in statuses if status.skip))


@pytest.fixture
def archive() -> Archive:
    archive = Archive()
    archive.thread("One.", "Two.", "Three.")
    return archive


@pytest.mark.parametrize("head", ["tweets", "tweet"])
@pytest.mark.parametrize("form", ["zip", "zip in a folder", "folder", "data", "flat", "single"])
def test_it_reads_every_form_of_an_archive(
    archive: Archive, tmp_path: Path, form: str, head: str
) -> None:
    archive.media["x"] = b"" if form == "flat" else b"x"
    if form == "zip":
        path = archive.zip(tmp_path / "twitter.zip", head=head)
    elif form == "zip in a folder":
        path = archive.zip(tmp_path / "twitter.zip", top="twitter-2026/", head=head)
    else:
        folder = archive.folder(tmp_path / "twitter", head=head)
        path = {
            "folder": folder,
            "data": folder / "data",
            "flat": folder / "data",
            "single": folder / "data" / f"{head}.js",
        }[form]
    source = opened(path)
    assert texts(source.statuses()) == ["One.", "Three.", "Two."]
    assert source.account().remote_id == OWN
    assert source.findings.complete
    assert source.findings.warnings == []


def test_it_reads_more_than_once(archive: Archive, tmp_path: Path) -> None:
    source = opened(archive.zip(tmp_path / "a.zip"))
    assert list(source.statuses()) == list(source.statuses())


def test_what_a_mac_adds_to_a_zip_is_not_taken_for_tweets(archive: Archive, tmp_path: Path) -> None:
    archive.others = {"._tweets.js": "binary"}
    assert len(list(opened(archive.zip(tmp_path / "a.zip")).statuses())) == 3


def test_all_parts_are_read(tmp_path: Path) -> None:
    archive = Archive()
    for number in range(24):
        archive.tweet(f"Tweet {number}.")
    source = opened(archive.zip(tmp_path / "a.zip", parts=12))
    assert len(texts(source.statuses())) == 24


def test_a_part_that_the_manifest_names_and_that_is_absent_is_warned_of(
    archive: Archive, tmp_path: Path
) -> None:
    folder = archive.folder(tmp_path, parts=3)
    (folder / "data" / "tweets-part2.js").unlink()
    source = opened(folder)
    assert texts(source.statuses()) == ["One.", "Two."]
    assert not source.findings.complete
    assert source.findings.warnings == [
        "tweets-part2.js is missing: by the manifest it holds 1 tweets."
    ]


def test_a_part_with_fewer_tweets_than_the_manifest_says_is_warned_of(
    archive: Archive, tmp_path: Path
) -> None:
    folder = archive.folder(tmp_path)
    rows = [{"tweet": tweet} for tweet in archive.tweets[:2]]
    (folder / "data" / "tweets.js").write_bytes(script("tweets.part0", rows))
    source = opened(folder)
    list(source.statuses())
    list(source.statuses())
    assert source.findings.warnings == [
        "tweets.js holds 2 tweets; by the manifest there should be 3."
    ]


def test_one_of_several_zips_is_known_as_such(archive: Archive, tmp_path: Path) -> None:
    archive.manifest = {"archiveInfo": {"isPartialArchive": True}}
    source = opened(archive.zip(tmp_path / "a.zip"))
    list(source.statuses())
    assert "only one of them" in source.findings.warnings[0]
    assert not source.findings.complete


def test_the_author_is_told_by_the_manifest(archive: Archive, tmp_path: Path) -> None:
    assert opened(archive.zip(tmp_path / "a.zip")).account() == SourceAccount(
        "x", OWN, handle="miraosei", name="Mira Osei", url="https://x.com/miraosei"
    )


def test_the_author_is_told_by_the_account_file(archive: Archive, tmp_path: Path) -> None:
    archive.manifest = None
    account = {"accountId": "7", "username": "ada", "accountDisplayName": "Ada"}
    rows = [{"account": account | {"email": "ada@secret.example"}}]
    archive.others["account.js"] = script("account.part0", rows).decode()
    source = opened(archive.zip(tmp_path / "a.zip"))
    assert source.account() == SourceAccount("x", "7", "ada", "Ada", "https://x.com/ada")
    assert "secret" not in repr(source.account())


def test_without_either_it_is_whom_the_tweets_answer_within_the_file(tmp_path: Path) -> None:
    archive = Archive(own="7", handle="ada")
    archive.manifest = None
    archive.thread("One.", "Two.")
    for _ in range(3):
        archive.tweet("@bo Thanks!", reply_to="55", to_user="8")
    source = opened(archive.zip(tmp_path / "a.zip"))
    assert source.account() == SourceAccount("x", "7", "ada", "", "https://x.com/ada")


def test_without_any_answer_it_is_nobody_but_always_the_same_nobody(tmp_path: Path) -> None:
    archive = Archive()
    archive.manifest = None
    archive.tweet("Alone.")
    accounts = {opened(archive.zip(tmp_path / f"{n}.zip")).account() for n in range(2)}
    (account,) = accounts
    assert account.remote_id.startswith("content:")
    assert account.handle == account.name == account.url == ""


def test_community_tweets_are_tweets(archive: Archive, tmp_path: Path) -> None:
    archive.tweet("For the community.", community=True)
    assert len(texts(opened(archive.zip(tmp_path / "a.zip")).statuses())) == 4


def test_deleted_and_circle_tweets_are_left_out_wherever_they_stand(
    archive: Archive, tmp_path: Path
) -> None:
    circle = archive.tweet("For friends.")
    archive.others = {
        "twitter-circle-tweet.js": script(
            "circle.part0", [{"tweet": {"id_str": circle}}, {"circleTweet": {"tweetId": "5"}}]
        ).decode(),
        "deleted-tweets.js": script(
            "deleted_tweets.part0", [{"tweet": {"id_str": "6", "full_text": "Oops."}}, {}, 5]
        ).decode(),
        "deleted-tweet-headers.js": script(
            "deleted_tweet_headers.part0", [{"tweet": {"tweet_id": "6"}}]
        ).decode(),
    }
    found = list(opened(archive.zip(tmp_path / "a.zip")).statuses())
    assert texts(found) == ["One.", "Three.", "Two."]
    assert skips(found) == {"circle": 2, "deleted": 1}


def test_a_left_out_tweet_that_comes_twice_is_counted_twice(
    archive: Archive, tmp_path: Path
) -> None:
    archive.tweets.append(archive.tweets[0])
    rows = [{"tweet": {"id": archive.tweets[0]["id_str"]}}]
    archive.others = {"deleted-tweets.js": script("deleted_tweets.part0", rows).decode()}
    found = list(opened(archive.zip(tmp_path / "a.zip")).statuses())
    assert skips(found) == {"deleted": 1, "duplicate": 1}


def test_rows_that_are_no_tweets_are_counted(archive: Archive, tmp_path: Path) -> None:
    broken: list[dict[str, Any]] = [
        {},
        {"id_str": "x"},
        {"id_str": "9" * 40, "full_text": ""},
        {"id_str": "5", "full_text": 5},
        archive.tweets[0] | {"created_at": ""},
    ]
    archive.tweets += broken
    found = list(opened(archive.zip(tmp_path / "a.zip")).statuses())
    assert skips(found) == {SkipReason.UNREADABLE: 5}


def test_a_long_post_is_whole_and_keeps_its_pictures(archive: Archive, tmp_path: Path) -> None:
    id_ = archive.tweet("It began…", photos=[picture()])
    archive.note("It began long ago.", for_tweet=id_)
    source = opened(archive.zip(tmp_path / "a.zip"))
    (found,) = [status for status in source.statuses() if status.id == id_]
    assert found.text == "It began long ago."
    file = source.open_media(found.media[0], id_)
    assert file
    with file:
        assert file.read() == picture()


def test_a_picture_that_is_not_in_the_archive_is_not_found(
    archive: Archive, tmp_path: Path
) -> None:
    id_ = archive.tweet("Two.", photos=[None, picture()])
    source = opened(archive.zip(tmp_path / "a.zip"))
    (found,) = [status for status in source.statuses() if status.id == id_]
    assert [source.open_media(media, id_) is None for media in found.media] == [True, False]


def test_a_video_in_a_quality_that_nobody_named_is_found(archive: Archive, tmp_path: Path) -> None:
    id_ = archive.tweet("Moving.", photos=[None])
    media = archive.tweets[-1]["extended_entities"]["media"][0]
    media["video_info"] = {"variants": [{"bitrate": "1", "url": "https://v.example/a.mp4"}]}
    archive.media[f"{id_}-other.mp4"] = b"mp4"
    source = opened(archive.zip(tmp_path / "a.zip"))
    (found,) = [status for status in source.statuses() if status.id == id_]
    assert found.media[0].name == f"{id_}-other.mp4"


def test_without_tweets_it_says_what_is_missing(tmp_path: Path) -> None:
    (tmp_path / "like.js").write_text("window.YTD.like.part0 = []")
    with pytest.raises(SourceFormatError, match=r"there is no tweets\.js in it"):
        opened(tmp_path)


@pytest.mark.parametrize("content", ["window.__THAR_CONFIG = {", "no object"])
def test_a_damaged_manifest_is_named(archive: Archive, tmp_path: Path, content: str) -> None:
    folder = archive.folder(tmp_path)
    (folder / "data" / "manifest.js").write_text(content)
    with pytest.raises(SourceFormatError, match=r"^manifest\.js in .* is damaged"):
        opened(folder)


@pytest.mark.parametrize(
    "content",
    [
        '{"dataTypes": ["tweets"]}',
        '{"userInfo": {"accountId": 5}, "dataTypes": {"tweets": {"files": [{}]}}}',
    ],
)
def test_a_manifest_of_another_shape_is_named(
    archive: Archive, tmp_path: Path, content: str
) -> None:
    folder = archive.folder(tmp_path)
    (folder / "data" / "manifest.js").write_text(f"window.__THAR_CONFIG = {content}")
    with pytest.raises(SourceFormatError, match="is not as X writes it"):
        opened(folder)


def test_the_real_shape_of_the_manifest_is_an_object() -> None:
    content = Archive().files()["manifest.js"]
    assert json.loads(content.removeprefix(b"window.__THAR_CONFIG = "))["userInfo"]
