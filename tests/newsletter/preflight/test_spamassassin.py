"""SpamAssassin's opinion, read from its report; and asked for, where it is installed."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsletter.preflight import spamassassin
from newsletter.preflight.spamassassin import Score, read, score

MAIL = b"From: a@example.org\nTo: b@example.org\nSubject: Lamps\n\nA lamp burned.\n"
REPORT = """X-Spam-Status: No, score=1.8 required=5.0 tests=DRUGS_ERECTILE,
\tHTML_FONT_LOW_CONTRAST,NO_RELAYS autolearn=no version=4.0.1
Subject: Lamps

Content analysis details:   (1.8 points, 5.0 required)

 pts rule name              description
---- ---------------------- --------------------------------------------------
-0.0 NO_RELAYS              Informational: message was not relayed via SMTP
 0.7 NO_RECEIVED            No Received headers
 1.1 DRUGS_ERECTILE         BODY: Refers to an erectile drug
 0.7 HTML_FONT_LOW_CONTRAST BODY: HTML font color similar or identical to
                            background
"""


def test_the_report_is_read() -> None:
    assert read(REPORT) == Score(
        1.8,
        5.0,
        ["Refers to an erectile drug", "HTML font color similar or identical to background"],
    )


@pytest.mark.parametrize("report", ["", "spamassassin: no rules were found!"])
def test_what_is_no_report_has_no_score(report: str) -> None:
    assert read(report) is None


@pytest.mark.skipif(not spamassassin.is_installed(), reason="SpamAssassin is not installed")
def test_it_is_asked_where_it_is_installed() -> None:
    given = score(MAIL)
    assert given
    assert given.limit == 5.0


def test_without_it_there_is_no_score(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert not spamassassin.is_installed()
    assert score(MAIL) is None


def test_one_that_fails_or_dawdles_gives_no_score(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program = tmp_path / "spamassassin"
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    monkeypatch.setattr(spamassassin, "PATIENCE", 0.2)
    for does in ("exit 3", "exec sleep 5"):
        program.write_text(f"#!/bin/sh\n{does}\n")
        program.chmod(0o755)
        assert score(MAIL) is None
