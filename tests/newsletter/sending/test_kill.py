"""Workers die while they send: nobody gets it twice, nobody is forgotten, all doubt is listed."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsletter.models import Issue, Newsletter
from tests.factories import make_issue
from tests.newsletter.sending.killing import under_fire

CHANCES = ["--greylist", "0.02", "--refuse", "0.02", "--drop", "0.01", "--delay", "0.02"]


@pytest.mark.xdist_group("long")
@pytest.mark.both_databases
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("queue")
def test_twenty_kills_leave_no_duplicate_and_no_silent_loss(
    letters: Newsletter, tmp_path: Path
) -> None:
    issue = make_issue(letters, *(f"reader{number}@example.org" for number in range(300)))
    account = under_fire(
        issue, tmp_path / "fire", CHANCES, workers=2, kills=20, seed=20261122, patience=150
    )
    assert account.kills == 20, account
    assert account.duplicates == 0, account
    assert account.lost == 0, account
    assert 0 < account.doubted <= account.most_by_kills, account
    issue.refresh_from_db()
    assert issue.state == Issue.State.FINISHED
    report = issue.report()
    assert report.pop("expected") == sum(report.values()) == 300
    assert (report["unknown"], report["waiting"]) == (account.doubted, 0)
