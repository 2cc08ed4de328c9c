"""A block on its way: what is handed over, what is not, and what each answer makes of it."""

from __future__ import annotations

import os
import signal
from collections import Counter
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.utils.timezone import now
from pytest_django import Settings
from rq.timeouts import JobTimeoutException, UnixSignalDeathPenalty

from config.supervisor import FIRST_GRACE
from newsletter.models import Delivery, Issue, Newsletter, Subscription, Suppression
from newsletter.sending import claims, control, outcomes
from newsletter.sending.claims import claim_block
from newsletter.sending.deliver import NO_UTF8, deliver_block
from tests.factories import make_issue
from tests.mailserver import Mailbox, free_port
from tests.newsletter.sending.recorder import DROP, Recorder

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
State = Delivery.State


def issue_to(letters: Newsletter, *names: str) -> Issue:
    return make_issue(letters, *(f"{name}@example.org" for name in names))


def row(issue: Issue, name: str) -> Delivery:
    return issue.deliveries.get(address_key=f"{name}@example.org")


def states(issue: Issue) -> dict[str, str]:
    rows = issue.deliveries.values_list("address_key", "state")
    return {key.partition("@")[0]: state for key, state in rows}


def balances(issue: Issue) -> bool:
    issue.refresh_from_db()
    report = issue.report()
    return report.pop("expected") == sum(report.values())


# --- the good way -------------------------------------------------------------------------------


def test_every_reader_gets_one_mail_and_the_issue_is_finished(
    letters: Newsletter, mailbox: Mailbox
) -> None:
    issue = issue_to(letters, "a", "b", "c")
    assert not deliver_block(issue)
    assert sorted(mail.recipient for mail in mailbox.received) == [
        "a@example.org",
        "b@example.org",
        "c@example.org",
    ]
    assert {mail.sender for mail in mailbox.received} == {"ada@letters.example"}
    sent = row(issue, "a")
    assert (sent.state, sent.smtp_code, sent.attempts) == (State.SENT, 250, 1)
    assert sent.settled_at
    assert sent.lease_until is None
    mail = next(mail for mail in mailbox.received if mail.recipient == "a@example.org")
    assert mail.message["Message-ID"] == sent.message_id
    issue.refresh_from_db()
    assert issue.state == Issue.State.FINISHED
    assert issue.finished_at


def test_it_sends_once_when_run_twice(letters: Newsletter, mailbox: Mailbox) -> None:
    issue = issue_to(letters, "a")
    assert not deliver_block(issue)
    assert not deliver_block(issue)
    assert len(mailbox.received) == 1


def test_more_than_a_block_is_left_to_the_next(
    letters: Newsletter, recorder: Recorder, settings: Settings
) -> None:
    settings.HAND_OVER_WINDOW = 2
    issue = make_issue(letters, *(f"{number}@example.org" for number in range(25)))
    assert deliver_block(issue)
    assert len(recorder.accepted()) == 20
    assert not deliver_block(issue)
    assert len(set(recorder.accepted())) == 25
    assert len([line for line in recorder.heard if line.startswith("ehlo")]) == 2


def test_nothing_is_open_in_the_database_while_the_network_is_used(
    transactional_db: None, letters: Newsletter, recorder: Recorder
) -> None:
    class Watch(dict[tuple[str, str], str]):
        def get(self, key: tuple[str, str], default: str = "") -> str:  # type: ignore[override]
            seen.append(Delivery.objects.filter(state=State.HANDING).count())
            connection.close()
            return default

    seen: list[int] = []
    recorder.script.answers = Watch()
    issue = issue_to(letters, "a", "b")
    deliver_block(issue)
    # Another connection sees the window committed before the first message, and not before.
    assert seen[:2] == [0, 0]
    assert set(seen[2:-1]) == {2}
    assert states(issue) == {"a": "sent", "b": "sent"}


# --- refusals -----------------------------------------------------------------------------------


