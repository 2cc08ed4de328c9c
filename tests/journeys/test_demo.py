"""The sample that ships with Unspool goes the whole way, once."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client

from newsletter.models import Delivery, Post, Subscriber, Subscription
from tests.mailserver import Mailbox
from tests.queue import run_jobs
from threads.models import Attachment, Import, Status, Thread

pytestmark = pytest.mark.django_db(transaction=True)


def demo() -> str:
    out = StringIO()
    call_command("demo", stdout=out)
    run_jobs()
    return out.getvalue()


def test_the_sample_becomes_a_post_in_five_mailboxes(queue: None, mailbox: Mailbox) -> None:
    printed = demo()

    run = Import.objects.get()
    assert run.skipped == {"retweet": 1, "reply_to_other": 1, "superseded_edit": 1, "deleted": 1}
    assert sorted(Thread.objects.values_list("length", flat=True)) == [5, 7, 8]
    assert Status.objects.lone().count() == 1
    assert set(Attachment.objects.values_list("state", flat=True)) == {"present"}

    assert len({mail.recipient for mail in mailbox.received}) == 5
    assert set(Delivery.objects.values_list("state", flat=True)) == {"sent"}
    post = Post.objects.get()
    assert f"/slow-signals/{post.slug}/" in printed
    page = Client().get(f"/slow-signals/{post.slug}/")
    assert "Most nights, nothing happened. The keepers wrote that down" in page.text
    assert "I went back to the reading room" in page.text
    assert "So this is about the quiet hours" in page.text
    assert "Silence that somebody signed is part of the signal." in page.text
    assert "Two hundred and forty prisms" in page.text
    assert "Twenty-four prisms" not in page.text


def test_running_the_demo_twice_adds_nothing(queue: None, mailbox: Mailbox) -> None:
    models = (Attachment, Delivery, Import, Post, Status, Subscriber, Subscription, Thread)
    demo()
    before = [model.objects.count() for model in models]
    demo()
    assert [model.objects.count() for model in models] == before
    assert len(mailbox.received) == 5


def test_a_reader_leaves_with_the_one_click_of_the_mail(queue: None, mailbox: Mailbox) -> None:
    demo()
    letter = next(mail for mail in mailbox.received if mail.recipient == "ada@example.org").message
    one_click = str(letter["List-Unsubscribe"]).split(">")[0].strip("<")
    path = one_click.removeprefix("http://127.0.0.1:8000")

    Client().get(path)
    assert Subscription.objects.active().count() == 5
    answer = Client(enforce_csrf_checks=True).post(path, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    left = Subscription.objects.get(state=Subscription.State.UNSUBSCRIBED)
    assert left.subscriber.address == "ada@example.org"
