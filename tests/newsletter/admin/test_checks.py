"""What an editor should know of a text before it goes out."""

from __future__ import annotations

from newsletter.admin.checks import Checks
from threads.text.document import Place

TEXT = """Opening words.

## Three columns

[blank: what happened then?]

![](/media/ab/one.jpg)

### Seen

[lost picture: a ledger]

![A lamp](/media/ab/two.jpg)

## Three columns

[blank: what happened then?]
"""


def test_it_finds_each_thing_with_its_line() -> None:
    checks = Checks.of(TEXT)
    assert checks.blanks == [
        Place("what happened then?", 5),
        Place("what happened then?", 17),
    ]
    assert checks.lost == [Place("a ledger", 11)]
    assert checks.undescribed == [Place("/media/ab/one.jpg", 7)]
    assert checks.outline == [
        Place("Three columns", 3, 2),
        Place("Seen", 9, 3),
        Place("Three columns", 15, 2),
    ]
    assert checks.minutes == 1


def test_a_heading_is_found_however_it_is_written() -> None:
    assert Checks.of("## *Three* columns").outline == [Place("Three columns", 1, 2)]
