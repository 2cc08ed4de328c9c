"""Names of people among other words."""

from __future__ import annotations

import pytest

from threads.text.names import shown_name


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Mira Osei", "Mira Osei"),
        ("  Mira\n\tOsei ", "Mira Osei"),
        ("Mira\u202e\x07 \u2066Osei\u200b\u2069", "Mira Osei"),
        ("👩\u200d🚀 میرا\u200cآسی", "👩\u200d🚀 میرا\u200cآسی"),
        ("\u200e", ""),
    ],
)
def test_a_name_shows_itself_and_turns_nothing_around(name: str, shown: str) -> None:
    assert shown_name(name) == shown
