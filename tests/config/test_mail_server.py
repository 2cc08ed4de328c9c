"""MAIL_URL as the mail settings that both Django and the ledger read."""

from __future__ import annotations

import pytest

from config.environment import mail_server, queue_server


@pytest.mark.parametrize(
    ("url", "port", "tls", "ssl"),
    [
        ("smtp://mail.example.org", 25, False, False),
        ("smtp://mail.example.org:2525", 2525, False, False),
        ("smtp://mail.example.org:587?tls=true", 587, True, False),
        ("submission://ann:secret@mail.example.org", 587, True, False),
        ("smtps://ann:secret@mail.example.org", 465, False, True),
        ("smtps://mail.example.org:4650", 4650, False, True),
    ],
)
def test_the_scheme_decides_port_and_encryption(url: str, port: int, tls: bool, ssl: bool) -> None:
    mail = mail_server(url)
    assert mail["EMAIL_HOST"] == "mail.example.org"
    assert (mail["EMAIL_PORT"], mail["EMAIL_USE_TLS"], mail["EMAIL_USE_SSL"]) == (port, tls, ssl)


def test_the_password_may_hold_any_character() -> None:
    assert mail_server("smtps://ann:a%40b%3A%2F@x.org")["EMAIL_HOST_PASSWORD"] == "a@b:/"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("", ""),
        ("redis://h/0", "redis://h/0?socket_connect_timeout=2"),
        ("rediss://h/0?db=1", "rediss://h/0?db=1&socket_connect_timeout=2"),
    ],
)
def test_nobody_waits_long_for_a_queue_that_is_away(url: str, expected: str) -> None:
    assert queue_server(url) == expected
