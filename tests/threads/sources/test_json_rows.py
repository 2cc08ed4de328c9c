"""Long JSON lists are read row by row, and their faults are found."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from typing import Any

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from threads.sources.base import SourceFormatError
from threads.sources.json_rows import CHUNK, LONGEST_ROW, rows, wrapped_rows


def read(content: bytes) -> list[object]:
    return list(rows(lambda: io.BufferedReader(io.BytesIO(content)), "tweets.js"))


def unwrapped(row: Any) -> Any:
    return row["tweet"] if isinstance(row, dict) and row.keys() == {"tweet"} else row


def read_both_ways(content: bytes) -> list[tuple[str, Any]]:
    """Each row with the way in which it was read."""

    def quick(piece: bytes) -> tuple[str, Any]:
        return "quickly", msgspec.json.decode(piece)

    def careful(row: Any) -> tuple[str, Any]:
        return "carefully", unwrapped(row)

    def open_() -> io.BufferedReader:
        return io.BufferedReader(io.BytesIO(content))

    return list(wrapped_rows(open_, "tweets.js", "tweet", quick, careful))


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


# --- quickly and carefully ----------------------------------------------------------------------

HEAD = b"window.YTD.tweets.part0 = "
STYLES: dict[str, Callable[[Any], str]] = {
    "X's": lambda rows: json.dumps(rows, indent=2, separators=(",", " : "), ensure_ascii=False),
    "dense": lambda rows: json.dumps(rows, separators=(",", ":")),
    "tabs": lambda rows: json.dumps(rows, indent="\t", ensure_ascii=False),
    "one line each": lambda rows: f"[\n{',\n'.join(json.dumps(row) for row in rows)}\n]\n",
    "mixed": lambda rows: f"[{' , '.join(_spaced(rows))}]",
}


def _spaced(rows: list[Any]) -> Iterator[str]:
    for number, row in enumerate(rows):
        yield json.dumps(row, indent=number % 3 or None)


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("count", [1, 2, 3, 2000])
def test_rows_as_x_writes_them_are_read_quickly(style: str, count: int) -> None:
    tweets = [{"id": str(number), "text": 'ü🧵 "},{"tweet":' * 20} for number in range(count)]
    content = HEAD + STYLES[style]([{"tweet": tweet} for tweet in tweets]).encode()
    found = read_both_ways(content)
    assert [tweet for _, tweet in found] == tweets
    if style != "mixed":
        assert {way for way, _ in found} == {"quickly"}


@pytest.mark.parametrize("space", [b" ", b"\n\n\n"])
def test_rows_over_the_edges_of_what_is_read_at_once_are_whole(space: bytes) -> None:
    for size in range(CHUNK - 60, CHUNK + 1):
        text = [b"x", b"y" * size, b"z", b"", b"v" * size]
        row = b'{%b"tweet"%b:%b"%b"}'
        content = b"[%b]" % (space + b",").join(row % (space, space, space, t) for t in text)
        assert read_both_ways(content) == [("quickly", one.decode()) for one in text]


def test_a_row_of_unusual_length_is_left_to_the_careful_way() -> None:
    text = "x" * (LONGEST_ROW + 2 * CHUNK)
    rows_ = [{"tweet": "1"}, {"tweet": text, "other": 1}]
    found = read_both_ways(HEAD + json.dumps(rows_).encode())
    assert found == [("quickly", "1"), ("carefully", rows_[1])]


def test_a_row_that_is_no_tweet_is_handed_over_alone() -> None:
    class Tweet(msgspec.Struct):
        id: str

    content = b'[{"tweet":{"id":"1"}},{"tweet":{"id":2}},{"tweet":{"id":"3"}}]'
    found: list[Any] = list(
        wrapped_rows(
            lambda: io.BufferedReader(io.BytesIO(content)),
            "tweets.js",
            "tweet",
            msgspec.json.Decoder(Tweet).decode,
            lambda row: row,
        )
    )
    assert found == [Tweet("1"), {"tweet": {"id": 2}}, Tweet("3")]


BORDER = '},{"tweet":'
strings = st.one_of(
    st.text(st.sampled_from('a{}[]",: \\\n🧵é\ud83d\x00'), max_size=8),
    st.just(BORDER),
    st.sampled_from(["\\", '\\"' + BORDER, "tweet"]),
)
values = st.recursive(
    strings | st.booleans() | st.none() | st.integers(-9, 9),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(strings | st.just("tweet"), inner, max_size=3)
        | st.builds(lambda one, two: [{"a": one}, {"tweet": two}], inner, inner)
    ),
    max_leaves=8,
)
wrapped = st.builds(lambda tweet: {"tweet": tweet}, values)
any_row = st.one_of(
    wrapped,
    wrapped,
    wrapped,
    values,
    st.builds(lambda row, more: row | {"more": more}, wrapped, values),
)
damages = st.lists(
    st.tuples(
        st.sampled_from(["cut", "replace", "insert", "remove"]),
        st.floats(0, 1),
        st.sampled_from([bytes([byte]) for byte in b'"{}[],:\\ \n\x80\xff\xc3\xedtu0\0']),
    ),
    max_size=2,
)


def damaged(content: bytes, how: str, where: float, byte: bytes) -> bytes:
    place = round(where * len(content))
    after = {"cut": b"", "insert": byte + content[place:], "remove": content[place + 1 :]}
    return content[:place] + after.get(how, byte + content[place + 1 :])


def outcome(read: Callable[[], list[Any]]) -> list[Any] | str:
    try:
        return read()
    except SourceFormatError as error:
        return str(error)


@given(st.lists(any_row, max_size=5), st.sampled_from(sorted(STYLES)), st.booleans(), damages)
@example([{"tweet": [{"a": 1}, {"tweet": 2}]}], "dense", False, [])
def test_both_ways_tell_the_same(
    rows_: list[Any], style: str, as_x: bool, how: list[tuple[str, float, bytes]]
) -> None:
    """Whatever the spaces and the wrapping, and where the file is broken, with its place."""
    content = STYLES[style](rows_).encode(errors="surrogatepass")
    for damage in how:
        content = damaged(content, *damage)
    content = HEAD + content if as_x else content

    def careful() -> list[Any]:
        return [unwrapped(row) for row in read(content)]

    assert outcome(lambda: [row for _, row in read_both_ways(content)]) == outcome(careful)
