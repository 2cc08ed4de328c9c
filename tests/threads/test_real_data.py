"""The figures of real archives, where the machine has them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from threads import importing
from threads.models import Status, Thread
from threads.sources.catalog import open_source

pytestmark = pytest.mark.django_db

ARCHIVES = {  # folder: its file, threads, those of three and more, retweets, replies to others
    "x-archive-2019-ja": ("tweet.js", 68, 8, 15, 29, 156),
    "x-archive-2022-en": ("tweets.js", 9, 1, 3, 128, 212),
    "x-archive-2025-en": ("tweets.js", 30, 4, 4, 673, 647),
}


@pytest.mark.parametrize("single", [False, True])
@pytest.mark.parametrize("name", ARCHIVES)
def test_real_archives_give_their_threads(real_data: Path, name: str, single: bool) -> None:
    file, threads, long, longest, retweets, replies = ARCHIVES[name]
    path = real_data / name / (file if single else "")
    import_ = importing.run(importing.begin(name), open_source(path))
    lengths = list(Thread.objects.visible().values_list("length", flat=True))
    assert (len(lengths), sum(length > 2 for length in lengths)) == (threads, long)
    assert max(lengths) == longest
    assert import_.skipped == {"retweet": retweets, "reply_to_other": replies}
    assert import_.complete
    assert import_.warnings == []
    content = (real_data / name / file).read_text()
    total = len(json.loads(content[content.index("[") :]))
    assert import_.created + sum(import_.skipped.values()) == total


@pytest.mark.parametrize("name", ARCHIVES)
def test_no_short_address_is_left_but_those_that_stand_for_themselves(
    real_data: Path, name: str
) -> None:
    importing.run(importing.begin(name), open_source(real_data / name))
    for status in Status.objects.filter(text__contains="https://t.co/"):
        targets = {span[3] for span in status.spans}
        assert all(
            word in targets for word in status.text.split() if word.startswith("https://t.co/")
        )


@pytest.mark.parametrize("name", ARCHIVES)
def test_the_same_again_changes_nothing(real_data: Path, name: str) -> None:
    first = importing.run(importing.begin(name), open_source(real_data / name))
    second = importing.run(importing.begin(name), open_source(real_data / name))
    assert (second.created, second.updated, second.unchanged) == (0, 0, first.created)
