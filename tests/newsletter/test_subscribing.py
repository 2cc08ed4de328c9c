"""How a reader comes, confirms, leaves and is forgotten."""

from __future__ import annotations

from asyncio import WriteTransport
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
import time_machine
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.db import connection
from django.utils.timezone import now
from pytest_django import Settings

from newsletter import links, subscribing
from newsletter.addresses import BadAddress
from newsletter.models import (
    Delivery,
    Issue,
    Newsletter,
    Post,
    Revision,
    Subscriber,
    Subscription,
    Suppression,
)
from tests.factories import make_newsletter, make_subscription
from tests.mailserver import Mailbox, free_port

pytestmark = pytest.mark.django_db
State = Subscription.State


@pytest.fixture
def newsletter() -> Newsletter:
    return make_newsletter()


def ask(newsletter: Newsletter, address: str = "reader@example.org") -> Subscription | None:
    return subscribing.subscribe(
        newsletter, address, source="subscribe form", consent_text="You agree to letters."
    )


def sent(subscription: Subscription) -> bool:
    return subscribing.send_confirmation(Subscription.objects.get(pk=subscription.pk))


def asked_and_sent(newsletter: Newsletter, address: str = "reader@example.org") -> Subscription:
    subscription = ask(newsletter, address)
    assert subscription
    assert sent(subscription)
    subscription.refresh_from_db()
    return subscription


def token(subscription: Subscription) -> str:
    return links.confirm_url(subscription).split("/")[-2]


def test_whoever_asks_waits_for_the_confirmation(newsletter: Newsletter) -> None:
    subscription = ask(newsletter, "Reader@Example.org")
    assert subscription
    assert subscription.state == State.PENDING
    assert subscription.consent_text == "You agree to letters."
    assert subscription.source == "subscribe form"
    assert subscription.subscriber.address == "Reader@Example.org"
    assert subscription.subscriber.address_key == "reader@example.org"
    assert list(Subscription.objects.confirmation_due()) == [subscription]


def test_an_address_is_one_reader_however_it_is_written(newsletter: Newsletter) -> None:
    ask(newsletter, "Reader@Example.org")
    ask(newsletter, "reader@example.ORG")
    assert Subscriber.objects.count() == 1


def test_a_bad_address_is_nobody(newsletter: Newsletter) -> None:
    with pytest.raises(BadAddress):
        ask(newsletter, "nobody")
    assert not Subscriber.objects.exists()


def test_the_confirmation_is_a_mail_of_its_own(newsletter: Newsletter, mailbox: Mailbox) -> None:
    subscription = asked_and_sent(newsletter, "reader@münchen.example")
    [received] = mailbox.received
    message = received.message
    assert received.sender == "ada@letters.example"
    assert received.recipient == "reader@xn--mnchen-3ya.example"
    assert message["From"] == "Ada Example <ada@letters.example>"
    assert message["Reply-To"] == "reply@letters.example"
    assert message["Subject"] == "Confirm your subscription to Letters"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Message-ID"].endswith("@letters.example>")
    parts = list(message.iter_parts())
    assert [part.get_content_type() for part in parts] == ["text/plain", "text/html"]
    for part in parts:
        text = part.get_content()
        assert links.confirm_url(subscription) in text
        assert "this was not you" in text
        assert "1 Example Street" in text


def test_what_a_name_says_stays_text(newsletter: Newsletter, mailbox: Mailbox) -> None:
    newsletter.name = "Tips & <b>Tricks</b>"
    newsletter.save()
    subscription = ask(newsletter)
    assert subscription
    Subscriber.objects.update(name="<img src=x>{{ url }}")
    assert sent(subscription)
    text, html = (part.get_content() for part in mailbox.received[0].message.iter_parts())
    assert "Tips & <b>Tricks</b>" in text
    assert "Hello <img src=x>{{ url }}," in text
    assert "Tips &amp; &lt;b&gt;Tricks&lt;/b&gt;" in html
    assert "<img" not in html


def test_a_newsletter_without_a_sender_writes_as_the_installation(mailbox: Mailbox) -> None:
    asked_and_sent(make_newsletter(sender_email="", sender_name="", reply_to=""))
    assert mailbox.received[0].message["From"] == "Unspool <unspool@localhost>"


def test_confirming_makes_a_reader(newsletter: Newsletter, mailbox: Mailbox) -> None:
    subscription = subscribing.confirm(token(asked_and_sent(newsletter)))
    assert subscription.state == State.ACTIVE
    assert subscription.confirmed_at is not None


