"""An account is the creator's own when its profile says so, or its archive is here."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer

from tests.factories import make_account, make_import, make_thread
from tests.threads.archives import Archive
from tests.threads.sources.bluesky_server import Sky
from tests.threads.sources.bluesky_server import sky as sky
from tests.threads.sources.mastodon_server import MastodonServer
from threads import claiming, importing, outside
from threads.claiming import NoProof, code_of, prove
from threads.models import Account, Claim, Import
from threads.sources.base import SourceError
from threads.sources.catalog import open_source

pytestmark = pytest.mark.django_db

HOMES = ["https://letters.mira.example/", "https://letters.mira.example/slow-signals/"]


def unclaimed(httpserver: HTTPServer, **fields: str) -> Account:
    """On a server that tells strangers nothing but what stands on its pages."""
    httpserver.expect_request(re.compile("/api/.*")).respond_with_data("{}", status=401)
    whole = {"platform": "mastodon", "remote_id": httpserver.url_for("/users/mira")}
    whole |= {"handle": "mira@social.example", "url": httpserver.url_for("/@mira")} | fields
    return make_account(claim="", claimed_at=None, **whole)


def page(httpserver: HTTPServer, inside: str, about: str = "") -> None:
    html = f'<html><head><meta name="description" content="{about}"></head><body>{inside}</body>'
    httpserver.expect_request("/@mira").respond_with_data(html, content_type="text/html")


def ask(account: Account, homes: list[str] = HOMES) -> Claim:
    return prove(account, outside.web(), outside.services(), homes)


@pytest.mark.parametrize(
    "link",
    [
        '<a rel="me nofollow" href="https://letters.mira.example/">home</a>',
        '<link rel="me" href="http://www.letters.mira.example">',
        '<a rel="me" href="https://letters.mira.example/slow-signals">one newsletter</a>',
    ],
)
def test_a_profile_that_links_here_as_its_own_is_ours(httpserver: HTTPServer, link: str) -> None:
    account = unclaimed(httpserver)
    page(httpserver, link)
    assert ask(account) == Claim.LINK
    account.refresh_from_db()
    assert account.claim == Claim.LINK
    assert account.claimed_at


@pytest.mark.parametrize(
    "link",
    [
        '<a href="https://letters.mira.example/">read this</a>',
        '<a rel="me" href="https://letters.mira.example/threads/5/">a page of it</a>',
        '<a rel="me" href="https://letters.mira.example.evil.example/">another host</a>',
        '<a rel="me" href="https://letters.mira.example:8443/">another port</a>',
        '<a rel="me" href="http://[::1/">rubbish</a>',
        "",
    ],
)
def test_a_profile_that_does_not_is_not(httpserver: HTTPServer, link: str) -> None:
    account = unclaimed(httpserver)
    page(httpserver, link)
    with pytest.raises(NoProof, match="neither a link to this site nor the code"):
        ask(account)
    account.refresh_from_db()
    assert (account.claim, account.claimed_at) == ("", None)


def test_a_site_without_a_public_address_is_proven_by_no_link(httpserver: HTTPServer) -> None:
    account = unclaimed(httpserver)
    page(httpserver, '<a rel="me" href="http://127.0.0.1:8000/">mine, as everybody’s</a>')
    with pytest.raises(NoProof):
        ask(account, ["http://127.0.0.1:8000/"])


def test_the_code_in_the_profile_proves_it(httpserver: HTTPServer) -> None:
    account = unclaimed(httpserver)
    code = code_of(account)
    assert code.startswith("unspool-")
    assert code_of(Account.objects.get(pk=account.pk)) == code
    page(httpserver, "", about=f"Keeper of lamps. {code.upper()}")
    assert ask(account) == Claim.CODE


def test_a_longer_code_is_another_one(httpserver: HTTPServer) -> None:
    account = unclaimed(httpserver)
    page(httpserver, "", about=f"{code_of(account)}x")
    with pytest.raises(NoProof):
        ask(account)


def test_an_empty_code_is_found_in_no_profile(httpserver: HTTPServer) -> None:
    page(httpserver, "", about="Keeper of lamps.")
    with pytest.raises(NoProof):
        ask(unclaimed(httpserver))


def test_a_profile_that_cannot_be_seen_says_what_else_to_do(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/@mira").respond_with_data("", status=401)
    with pytest.raises(SourceError, match=r"cannot be seen.*Import the archive"):
        ask(unclaimed(httpserver))


def test_mastodon_is_asked_for_the_fields_of_a_profile(httpserver: HTTPServer) -> None:
    server = MastodonServer(httpserver)
    row = server.accounts[server.mira]
    account = make_account(
        platform="mastodon", remote_id=row["uri"], handle="mira", claim="", url=row["url"]
    )
    with pytest.raises(NoProof):
        ask(account)
    home = '<a href="https://letters.mira.example" rel="me nofollow noopener">letters</a>'
    row["fields"] = [{"name": "Letters", "value": home, "verified_at": None}]
    assert ask(account) == Claim.LINK


def test_bluesky_is_asked_for_the_text_and_the_handle(sky: Sky) -> None:
    mira = sky.author("mira.example", "Mira Osei")
    account = make_account(platform="bluesky", remote_id=mira.did, handle="old.example", claim="")
    with pytest.raises(NoProof):
        prove(account, sky.web, sky.services, ["https://elsewhere.example/"])
    assert prove(account, sky.web, sky.services, HOMES) == Claim.HANDLE
    Account.objects.update(claim="", claim_code="unspool-7f3k9q")
    account.refresh_from_db()
    mira.bio = "Lamps. unspool-7f3k9q"
    assert prove(account, sky.web, sky.services, HOMES) == Claim.CODE


def test_x_without_a_token_says_what_else_to_do() -> None:
    with pytest.raises(SourceError, match="archive"):
        ask(make_account(claim=""))


def test_what_was_pasted_needs_no_proof_and_has_none() -> None:
    account = make_account(platform="none", remote_id="text:1", claim="", claimed_at=None)
    assert not Account.objects.unclaimed().exists()
    with pytest.raises(NoProof, match="pasted"):
        ask(account)


def test_an_author_without_a_name_cannot_be_asked() -> None:
    account = make_account(remote_id="content:1", claim="", claimed_at=None)
    with pytest.raises(NoProof, match="whole archive"):
        ask(account)


def test_what_is_proven_is_not_asked_again() -> None:
    assert ask(make_account(claim=Claim.CODE)) == Claim.CODE


@pytest.mark.parametrize(
    ("handle", "host", "proves"),
    [
        ("mira.example", "mira.example", True),
        ("mira.example", "letters.mira.example", True),
        ("letters.mira.example", "letters.mira.example", True),
        ("bo.mira.example", "mira.example", False),
        ("mira.example", "notmira.example", False),
        ("mira.bsky.social", "mira.bsky.social", False),
        ("bsky.social", "mira.bsky.social", False),
        ("mira.github.io", "mira.github.io", True),
        ("github.io", "mira.github.io", False),
        ("co.uk", "mira.co.uk", False),
        ("example", "mira.example", False),
        ("handle.invalid", "handle.invalid", False),
        ("", "mira.example", False),
    ],
)
def test_a_handle_proves_it_where_it_is_the_domain_that_we_live_on(
    handle: str, host: str, proves: bool
) -> None:
    assert claiming._owns(handle, [host]) is proves


# --- by the archive -----------------------------------------------------------------------------


def bring_in(path: Path) -> Import:
    return importing.run(importing.begin(path.name), open_source(path))


@pytest.mark.parametrize("form", ["zip", "folder", "tweets.js"])
def test_an_archive_claims_its_account_until_the_last_one_is_undone(
    tmp_path: Path, form: str
) -> None:
    archive = Archive()
    archive.thread("One.", "Two.")
    folder = archive.folder(tmp_path / "archive")
    paths = {"zip": archive.zip(tmp_path / "a.zip"), "folder": folder}
    path = paths.get(form, folder / "data" / "tweets.js")
    pasted = make_thread(
        account=make_account(remote_id=archive.own, claim="", claimed_at=None),
        imported_by=make_import(kind="thread_reader"),
    )
    first, again = bring_in(path), bring_in(path)
    assert Account.objects.get().claim == Claim.ARCHIVE
    importing.undo(again)
    assert Account.objects.get().claim == Claim.ARCHIVE
    importing.undo(first)
    pasted.account.refresh_from_db()
    assert (pasted.account.claim, pasted.account.claimed_at) == ("", None)


def test_a_proof_by_the_profile_outlasts_the_archive(tmp_path: Path) -> None:
    archive = Archive()
    archive.thread("One.", "Two.")
    thread = make_thread(account=make_account(remote_id=archive.own, claim=Claim.LINK))
    importing.undo(bring_in(archive.folder(tmp_path)))
    thread.account.refresh_from_db()
    assert thread.account.claim == Claim.LINK
