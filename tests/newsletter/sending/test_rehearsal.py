"""A test mail to an editor: real in everything but the ledger and its links."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from pytest_django import Settings

from newsletter.models import Delivery, Newsletter, Revision, Subscription
from newsletter.sending.freeze import CannotSend
from newsletter.sending.rehearsal import rehearse
from tests.factories import make_newsletter, make_post, make_subscription
from tests.mailserver import Mailbox, free_port
from tests.newsletter.sending.recorder import Recorder

pytestmark = pytest.mark.django_db
EDITOR = "ada@desk.example"


@pytest.fixture
def revision() -> Revision:
    latest = make_post("The lamp burned.", title="Lamps").latest
    assert latest
    return latest


def test_it_arrives_as_readers_will_get_it(
    letters: Newsletter, revision: Revision, mailbox: Mailbox, client: Client
) -> None:
    reader = make_subscription(letters, EDITOR)
    rehearse(revision, letters, EDITOR)
    (mail,) = mailbox.received
    assert (mail.sender, mail.recipient) == (letters.sender_email, EDITOR)
    assert mail.message["Subject"] == "Test: Lamps"
    assert mail.message["Precedence"] == "bulk"
    assert mail.message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    text = mail.message.get_body(("plain",))
    assert text
    assert "The lamp burned." in text.get_content()

    link = re.sub(r"^<http://[^/]+|>$", "", mail.message["List-Unsubscribe"])
    client.post(link, {"List-Unsubscribe": "One-Click"})
    reader.refresh_from_db()
    assert reader.state == Subscription.State.ACTIVE
    assert not Delivery.objects.exists()


def test_a_refusal_is_told_in_the_words_of_the_server(
    letters: Newsletter, revision: Revision, mailbox: Mailbox
) -> None:
    mailbox.refuse[EDITOR] = "550 5.1.1 no"
    with pytest.raises(CannotSend, match=r"refused it: 550 5\.1\.1 no"):
        rehearse(revision, letters, EDITOR)


def test_a_server_that_is_away_is_told(
    letters: Newsletter, revision: Revision, settings: Settings
) -> None:
    settings.MAIL = {**settings.MAIL, "EMAIL_PORT": free_port()}
    with pytest.raises(CannotSend, match="cannot be reached"):
        rehearse(revision, letters, EDITOR)


def test_a_connection_that_breaks_is_told(
    letters: Newsletter, revision: Revision, mailbox: Mailbox
) -> None:
    mailbox.refuse[EDITOR] = "not an answer"
    with pytest.raises(CannotSend, match="connection broke"):
        rehearse(revision, letters, EDITOR)


def test_an_address_that_is_none_is_told(
    letters: Newsletter, revision: Revision, mailbox: Mailbox
) -> None:
    with pytest.raises(CannotSend, match="ada@ is not an address"):
        rehearse(revision, letters, "ada@")


def test_an_address_that_the_server_cannot_take_is_told(
    letters: Newsletter, revision: Revision, recorder: Recorder
) -> None:
    rehearse(revision, letters, "zoë@desk.example")
    recorder.script.features = ("8BITMIME",)
    with pytest.raises(CannotSend, match="takes no addresses outside ASCII"):
        rehearse(revision, letters, "zoë@desk.example")


def test_what_the_newsletter_lacks_is_told(revision: Revision) -> None:
    with pytest.raises(CannotSend, match="its sender address is missing"):
        rehearse(revision, make_newsletter(sender_email=""), EDITOR)


def test_a_subject_that_breaks_out_of_its_line_is_told(
    letters: Newsletter, revision: Revision
) -> None:
    revision.subject = "Lamps\nBcc: all@example.org"
    with pytest.raises(CannotSend, match="Subject holds a line break"):
        rehearse(revision, letters, EDITOR)
