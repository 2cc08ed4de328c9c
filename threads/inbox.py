"""One mail a day about what is new in the inbox, to each editor who wants it."""

from __future__ import annotations

import logging
import smtplib
import socket
from datetime import datetime, timedelta
from email.utils import make_msgid, parseaddr

from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import EmailMultiAlternatives
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.timezone import localtime, now

from threads.models import InboxMail, Thread

logger = logging.getLogger(__name__)

HOUR = 8  # of the installation's TIME_ZONE
TRY_AGAIN_AFTER = timedelta(minutes=10)
SHOWN = 20  # threads in one mail


def want_mail(user: User, *, wanted: bool) -> None:
    """From the next morning on, of what comes from now on."""
    if wanted:
        InboxMail.objects.get_or_create(user=user, defaults={"next_at": next_morning()})
    else:
        InboxMail.objects.filter(user=user).delete()


def next_morning() -> datetime:
    local = localtime()
    morning = local.replace(hour=HOUR, minute=0, second=0, microsecond=0)
    return morning if morning > local else morning + timedelta(days=1)


def send(mail: InboxMail) -> bool:
    """Tell of what came since the last time, where something did. Never twice."""
    before, until = mail.told_until, now()
    claimed = InboxMail.objects.due().filter(pk=mail.pk, told_until=before)
    if not claimed.update(told_until=until, next_at=next_morning()):
        return False
    threads = came_between(before, until)
    if not mail.user.email or not threads.exists():
        return False
    try:
        _message(mail.user, threads).send()
    except (OSError, ValueError) as error:
        logger.warning("An inbox mail did not go out: %s", type(error).__name__)
        if _surely_not_taken(error):
            InboxMail.objects.filter(pk=mail.pk, told_until=until).update(
                told_until=before, next_at=now() + TRY_AGAIN_AFTER
            )
        return False
    return True


def came_between(before: datetime, until: datetime) -> QuerySet[Thread]:
    new = Thread.objects.in_inbox().filter(
        imported_by__finished_at__gt=before, imported_by__finished_at__lte=until
    )
    return new.select_related("account")


def _message(user: User, threads: QuerySet[Thread]) -> EmailMultiAlternatives:
    count = threads.count()
    context = {
        "name": user.first_name,
        "count": count,
        "threads": [
            (settings.BASE_URL + reverse("admin:threads_thread_change", args=[thread.pk]), thread)
            for thread in threads[:SHOWN]
        ],
        "more": max(0, count - SHOWN),
        "inbox": settings.BASE_URL + reverse("admin:threads_thread_inbox"),
    }
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    message = EmailMultiAlternatives(
        f"{count} new thread{'s'[: count > 1]} in the inbox",
        render_to_string("mail/inbox.txt", context),
        settings.DEFAULT_FROM_EMAIL,
        [user.email],
        headers={"Auto-Submitted": "auto-generated", "Message-ID": make_msgid(domain=domain)},
    )
    message.attach_alternative(render_to_string("mail/inbox.html", context), "text/html")
    return message


def _surely_not_taken(error: OSError | ValueError) -> bool:
    """And it may be, later. After a lost answer nobody knows, so nothing is sent again."""
    match error:
        case smtplib.SMTPRecipientsRefused(recipients=refused):
            return all(code < 500 for code, _ in refused.values())
        case smtplib.SMTPResponseException(smtp_code=code):
            return code < 500
        case _:
            return isinstance(error, (ConnectionRefusedError, socket.gaierror))