def test_a_refusal_for_now_waits_and_one_for_good_has_failed(
    letters: Newsletter, mailbox: Mailbox
) -> None:
    mailbox.refuse = {
        "busy@example.org": "450 4.2.0 Greylisted",
        "full@example.org": "552 5.2.2 Mailbox full",
        "gone@example.org": "550 5.1.1 No such user",
    }
    issue = issue_to(letters, "busy", "full", "gone", "here")
    began = now()
    assert not deliver_block(issue)
    assert states(issue) == {"busy": "waiting", "full": "failed", "gone": "failed", "here": "sent"}
    busy, gone = row(issue, "busy"), row(issue, "gone")
    assert began <= busy.due_at - timedelta(minutes=5) <= now()
    assert busy.reply == "4.2.0 Greylisted"
    assert busy.settled_at is None
    assert (gone.smtp_code, gone.enhanced_code) == (550, "5.1.1")
    assert Counter(Subscription.objects.values_list("subscriber__address", "state")) == Counter(
        {
            ("busy@example.org", "active"): 1,
            ("full@example.org", "active"): 1,
            ("gone@example.org", "bounced"): 1,
            ("here@example.org", "active"): 1,
        }
    )
    issue.refresh_from_db()
    assert issue.state == Issue.State.SENDING
    assert balances(issue)


def test_what_is_refused_for_now_goes_out_later(letters: Newsletter, mailbox: Mailbox) -> None:
    mailbox.refuse["busy@example.org"] = "450 4.2.0 Greylisted"
    issue = issue_to(letters, "busy")
    deliver_block(issue)
    mailbox.refuse.clear()
    assert not deliver_block(issue)
    assert not mailbox.received
    with time_machine.travel(now() + timedelta(minutes=6)):
        deliver_block(issue)
    assert states(issue) == {"busy": "sent"}


def test_what_is_never_accepted_has_failed_after_a_day_and_a_half(
    letters: Newsletter, mailbox: Mailbox
) -> None:
    mailbox.refuse["busy@example.org"] = "451 4.7.1 Try later"
    issue = issue_to(letters, "busy")
    began = now()
    tries = 0
    with time_machine.travel(began, tick=False) as clock:
        while (waiting := row(issue, "busy")).state == State.WAITING:
            clock.move_to(waiting.due_at)
            deliver_block(issue)
            tries += 1
        assert timedelta(days=1) < now() - began < timedelta(days=2)
    assert tries == len(outcomes.WAITS) + 1
    assert row(issue, "busy").reason == f"Not accepted in {tries} tries."
    assert Subscription.objects.get().state == Subscription.State.ACTIVE


def test_an_objection_to_us_pauses_the_issue_and_spares_the_readers(
    letters: Newsletter, recorder: Recorder
) -> None:
    recorder.script.answers["CONTENT", "b@example.org"] = "550 5.7.515 Access denied"
    issue = issue_to(letters, "a", "b", "c", "d")
    assert not deliver_block(issue)
    assert states(issue) == {"a": "sent", "b": "failed", "c": "waiting", "d": "waiting"}
    issue.refresh_from_db()
    assert issue.state == Issue.State.PAUSED
    assert issue.pause_reason == "The mail server objects to our mail: 550 5.7.515 Access denied"
    assert Subscription.objects.active().count() == 4
    assert balances(issue)


def test_a_refused_sender_pauses_the_issue_and_nobody_has_failed(
    letters: Newsletter, recorder: Recorder
) -> None:
    recorder.script.answers["MAIL", ""] = "550 5.1.8 Sender unknown"
    issue = issue_to(letters, "a", "b")
    assert not deliver_block(issue)
    assert states(issue) == {"a": "waiting", "b": "waiting"}
    issue.refresh_from_db()
    assert issue.state == Issue.State.PAUSED
    recorder.script.answers.clear()
    control.resume(issue)
    deliver_block(issue)
    assert states(issue) == {"a": "sent", "b": "sent"}


@pytest.mark.parametrize(
    ("change", "reason"),
    [({"sender_name": "Ada\nBcc: x"}, "From holds a line break"), ({"sender_email": "ada"}, "@")],
)
def test_a_sender_that_no_mail_can_carry_pauses_the_issue(
    letters: Newsletter, recorder: Recorder, change: dict[str, str], reason: str
) -> None:
    issue = issue_to(letters, "a")
    Newsletter.objects.update(**change)
    issue = Issue.objects.get(pk=issue.pk)
    assert not deliver_block(issue)
    issue.refresh_from_db()
    assert issue.state == Issue.State.PAUSED
    assert reason in issue.pause_reason
    assert states(issue) == {"a": "waiting"}
    assert not recorder.heard


# --- broken connections -------------------------------------------------------------------------


