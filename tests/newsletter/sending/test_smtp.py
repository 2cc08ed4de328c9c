"""The dialogue with real servers: what is said at which point, and what breaks."""

from __future__ import annotations

import ssl
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword
from pytest_django import Settings

from newsletter.sending import smtp
from newsletter.sending.smtp import Answer, Lost, Session, Stage, Unreachable
from tests.mailserver import PATIENCE, Mailbox, free_port
from tests.newsletter.sending.recorder import DROP, Recorder

SENDER, READER = "ada@letters.example", "reader@example.org"
MESSAGE = b"Message-ID: <1@x.example>\r\n\r\nA line.\r\n.\r\n..two dots\r\n.end\r\n"


def send(recipient: str = READER) -> Answer | Lost:
    with Session() as session:
        return session.send(SENDER, recipient, MESSAGE)


def test_a_message_arrives_as_it_was_with_its_dots(recorder: Recorder) -> None:
    assert send() == Answer(Stage.CONTENT, 250, "2.0.0 Accepted")
    assert recorder.contents == [MESSAGE]
    assert recorder.heard[1:] == [f"mail from:<{SENDER}>", f"rcpt to:<{READER}>", "DATA", "quit"]


def test_one_session_takes_many_messages(recorder: Recorder) -> None:
    with Session() as session:
        for number in range(3):
            session.send(SENDER, f"{number}@example.org", MESSAGE)
        assert not session.broke
    assert recorder.accepted() == ["0@example.org", "1@example.org", "2@example.org"]
    assert [line for line in recorder.heard if line.startswith("ehlo")] == recorder.heard[:1]


@pytest.mark.parametrize(
    ("verb", "said", "answer"),
    [
        ("MAIL", "451 4.3.0 Busy", Answer(Stage.SENDER, 451, "4.3.0 Busy")),
        ("MAIL", "550 5.1.8 Who?", Answer(Stage.SENDER, 550, "5.1.8 Who?")),
        ("RCPT", "450 4.2.0 Greylisted", Answer(Stage.RECIPIENT, 450, "4.2.0 Greylisted")),
        ("RCPT", "550 5.1.1 Nobody", Answer(Stage.RECIPIENT, 550, "5.1.1 Nobody")),
        ("DATA", "554 5.5.1 No", Answer(Stage.CONTENT, 554, "5.5.1 No")),
        ("CONTENT", "452 4.3.1 Full", Answer(Stage.CONTENT, 452, "4.3.1 Full")),
        ("CONTENT", "550 5.7.1 Spam", Answer(Stage.CONTENT, 550, "5.7.1 Spam")),
    ],
)
def test_a_refusal_says_where_it_came_and_the_session_goes_on(
    recorder: Recorder, verb: str, said: str, answer: Answer
) -> None:
    recorder.script.answers[verb, "" if verb == "MAIL" else READER] = said
    with Session() as session:
        assert session.send(SENDER, READER, MESSAGE) == answer
        recorder.script.answers.clear()
        assert not session.broke
        assert session.send(SENDER, "next@example.org", MESSAGE) == Answer(
            Stage.CONTENT, 250, "2.0.0 Accepted"
        )
    assert recorder.accepted() == ["next@example.org"]


@pytest.mark.parametrize(
    ("verb", "said", "in_doubt"),
    [
        ("MAIL", DROP, False),
        ("RCPT", DROP, False),
        ("DATA", DROP, False),
        ("DATA", "250 Not what DATA is answered with", False),
        ("RCPT", "what?", False),
        ("CONTENT", DROP, True),
        ("ACCEPTED", DROP, True),
        ("ACCEPTED", "what?", True),
        ("ACCEPTED", "354 Go on", True),
    ],
)
def test_a_broken_connection_leaves_a_doubt_only_after_the_message_went_out(
    recorder: Recorder, verb: str, said: str, in_doubt: bool
) -> None:
    recorder.script.answers[verb, "" if verb == "MAIL" else READER] = said
    with Session() as session:
        lost = session.send(SENDER, READER, MESSAGE)
        assert isinstance(lost, Lost)
        assert lost.in_doubt is in_doubt
        assert session.broke
    assert len(recorder.accepted()) == (verb == "ACCEPTED")


@pytest.mark.parametrize("verb", ["RCPT", "ACCEPTED"])
def test_a_server_that_closes_is_not_talked_to_again(recorder: Recorder, verb: str) -> None:
    recorder.script.answers[verb, READER] = "421 4.3.2 Shutting down"
    with Session() as session:
        answer = session.send(SENDER, READER, MESSAGE)
        assert isinstance(answer, Answer)
        assert (answer.code, session.broke) == (421, True)
    assert "rset" not in recorder.heard


@pytest.mark.parametrize("said", [DROP, "500 What?"])
def test_a_session_that_cannot_start_anew_is_broken_and_the_answer_stands(
    recorder: Recorder, said: str
) -> None:
    recorder.script.answers = {("RCPT", READER): "550 5.1.1 No", ("RSET", READER): said}
    with Session() as session:
        answer = session.send(SENDER, READER, MESSAGE)
        assert answer == Answer(Stage.RECIPIENT, 550, "5.1.1 No")
        assert session.broke


@pytest.mark.parametrize(
    ("text", "enhanced"),
    [
        ("5.1.1 <x@example.org>: nobody", "5.1.1"),
        ("4.2.2\nMailbox full", "4.2.2"),
        ("5.1.10 NULL MX", "5.1.10"),
        ("No such user 5.1.1", ""),
        ("5.1.1000 is none", ""),
        ("", ""),
    ],
)
def test_the_enhanced_code_stands_at_the_beginning(text: str, enhanced: str) -> None:
    assert Answer(Stage.RECIPIENT, 550, text).enhanced == enhanced


