"""The rig itself works: queue, mail server, browser, groups of tests."""

from __future__ import annotations

import os

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


@pytest.mark.skipif("PYTEST_XDIST_WORKER" not in os.environ, reason="there is but one process")
@pytest.mark.xdist_group("up")
def test_tests_of_a_group_stay_in_one_process(request: pytest.FixtureRequest) -> None:
    assert request.node.nodeid.endswith("@up")  # by this alone they are told apart
