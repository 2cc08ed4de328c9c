"""What the RQ workers run for imports and for the accounts that are followed.

The row of an import is the work; the queue only wakes a worker to do it. A job that was
lost is found again by the sweep, and one that comes twice finds nothing left to do.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.utils.timezone import now
from django_rq import job

from config.queue import wake
from threads import (
    answering,
    downloading,
    fetching,
    following,
    importing,
    inbox,
    outside,
    searching,
)
from threads.models import Attachment, Follow, Import, InboxMail
from threads.sources.base import SourceError
from threads.sources.catalog import open_source

PATIENCE = timedelta(minutes=2)  # with a job that was asked for
FETCHING_TIME = 60  # seconds, after which the next job goes on
AT_ONCE = 100  # of a kind that a sweep wakes: workers that are slower find no endless queue


@job("default", timeout=6 * 3600)
def run_import(import_id: int) -> None:
    """Read what was uploaded, or fetch what stands elsewhere, unless that was done already."""
    import_ = Import.objects.filter(pk=import_id, state=Import.State.WAITING).first()
    if import_ is None:
        return
    if import_.address:
        fetching.run(import_)
    else:
        _read(import_)
    wake(fetch_media)
    wake(index_threads)


def _read(import_: Import) -> None:
    upload = Path(settings.UPLOAD_DIR) / import_.upload
    try:
        source = open_source(upload, kind=import_.kind or None, name=import_.source)
        importing.run(import_, source, with_replies=import_.options.get("with_replies", False))
    except SourceError as error:
        importing.refuse(import_, error)
    finally:
        upload.unlink(missing_ok=True)


@job("default", timeout=600)
def fetch_media(threads: list[int] | None = None) -> None:
    """Bring home the pictures and videos that are due, or those of these threads; for a minute,
    so that whatever else waits for a worker has its turn."""
    wanted = Attachment.objects.all()
    if threads is None and downloading.is_under_way():
        return  # or each call would begin a chain of jobs of its own
    if threads is not None:
        wanted = wanted.filter(status__thread__in=threads)
    if not downloading.fetch(wanted, outside.web(), seconds=FETCHING_TIME):
        wake(fetch_media, threads)


@job("default")
def index_threads() -> None:
    """Make threads that are new or have changed findable; a block, and then the next."""
    if searching.index():
        wake(index_threads)


@job("default", timeout=25 * 60)  # less than the lease that a look has
def look_at(follow_id: int) -> None:
    """See what an account has posted, if it is due and nobody else looks."""
    follow = Follow.objects.due().filter(pk=follow_id).select_related("account").first()
    if follow:
        following.look(follow, outside.web(), outside.services())
        wake(fetch_media)
        wake(index_threads)


@job("mail")
def send_inbox_mail(mail_id: int) -> None:
    """The day's mail to one editor, unless it went out already."""
    mail = InboxMail.objects.due().filter(pk=mail_id).select_related("user").first()
    if mail:
        inbox.send(mail)


@job("default", timeout=25 * 60)  # less than the leases of those who answer
def attend(platform: str) -> None:
    """Hear who called the bot, and answer."""
    web = outside.web()
    if bot := outside.bots(web).get(platform):
        answering.attend(bot, web, outside.services())


@job("default")
def sweep() -> None:
    """Imports whose job was lost, what is left of those that died, and what is due by the clock."""
    with importing.turn(wait=False) as ours:
        if ours:
            importing.clear_up()
    waiting = Import.objects.filter(state=Import.State.WAITING, started_at__lt=now() - PATIENCE)
    fetched = fetching.due(now() - PATIENCE).order_by("try_at", "pk")
    for import_ in [*waiting.exclude(upload=""), *fetched[:AT_ONCE]]:
        wake(run_import, import_.pk)
    for follow in Follow.objects.due().order_by("next_at")[:AT_ONCE]:
        wake(look_at, follow.pk)
    for mail in InboxMail.objects.due():
        wake(send_inbox_mail, mail.pk)
    if Attachment.objects.due().exists() and not downloading.is_under_way():
        wake(fetch_media)
    if searching.unindexed().exists():
        wake(index_threads)
    for platform in filter(answering.is_due, outside.bots(outside.web())):
        wake(attend, platform)
