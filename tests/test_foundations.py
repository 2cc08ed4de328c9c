"""The rig itself works: queue, mail server, browser."""

from __future__ import annotations

import django_rq
import pytest
from django.core.mail import EmailMessage
from playwright.sync_api import Page

from tests.browser import axe_faults
from tests.mailserver import Mailbox


def test_the_queue_answers(queue: None) -> None:
    assert django_rq.get_connection("default").ping()


def test_mail_arrives(mailbox: Mailbox) -> None:
    EmailMessage("Hello", "A line.", "a@example.org", ["b@example.org"]).send()
    assert [mail.message["Subject"] for mail in mailbox.received] == ["Hello"]


@pytest.mark.browser
def test_the_browser_finds_faults(page: Page) -> None:
    page.set_content("<html><title>x</title><img src='data:,'></html>")
    assert any(fault.startswith("image-alt") for fault in axe_faults(page))
