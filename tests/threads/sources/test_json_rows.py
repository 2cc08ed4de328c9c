"""Long JSON lists are read row by row, and their faults are found."""

from __future__ import annotations

import io

import pytest

from threads.sources.base import SourceFormatError
from threads.sources.json_rows import rows


def read(content: bytes) -> list[object]:
    return list(rows(lambda: io.BufferedReader(io.BytesIO(content)), "tweets.js"))


@pytest.mark.parametrize(
    "head",
    [
        b"window.YTD.tweets.part0 = ",
        b"window.YTD.tweet.part12=",
        b"\n",
        b"",
        b"\xef\xbb\xbfwindow.YTD.tweets.part0 = ",
    ],
)
def test_rows_are_read_whatever_stands_before_them(head: bytes) -> None:
    assert read(head + '[{"a": "ü🧵"}, {"a": 1.5}]'.encode()) == [{"a": "ü🧵"}, {"a": 1.5}]


def test_an_empty_list_has_no_rows() -> None:
    assert read(b"window.YTD.note_tweet.part0 = [ ]") == []


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "tweets.js is empty."),
        (b" \n", "tweets.js is empty."),
        ('window.YTD.tweets.part0 = [{"a": 1}]'.encode("utf-16"), "UTF-16"),
        ('window.YTD.tweets.part0 = [{"a": 1}]'.encode("utf-16-le"), "UTF-16"),
        (b"<html>", "does not begin like a file of an X archive"),
        (b'window.YTD.x.part0 = [\n{"a": 1},\n{"a" 2}]', "is damaged at line 3, column 7."),
        (b'window.YTD.x.part0 = [\n{"a": 1},\n{"a', "breaks off at line 3, column 3."),
        (b'window.YTD.x.part0 = [\n{"a": "\xe9"}]', "is not in UTF-8 at line 2, column"),
        (b'window.YTD.x.part0 = [\n{"a": 1}] [', "is damaged at line 2, column"),
    ],
)
def test_a_fault_is_told_with_its_place(content: bytes, message: str) -> None:
    with pytest.raises(SourceFormatError) as caught:
        read(content)
    assert message in str(caught.value)


def test_the_place_of_a_fault_far_into_a_file_is_exact() -> None:
    row = b'{"tweet": {"full_text": "' + b"x" * 1000 + b'"}},\n'
    content = b"window.YTD.tweets.part0 = [\n" + row * 5000 + b'{"tweet": nothing}]'
    with pytest.raises(SourceFormatError, match="at line 5002, column 12"):
        read(content)