def test_a_lost_answer_is_in_doubt_and_never_sent_again_by_itself(
    letters: Newsletter, recorder: Recorder
) -> None:
    recorder.script.answers["ACCEPTED", "b@example.org"] = DROP
    issue = issue_to(letters, "a", "b", "c")
    assert deliver_block(issue)
    assert states(issue) == {"a": "sent", "b": "unknown", "c": "waiting"}
    with time_machine.travel(now() + timedelta(days=3)):
        outcomes.sweep()
        deliver_block(issue)
    assert states(issue) == {"a": "sent", "b": "unknown", "c": "sent"}
    assert recorder.accepted() == ["a@example.org", "b@example.org", "c@example.org"]
    assert balances(issue)
    assert issue.state == Issue.State.FINISHED


def test_a_connection_lost_before_the_message_leaves_no_doubt(
    letters: Newsletter, recorder: Recorder
) -> None:
    recorder.script.answers["RCPT", "b@example.org"] = DROP
    issue = issue_to(letters, "a", "b", "c")
    assert deliver_block(issue), "the first one went well, so going on makes sense"
    assert states(issue) == {"a": "sent", "b": "waiting", "c": "waiting"}
    assert deliver_block(issue) is False
    assert states(issue) == {"a": "sent", "b": "waiting", "c": "sent"}
    assert row(issue, "b").due_at > now()


def test_a_server_that_only_drops_is_left_alone_until_the_next_sweep(
    letters: Newsletter, recorder: Recorder
) -> None:
    recorder.script.answers["MAIL", ""] = DROP
    issue = issue_to(letters, "a", "b")
    assert not deliver_block(issue)
    recorder.script.answers["MAIL", ""] = "421 4.3.2 Shutting down"
    assert not deliver_block(issue)
    assert set(states(issue).values()) == {"waiting"}
    assert len([line for line in recorder.heard if line.startswith("mail")]) == 2


def test_a_server_that_is_away_is_tried_again_after_a_minute(
    letters: Newsletter, settings: Settings
) -> None:
    settings.MAIL = {**settings.MAIL, "EMAIL_PORT": free_port()}
    issue = issue_to(letters, "a")
    began = now()
    assert not deliver_block(issue)
    waiting = row(issue, "a")
    assert (waiting.state, waiting.attempts) == (State.WAITING, 0)
    assert waiting.reason == "The mail server cannot be reached."
    assert "does not answer" in waiting.reply
    assert began <= waiting.due_at - timedelta(minutes=1) <= now()
    issue.refresh_from_db()
    assert issue.state == Issue.State.SENDING


def test_a_login_that_is_refused_pauses_the_issue(
    letters: Newsletter, recorder: Recorder, settings: Settings
) -> None:
    settings.MAIL = {**settings.MAIL, "EMAIL_HOST_USER": "ada"}
    issue = issue_to(letters, "a")
    assert not deliver_block(issue)
    issue.refresh_from_db()
    assert issue.state == Issue.State.PAUSED
    assert "does not offer what MAIL_URL asks for" in issue.pause_reason


# --- readers who left, addresses that cannot be had ---------------------------------------------


def test_who_left_since_gets_nothing(letters: Newsletter, mailbox: Mailbox) -> None:
    issue = issue_to(letters, "erased", "left", "stays", "suppressed")
    Subscription.objects.filter(subscriber__address="left@example.org").update(
        state=Subscription.State.UNSUBSCRIBED
    )
    Suppression.objects.add("suppressed@example.org", "complaint")
    Subscription.objects.get(subscriber__address="erased@example.org").subscriber.delete()
    deliver_block(issue)
    assert [mail.recipient for mail in mailbox.received] == ["stays@example.org"]
    reasons = issue.deliveries.filter(state=State.SKIPPED).values_list("address_key", "reason")
    assert dict(reasons) == {
        "erased@example.org": "erased",
        "left@example.org": "unsubscribed",
        "suppressed@example.org": "suppressed",
    }
    assert balances(issue)
    assert issue.state == Issue.State.FINISHED


def test_nobody_bothers_the_mail_server_where_everybody_left(
    letters: Newsletter, recorder: Recorder
) -> None:
    issue = issue_to(letters, "a", "b")
    Subscription.objects.update(state=Subscription.State.COMPLAINED)
    assert not deliver_block(issue)
    assert not recorder.heard
    assert issue.report()["skipped"] == 2


