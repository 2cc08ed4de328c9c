"""Pictures and videos on their way here from where their sources show them.

The row of an attachment is the work. Whoever fetches it claims it by an UPDATE first, so that
nobody else does, and settles it by another: it is present, lost or refused for good, or it is
to be tried again at a later time.
"""

from __future__ import annotations

import math
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import IO, Any
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.template.defaultfilters import filesizeformat
from django.utils.timezone import now

from threads.http import (
    PICTURE,
    VIDEO,
    FetchError,
    FetchFailed,
    FetchForbidden,
    FetchGone,
    FetchLimited,
    Limit,
    Web,
)
from threads.importing.describing import describe_media
from threads.media import MediaRefused, StoredMedia, bring_home, bytes_stored
from threads.models import Attachment, Import, Status, Thread

LEASE = timedelta(minutes=10)
# After each failure; one more, and it is lost.
WAITS = [timedelta(minutes=minutes) for minutes in (2, 15, 60, 6 * 60, 24 * 60)]
FAILURES_OF_A_HOST = 2  # in one run, after which its other pictures wait, too
STREAMS = {"application/vnd.apple.mpegurl", "application/x-mpegurl", "audio/mpegurl"}
A_STREAM = "It is streamed in pieces, which cannot be kept: watch it where it was posted."

Say = Callable[[str], None]
State = Attachment.State


class Refused(Exception):
    """Not to be had for good; the message says why."""


def fetch(
    attachments: QuerySet[Attachment],
    web: Web,
    *,
    seconds: float | None = None,
    say: Say = lambda progress: None,
) -> bool:
    """Fetch what is due among these; whether the time was enough to try them all."""
    return _Run(web).of(attachments, seconds, say)


def is_under_way() -> bool:
    """Whether somebody fetches one just now: what failed before has a note."""
    claimed = Attachment.objects.waiting().filter(tries__gt=0, try_at__gt=now(), note="")
    return claimed.exists()


class _Run:
    """Knows how full the store is, and which hosts do not answer."""

    def __init__(self, web: Web) -> None:
        self._web = web
        self._stored: int | None = None
        self._failures: Counter[str] = Counter()

    def of(self, attachments: QuerySet[Attachment], seconds: float | None, say: Say) -> bool:
        end = time.monotonic() + (math.inf if seconds is None else seconds)
        due = Attachment.objects.due().filter(pk__in=attachments.values("pk")).order_by("pk")
        wanted = list(due.values_list("pk", "source_url"))
        for number, (pk, url) in enumerate(wanted, start=1):
            if time.monotonic() > end:
                return False
            host = _parts(url).netloc
            if self._failures[host] >= FAILURES_OF_A_HOST:
                self._leave(pk, f"{host} does not answer.")
                continue
            self.one(pk)
            if number % 10 == 0 or number == len(wanted):
                say(f"Asked for {number} of {len(wanted)} pictures and videos.")
        return True

    def one(self, pk: int) -> None:
        """Fetch this one, unless somebody else does."""
        attachment = _claimed(pk)
        if attachment is None:
            return
        try:
            home = self._bring(attachment)
        except FetchLimited as error:
            _postpone(attachment, str(error), error.until)
        except FetchFailed as error:
            self._failures[_parts(attachment.source_url).netloc] += error.answer is None
            _try_again(attachment, str(error))
        except (FetchForbidden, FetchGone) as error:
            _settle(attachment, state=State.LOST, note=str(error)[:300])
        except (FetchError, MediaRefused, Refused) as error:
            _settle(attachment, state=State.REFUSED, note=str(error)[:300])
        except Exception:
            _try_again(attachment, "It was stopped by an error of Unspool's own.")
            raise
        else:
            _settle(attachment, **home)

    def _bring(self, attachment: Attachment) -> dict[str, Any]:
        """What the row is to hold."""
        poster = self._poster(attachment)
        if _parts(attachment.source_url).path.endswith(".m3u8"):
            return {"state": State.LOST, "note": A_STREAM, "poster": poster}
        limit = PICTURE if attachment.kind == Attachment.Kind.IMAGE else VIDEO
        with tempfile.TemporaryFile() as file:
            kind = self._download(attachment.source_url, file, limit)
            if kind in STREAMS:
                return {"state": State.LOST, "note": A_STREAM, "poster": poster}
            home = self._keep(file, attachment, poster)
        return {
            "state": State.PRESENT,
            "note": "",
            # What a platform calls a GIF comes as a video.
            "kind": attachment.kind if home.kind == "video" else home.kind,
            "file": home.file,
            "poster": home.poster,
            "width": home.width,
            "height": home.height,
        }

    def _poster(self, attachment: Attachment) -> str:
        """The still that the source shows of a video. Where it cannot be had, one is drawn."""
        if not attachment.poster_url:
            return ""
        try:
            with tempfile.TemporaryFile() as file:
                self._download(attachment.poster_url, file, PICTURE)
                return self._keep(file, attachment, "").file
        except (FetchError, MediaRefused):
            return ""

    def _download(self, url: str, file: IO[bytes], limit: Limit) -> str:
        if settings.MEDIA_QUOTA and self._used() >= settings.MEDIA_QUOTA:
            raise _no_room()
        kind = self._web.download(url, file, limit)
        self._stored = self._used() + file.tell()
        if settings.MEDIA_QUOTA and self._stored > settings.MEDIA_QUOTA:
            self._stored -= file.tell()
            raise _no_room()
        file.seek(0)
        return kind

    def _used(self) -> int:
        if self._stored is None:
            self._stored = bytes_stored()
        return self._stored

    def _keep(self, file: IO[bytes], attachment: Attachment, poster: str) -> StoredMedia:
        size = {"width": attachment.width, "height": attachment.height}
        return bring_home(file, "What came from there", poster=poster, **size)

    def _leave(self, pk: int, why: str) -> None:
        mine = Attachment.objects.due().filter(pk=pk)
        Attachment.objects.filter(pk__in=mine).update(try_at=now() + WAITS[0], note=why)