def test_an_address_outside_ascii_is_announced(recorder: Recorder) -> None:
    with Session() as session:
        assert session.takes_utf8_addresses
        session.send(SENDER, "jürgen@example.org", MESSAGE)
    assert f"mail from:<{SENDER}> SMTPUTF8 BODY=8BITMIME" in recorder.heard
    assert recorder.accepted() == ["jürgen@example.org"]


def test_a_server_may_not_take_such_addresses(recorder: Recorder) -> None:
    recorder.script.features = ()
    with Session() as session:
        assert not session.takes_utf8_addresses


def test_an_exception_closes_without_waiting_for_a_goodbye(recorder: Recorder) -> None:
    session = Session()
    session.open()
    session.__exit__(KeyError, KeyError(), None)
    assert "quit" not in recorder.heard


# --- no session at all --------------------------------------------------------------------------


def test_a_server_that_is_away_is_said_to_be(settings: Settings) -> None:
    settings.MAIL = {**settings.MAIL, "EMAIL_PORT": free_port()}
    with pytest.raises(Unreachable, match="does not answer") as caught:
        send()
    assert not caught.value.permanent


@pytest.mark.parametrize(
    ("verb", "said"),
    [("CONNECT", "554 Go away"), ("CONNECT", DROP), ("EHLO", "421 Too many"), ("EHLO", DROP)],
)
def test_a_server_that_does_not_want_us_now_is_unreachable(
    recorder: Recorder, verb: str, said: str
) -> None:
    recorder.script.answers = {(verb, ""): said, ("HELO", ""): "421 Too many"}
    with pytest.raises(Unreachable) as caught:
        send()
    assert not caught.value.permanent


@pytest.mark.parametrize("wish", [{"EMAIL_USE_TLS": True}, {"EMAIL_HOST_USER": "ada"}])
def test_what_the_server_does_not_offer_cannot_be_waited_for(
    recorder: Recorder, settings: Settings, wish: dict[str, Any]
) -> None:
    settings.MAIL = {**settings.MAIL, **wish}
    with pytest.raises(Unreachable, match="does not offer what MAIL_URL asks for") as caught:
        send()
    assert caught.value.permanent


# --- encrypted, and with a password -------------------------------------------------------------


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("tls") / "both.pem"
    names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *names]
    subprocess.run([*command, "-keyout", path, "-out", path], check=True, capture_output=True)
    return path


type Start = Callable[..., Mailbox]


@pytest.fixture
def start(
    certificate: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Start]:
    """Starts a server with TLS, whose certificate this machine trusts."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    running: list[Controller] = []

    def start(*, implicit: bool, user: str = "", **options: Any) -> Mailbox:
        box, port = Mailbox(), free_port()
        options |= {"ssl_context" if implicit else "tls_context": context}
        options |= {"ready_timeout": PATIENCE}
        running.append(Controller(box, hostname="localhost", port=port, **options))
        running[-1].start()
        settings.MAIL = {
            "EMAIL_HOST": "localhost",
            "EMAIL_PORT": port,
            "EMAIL_USE_SSL": implicit,
            "EMAIL_USE_TLS": not implicit,
            "EMAIL_HOST_USER": user,
            "EMAIL_HOST_PASSWORD": "secret",
        }
        return box

    yield start
    for controller in running:
        controller.stop()


@pytest.mark.parametrize("implicit", [True, False])
def test_it_sends_encrypted(start: Start, implicit: bool) -> None:
    box = start(implicit=implicit)
    assert send() == Answer(Stage.CONTENT, 250, "Accepted")
    assert [mail.recipient for mail in box.received] == [READER]


def test_a_certificate_that_nobody_vouches_for_is_refused(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    box = start(implicit=False)
    monkeypatch.delenv("SSL_CERT_FILE")
    with pytest.raises(Unreachable, match="certificate"):
        send()
    assert not box.received


def login(server: object, session: object, envelope: object, how: str, data: object) -> AuthResult:
    assert isinstance(data, LoginPassword)
    return AuthResult(success=data == LoginPassword(b"ada", b"secret"), handled=False)


def test_it_logs_in(start: Start) -> None:
    box = start(implicit=False, user="ada", authenticator=login, auth_required=True)
    assert send() == Answer(Stage.CONTENT, 250, "Accepted")
    assert len(box.received) == 1


def test_a_wrong_password_cannot_be_waited_for(start: Start) -> None:
    start(implicit=False, user="bob", authenticator=login)
    with pytest.raises(Unreachable, match=r"user name or password \(535\)\. Check MAIL_URL") as bad:
        send()
    assert bad.value.permanent


def test_the_last_answer_is_waited_for_longer_than_others(recorder: Recorder) -> None:
    class Watch(dict[tuple[str, str], str]):
        def get(self, key: tuple[str, str], default: str = "") -> str:  # type: ignore[override]
            patience[key[0]] = server.sock.gettimeout() if server.sock else None
            return default

    patience: dict[str, float | None] = {}
    with Session() as session:
        server = session.open()
        recorder.script.answers = Watch()
        for _ in range(2):
            session.send(SENDER, READER, MESSAGE)
            last = patience.pop("ACCEPTED")
            assert last == smtp.LAST_REPLY_TIMEOUT > smtp.COMMAND_TIMEOUT
            assert {patience[verb] for verb in ("MAIL", "RCPT", "DATA")} == {smtp.COMMAND_TIMEOUT}


def test_an_answer_that_does_not_come_in_time_leaves_a_doubt(
    recorder: Recorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorder.script.delay = 60
    monkeypatch.setattr(smtp, "LAST_REPLY_TIMEOUT", 0.1)
    lost = send()
    assert isinstance(lost, Lost)
    assert lost.in_doubt
