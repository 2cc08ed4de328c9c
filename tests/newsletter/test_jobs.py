"""What wakes whom: a send that goes on by itself, and the sweep that finds what was lost."""

from __future__ import annotations

from datetime import timedelta

import django_rq
import pytest
import time_machine
from django.utils.timezone import now
from pytest_django import Settings

from config.queue import wake
from newsletter.drafting import save_revision
from newsletter.jobs import send_block, send_confirmation, sweep
from newsletter.models import Delivery, Issue, Newsletter, Subscription
from newsletter.publishing import publish
from newsletter.sending import control
from newsletter.sending.claims import claim_block
from tests.factories import make_issue, make_newsletter, make_post, make_subscription
from tests.mailserver import Mailbox
from tests.queue import run_jobs

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("queue")]


@pytest.fixture
def letters() -> Newsletter:
    return make_newsletter()


def test_a_send_goes_on_block_after_block(
    letters: Newsletter, mailbox: Mailbox, settings: Settings
) -> None:
    settings.HAND_OVER_WINDOW = 1
    issue = make_issue(letters, *(f"{number}@example.org" for number in range(25)))
    wake(send_block, issue.pk)
    run_jobs()
    assert len(mailbox.received) == 25
    issue.refresh_from_db()
    assert issue.state == Issue.State.FINISHED


def test_a_paused_or_vanished_issue_is_let_be(letters: Newsletter, mailbox: Mailbox) -> None:
    issue = make_issue(letters, "a@example.org")
    control.pause(issue)
    wake(send_block, issue.pk)
    wake(send_block, 99)
    run_jobs()
    assert not mailbox.received
    assert issue.deliveries.get().state == Delivery.State.WAITING


def test_the_sweep_takes_up_what_a_dead_worker_left(letters: Newsletter, mailbox: Mailbox) -> None:
    issue = make_issue(letters, "a@example.org", "b@example.org")
    claim = claim_block(issue)
    claim.take_in_hand(claim.rows[:1])
    with time_machine.travel(now() + timedelta(hours=1)):
        wake(sweep)
        run_jobs()
    report = issue.report()
    assert (report["unknown"], report["sent"]) == (1, 1)
    assert len(mailbox.received) == 1


def test_the_sweep_publishes_and_mails_what_is_due(letters: Newsletter, mailbox: Mailbox) -> None:
    make_subscription(letters)
    publish(make_post(), at=now() + timedelta(minutes=1), email=True)
    wake(sweep)
    run_jobs()
    assert not mailbox.received
    with time_machine.travel(now() + timedelta(minutes=2)):
        wake(sweep)
        run_jobs()
    assert len(mailbox.received) == 1


def test_the_sweep_thins_out_old_autosaves() -> None:
    post = make_post()
    for base in (1, 2, 3):
        save_revision(post, base=base, body=f"Typed {base}.", autosaved=True)
    with time_machine.travel(now() + timedelta(days=31)):
        wake(sweep)
        run_jobs()
    assert list(post.revisions.values_list("number", flat=True)) == [4, 1]


def test_the_sweep_sends_confirmations_whose_job_was_lost(
    letters: Newsletter, mailbox: Mailbox
) -> None:
    subscription = make_subscription(
        letters, state=Subscription.State.PENDING, confirmation_due_at=now()
    )
    wake(sweep)
    run_jobs()
    assert [mail.recipient for mail in mailbox.received] == ["reader@example.org"]
    wake(send_confirmation, subscription.pk)
    wake(send_confirmation, 99)
    run_jobs()
    assert len(mailbox.received) == 1


def test_a_sweep_with_nothing_to_do_queues_nothing(letters: Newsletter) -> None:
    make_issue(letters, "a@example.org")
    Issue.objects.update(state=Issue.State.PAUSED)
    sweep()
    assert django_rq.get_queue("mail").count == 0