def _parts(url: str) -> SplitResult:
    """Of whatever a stranger calls an address; fetching it will tell what is wrong with it."""
    try:
        return urlsplit(url)
    except ValueError:
        return urlsplit("")


def _no_room() -> Refused:
    quota = filesizeformat(settings.MEDIA_QUOTA).replace("\xa0", " ")
    return Refused(f"There is no room: the store of pictures may hold {quota} (MEDIA_QUOTA).")


# --- the row ----------------------------------------------------------------------------------


def _claimed(pk: int) -> Attachment | None:
    """Ours for a while, if nobody else was quicker. A worker that dies lets go in time."""
    attachment = Attachment.objects.due().filter(pk=pk).select_related("status").first()
    if attachment is None:
        return None
    tries, until = attachment.tries + 1, now() + LEASE
    mine = _unchanged(attachment).update(tries=tries, try_at=until, note="")
    attachment.tries, attachment.try_at = tries, until
    return attachment if mine else None


def _unchanged(attachment: Attachment) -> QuerySet[Attachment]:
    return Attachment.objects.filter(
        pk=attachment.pk,
        state=State.WAITING,
        source_url=attachment.source_url,
        tries=attachment.tries,
        try_at=attachment.try_at,
    )


def _postpone(attachment: Attachment, why: str, until: datetime) -> None:
    """For the sake of a limit, which is no failure."""
    tries = attachment.tries - 1
    _unchanged(attachment).update(tries=tries, try_at=until, note=why[:300])


def _try_again(attachment: Attachment, why: str) -> None:
    if attachment.tries > len(WAITS):
        note = f"{why.removesuffix(' Try again later.')} That was tried {attachment.tries} times."
        _settle(attachment, state=State.LOST, note=note[:300])
    else:
        until = now() + WAITS[attachment.tries - 1]
        _unchanged(attachment).update(try_at=until, note=why[:300])


def _settle(attachment: Attachment, **values: Any) -> None:
    """For good; its thread and its text say so at once."""
    with transaction.atomic():
        if not _unchanged(attachment).update(try_at=None, **values):
            return  # it was imported anew meanwhile, or somebody else was given it
        status = attachment.status
        quoting = Q(platform=status.platform, quote_of=status.remote_id)
        Status.objects.filter(Q(pk=status.pk) | quoting).update(markdown="")
        mine = Q(pk=status.thread_id or 0)
        if thread := Thread.objects.select_for_update().filter(mine).first():
            describe_media(thread)
            thread.save(update_fields=["missing", "complete"])


# --- the report -------------------------------------------------------------------------------


@dataclass
class Report:
    """How the pictures and videos of some statuses fared that had to be fetched."""

    fetched: int = 0
    waiting: int = 0
    missing: dict[str, int] = field(default_factory=dict)  # why: how many

    def __str__(self) -> str:
        parts = [f"{_pictures(self.fetched)} fetched"] if self.fetched else []
        parts += [f"{_pictures(self.waiting)} yet to be fetched"] if self.waiting else []
        parts += [
            f"{_pictures(count)} could not be had: {why}" for why, count in self.missing.items()
        ]
        return "; ".join(parts)


def _pictures(count: int) -> str:
    return "1 picture" if count == 1 else f"{count} pictures"


def attachments_of(import_: Import) -> QuerySet[Attachment]:
    """Of all the statuses that it brought, and of the threads that it found here."""
    mine = Q(status__imported_by=import_) | Q(status__thread__in=import_.thread_ids)
    return Attachment.objects.filter(mine)


def try_anew(attachments: QuerySet[Attachment]) -> int:
    """What could not be had is waited for again; how many there are."""
    settled = attachments.filter(state__in=[State.LOST, State.REFUSED])
    return settled.filter(source_url__startswith="http").update(
        state=State.WAITING, tries=0, try_at=None, note=""
    )


def still_coming(threads: Collection[Thread]) -> QuerySet[Attachment]:
    """Of the main lines of these, what was not tried yet, or is on its way just now."""
    mine = {"status__thread__in": threads, "status__position__isnull": False}
    return Attachment.objects.waiting().filter(note="", **mine)


def report(attachments: QuerySet[Attachment]) -> Report:
    told = Report()
    rows = attachments.exclude(source_url="").order_by("pk")
    for state, tries, note in rows.values_list("state", "tries", "note"):
        if state == State.WAITING:
            told.waiting += 1
        elif state != State.PRESENT:
            why = note or "nobody knows where they are."
            told.missing[why] = told.missing.get(why, 0) + 1
        elif tries:
            told.fetched += 1
    return told
