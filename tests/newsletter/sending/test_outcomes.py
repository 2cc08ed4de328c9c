"""Answers judged, leases that ran out, issues that are done, and late answers."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.utils.timezone import now

from newsletter.models import Delivery, Issue, Newsletter, Subscription
from newsletter.sending import control, outcomes
from newsletter.sending.claims import claim_block
from newsletter.sending.smtp import Answer, Lost, Stage
from tests.factories import make_issue

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
State = Delivery.State
LATER = timedelta(hours=1)


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        (Answer(Stage.CONTENT, 250, "2.0.0 Accepted"), State.SENT),
        (Answer(Stage.RECIPIENT, 450, "4.2.0 Later"), State.WAITING),
        (Answer(Stage.CONTENT, 452, "Full"), State.WAITING),
        (Answer(Stage.SENDER, 421, "Closing"), State.WAITING),
        (Answer(Stage.SENDER, 550, "5.1.8 Who?"), State.WAITING),
        (Answer(Stage.RECIPIENT, 550, "5.1.1 Nobody"), State.FAILED),
        (Answer(Stage.CONTENT, 554, "No"), State.FAILED),
        (Lost(in_doubt=True, text="gone"), State.UNKNOWN),
        (Lost(in_doubt=False, text="gone"), State.WAITING),
    ],
)
def test_each_answer_has_its_state(answer: Answer | Lost, state: str) -> None:
    delivery = Delivery(state=State.HANDING)
    outcomes.record(delivery, answer)
    assert delivery.state == state
    assert (delivery.settled_at is None) == (state == State.WAITING)
    assert delivery.reply == answer.text


@pytest.mark.parametrize(
    ("code", "dead"),
    [
        ("5.1.1", True),
        ("5.1.2", True),
        ("5.1.3", True),
        ("5.1.6", True),
        ("5.1.10", True),
        ("5.2.1", True),
        ("5.2.2", False),
        ("5.3.0", False),
        ("5.7.1", False),
        ("5.1.11", False),
        ("", False),
    ],
)
def test_only_a_dead_mailbox_counts_against_the_reader(
    letters: Newsletter, code: str, dead: bool
) -> None:
    issue = make_issue(letters, "a@example.org")
    claim = claim_block(issue)
    claim.take_in_hand(claim.rows)
    outcomes.store(claim, [(claim.rows[0], Answer(Stage.RECIPIENT, 550, f"{code} no"))])
    assert issue.deliveries.get().state == State.FAILED
    assert (Subscription.objects.get().state == Subscription.State.BOUNCED) is dead


@pytest.mark.parametrize(
    ("answer", "objects"),
    [
        (Answer(Stage.RECIPIENT, 550, "5.7.1 Refused by policy"), True),
        (Answer(Stage.CONTENT, 550, "5.7.26 Unauthenticated"), True),
        (Answer(Stage.SENDER, 530, "Authentication required"), True),
        (Answer(Stage.RECIPIENT, 550, "5.1.1 Nobody"), False),
        (Answer(Stage.RECIPIENT, 450, "4.7.1 Greylisted"), False),
        (Answer(Stage.CONTENT, 250, "2.0.0 Fine"), False),
        (Lost(in_doubt=True, text="5.7.1"), False),
    ],
)
def test_only_what_is_said_against_us_is_an_objection(answer: Answer | Lost, objects: bool) -> None:
    assert bool(outcomes.objection(answer)) is objects


# --- leases -------------------------------------------------------------------------------------


def test_an_expired_claim_waits_again_and_an_expired_window_is_in_doubt(
    letters: Newsletter,
) -> None:
    issue = make_issue(letters, "a@example.org", "b@example.org")
    claim = claim_block(issue)
    claim.take_in_hand(claim.rows[:1])
    outcomes.sweep()
    states = issue.deliveries.order_by("pk").values_list("state", flat=True)
    assert list(states) == [State.HANDING, State.CLAIMED]
    with time_machine.travel(now() + LATER):
        outcomes.sweep()
    assert list(states.all()) == [State.UNKNOWN, State.WAITING]
    assert issue.report() == {
        "expected": 2,
        "sent": 0,
        "failed": 0,
        "skipped": 0,
        "unknown": 1,
        "waiting": 1,
    }


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        (Answer(Stage.CONTENT, 250, "2.0.0 Accepted"), State.SENT),
        (Answer(Stage.CONTENT, 550, "5.2.2 Full"), State.FAILED),
        (Answer(Stage.CONTENT, 450, "4.2.2 Full"), State.UNKNOWN),
    ],
)
def test_a_late_answer_ends_the_doubt_but_sends_nothing_again(
    letters: Newsletter, answer: Answer, state: str
) -> None:
    issue = make_issue(letters, "a@example.org")
    claim = claim_block(issue)
    claim.take_in_hand(claim.rows)
    with time_machine.travel(now() + LATER):
        outcomes.sweep()
        outcomes.store(claim, [(claim.rows[0], answer)])
    assert issue.deliveries.get().state == state


def test_a_late_answer_changes_nothing_once_another_worker_has_the_row(
    letters: Newsletter,
) -> None:
    issue = make_issue(letters, "a@example.org")
    claim = claim_block(issue)
    claim.take_in_hand(claim.rows)
    with time_machine.travel(now() + LATER):
        outcomes.sweep()
        control.send_again([row.pk for row in claim.rows])
        second = claim_block(issue)
        second.take_in_hand(second.rows)
        outcomes.store(claim, [(claim.rows[0], Answer(Stage.CONTENT, 550, "5.2.2 Full"))])
    assert issue.deliveries.get().state == State.HANDING


# --- the end ------------------------------------------------------------------------------------


def test_an_issue_is_finished_when_nothing_of_it_is_under_way(letters: Newsletter) -> None:
    issue = make_issue(letters, "a@example.org", "b@example.org")
    for state in (State.WAITING, State.CLAIMED, State.HANDING):
        issue.deliveries.filter(address_key="a@example.org").update(
            state=state, lease_until=now() + LATER
        )
        issue.deliveries.filter(address_key="b@example.org").update(state=State.SENT)
        outcomes.sweep()
        issue.refresh_from_db()
        assert issue.state == Issue.State.SENDING
    issue.deliveries.filter(address_key="a@example.org").update(state=State.UNKNOWN)
    outcomes.sweep()
    issue.refresh_from_db()
    assert issue.state == Issue.State.FINISHED
    finished_at = issue.finished_at
    outcomes.finish(issue)
    issue.refresh_from_db()
    assert issue.finished_at == finished_at


def test_only_issues_with_something_due_and_nobody_at_it_are_idle(letters: Newsletter) -> None:
    issue = make_issue(letters, "a@example.org", "b@example.org")
    assert list(outcomes.idle()) == [issue]
    claim = claim_block(issue)
    claim.give_back(claim.rows[1:], State.CLAIMED)
    assert not outcomes.idle()
    with time_machine.travel(now() + timedelta(minutes=1)):
        assert list(outcomes.idle()) == [issue], "whoever claimed it has been silent for long"
    issue.deliveries.update(state=State.WAITING, due_at=now() + LATER)
    assert not outcomes.idle()
    with time_machine.travel(now() + LATER * 2):
        assert list(outcomes.idle()) == [issue]
        Issue.objects.update(state=Issue.State.PAUSED)
        assert not outcomes.idle()
