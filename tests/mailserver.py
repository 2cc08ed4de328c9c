"""A real SMTP server that records what it accepts."""

from __future__ import annotations

import email.policy
import secrets
import socket
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from pytest_django import Settings

PORTS = range(10_000, 32_000)
PATIENCE = 60  # seconds in which even a loaded machine has started a server


@dataclass
class Received:
    sender: str
    recipient: str
    raw: bytes

    @property
    def message(self) -> EmailMessage:
        parsed = email.message_from_bytes(self.raw, policy=email.policy.default)
        assert isinstance(parsed, EmailMessage)
        return parsed


@dataclass
class Mailbox:
    """What came in, and what the server answers: a test sets `refuse[address] = "550 5.1.1 no"`."""

    received: list[Received] = field(default_factory=list)
    refuse: dict[str, str] = field(default_factory=dict)

    async def handle_RCPT(  # noqa: N802 - aiosmtpd calls it by this name
        self,
        server: SMTP,
        session: Session,
        envelope: Envelope,
        address: str,
        rcpt_options: list[str],
    ) -> str:
        if address in self.refuse:
            return self.refuse[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 - aiosmtpd calls it by this name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        assert isinstance(envelope.content, bytes)
        for recipient in envelope.rcpt_tos:
            self.received.append(Received(envelope.mail_from or "", recipient, envelope.content))
        return "250 Accepted"


def free_port(*, beside: int = 0) -> int:
    """A port that is free, and so is the one so far above it.

    None of those that the kernel gives away, to any connection even: it would have given
    this one to somebody else before it is used.
    """
    while True:
        port = PORTS.start + secrets.randbelow(len(PORTS))  # `random` starts alike in each test
        with suppress(OSError):
            for each in {port, port + beside}:
                with socket.socket() as probe:
                    probe.bind(("127.0.0.1", each))
            return port


@pytest.fixture
def mailbox(settings: Settings) -> Iterator[Mailbox]:
    """A mail server of this test's own; the settings point to it."""
    box = Mailbox()
    port = free_port()
    controller = Controller(box, hostname="127.0.0.1", port=port, ready_timeout=PATIENCE)
    controller.start()
    try:
        settings.MAIL = {**settings.MAIL, "EMAIL_PORT": port}
        settings.MAILERS = {
            "default": {
                "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
                "OPTIONS": {"host": "127.0.0.1", "port": port},
            }
        }
        yield box
    finally:
        controller.stop()
