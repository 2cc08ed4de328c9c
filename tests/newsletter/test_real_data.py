"""Drafts of real threads, where the machine has them: no word may be lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsletter.drafting import compose
from newsletter.outlining import Parts, outline_of
from tests.threads.text.reading import text_on_page, words
from threads import importing
from threads.models import Attachment, Status, Thread
from threads.sources.catalog import open_source

pytestmark = pytest.mark.django_db

ADDRESSES = ("link", "quote")


def said(status: Status) -> str:
    """The status with whole addresses in place of shortened ones."""
    text = status.text
    for start, end, kind, target in sorted(status.spans, reverse=True):
        if kind in ADDRESSES and "://" in text[start:end]:
            text = f"{text[:start]}{target}{text[end:]}"
    return text


@pytest.mark.parametrize(
    "name",
    [
        "threadreader/saved-page-2024.txt",
        "x-archive-2019-ja",
        "x-archive-2022-en",
        "x-archive-2025-en",
    ],
)
def test_every_word_is_in_the_draft_or_listed(real_data: Path, name: str) -> None:
    source = open_source(real_data / name)
    importing.run(importing.begin(name, kind=source.kind), source)
    Attachment.objects.filter(state=Attachment.State.WAITING).update(state=Attachment.State.LOST)
    threads = list(Thread.objects.all())
    assert threads
    for thread in threads:
        post = compose([thread])
        assert post.latest
        assert outline_of(post, Parts(post)).composed == post.latest.body, thread
        draft = "\n\n".join(
            block for block in post.latest.body.split("\n\n") if "[lost picture:" not in block
        )
        left_out = " ".join(entry["text"] for entry in post.left_out)
        whole = " ".join(said(status) for status in thread.main_line())
        assert words(text_on_page(draft)) + words(left_out) == words(whole), thread
