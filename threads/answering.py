"""Answering those who call the bot under a thread: with its page, once; or why not, kindly.

"unroll" brings the thread in and gives out the address of its page. "stop" and "start" by an
author decide for their own threads. Whatever else is said to the bot is not meant for it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import IO

from django.conf import settings
from django.db import transaction
from django.utils.timezone import now

from threads import importing
from threads.bots import Above, Bot, Call
from threads.http import FetchError, FetchFailed, FetchForbidden, FetchGone, FetchLimited, Web
from threads.models import Account, Mention, OptOut, Status, Thread
from threads.models import Bot as BotRow
from threads.sources.base import (
    Source,
    SourceAccount,
    SourceError,
    SourceLimitedError,
    SourceMedia,
    SourceStatus,
    SourceUnavailableError,
)
from threads.sources.catalog import open_address
from threads.sources.services import Services

PER_ASKER = 5  # calls of one account in an hour that are listened to
IN_WHOLE = 60  # answers in an hour; who comes after waits
AN_HOUR = timedelta(hours=1)
STALE = timedelta(days=2)  # nobody waits so long for an answer
FRESH = timedelta(hours=1)  # a thread that was read so lately is not read again
LONGEST_ID, LONGEST_HANDLE, LONGEST_ADDRESS = 500, 200, 1000
TRIES = 8
FIRST_WAIT = timedelta(minutes=1)  # and twice as long each time
State = Mention.State

POLITE = frozenset(
    ["hi", "hey", "hello", "please", "pls", "this", "thread", "the", "it", "thanks", "thank", "you"]
)


@dataclass(frozen=True, slots=True)
class Refusal:
    note: str  # for the editor
    words: str  # for the asker


OPTED_OUT = Refusal(
    "The author opted out.",
    "The author asked that their threads are not unrolled, so I leave it where it is.",
)
NOT_FOLLOWING = Refusal(
    "The asker does not follow the bot.",
    "I unroll threads for those who follow me. Follow me, and call me again.",
)
NOT_CLAIMED = Refusal(
    "The author’s account is not claimed.",
    "I unroll only what this site’s own authors wrote.",
)
UNSEEN = Refusal(
    "The thread cannot be seen.",
    "I cannot see this thread, so I cannot put it on a page.",
)
NO_THREAD = Refusal(
    "There is no thread.",
    "I found no thread here: a single part needs no unrolling.",
)


class Refused(Exception):
    def __init__(self, refusal: Refusal, detail: str = "") -> None:
        super().__init__(refusal.note)
        self.refusal = refusal
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Reach:
    """The bot, and what it reads threads with."""

    bot: Bot
    web: Web
    services: Services


def attend(bot: Bot, web: Web, services: Services) -> None:
    """Hear who called, where that is due, and answer all who wait."""
    row, _ = BotRow.objects.get_or_create(platform=bot.platform)
    if row.take():
        listen(row, bot)
    for mention in Mention.objects.due().filter(platform=bot.platform).order_by("pk"):
        if mention.take():
            answer(mention, Reach(bot, web, services))


def is_due(platform: str) -> bool:
    """Whether there is anything to hear, or to answer."""
    row, _ = BotRow.objects.get_or_create(platform=platform)
    return row.next_at <= now() or Mention.objects.due().filter(platform=platform).exists()


# --- hearing ----------------------------------------------------------------------------------


def listen(row: BotRow, bot: Bot) -> None:
    try:
        handle = bot.handle()
        calls, cursor = bot.calls(row.cursor)
    except FetchError as error:
        row.error = str(error)
        row.next_at = error.until if isinstance(error, FetchLimited) else now() + bot.every * 5
        row.save()
        return
    with transaction.atomic():
        heard = [mention for call in calls if (mention := _heard(call, bot.platform))]
        Mention.objects.bulk_create(heard, ignore_conflicts=True)
        row.handle, row.cursor, row.error = handle, cursor, ""
        row.next_at = now() + bot.every
        row.save()


def _heard(call: Call, platform: str) -> Mention | None:
    word = word_of(call.words)
    if not word or call.is_bot or call.called_at < now() - STALE or not _is_storable(call):
        return None
    return Mention(
        platform=platform,
        remote_id=call.id,
        asks=word,
        asked_by=call.by,
        handle=call.handle[:LONGEST_HANDLE],
        ref=dict(call.ref),
    )


def _is_storable(call: Call) -> bool:
    """One that no database takes would keep all others from being heard."""
    told = "".join([call.id, call.by, call.handle, *call.ref.values()])
    return max(len(call.id), len(call.by)) <= LONGEST_ID and "\0" not in told


def word_of(words: str) -> str:
    """What is asked for; nothing where more is said than that and a kind word."""
    said = set(re.findall(r"\w+", words.lower())) - POLITE
    return said.pop() if len(said) == 1 and said <= set(Mention.Word.values) else ""


# --- answering --------------------------------------------------------------------------------


def answer(mention: Mention, reach: Reach) -> None:
    """One try. What is temporary is tried again later; what is for good is told once."""
    if mention.tries > 3 * TRIES:
        mention.settle(State.FAILED, "Answering it was broken off again and again.")
        return
    try:
        if mention.asks == Mention.Word.UNROLL:
            _unroll(mention, reach)
        else:
            _decide_for_oneself(mention, reach.bot)
    except (FetchLimited, SourceLimitedError) as limit:
        mention.postpone(limit.until, str(limit))
    except (FetchFailed, FetchForbidden, SourceUnavailableError) as error:
        _try_again(mention, str(error))
    except FetchError as error:
        mention.settle(State.FAILED, f"The answer was not taken. {error}")
    except Exception:
        _try_again(mention, "It was stopped by an error of Unspool's own.")
        raise


def _try_again(mention: Mention, note: str) -> None:
    if mention.tries >= TRIES:
        mention.settle(State.FAILED, note)
    else:
        mention.postpone(now() + FIRST_WAIT * 2 ** (mention.tries - 1), note)


def _decide_for_oneself(mention: Mention, bot: Bot) -> None:
    """By the author's own call, which is the proof that it is them."""
    mine = Mention.objects.filter(platform=mention.platform, asked_by=mention.asked_by)
    overtaken = mine.exclude(asks=Mention.Word.UNROLL).filter(pk__gt=mention.pk).exists()
    stop = mention.asks == Mention.Word.STOP
    who = {"platform": mention.platform, "remote_id": mention.asked_by}
    if not overtaken and stop:
        OptOut.objects.get_or_create(**who, defaults={"handle": mention.handle})
    elif not overtaken:
        OptOut.objects.filter(**who).delete()
    words = (
        "Done: your threads are not unrolled any more, and pages that were are gone. "
        "“start” turns it on again."
        if stop
        else "Done: your threads may be unrolled again. “stop” ends it."
    )
    posted = "" if _asks_too_often(mention) else _say(mention, bot, words)
    mention.settle(State.ANSWERED, answer=posted)