def test_who_leaves_between_the_check_and_the_window_gets_nothing(letters: Newsletter) -> None:
    issue = issue_to(letters, "a", "b")
    claim = claim_block(issue)
    Subscription.objects.filter(subscriber__address="a@example.org").update(
        state=Subscription.State.UNSUBSCRIBED
    )
    assert claim.take_in_hand(claim.rows) == {row(issue, "b").pk}
    assert states(issue) == {"a": "claimed", "b": "handing"}


@pytest.mark.parametrize("takes_utf8", [True, False])
def test_an_address_outside_ascii_needs_a_server_that_takes_it(
    letters: Newsletter, recorder: Recorder, takes_utf8: bool
) -> None:
    if not takes_utf8:
        recorder.script.features = ()
    issue = make_issue(letters, "jürgen@example.org", "post@bücher.example")
    deliver_block(issue)
    jurgen = issue.deliveries.get(address="jürgen@example.org")
    if takes_utf8:
        assert jurgen.state == State.SENT
        assert len(recorder.accepted()) == 2
    else:
        assert (jurgen.state, jurgen.reason) == (State.FAILED, NO_UTF8)
        assert recorder.accepted() == ["post@xn--bcher-kva.example"]


def test_an_address_that_is_none_has_failed_and_holds_nobody_up(
    letters: Newsletter, mailbox: Mailbox
) -> None:
    issue = issue_to(letters, "a", "b")
    issue.deliveries.filter(address_key="a@example.org").update(address="a@nowhere")
    deliver_block(issue)
    assert states(issue) == {"a": "failed", "b": "sent"}
    assert "lacks its ending" in row(issue, "a").reason


# --- claims -------------------------------------------------------------------------------------


def test_a_paused_issue_hands_nothing_over(letters: Newsletter, mailbox: Mailbox) -> None:
    issue = issue_to(letters, "a")
    claim = claim_block(issue)
    control.pause(issue)
    assert claim.take_in_hand(claim.rows) == set()
    claim.give_back(claim.rows, State.CLAIMED)
    assert not deliver_block(issue)
    assert states(issue) == {"a": "waiting"}
    assert not mailbox.received


def test_a_row_has_one_claim_at_a_time_and_the_fence_grows(letters: Newsletter) -> None:
    issue = issue_to(letters, "a")
    first = claim_block(issue)
    assert claim_block(issue).rows == []
    first.give_back(first.rows, State.CLAIMED)
    second = claim_block(issue)
    assert second.fence > first.fence
    assert first.take_in_hand(first.rows) == set()
    assert second.take_in_hand(second.rows) == {row(issue, "a").pk}


def test_who_comes_after_the_lease_ran_out_hands_nothing_over(letters: Newsletter) -> None:
    issue = issue_to(letters, "a")
    claim = claim_block(issue)
    with time_machine.travel(now() + timedelta(hours=1)):
        assert claim.take_in_hand(claim.rows) == set()
        outcomes.sweep()
        assert states(issue) == {"a": "waiting"}


def test_a_worker_stops_in_time_and_gives_the_rest_back(
    letters: Newsletter, recorder: Recorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(claims, "BLOCK_SECONDS", 0)
    issue = issue_to(letters, "a", "b", "c")
    assert deliver_block(issue)
    assert states(issue) == {"a": "sent", "b": "waiting", "c": "waiting"}


def test_a_block_ends_before_a_worker_that_is_asked_to_stop_is_made_to() -> None:
    assert FIRST_GRACE[0][1] > claims.BLOCK_SECONDS


def test_a_job_cut_off_leaves_one_in_doubt_and_gives_the_rest_back(
    letters: Newsletter, recorder: Recorder
) -> None:
    class TimeIsUp(dict[tuple[str, str], str]):
        def get(self, key: tuple[str, str], default: str = "") -> str:  # type: ignore[override]
            if key[0] == "CONTENT":
                os.kill(os.getpid(), signal.SIGALRM)
            return default

    recorder.script.answers = TimeIsUp()
    recorder.script.delay = 5
    issue = issue_to(letters, "a", "b", "c")
    limit = UnixSignalDeathPenalty(60, JobTimeoutException)  # type: ignore[no-untyped-call]
    with pytest.raises(JobTimeoutException), limit:
        deliver_block(issue)
    assert states(issue) == {"a": "handing", "b": "waiting", "c": "waiting"}
    with time_machine.travel(now() + timedelta(hours=1)):
        outcomes.sweep()
    assert states(issue) == {"a": "unknown", "b": "waiting", "c": "waiting"}
    assert row(issue, "a").reason == outcomes.STOPPED
