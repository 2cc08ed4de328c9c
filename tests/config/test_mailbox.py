"""The local mailbox keeps what it has accepted."""

from __future__ import annotations

import email.policy
import smtplib
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller

from config.mailbox import Keeper
from tests.mailserver import PATIENCE, free_port


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    keeper, port = Keeper(tmp_path / "mail"), free_port()
    controller = Controller(keeper, hostname="127.0.0.1", port=port, ready_timeout=PATIENCE)
    controller.start()
    yield port
    controller.stop()


def kept(folder: Path) -> list[Message]:
    return [
        message_from_bytes(mail.read_bytes(), policy=email.policy.default)
        for mail in sorted((folder / "mail" / "new").iterdir())
    ]


def test_each_recipient_has_a_mail_of_their_own(port: int, tmp_path: Path) -> None:
    message = "Subject: Grüße\r\n\r\nEine Zeile.\r\n".encode()
    with smtplib.SMTP("127.0.0.1", port) as server:
        server.sendmail("ann@example.org", ["bo@example.org", "cy@example.org"], message)
    mails = kept(tmp_path)
    assert {mail["Delivered-To"] for mail in mails} == {"bo@example.org", "cy@example.org"}
    assert {mail["Return-Path"] for mail in mails} == {"<ann@example.org>"}
    assert {mail.get_payload() for mail in mails} == {"Eine Zeile.\n"}


def test_it_can_be_started_on_the_mail_of_last_time(tmp_path: Path) -> None:
    for number in range(2):
        Keeper(tmp_path / "mail").keep("", "bo@example.org", b"Subject: %d\r\n\r\n" % number)
    assert [mail["Subject"] for mail in kept(tmp_path)] == ["0", "1"]


def test_nothing_is_accepted_that_cannot_be_kept(port: int, tmp_path: Path) -> None:
    (tmp_path / "mail" / "tmp").rmdir()
    with smtplib.SMTP("127.0.0.1", port) as server, pytest.raises(smtplib.SMTPDataError):
        server.sendmail("ann@example.org", ["bo@example.org"], b"Subject: x\r\n\r\nx\r\n")
