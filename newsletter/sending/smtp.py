"""The dialogue with the mail server: one session, one message after the other.

It tells what was said at which point. What that means for a delivery is decided in
`outcomes`. Knows no database.
"""

from __future__ import annotations

import re
import smtplib
import socket
import ssl
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from types import TracebackType
from typing import Self, cast

from django.conf import settings
from django.core.mail.utils import DNS_NAME

CONNECT_TIMEOUT = 30
COMMAND_TIMEOUT = 60
# RFC 5321, 4.5.3.2.6: whoever waits less mails twice, as the server may well have accepted.
LAST_REPLY_TIMEOUT = 600

ENHANCED = re.compile(r"[245]\.\d{1,3}\.\d{1,3}(?!\d)")
LEADING_DOT = re.compile(rb"^\.", re.MULTILINE)

GO_AHEAD = 354
CLOSING = 421


class Stage(Enum):
    SENDER = "MAIL FROM"
    RECIPIENT = "RCPT TO"
    CONTENT = "DATA"


@dataclass(frozen=True)
class Answer:
    """What the server said to a message, and at which point it said so."""

    stage: Stage
    code: int
    text: str

    @property
    def enhanced(self) -> str:
        found = ENHANCED.match(self.text)
        return found[0] if found else ""


@dataclass(frozen=True)
class Lost:
    """The connection broke. In doubt where the message may have been accepted."""

    in_doubt: bool
    text: str


class Unreachable(Exception):
    """There is no session, so nothing was handed over. Permanent where waiting cannot help."""

    def __init__(self, text: str, *, permanent: bool = False) -> None:
        super().__init__(text)
        self.permanent = permanent


class Session:
    """One connection, opened when first needed. Once it `broke` it is of no more use.

    `patience`: seconds for the last reply, where mailing twice would do no harm.
    """

    def __init__(self, *, patience: int | None = None) -> None:
        self._patience = patience
        self._server: smtplib.SMTP | None = None
        self.broke = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        if self._server and error is None:
            with suppress(OSError):
                self._server.quit()
        self._close()

    def open(self) -> smtplib.SMTP:
        if self._server is None:
            self._server = _connect()
        return self._server

    def _break(self) -> None:
        self.broke = True
        self._close()

    def _close(self) -> None:
        if self._server:
            self._server.close()
            self._server = None

    @property
    def takes_utf8_addresses(self) -> bool:
        return self.open().has_extn("smtputf8")

    def send(self, sender: str, recipient: str, message: bytes) -> Answer | Lost:
        server = self.open()
        in_doubt = False
        try:
            answer = _offer(server, sender, recipient)
            if answer.code == GO_AHEAD:
                in_doubt = True
                answer = _hand_over(server, message, self._patience or LAST_REPLY_TIMEOUT)
        except OSError as error:  # that of smtplib, too
            self._break()
            return Lost(in_doubt, str(error))
        if answer.code >= 400:
            self._start_anew(server, answer)
        return answer

    def _start_anew(self, server: smtplib.SMTP, refusal: Answer) -> None:
        """Make the session ready for the next message. The answer we have stands anyway."""
        try:
            if refusal.code == CLOSING or server.rset()[0] != 250:
                self._break()
        except OSError:
            self._break()


def _offer(server: smtplib.SMTP, sender: str, recipient: str) -> Answer:
    """Everything up to the message itself: GO_AHEAD, or what keeps it from going on."""
    options = [] if recipient.isascii() else ["SMTPUTF8", "BODY=8BITMIME"]
    answer = _understood(Stage.SENDER, server.mail(sender, options))
    if answer.code < 400:
        answer = _understood(Stage.RECIPIENT, server.rcpt(recipient))
    if answer.code < 400:
        answer = _understood(Stage.CONTENT, server.docmd("DATA"), expected=3)
    return answer


def _hand_over(server: smtplib.SMTP, message: bytes, patience: int) -> Answer:
    _set_timeout(server, patience)
    server.send(LEADING_DOT.sub(b"..", message) + b".\r\n")
    answer = _understood(Stage.CONTENT, server.getreply())
    _set_timeout(server, COMMAND_TIMEOUT)
    return answer


def _understood(stage: Stage, reply: tuple[int, bytes], *, expected: int = 2) -> Answer:
    code, text = reply
    if code // 100 not in (expected, 4, 5):
        raise smtplib.SMTPException(f"It gave an answer nobody understands: {code} {text!r}")
    return Answer(stage, code, text.decode(errors="replace"))


def _set_timeout(server: smtplib.SMTP, seconds: int) -> None:
    cast("socket.socket", server.sock).settimeout(seconds)


def _connect() -> smtplib.SMTP:
    host, port = settings.MAIL["EMAIL_HOST"], settings.MAIL["EMAIL_PORT"]
    try:
        server = _greet(host, port)
    except smtplib.SMTPNotSupportedError as error:
        raise Unreachable(
            f"{host} does not offer what MAIL_URL asks for: {error}", permanent=True
        ) from error
    except smtplib.SMTPAuthenticationError as error:
        raise Unreachable(
            f"{host} refuses our user name or password ({error.smtp_code}). Check MAIL_URL.",
            permanent=error.smtp_code >= 500,
        ) from error
    except OSError as error:
        raise Unreachable(f"{host}:{port} does not answer: {error}") from error
    _set_timeout(server, COMMAND_TIMEOUT)
    return server


def _greet(host: str, port: int) -> smtplib.SMTP:
    mail = settings.MAIL
    name = DNS_NAME.get_fqdn()
    server: smtplib.SMTP
    if mail["EMAIL_USE_SSL"]:
        context = ssl.create_default_context()
        server = smtplib.SMTP_SSL(host, port, name, timeout=CONNECT_TIMEOUT, context=context)
    else:
        server = smtplib.SMTP(host, port, name, timeout=CONNECT_TIMEOUT)
    try:
        server.ehlo_or_helo_if_needed()
        if mail["EMAIL_USE_TLS"]:
            server.starttls(context=ssl.create_default_context())
            server.ehlo_or_helo_if_needed()
        if mail["EMAIL_HOST_USER"]:
            server.login(mail["EMAIL_HOST_USER"], mail["EMAIL_HOST_PASSWORD"])
    except OSError:
        server.close()
        raise
    return server
