"""What workers do for imports, and what each minute mends."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import django_rq
import pytest
from django.conf import settings
from django.utils.timezone import now
from pytest_django import Settings
from pytest_httpserver import HTTPServer

from config.queue import wake
from tests.factories import make_attachment, make_thread
from tests.queue import run_jobs
from tests.threads.archives import Archive
from tests.threads.bots.worlds import TOKEN, MastodonWorld
from threads import importing, searching
from threads.importing.turns import turn
from threads.jobs import AT_ONCE, PATIENCE, attend, fetch_media, run_import, sweep
from threads.models import Account, Attachment, Bot, Follow, Import, IndexEntry, Mention, Thread

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def uploaded() -> Import:
    archive = Archive()
    archive.thread("One.", "Two.")
    archive.tweet("@bo Indeed.", reply_to="5", to_user="20")
    settings.UPLOAD_DIR.mkdir(parents=True, exist_ok=True)
    archive.zip(settings.UPLOAD_DIR / "0a1b.zip")
    options = {"with_replies": True}
    return importing.begin("my archive.zip", upload="0a1b.zip", options=options)


def upload(import_: Import) -> Path:
    return Path(settings.UPLOAD_DIR) / import_.upload


def test_an_upload_is_read_once_and_then_deleted(uploaded: Import, queue: None) -> None:
    wake(run_import, uploaded.pk)
    wake(run_import, uploaded.pk)
    run_jobs()
    uploaded.refresh_from_db()
    assert uploaded.state == Import.State.DONE
    assert uploaded.created == 3
    assert Thread.objects.visible().count() == 1
    assert not upload(uploaded).exists()


def test_threads_are_indexed_after_an_import_and_by_the_sweep(
    uploaded: Import, queue: None
) -> None:
    wake(run_import, uploaded.pk)
    run_jobs()
    assert IndexEntry.objects.count() == Thread.objects.count() == 1
    IndexEntry.objects.all().delete()
    sweep()
    run_jobs()
    assert IndexEntry.objects.count() == 1
    sweep()  # nothing is left to do
    assert django_rq.get_queue("default").job_ids == []


def test_an_upload_that_cannot_be_read_says_why_by_its_own_name(uploaded: Import) -> None:
    upload(uploaded).write_text("no zip")
    run_import(uploaded.pk)
    uploaded.refresh_from_db()
    assert uploaded.state == Import.State.FAILED
    assert uploaded.error.startswith("my archive.zip is not a zip file")
    assert not upload(uploaded).exists()


def test_an_upload_that_breaks_off_says_where(uploaded: Import) -> None:
    upload(uploaded).write_text('window.YTD.tweets.part0 = [{"tweet": {')
    run_import(uploaded.pk)
    uploaded.refresh_from_db()
    assert "breaks off at line 1" in uploaded.error
    assert not upload(uploaded).exists()


def test_an_upload_whose_job_was_lost_is_found_again(uploaded: Import, queue: None) -> None:
    importing.begin("typed on the command line")
    sweep()
    assert django_rq.get_queue("default").job_ids == []
    Import.objects.update(started_at=now() - PATIENCE - timedelta(seconds=1))
    sweep()
    run_jobs()
    uploaded.refresh_from_db()
    assert uploaded.state == Import.State.DONE


def test_a_dead_import_is_cleared_but_not_a_living_one(uploaded: Import) -> None:
    Import.objects.update(state=Import.State.RUNNING)
    with turn():
        sweep()
        uploaded.refresh_from_db()
        assert uploaded.state == Import.State.RUNNING
    sweep()
    uploaded.refresh_from_db()
    assert uploaded.state == Import.State.FAILED
    assert not upload(uploaded).exists()


def test_an_import_that_nobody_runs_any_more_does_not_wait_for_ever(uploaded: Import) -> None:
    typed = importing.begin("typed on the command line")
    for old, state in ((timedelta(hours=23), "waiting"), (timedelta(hours=25), "failed")):
        Import.objects.update(started_at=now() - old)
        sweep()
        typed.refresh_from_db()
        uploaded.refresh_from_db()
        assert (typed.state, uploaded.state) == (state, "waiting")


def test_the_bot_is_looked_after_each_minute(
    httpserver: HTTPServer, settings: Settings, queue: None
) -> None:
    world = MastodonWorld(httpserver)
    settings.BOT_MASTODON_URL, settings.BOT_MASTODON_TOKEN = world.base, TOKEN
    settings.BOT_BLUESKY_HANDLE, settings.BOT_BLUESKY_PASSWORD = "unroll.example", ""
    world.call("unroll", under=world.write("One.", "Two.")[0])
    sweep()
    run_jobs()
    assert Mention.objects.get().state == Mention.State.ANSWERED
    assert Bot.objects.get().platform == "mastodon"
    asked = len(world.asked)
    sweep()  # nothing is due
    run_jobs()
    assert len(world.asked) == asked


def test_a_job_for_a_bot_that_was_taken_away_does_nothing() -> None:
    attend("bluesky")
    assert not Bot.objects.exists()


def test_a_sweep_wakes_no_more_than_workers_can_look_after(queue: None) -> None:
    accounts = [Account(platform="x", remote_id=f"{number}") for number in range(AT_ONCE + 5)]
    accounts = Account.objects.bulk_create(accounts)
    first = now() - timedelta(days=1)
    Follow.objects.bulk_create(
        Follow(account=account, next_at=first - timedelta(hours=number))
        for number, account in enumerate(accounts)
    )
    sweep()
    asked = {job.args[0] for job in django_rq.get_queue("default").jobs}
    waits = set(Follow.objects.order_by("-next_at").values_list("pk", flat=True)[:5])
    assert len(asked) == AT_ONCE
    assert not asked & waits


def test_pictures_come_by_one_chain_of_jobs(queue: None) -> None:
    thread = make_thread()
    for _ in range(3):
        make_attachment(thread, "https://social.example/a.jpg")
    searching.index()
    sweep()
    sweep()
    jobs = django_rq.get_queue("default")
    assert len(jobs.job_ids) == 2  # nobody fetches yet
    django_rq.get_connection("default").flushall()
    one = thread.statuses.get(position=1).attachments.order_by("pk")[0]
    Attachment.objects.filter(pk=one.pk).update(tries=1, try_at=now() + timedelta(minutes=9))
    sweep()
    fetch_media()
    assert jobs.job_ids == []
    assert Attachment.objects.due().count() == 2
    Attachment.objects.filter(pk=one.pk).update(note="It does not answer.")
    sweep()
    assert len(jobs.job_ids) == 1
