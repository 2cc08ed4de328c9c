from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsletter import reader_lists
from newsletter.reader_lists import BrokenFile, Row, read_list, write_list


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("email\na@b.org\n", [Row(2, "a@b.org")]),
        ("a@b.org\nc@d.org", [Row(1, "a@b.org"), Row(2, "c@d.org")]),
        ("a@b.org\r\n\r\n  \r\nc@d.org\r\n", [Row(1, "a@b.org"), Row(4, "c@d.org")]),
        ("\ufeffEmail,Name\na@b.org,Anna\n", [Row(2, "a@b.org", "Anna")]),
        ("Name;E-Mail\nAnna;a@b.org\n", [Row(2, "a@b.org", "Anna")]),
        ("email_address\tname\na@b.org\tAnna B\n", [Row(2, "a@b.org", "Anna B")]),
        ('name,address\n"B, Anna",a@b.org\n', [Row(2, "a@b.org", "B, Anna")]),
        (
            'email,name\na@b.org,"two\nlines"\nc@d.org\n',
            [Row(3, "a@b.org", "two\nlines"), Row(4, "c@d.org")],
        ),
        (
            "email,status\na@b.org,Active\nc@d.org,unsubscribed\n",
            [Row(2, "a@b.org"), Row(3, "c@d.org", left=True)],
        ),
        (
            "email,name\na@b.org,Anna,extra\nnonsense\n",
            [Row(2, "a@b.org", "Anna"), Row(3, "nonsense")],
        ),
        ("email\n'+a@b.org\n'anna@b.org\n", [Row(2, "+a@b.org"), Row(3, "'anna@b.org")]),
    ],
)
def test_it_reads_lists_as_other_programs_write_them(text: str, rows: list[Row]) -> None:
    assert read_list(text.encode()) == rows


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        (b"", "is empty"),
        (b"\n \n", "is empty"),
        (b"email\na@b.org\n\xe9@b.org\n", "Line 3 is not UTF-8"),
        ("email\na@b.org\n".encode("utf-16"), "Line 1 is not UTF-8"),
        (b"email\na\0@b.org\n", "Line 2 holds a NUL"),
        (b'email,name\na@b.org,"never closed\n', "Line 2 is not CSV"),
        (b"name,phone\nAnna,1\n", "No column is called"),
        (b"a@b.org,Anna\n", "No column is called"),
        (b"hello\n", "No column is called"),
    ],
)
def test_it_says_what_is_wrong_with_a_file(data: bytes, complaint: str) -> None:
    with pytest.raises(BrokenFile, match=complaint):
        read_list(data)


def test_there_is_a_limit_to_its_size_and_its_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader_lists, "MOST_ROWS", 3)
    with pytest.raises(BrokenFile, match="more than 3 rows"):
        read_list(b"a@b.org\n" * 4)
    monkeypatch.setattr(reader_lists, "LARGEST", 20)
    with pytest.raises(BrokenFile, match="larger than"):
        read_list(b"a@b.org\n" * 3)


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_a_spreadsheet_runs_nothing(cell: str) -> None:
    out = io.StringIO(newline="")
    assert write_list(out, ["name"], [[cell]]) == 1
    assert list(csv.reader(io.StringIO(out.getvalue(), newline=""))) == [["name"], [f"'{cell}"]]


@given(
    st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1))
)
def test_what_it_writes_it_reads(names: list[str]) -> None:
    out = io.StringIO(newline="")
    write_list(out, ["email", "name"], [["a@b.org", name] for name in names])
    read = [row.name for row in read_list(out.getvalue().encode())]
    assert [name.strip().lstrip("'") for name in names] == [name.lstrip("'") for name in read]
