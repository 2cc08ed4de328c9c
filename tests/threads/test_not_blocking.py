"""Who saves something else while an import runs never waits for it for long."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from threading import Event
from time import perf_counter

import pytest
from django.db import connection
from django.db.models import CharField, Model
from django.db.models.functions import Cast
from msgspec.structs import astuple

from tests.threads.test_importing import BY_ID, status, tell
from threads.importing.rows import Table, adapt_time
from threads.importing.telling import STORED, record_of
from threads.models import Account, Attachment, Change, Import, Status, Thread
from threads.sources.base import SourceQuote, SourceStatus, Span, SpanKind

THREADS, LENGTH = 40, 25


def told(words: str) -> list[SourceStatus]:
    return [
        status(
            f"{thread}-{part}",
            f"{words} {part}",
            reply_to=f"{thread}-{part - 1}" if part else "",
        )
        for thread in range(THREADS)
        for part in range(LENGTH)
    ]


def save(stop: Event, saves: list[tuple[float, float]]) -> None:
    """As somebody else, again and again. When each of these saves began and ended is noted."""
    other = sqlite3.connect(connection.settings_dict["NAME"], timeout=60, isolation_level=None)
    while not stop.is_set():
        began = perf_counter()
        other.execute("BEGIN IMMEDIATE")
        other.execute("UPDATE threads_account SET claim_code = claim_code || '.'")
        other.execute("COMMIT")
        saves.append((began, perf_counter()))
        stop.wait(0.005)
    other.close()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite has one writer at a time")
@pytest.mark.django_db(transaction=True)
def test_saves_go_on_while_an_import_changes_everything() -> None:
    tell(BY_ID, *told("Part"))
    stop = Event()
    saves: list[tuple[float, float]] = []
    amid, quickest = 0, 60.0
    with ThreadPoolExecutor(1) as pool:
        other = pool.submit(save, stop, saves)
        try:
            for time in range(1, 6):  # a slow machine comes to few saves in one import
                began = perf_counter()
                import_ = tell(BY_ID, *told(f"Part, {time} times another,"))
                ended = perf_counter()
                assert import_.updated == THREADS * LENGTH == Change.objects.count() / time
                amid += sum(began < start and end < ended for start, end in saves.copy())
                quickest = min(quickest, ended - began)
                if amid > 10:
                    break
        finally:
            stop.set()
        other.result()
    assert max(end - start for start, end in saves) < max(quickest / 2, 0.5)
    assert amid > 10


# --- rows as they are -------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.both_databases
@pytest.mark.parametrize("model", [Thread, Status, Attachment])
def test_every_column_of_a_model_is_written(model: type[Model]) -> None:
    """By the model's own defaults where nothing else is said."""
    account = Account.objects.create(platform="x", remote_id="1")
    import_ = Import.objects.create(source="a")
    given = {"account_id": account.pk, "imported_by_id": import_.pk, "remote_id": "1"}
    if model is not Status:
        whole = Status(account=account, imported_by=import_, remote_id="7", digest="")
        whole.save()
    if model is Attachment:
        given = {"status_id": Status.objects.get().pk, "position": 1}
    if model is Thread:
        given["length"] = 2
    Table(model).insert([given])
    written = model._default_manager.get(**given)
    fresh = model(**given)
    names = [field.attname for field in model._meta.concrete_fields if not field.primary_key]
    assert {name: getattr(written, name) for name in names} == {
        name: getattr(fresh, name) for name in names
    }


@pytest.mark.django_db
@pytest.mark.both_databases
def test_rows_are_written_and_changed_with_what_their_columns_hold() -> None:
    account = Account.objects.create(platform="x", remote_id="1")
    import_ = Import.objects.create(source="a")
    missing = [{"why": "é", "remedy": "ü"}]
    row = {"account_id": account.pk, "imported_by_id": import_.pk, "remote_id": "1", "length": 2}
    Table(Thread).insert([{**row, "missing": missing, "started_at": import_.started_at}])
    thread = Thread.objects.get()
    assert (thread.missing, thread.started_at) == (missing, import_.started_at)
    Table(Thread).update(
        ["missing", "started_at"], [{"id": thread.pk, "missing": [], "started_at": None}]
    )
    thread.refresh_from_db()
    assert (thread.missing, thread.started_at) == ([], None)


@pytest.mark.django_db
@pytest.mark.both_databases
@pytest.mark.parametrize(
    "when",
    [
        datetime(2024, 11, 9, 12, 14, 18, tzinfo=UTC),
        datetime(2024, 11, 9, 12, 14, 18, 120, tzinfo=UTC),
        datetime(2024, 11, 9, 12, 14, 18, tzinfo=timezone(timedelta(hours=2))),
        None,
    ],
)
def test_what_is_told_is_stored_as_a_model_would_store_it(when: datetime | None) -> None:
    told = SourceStatus(
        id="1",
        sort_key="1",
        text="“See” 漢字 here",
        spans=(Span(0, 3, SpanKind.LINK, 'https://a.example/?ü="1"'),),
        extras=(SourceQuote("https://b.example/", text="Größe", posted_at=when),),
        posted_at=when,
        edited_at=when,
    )
    account = Account.objects.create(platform="x", remote_id="1")
    import_ = Import.objects.create(source="a")
    record = record_of(told)
    same = {"platform": "x", "account_id": account.pk, "imported_by_id": import_.pk}
    posted_at, edited_at, *rest, _ = astuple(record)
    time = adapt_time()
    Table(Status).filled(STORED, same).insert([(time(posted_at), time(edited_at), *rest)])
    Status.objects.create(**same, **(record.columns() | {"remote_id": "2"}))
    one, other = Status.objects.order_by("remote_id").values()
    assert {**one, "id": 0, "remote_id": ""} == {**other, "id": 0, "remote_id": ""}
    assert (one["posted_at"], one["spans"][0][3]) == (when, told.spans[0].target)
    column = Cast("posted_at", CharField())
    assert len({*Status.objects.values_list(column, flat=True)}) == 1, "to the letter"
