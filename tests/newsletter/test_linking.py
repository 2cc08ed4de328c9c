"""Pages that posts lead to: asked once, and what they say of themselves."""

from __future__ import annotations

import socket
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils.timezone import now
from pytest_httpserver import HTTPServer

from newsletter import linking
from newsletter.linking import Said, card, said_by
from newsletter.models import LinkedPage
from threads import outside

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

State = LinkedPage.State
PAGE = """<!doctype html><title>Lamps  &amp; logs</title>
<meta name="description" content="A page about lamps.">"""


@pytest.mark.parametrize(
    ("html", "said"),
    [
        (PAGE, Said("Lamps & logs", "A page about lamps.")),
        (
            PAGE + '<meta property="og:title" content="Lamps">'
            '<meta property="og:description" content="For sharing.">',
            Said("Lamps", "For sharing."),
        ),
        ('<title>A\u202eb</title><meta property="og:title" content="">', Said("Ab")),
        ("", Said()),
        ("<title>" + "x" * 400, Said("x" * 300)),
    ],
)
def test_a_page_says_what_it_is(html: str, said: Said) -> None:
    assert said_by(html) == said


def test_a_card_is_asked_for_once_a_day(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/page").respond_with_data(PAGE, content_type="text/html")
    url = httpserver.url_for("/page")
    for address in (url, f"{url}#part", url):
        assert card(address, outside.web()).title == "Lamps & logs"
    assert len(httpserver.log) == 1
    with time_machine.travel(now() + timedelta(hours=25)):
        card(url, outside.web())
    assert len(httpserver.log) == 2


@pytest.mark.parametrize(
    ("status", "state"),
    [
        (404, State.GONE),
        (410, State.GONE),
        (403, State.ANSWERED),
        (500, State.FAILED),
        (429, State.FAILED),
        (400, State.REFUSED),
    ],
)
def test_a_refusal_is_kept_with_its_reason(
    httpserver: HTTPServer, status: int, state: State
) -> None:
    httpserver.expect_request("/").respond_with_data("", status=status)
    page = card(httpserver.url_for("/"), outside.web())
    page.refresh_from_db()
    assert page.state == state
    assert "127.0.0.1" in page.note


def test_a_large_page_answers_all_the_same(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/").respond_with_data(b"x" * (linking.LOOK.size + 1))
    page = card(httpserver.url_for("/"), outside.web())
    assert page.state == State.ANSWERED
    assert "larger than 2 MB" in page.note


def test_what_is_no_page_has_no_title(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/").respond_with_data(PAGE, content_type="application/pdf")
    assert card(httpserver.url_for("/"), outside.web()).title == ""


def test_a_name_that_nobody_knows_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*question: Any) -> Any:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert card("http://lost.example/", outside.web()).state == State.GONE


def test_nothing_private_and_nothing_endless_is_asked() -> None:
    assert card("http://10.0.0.1/", outside.web()).state == State.REFUSED
    assert card("http://e.example/" + "x" * 2000, outside.web()).state == State.REFUSED
    assert LinkedPage.objects.count() == 1


@pytest.mark.parametrize("status", [404, 500])
def test_a_page_that_was_away_is_asked_again_soon(httpserver: HTTPServer, status: int) -> None:
    httpserver.expect_ordered_request("/").respond_with_data("", status=status)
    httpserver.expect_ordered_request("/").respond_with_data(PAGE, content_type="text/html")
    url = httpserver.url_for("/")
    card(url, outside.web())
    assert card(url, outside.web()).state != State.ANSWERED
    with time_machine.travel(now() + timedelta(minutes=6)):
        assert card(url, outside.web()).state == State.ANSWERED


def test_two_who_ask_at_once_ask_once(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/").respond_with_data("")
    first, second = (linking.noted([httpserver.url_for("/")])[0] for _ in range(2))
    linking.ask(first, outside.web())
    linking.ask(second, outside.web())
    assert len(httpserver.log) == 1
    assert second.state == State.ANSWERED


def test_whoever_died_while_asking_is_followed_by_another(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/").respond_with_data("")
    page = linking.noted([httpserver.url_for("/")])[0]
    LinkedPage.objects.update(asked_at=now())
    assert not LinkedPage.objects.due().exists()
    with time_machine.travel(now() + timedelta(minutes=2)):
        page.refresh_from_db()
        linking.ask(page, outside.web())
    assert page.state == State.ANSWERED


def test_it_stops_when_its_time_is_up(httpserver: HTTPServer) -> None:
    pages = linking.noted([httpserver.url_for("/a"), httpserver.url_for("/b")])
    assert not linking.ask_due(pages, outside.web(), seconds=-1)
    assert linking.ask_due(pages, outside.web(), seconds=30)
    assert len(httpserver.log) == 2
