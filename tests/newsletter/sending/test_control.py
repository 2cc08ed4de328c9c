"""What an editor does to a send: pause it, go on, decide about what is in doubt."""

from __future__ import annotations

import pytest
from django.utils.timezone import now

from newsletter.models import Delivery, Issue, Newsletter
from newsletter.sending import control, outcomes
from newsletter.sending.deliver import deliver_block
from tests.factories import make_issue
from tests.newsletter.sending.recorder import DROP, Recorder

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
State = Delivery.State


@pytest.fixture
def doubted(letters: Newsletter, recorder: Recorder) -> Issue:
    """An issue that is finished but for one mail in doubt."""
    recorder.script.answers["ACCEPTED", "b@example.org"] = DROP
    issue = make_issue(letters, "a@example.org", "b@example.org")
    deliver_block(issue)
    recorder.script.answers.clear()
    issue.refresh_from_db()
    assert issue.state == Issue.State.FINISHED
    return issue


def in_doubt(issue: Issue) -> list[int]:
    return list(issue.deliveries.in_doubt().values_list("pk", flat=True))


def test_a_send_is_paused_and_goes_on(letters: Newsletter) -> None:
    issue = make_issue(letters, "a@example.org")
    assert control.pause(issue, "x" * 400)
    assert not control.pause(issue, "again")
    issue.refresh_from_db()
    assert (issue.state, issue.pause_reason) == (Issue.State.PAUSED, "x" * 300)
    assert control.resume(issue)
    assert not control.resume(issue)
    issue.refresh_from_db()
    assert (issue.state, issue.pause_reason) == (Issue.State.SENDING, "")


def test_one_in_doubt_is_sent_again_under_the_same_message_id(
    doubted: Issue, recorder: Recorder
) -> None:
    assert control.send_again(in_doubt(doubted)) == 1
    doubted.refresh_from_db()
    assert (doubted.state, doubted.finished_at) == (Issue.State.SENDING, None)
    assert list(outcomes.idle()) == [doubted]
    deliver_block(doubted)
    lines = recorder.log.read_text().splitlines()
    assert lines[1] == lines[2]
    doubted.refresh_from_db()
    assert doubted.state == Issue.State.FINISHED
    assert doubted.report()["sent"] == 2


def test_one_in_doubt_is_marked_as_sent_and_stays_so(doubted: Issue, recorder: Recorder) -> None:
    assert control.mark_sent(in_doubt(doubted)) == 1
    assert not deliver_block(doubted)
    assert doubted.report()["sent"] == 2
    assert len(recorder.accepted()) == 2


def test_only_what_is_in_doubt_is_decided(letters: Newsletter) -> None:
    issue = make_issue(letters, *(f"{state}@example.org" for state in State.values))
    for state in State.values:
        rows = issue.deliveries.filter(address_key=f"{state}@example.org")
        rows.update(state=state, lease_until=now())
    before = issue.report()
    everything = list(issue.deliveries.values_list("pk", flat=True))
    assert control.mark_sent(everything) == 1
    assert control.send_again(everything) == 0
    assert issue.report() == before | {"unknown": 0, "sent": before["sent"] + 1}
