from __future__ import annotations

import pytest

from newsletter.enrolling import Enrolment, enrol
from newsletter.models import Newsletter, Subscriber, Subscription, Suppression
from newsletter.reader_lists import Row
from tests.factories import make_newsletter, make_subscription

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
State = Subscription.State


@pytest.fixture
def newsletter() -> Newsletter:
    return make_newsletter()


def take_in(newsletter: Newsletter, *addresses: str) -> Enrolment:
    rows = [Row(number, address, "Anna") for number, address in enumerate(addresses, start=1)]
    return enrol(newsletter, rows, source="import of a.csv", consent_text="At the fair.")


def test_it_says_what_became_of_each(newsletter: Newsletter) -> None:
    make_subscription(newsletter, "active@example.org")
    make_subscription(newsletter, "pending@example.org", state=State.PENDING)
    make_subscription(newsletter, "left@example.org", state=State.UNSUBSCRIBED)
    Suppression.objects.add("erased@example.org", reason="erased")
    enrolment = take_in(
        newsletter,
        "new@example.org",
        "Active@example.org",
        "pending@example.org",
        "LEFT@example.org",
        "erased@example.org",
        "nonsense",
        "NEW@example.org",
    )
    assert enrolment.by_outcome() == {
        "added": 1,
        "already": 2,
        "unsubscribed_before": 1,
        "suppressed": 1,
        "invalid": 1,
        "duplicate": 1,
    }
    assert enrolment.refused == [
        (4, "Left before. Only they can come back."),
        (5, "Must never be mailed again."),
        (6, "An email address has an @ in it, such as name@example.org."),
        (7, "The same address as line 1."),
    ]


def test_a_new_reader_is_active_with_the_consent_word_by_word(newsletter: Newsletter) -> None:
    take_in(newsletter, "New@example.org")
    subscription = Subscription.objects.get()
    assert subscription.state == State.ACTIVE
    assert subscription.consent_text == "At the fair."
    assert subscription.source == "import of a.csv"
    assert subscription.subscriber.address == "New@example.org"
    assert subscription.subscriber.name == "Anna"


@pytest.mark.parametrize("state", [State.UNSUBSCRIBED, State.BOUNCED, State.COMPLAINED])
def test_nobody_who_left_is_brought_back(newsletter: Newsletter, state: State) -> None:
    gone = make_subscription(newsletter, state=state)
    take_in(newsletter, "reader@example.org")
    gone.refresh_from_db()
    assert gone.state == state


def test_who_left_by_the_file_itself_is_not_taken_in(newsletter: Newsletter) -> None:
    rows = [Row(2, "left@example.org", left=True)]
    enrolment = enrol(newsletter, rows, source="", consent_text="")
    assert enrolment.counts == {"unsubscribed_before": 1}
    assert not Subscriber.objects.exists()


def test_a_reader_of_another_newsletter_stays_one_person(newsletter: Newsletter) -> None:
    known = make_subscription(make_newsletter(slug="other")).subscriber
    assert take_in(newsletter, "READER@example.org").counts == {"added": 1}
    assert Subscription.objects.get(newsletter=newsletter).subscriber == known
    assert Subscriber.objects.get().name == ""


def test_thousands_come_in_at_once(newsletter: Newsletter) -> None:
    addresses = [f"n{number}@example.org" for number in range(2000)]
    assert take_in(newsletter, *addresses).counts == {"added": 2000}
    assert take_in(newsletter, *addresses).counts == {"already": 2000}
    assert newsletter.subscriptions.active().count() == 2000
