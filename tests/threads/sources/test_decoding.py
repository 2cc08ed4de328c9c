"""Text files are UTF-8, or one line says what to do."""

from __future__ import annotations

import pytest

from threads.sources.base import SourceFormatError
from threads.sources.decoding import decode
from threads.sources.identity import content_hash


@pytest.mark.parametrize("data", ["Grüße 🧵".encode(), "Grüße 🧵".encode("utf-8-sig")])
def test_utf8_is_read_with_and_without_its_mark(data: bytes) -> None:
    assert decode(data, "notes.txt") == "Grüße 🧵"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "notes.txt is empty."),
        (b" \n\t", "notes.txt is empty."),
        ("One\nGrüße".encode("latin-1"), "not a text in UTF-8 (line 2)"),
        ("Grüße".encode("utf-16"), "not a text in UTF-8 (line 1)"),
        ("Greetings".encode("utf-16-le"), "perhaps one in UTF-16"),
    ],
)
def test_anything_else_is_refused_in_one_clear_line(data: bytes, message: str) -> None:
    with pytest.raises(SourceFormatError) as refused:
        decode(data, "notes.txt")
    assert message in str(refused.value)
    assert "\n" not in str(refused.value)


def test_an_id_depends_on_the_words_and_their_parts_alone() -> None:
    assert content_hash(["a  b\n", "c"]) == content_hash([" a b", "c\r\n"])
    assert content_hash(["a b", "c"]) != content_hash(["a", "b c"])
    assert content_hash(["\ud800"])  # half of a character, as a careless program leaves it
