"""Proving an account by command."""

from __future__ import annotations

import json
import re
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings
from pytest_httpserver import HTTPServer

from tests.factories import make_account, make_newsletter
from threads.models import Account, Claim

pytestmark = pytest.mark.django_db


@pytest.fixture
def account(httpserver: HTTPServer, settings: Settings) -> Account:
    settings.BASE_URL = "https://letters.example"
    httpserver.expect_request(re.compile("/api/.*")).respond_with_data("{}", status=401)
    return make_account(
        platform="mastodon",
        remote_id=httpserver.url_for("/users/mira"),
        handle="mira@social.example",
        url=httpserver.url_for("/@mira"),
        claim="",
        claimed_at=None,
    )


def claim(*arguments: str) -> tuple[str, str]:
    out, refusal = StringIO(), ""
    try:
        call_command("claim", *arguments, stdout=out)
    except CommandError as error:
        refusal = str(error)
    return out.getvalue(), refusal


def as_json(*arguments: str) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(claim(*arguments, "--json")[0])
    return answer


def test_it_says_what_to_put_where(account: Account, httpserver: HTTPServer) -> None:
    make_newsletter()
    httpserver.expect_request("/@mira").respond_with_data("<p>Lamps.</p>")
    printed, refusal = claim("mira@social.example")
    account.refresh_from_db()
    assert "https://letters.example/ or https://letters.example/letters/ (rel=me)" in printed
    assert account.claim_code in printed
    assert "its handle" not in printed
    assert "neither a link" in refusal
    assert as_json(str(account.pk)) == {
        "account": account.pk,
        "platform": "mastodon",
        "handle": "mira@social.example",
        "claim": None,
        "claimed_at": None,
        "code": account.claim_code,
        "links": ["https://letters.example/", "https://letters.example/letters/"],
    }


def test_it_says_that_it_is_proven(account: Account, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/@mira").respond_with_data(
        '<a rel="me" href="https://letters.example/">'
    )
    assert "is yours: its profile links here" in claim("@Mira@social.example")[0]
    answer = as_json(str(account.pk))
    assert (answer["claim"], answer["code"]) == (Claim.LINK, None)
    httpserver.clear()
    assert claim(str(account.pk)) == (f"{account} is yours: {Claim.LINK.label}.\n", "")


def test_a_bluesky_account_may_have_our_domain(account: Account) -> None:
    Account.objects.update(platform="bluesky", url="http://127.0.0.1:1/")
    assert "make letters.example its handle" in claim(str(account.pk))[0]


def test_a_site_without_a_public_address_offers_the_code(
    account: Account, settings: Settings
) -> None:
    settings.BASE_URL = "http://127.0.0.1:8000"
    assert "link from" not in claim(str(account.pk))[0]


def test_an_account_must_be_there_and_be_meant(account: Account) -> None:
    assert claim("nobody")[1] == "There is no account nobody."
    make_account(handle="mira@social.example")
    assert "Say which by number" in claim("mira@social.example")[1]