def _unroll(mention: Mention, reach: Reach) -> None:
    if _asks_too_often(mention):
        mention.settle(State.REFUSED, f"More than {PER_ASKER} calls in an hour.")
    elif _said_enough(mention.platform):
        mention.tries -= 1
        mention.postpone(now() + AN_HOUR / 6, f"{IN_WHOLE} answers were given in an hour.")
    else:
        try:
            thread = _thread_for(mention, reach)
            words = f"Here it is on one page, {thread.length} parts:"
            posted = _say(mention, reach.bot, words, f"{settings.BASE_URL}/threads/{thread.pk}/")
            mention.settle(State.ANSWERED, answer=posted)
        except Refused as refused:
            _refuse(mention, reach.bot, refused)


def _asks_too_often(mention: Mention) -> bool:
    before = Mention.objects.filter(platform=mention.platform, asked_by=mention.asked_by)
    lately = before.filter(pk__lt=mention.pk, seen_at__gt=mention.seen_at - AN_HOUR)
    return lately.count() >= PER_ASKER


def _said_enough(platform: str) -> bool:
    said = Mention.objects.filter(platform=platform, answered_at__gt=now() - AN_HOUR)
    return said.count() >= IN_WHOLE


def _refuse(mention: Mention, bot: Bot, refused: Refused) -> None:
    """Each asker is told once about each author."""
    told = Mention.objects.filter(
        platform=mention.platform,
        asked_by=mention.asked_by,
        author=mention.author,
        note__startswith=refused.refusal.note,
    ).exclude(answer="")
    posted = "" if told.exists() else _say(mention, bot, refused.refusal.words)
    mention.settle(State.REFUSED, f"{refused} {refused.detail}".strip(), answer=posted)