def test_a_link_confirms_once(newsletter: Newsletter, mailbox: Mailbox) -> None:
    link = token(asked_and_sent(newsletter))
    first = subscribing.confirm(link).confirmed_at
    again = subscribing.confirm(link)
    assert (again.state, again.confirmed_at) == (State.ACTIVE, first)
    subscribing.unsubscribe(again)
    with pytest.raises(subscribing.SpentLink):
        subscribing.confirm(link)
    with pytest.raises(subscribing.SpentLink):
        subscribing.to_confirm(link)
    again.refresh_from_db()
    assert again.state == State.UNSUBSCRIBED


def test_a_goodbye_before_the_confirmation_overtakes_it(
    newsletter: Newsletter, mailbox: Mailbox
) -> None:
    subscription = asked_and_sent(newsletter)
    subscribing.unsubscribe(subscription)
    with pytest.raises(subscribing.SpentLink):
        subscribing.confirm(token(subscription))


def test_a_link_about_somebody_erased_is_spent(newsletter: Newsletter, mailbox: Mailbox) -> None:
    link = token(asked_and_sent(newsletter))
    subscribing.erase("reader@example.org")
    with pytest.raises(subscribing.SpentLink):
        subscribing.confirm(link)


def test_an_address_gets_one_confirmation_a_day(newsletter: Newsletter, mailbox: Mailbox) -> None:
    subscription = asked_and_sent(newsletter)
    for _ in range(5):
        assert ask(newsletter) is None
        assert not sent(subscription)
    assert len(mailbox.received) == 1
    with time_machine.travel(now() + timedelta(hours=25)):
        asked_and_sent(newsletter)
    assert len(mailbox.received) == 2


def test_another_newsletter_waits_for_its_day(newsletter: Newsletter, mailbox: Mailbox) -> None:
    asked_and_sent(newsletter)
    other = ask(make_newsletter(slug="other"))
    assert other
    assert not sent(other)
    assert not Subscription.objects.confirmation_due().exists()
    with time_machine.travel(now() + timedelta(hours=25)):
        assert list(Subscription.objects.confirmation_due()) == [other]
        assert sent(other)
    assert len(mailbox.received) == 2


def test_a_reader_who_asks_again_gets_no_mail(newsletter: Newsletter, mailbox: Mailbox) -> None:
    subscription = make_subscription(newsletter, consent_text="At the fair.")
    assert ask(newsletter) is None
    assert not sent(subscription)
    subscription.refresh_from_db()
    assert subscription.consent_text == "At the fair."
    assert not mailbox.received


@pytest.mark.parametrize("state", [State.UNSUBSCRIBED, State.BOUNCED, State.COMPLAINED])
def test_who_left_comes_back_by_a_confirmation_only(
    newsletter: Newsletter, mailbox: Mailbox, state: State
) -> None:
    make_subscription(newsletter, state=state, confirmed_at=now(), ended_at=now())
    subscription = asked_and_sent(newsletter)
    assert subscription.state == state
    confirmed = subscribing.confirm(token(subscription))
    assert (confirmed.state, confirmed.ended_at) == (State.ACTIVE, None)


def test_a_suppressed_address_gets_nothing(newsletter: Newsletter, mailbox: Mailbox) -> None:
    Suppression.objects.add("reader@example.org", reason="erased")
    assert ask(newsletter, "Reader@example.org") is None
    assert not Subscriber.objects.exists()


def test_who_is_suppressed_after_asking_gets_nothing(
    newsletter: Newsletter, mailbox: Mailbox
) -> None:
    subscription = ask(newsletter)
    assert subscription
    Suppression.objects.add("reader@example.org", reason="complaint")
    assert not sent(subscription)
    assert not mailbox.received
    assert not Subscription.objects.confirmation_due().exists()


def test_a_suppression_outlives_a_change_of_the_secret_key(
    newsletter: Newsletter, settings: Settings
) -> None:
    Suppression.objects.add("reader@example.org", reason="erased")
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "new" * 20, [settings.SECRET_KEY]
    assert subscribing.suppressed("reader@example.org")
    assert Suppression.objects.among(["reader@example.org", "other@example.org"]) == {
        "reader@example.org"
    }


@pytest.mark.parametrize("answer", ["450 4.2.1 Come back later", "451 4.7.1 Greylisted"])
def test_a_busy_server_is_tried_again_later(
    newsletter: Newsletter, mailbox: Mailbox, answer: str
) -> None:
    subscription = ask(newsletter)
    assert subscription
    mailbox.refuse["reader@example.org"] = answer
    assert not sent(subscription)
    assert not Subscription.objects.confirmation_due().exists()
    mailbox.refuse.clear()
    with time_machine.travel(now() + timedelta(minutes=11)):
        assert sent(Subscription.objects.confirmation_due().get())
    assert len(mailbox.received) == 1


