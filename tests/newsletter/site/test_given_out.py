"""Threads whose page was given out by mention: there for whoever has the address, and no list."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils.timezone import now

from newsletter.models import Excuse
from tests.factories import make_account, make_import, make_newsletter, make_thread
from tests.newsletter.site.conftest import Publish
from threads.models import Account, Bot, Claim, OptOut, Thread

pytestmark = pytest.mark.django_db


def given_out(account: Account, **fields: Any) -> Thread:
    return make_thread(account=account, unrolled_at=now(), **fields)


def stranger() -> Account:
    return make_account(remote_id="7", handle="bo", name="Bo", claim="", claimed_at=None)


def look(client: Client, thread: Thread) -> Any:
    return client.get(f"/threads/{thread.pk}/")


def is_hidden_from_search(answer: Any) -> bool:
    in_page = '<meta name="robots" content="noindex">' in answer.text
    assert (answer.get("X-Robots-Tag") == "noindex") == in_page
    return in_page


@pytest.mark.parametrize("claim", ["", Claim.CODE])
def test_a_page_that_was_given_out_is_read_by_all_and_listed_nowhere(
    client: Client, publish: Publish, claim: str
) -> None:
    account = make_account(claim=claim)
    thread = given_out(account, title="Given out")
    answer = look(client, thread)
    assert answer.status_code == 200
    assert is_hidden_from_search(answer)
    assert "Only editors see this page" not in answer.text
    assert "private" not in answer.get("Cache-Control", "")
    assert f"/authors/{account.pk}/" not in answer.text
    assert client.get(f"/authors/{account.pk}/").status_code == 404

    used = make_thread(account=account, title="Used")
    Account.objects.update(claim=Claim.CODE)
    publish(make_newsletter(), "Text.", used)
    Account.objects.update(claim=claim)
    for path in (f"/threads/{used.pk}/", "/", "/letters/feed.atom"):
        assert "Given out" not in client.get(path).text


def test_what_was_never_given_out_stays_with_the_editors(client: Client) -> None:
    assert look(client, make_thread(account=stranger())).status_code == 404
    unfinished = given_out(stranger(), imported_by=make_import(state="running"))
    assert look(client, unfinished).status_code == 404


def test_a_claimed_author_is_listed_once_a_post_uses_the_thread(
    client: Client, publish: Publish
) -> None:
    thread = given_out(make_account())
    publish(make_newsletter(), "Text.", thread)
    answer = look(client, thread)
    assert not is_hidden_from_search(answer)
    assert f"/authors/{thread.account_id}/" in answer.text
    assert "you do not want it here" not in answer.text


def test_somebody_elses_thread_is_listed_not_even_then(client: Client, publish: Publish) -> None:
    thread = make_thread(account=stranger())
    post = publish(make_newsletter(), "Text.", make_thread(), slug="mine")
    post.sources.create(thread=thread, position=2)
    Excuse.objects.create(post=post, reason="Bo agreed.").accounts.add(thread.account)
    answer = look(client, thread)
    assert answer.status_code == 200
    assert is_hidden_from_search(answer)
    assert "you do not want it here" in answer.text
    assert client.get(f"/authors/{thread.account_id}/").status_code == 404
    client.force_login(User.objects.create_user("ada", is_staff=True))
    assert client.get(f"/authors/{thread.account_id}/").status_code == 200


def test_an_author_who_opted_out_is_shown_no_more(client: Client) -> None:
    thread = given_out(stranger())
    OptOut.objects.create(platform="mastodon", remote_id="7")
    assert look(client, thread).status_code == 200
    OptOut.objects.create(platform="x", remote_id="7")
    assert look(client, thread).status_code == 404


def test_the_page_for_authors_tells_how_to_decide(client: Client) -> None:
    page = client.get("/authors/opt-out/")
    assert "No bot listens here" in page.text
    Bot.objects.create(platform="mastodon", handle="unroll@letters.example")
    page = client.get("/authors/opt-out/")
    assert "On Mastodon: <strong>@unroll@letters.example stop</strong>" in page.text
    assert '<a href="/authors/opt-out/">' in look(client, given_out(stranger())).text
    assert client.post("/authors/opt-out/").status_code == 405
