"""Markdown of somebody else, block by block."""

from __future__ import annotations

import pytest

from threads.text.blocks import Kind
from threads.text.passages import passages_of


@pytest.mark.parametrize(
    ("markdown", "kinds"),
    [
        ("One.\n\nTwo\nthree.", [Kind.PARAGRAPH, Kind.PARAGRAPH]),
        ("# Head\n\n> Quote", [Kind.OTHER, Kind.OTHER]),
        ("- a\n- b\n\n1. c", [Kind.OTHER, Kind.OTHER]),
        ("![a](b)\n\n[![a](b)](c)\n\n[lost picture: x]", [Kind.PICTURE] * 3),
        ("![a](b)\nwith words", [Kind.PARAGRAPH]),
        ("```\ncode\n\nmore\n```\n\nOne.", [Kind.OTHER, Kind.PARAGRAPH]),
        ("~~~\n```\n\n~~~", [Kind.OTHER]),
        ("```\nnever closed\n\n", [Kind.OTHER]),
        ("    code", [Kind.OTHER]),
        ("[blank: what?]", [Kind.OTHER]),
        ("[1]: http://e.org", [Kind.OTHER]),
        ("---", [Kind.OTHER]),
        ("*Emphasis* begins it.", [Kind.PARAGRAPH]),
        ("", []),
    ],
)
def test_kinds(markdown: str, kinds: list[Kind]) -> None:
    blocks = passages_of(markdown)
    assert [block.kind for block in blocks] == kinds
    assert "\n\n".join(block.markdown for block in blocks).strip() == markdown.strip()
