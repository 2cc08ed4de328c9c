"""Threads are found by their words and by what they share, and never by what they said before."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.utils.timezone import now

from tests.factories import make_account, make_import, make_thread
from tests.threads.archives import Archive
from tests.threads.test_importing import bring_in
from threads import importing, searching
from threads.models import IndexEntry, Keyword, Status, Thread
from threads.text.words import KEYWORDS

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def found(written: str) -> set[str]:
    searching.catch_up()
    return {thread.title for thread in searching.search(Thread.objects.visible(), written)}


def index_all() -> None:
    while searching.index():
        pass


def test_all_words_must_stand_somewhere_in_the_thread() -> None:
    make_thread(["The LAMP burns.", "And bells ring 100%."], title="Lamps")
    make_thread(["The lamp again.", "And_knots."], title="Ropes")
    make_thread(["<p>Caf&eacute; <b>au</b> lait</p>"], title="Coffee")
    Status.objects.filter(text__contains="<p>").update(format=Status.Format.HTML)
    make_thread(["東京の夜は長い。", "Die Straße."], title="Elsewhere")
    cases = {
        "lamp": {"Lamps", "Ropes"},
        "bell lamp": {"Lamps"},
        "bells ropes": set(),
        "100%": {"Lamps"},
        "10_%": set(),
        "d_k": {"Ropes"},
        "CAFÉ": {"Coffee"},
        "eacute": set(),
        "夜は": {"Elsewhere"},
        "strasse": {"Elsewhere"},
        "osei lamp": {"Lamps", "Ropes"},
        "… !": {"Lamps", "Ropes", "Coffee", "Elsewhere"},
    }
    assert {written: found(written) for written in cases} == cases


def test_an_import_on_its_way_is_not_indexed_before_it_is_done() -> None:
    import_ = make_import(state="running")
    make_thread(["A lamp."], title="Lamps", imported_by=import_)
    assert found("lamp") == set()
    assert not IndexEntry.objects.exists()
    import_.state = "done"
    import_.save()
    assert found("lamp") == {"Lamps"}


def test_what_changes_is_found_by_its_new_words(tmp_path: Path) -> None:
    archive = Archive()
    archive.name = "Mira"
    archive.thread("One lamp.", "Two bells.")
    archive.thread("One rope.", "Two knots.")
    bring_in(archive, tmp_path)
    assert found("bells") == {"One lamp."}
    untouched = Thread.objects.get(title="One rope.").pk

    archive.tweets[1]["full_text"] = "Two whistles."
    second = bring_in(archive, tmp_path)
    assert list(IndexEntry.objects.values_list("pk", flat=True)) == [untouched]
    assert (found("bells"), found("whistles")) == (set(), {"One lamp."})

    importing.undo(second)
    assert (found("bells"), found("whistles")) == ({"One lamp."}, set())

    archive.name = "Mira Tvedt"
    bring_in(archive, tmp_path)
    assert found("tvedt") == {"One lamp.", "One rope."}


def test_the_same_import_again_leaves_the_index_alone(tmp_path: Path) -> None:
    archive = Archive()
    archive.thread("One lamp.", "Two bells.")
    bring_in(archive, tmp_path)
    assert found("lamp") == {"One lamp."}
    bring_in(archive, tmp_path)
    assert IndexEntry.objects.count() == 1


def test_likes_are_those_of_all_parts_or_unknown() -> None:
    thread, other = make_thread(), make_thread()
    for part, likes in zip(thread.main_line(), (3, 4), strict=False):
        Status.objects.filter(pk=part.pk).update(likes=likes)
    index_all()
    assert IndexEntry.objects.get(thread=thread).likes == 7
    assert IndexEntry.objects.get(thread=other).likes is None


def test_indexing_goes_on_block_by_block(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "BLOCK", 2)
    for number in range(5):
        make_thread([f"Lamp {number}."])
    assert [searching.index() for _ in range(4)] == [2, 2, 1, 0]


def test_a_search_waits_for_so_many_blocks_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "BLOCK", 1)
    for number in range(searching.BLOCKS + 1):
        make_thread([f"Lamp {number}."])
    searching.catch_up()
    assert searching.unindexed().count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_index_the_same_threads_once() -> None:
    for number in range(30):
        make_thread([f"Lamp {number} has one job.", "And bells."])
    with ThreadPoolExecutor(2) as pool:
        for worker in [pool.submit(_as_a_worker) for _ in range(2)]:
            worker.result()
    assert IndexEntry.objects.count() == 30
    assert Keyword.objects.filter(word="bells").count() == 30


@pytest.mark.django_db(transaction=True)
def test_a_thread_that_is_being_changed_is_indexed_as_it_will_be() -> None:
    thread = make_thread(["A lamp."], title="Lamps")
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            Status.objects.update(text="A bell.")
            IndexEntry.objects.forget(Thread.objects.all())
            worker = pool.submit(_as_a_worker)
            if connection.vendor == "postgresql":  # SQLite lets nobody write in between
                worker.result(timeout=60)
        worker.result()
    searching.index()
    assert "bell" in IndexEntry.objects.get(thread=thread).words


def _as_a_worker() -> None:
    try:
        index_all()
    finally:
        connection.close()


# --- related threads ------------------------------------------------------------------------------


def make_library() -> dict[str, Thread]:
    texts = {
        "keepers": ["Lighthouse keepers wrote logbooks.", "The logbook was kept by the lamp."],
        "logs": ["A logbook is kept for the lighthouse, not for the boss.", "Keep it short."],
        "lamp": ["A lamp in the window is not a lighthouse.", "It is for you."],
        "bread": ["Sourdough is patience.", "The oven knows."],
        "trains": ["Night trains are hotels that move.", "The carriage rocks."],
        "glue": ["Bookbinders trust paste.", "The spine decides."],
        "maps": ["Maps leave things out.", "The margin tells."],
    }
    return {name: make_thread(text, title=text[0]) for name, text in texts.items()}


def test_threads_that_share_rare_words_are_related() -> None:
    library = make_library()
    index_all()
    assert searching.related(library["keepers"]) == [library["logs"], library["lamp"]]
    assert searching.related(library["keepers"], limit=1) == [library["logs"]]
    assert searching.related(library["bread"]) == []
    assert Keyword.objects.filter(entry=library["maps"].pk).count() <= KEYWORDS


def test_what_is_in_the_trash_is_related_to_nothing() -> None:
    library = make_library()
    Thread.objects.filter(pk=library["logs"].pk).update(trashed_at=now())
    index_all()
    assert searching.related(library["keepers"]) == [library["lamp"]]


def test_a_thread_that_was_not_indexed_yet_has_related_ones_too() -> None:
    library = make_library()
    index_all()
    IndexEntry.objects.forget(Thread.objects.filter(pk=library["keepers"].pk))
    assert searching.related(library["keepers"])[0] == library["logs"]


def test_related_threads_are_found_in_scripts_without_spaces() -> None:
    tokyo = make_thread(["灯台守の日記を読む。", "夜は長い。"], title="一")
    other = make_thread(["灯台守について書く。", "朝は短い。"], title="二")
    for number, text in enumerate(["パンを焼く。", "電車で眠る。", "地図を描く。", "本を綴じる。"]):
        make_thread([text], title=f"三{number}")
    index_all()
    assert searching.related(tokyo) == [other]


def test_no_more_rows_are_compared_than_was_set(monkeypatch: pytest.MonkeyPatch) -> None:
    library = make_library()
    index_all()
    monkeypatch.setattr(searching, "MOST_SHARED", 1)
    assert searching.related(library["keepers"]) == []


def test_another_author_may_be_related() -> None:
    library = make_library()
    noor = make_account(remote_id="2", handle="noor", platform="mastodon")
    theirs = make_thread(["Logbooks of lighthouse keepers, again."], account=noor, title="Again")
    index_all()
    assert theirs in searching.related(library["keepers"])
