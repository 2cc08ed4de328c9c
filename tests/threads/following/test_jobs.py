"""What the minute's sweep wakes for the accounts that are followed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils.timezone import now
from pytest_django import Settings
from pytest_httpserver import HTTPServer

from tests.factories import make_account
from tests.mailserver import Mailbox
from tests.queue import run_jobs
from tests.threads.archives import OWN
from tests.threads.sources.x_server import TOKEN, XServer
from threads.jobs import look_at, sweep
from threads.models import Follow, InboxMail, Thread

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_sweep_looks_at_what_is_due_and_mails_what_came(
    httpserver: HTTPServer, settings: Settings, queue: None, mailbox: Mailbox
) -> None:
    x = XServer(httpserver)
    settings.X_URL, settings.X_TOKEN = x.url, TOKEN
    x.thread("A lamp has one job.", "Two lamps have two.")
    Follow.objects.create(account=make_account(remote_id=OWN))
    later = make_account(remote_id="20", handle="bo")
    Follow.objects.create(account=later, next_at=now() + timedelta(hours=1))
    sweep()
    run_jobs()
    assert Thread.objects.in_inbox().get().length == 2
    assert Follow.objects.get(account=later).checked_at is None
    asked = len(x.asked)
    look_at(Follow.objects.get(account__remote_id=OWN).pk)  # a job that comes twice
    assert len(x.asked) == asked

    editor = User.objects.create_user("ada", "ada@letters.example", is_staff=True)
    InboxMail.objects.create(user=editor, told_until=now() - timedelta(days=1))
    sweep()
    sweep()
    run_jobs()
    assert [received.recipient for received in mailbox.received] == ["ada@letters.example"]