def _say(mention: Mention, bot: Bot, words: str, url: str = "") -> str:
    return bot.answer(mention.ref, words, url, again=mention.tries > 1)


# --- the thread -------------------------------------------------------------------------------


def _thread_for(mention: Mention, reach: Reach) -> Thread:
    """The one above the call, with its page open to whoever has the address."""
    above = _above(mention, reach.bot)
    mention.about, mention.author = above.url, above.author
    mention.save(update_fields=["about", "author"])
    _demand_consent(mention, above.author)
    follows = settings.UNROLL_POLICY != "followers" or reach.bot.is_followed_by(mention.ref)
    if not follows:
        raise Refused(NOT_FOLLOWING)
    thread = _known(mention.platform, above)
    if thread is None or not _is_fresh(thread):
        try:
            thread = _bring_in(mention, above, thread, reach)
        except SourceUnavailableError:
            raise
        except SourceError as error:
            raise Refused(UNSEEN, str(error)) from error
    if thread.trashed_at:
        raise Refused(UNSEEN, "An editor put it into the trash.")
    thread = thread.twin_of or thread
    Thread.objects.filter(pk=thread.pk, unrolled_at=None).update(unrolled_at=now())
    mention.thread = thread
    return thread


def _above(mention: Mention, bot: Bot) -> Above:
    try:
        above = bot.above(mention.ref)
    except FetchGone as error:
        raise Refused(UNSEEN, str(error)) from error
    if above is None:
        raise Refused(NO_THREAD)
    if len(above.url) > LONGEST_ADDRESS or len(above.author) > LONGEST_ID:
        raise Refused(UNSEEN, "Its address is too long.")
    return above


def _demand_consent(mention: Mention, author: str) -> None:
    if OptOut.covers(mention.platform, author):
        raise Refused(OPTED_OUT)
    if settings.UNROLL_POLICY == "claimed" and not _is_claimed(mention.platform, author):
        raise Refused(NOT_CLAIMED)


def _is_claimed(platform: str, author: str) -> bool:
    accounts = Account.objects.filter(platform=platform, remote_id=author)
    return accounts.exclude(claim="").exists()


def _known(platform: str, above: Above) -> Thread | None:
    status = Status.objects.visible().filter(platform=platform, remote_id=above.id)
    found = status.select_related("thread__twin_of", "thread__imported_by").first()
    return found.thread if found else None


def _is_fresh(thread: Thread) -> bool:
    read_at = thread.refreshed_at or thread.imported_by.finished_at
    return bool(read_at and read_at > now() - FRESH)


def _bring_in(mention: Mention, above: Above, known: Thread | None, reach: Reach) -> Thread:
    """Imports what is new; a thread that has not grown stays as it is."""
    owned = _is_claimed(mention.platform, above.author)
    source = open_address(above.url, reach.web, reach.services, owned=owned)
    author = source.account().remote_id
    _demand_consent(mention, author)
    calls = Mention.objects.filter(platform=mention.platform, asked_by=author)
    source = WithoutCalls(source, set(calls.values_list("remote_id", flat=True)))
    ids = {status.id for status in source.statuses() if not status.skip}
    if len(ids) < 2:
        raise Refused(NO_THREAD)
    if known and ids <= set(known.statuses.values_list("remote_id", flat=True)):
        return known
    import_ = importing.begin(above.url, kind=source.kind, options={"mention": mention.pk})
    importing.run(import_, source)
    import_.address = above.url
    import_.save(update_fields=["address"])
    thread = _known(mention.platform, above)
    if thread is None:
        importing.undo(import_)
        raise Refused(NO_THREAD)
    return thread


class WithoutCalls:
    """A thread without those parts of it that only call the bot."""

    def __init__(self, source: Source, calls: Collection[str]) -> None:
        self.kind = source.kind
        self.findings = source.findings
        self._source = source
        self._calls = calls

    def account(self) -> SourceAccount:
        return self._source.account()

    def statuses(self) -> Iterator[SourceStatus]:
        return (status for status in self._source.statuses() if status.id not in self._calls)

    def open_media(self, media: SourceMedia, status_id: str) -> IO[bytes] | None:
        return self._source.open_media(media, status_id)
