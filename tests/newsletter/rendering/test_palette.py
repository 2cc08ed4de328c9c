"""The colours of mails are those of the design tokens."""

from __future__ import annotations

from newsletter.rendering.palette import light_and_dark, lighter


def test_each_token_has_a_colour_by_day_and_by_night() -> None:
    light, dark = light_and_dark()
    assert light["paper"] != dark["paper"]
    assert {"paper", "surface", "ink", "ink_soft", "rule"} <= set(light) == set(dark)


def test_an_accent_is_lighter_on_dark_paper() -> None:
    assert lighter("#000000") == "#616161"
    assert lighter("#ffffff") == "#ffffff"
    assert lighter("#c2402c") == "#d9897c"