def test_a_server_that_is_away_is_tried_again_later(
    newsletter: Newsletter, mailbox: Mailbox, settings: Settings
) -> None:
    settings.MAILERS["default"]["OPTIONS"]["port"] = free_port()
    subscription = ask(newsletter)
    assert subscription
    assert not sent(subscription)
    with time_machine.travel(now() + timedelta(minutes=11)):
        assert Subscription.objects.confirmation_due().exists()


def test_a_lost_answer_is_not_followed_by_a_second_mail(
    newsletter: Newsletter, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    accept = mailbox.handle_DATA

    async def accept_and_hang_up(server: SMTP, session: Session, envelope: Envelope) -> str:
        answer = await accept(server, session, envelope)
        assert isinstance(server.transport, WriteTransport)
        server.transport.abort()
        return answer

    monkeypatch.setattr(mailbox, "handle_DATA", accept_and_hang_up)
    subscription = ask(newsletter)
    assert subscription
    assert not sent(subscription)
    with time_machine.travel(now() + timedelta(days=7)):
        assert not Subscription.objects.confirmation_due().exists()
    assert len(mailbox.received) == 1


def test_an_address_that_does_not_exist_is_let_go(newsletter: Newsletter, mailbox: Mailbox) -> None:
    subscription = ask(newsletter)
    assert subscription
    mailbox.refuse["reader@example.org"] = "550 5.1.1 No such mailbox"
    assert not sent(subscription)
    with time_machine.travel(now() + timedelta(days=7)):
        assert not Subscription.objects.confirmation_due().exists()


def test_an_address_this_server_cannot_write_to_is_let_go(
    newsletter: Newsletter, mailbox: Mailbox, caplog: pytest.LogCaptureFixture
) -> None:
    subscription = ask(newsletter, "用户@example.org")
    assert subscription
    assert not sent(subscription)
    assert "did not go out" in caplog.text
    assert "用户" not in caplog.text
    with time_machine.travel(now() + timedelta(days=7)):
        assert not Subscription.objects.confirmation_due().exists()


def test_leaving_is_at_once_and_only_the_first_time_counts(newsletter: Newsletter) -> None:
    subscription = make_subscription(newsletter)
    subscribing.unsubscribe(subscription, "one click")
    assert subscription.state == State.UNSUBSCRIBED
    ended_at = subscription.ended_at
    subscribing.unsubscribe(subscription, "unsubscribe page")
    assert (subscription.ended_at, subscription.ended_by) == (ended_at, "one click")


def test_erasing_keeps_nothing_but_a_keyed_hash(newsletter: Newsletter) -> None:
    make_subscription(newsletter)
    assert subscribing.erase("READER@example.org") == 0
    assert not Subscriber.objects.exists()
    assert not Subscription.objects.exists()
    assert subscribing.suppressed("reader@example.org")
    assert "reader" not in Suppression.objects.get().digest
    assert ask(newsletter) is None


@pytest.mark.both_databases
def test_erasing_keeps_the_counts_of_what_was_mailed(newsletter: Newsletter) -> None:
    reader = make_subscription(newsletter).subscriber
    other = make_subscription(newsletter, "other@example.org").subscriber
    for slug, state in (("one", Delivery.State.SENT), ("two", Delivery.State.WAITING)):
        post = Post.objects.create(newsletter=newsletter, slug=slug)
        revision = Revision.objects.create(post=post, number=1, title=slug)
        issue = Issue.objects.create(
            post=post, revision=revision, newsletter=newsletter, expected=2
        )
        for person in (reader, other):
            Delivery.objects.create(
                issue=issue,
                subscriber=person,
                address=person.address,
                address_key=person.address_key,
                state=state,
                reply=f"250 for {person.address}",
            )
    assert subscribing.erase("reader@example.org") == 2
    erased = Delivery.objects.filter(subscriber=None)
    assert {(row.address, row.address_key, row.reply) for row in erased} == {
        ("", f"erased:{row.pk}", "") for row in erased
    }
    assert set(erased.values_list("state", "reason")) == {("sent", ""), ("skipped", "erased")}
    assert Delivery.objects.filter(subscriber=other, address="other@example.org").count() == 2


def test_nobody_cannot_be_erased(newsletter: Newsletter) -> None:
    assert subscribing.erase("nobody@example.org") is None
    assert not Suppression.objects.exists()


@pytest.mark.both_databases
@pytest.mark.django_db(transaction=True)
def test_workers_at_the_same_moment_send_one_mail(newsletter: Newsletter, mailbox: Mailbox) -> None:
    other = make_newsletter(slug="other")
    due = [subscription for one in (newsletter, other) if (subscription := ask(one))]
    start = Barrier(4)

    def work(subscription: Subscription) -> bool:
        start.wait(timeout=60)
        try:
            return sent(subscription)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as workers:
        results = list(workers.map(work, due * 2))
    assert sorted(results) == [False, False, False, True]
    assert len(mailbox.received) == 1
