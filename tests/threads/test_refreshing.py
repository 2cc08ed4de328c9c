"""A thread is fetched again: what became different is kept, and drafts may take it over."""

from __future__ import annotations

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils.timezone import now
from pytest_httpserver import HTTPServer

from newsletter.drafting import compose
from newsletter.living import open_changes
from tests.factories import make_account, make_thread
from tests.queue import run_jobs
from tests.threads.sources.mastodon_server import MastodonServer
from threads import refreshing
from threads.markdown import markdown_of
from threads.models import Account, Change, Import, Status, Thread, UndoStep

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def server(httpserver: HTTPServer) -> MastodonServer:
    return MastodonServer(httpserver)


def run(*command: str) -> Any:
    out = StringIO()
    call_command(*command, "--json", stdout=out, stderr=StringIO())
    return json.loads(out.getvalue())


def imported(server: MastodonServer, *texts: str) -> tuple[Thread, list[str]]:
    ids = server.thread(*texts)
    told = run("import_threads", server.url(ids[1]))
    return Thread.objects.get(pk=told["thread_list"][0]["id"]), ids


def test_nothing_changed_is_no_change(server: MastodonServer) -> None:
    thread, _ = imported(server, "The lamp.", "It burned.")
    assert run("refresh_thread", str(thread.pk))["changes"] == []
    thread.refresh_from_db()
    assert thread.refreshed_at


def test_what_was_added_edited_and_deleted_is_told(server: MastodonServer) -> None:
    thread, ids = imported(server, "The lamp.", "It burned.", "Nobody lied.")
    server.edit(ids[0], "The old lamp.")
    server.post("Or did they?", reply_to=ids[2])
    server.delete(ids[1])  # its answers no longer know what they answered
    changes = run("refresh_thread", str(thread.pk))["changes"]
    assert sorted(change["kind"] for change in changes) == ["added", "deleted", "edited"]
    edit = Change.objects.get(kind="edited")
    assert (edit.before, edit.after) == ("The lamp.", "The old lamp.")
    assert [markdown_of(part) for part in thread.main_line()] == [
        "The old lamp.",
        "Nobody lied.",
        "Or did they?",
    ]


@pytest.mark.parametrize("claimed", [True, False])
def test_deleted_words_are_kept_only_of_an_own_account(
    server: MastodonServer, *, claimed: bool
) -> None:
    thread, ids = imported(server, "The lamp.", "It burned.", "Nobody lied.")
    Account.objects.update(claimed_at=now() if claimed else None)
    server.delete(ids[2])
    run("refresh_thread", str(thread.pk))
    gone = Status.objects.get(remote_id__endswith=ids[2])
    assert gone.deleted_at
    assert bool(gone.text) is claimed
    assert bool(Change.objects.get(kind="deleted").before) is claimed
    assert "Nobody lied." not in json.dumps(list(UndoStep.objects.values("before")))
    call_command("undo_import", str(Import.objects.latest("pk").pk), stdout=StringIO())
    gone.refresh_from_db()
    assert not gone.deleted_at
    assert bool(gone.text) is claimed


def test_a_draft_is_offered_the_change(
    server: MastodonServer, queue: None, admin_client: Client
) -> None:
    thread, ids = imported(server, "The lamp.", "It burned.")
    post = compose([thread])
    server.edit(ids[1], "It went out.")
    answer = admin_client.post(f"/admin/threads/thread/{thread.pk}/refresh/", follow=True)
    assert answer.redirect_chain[-1][0].startswith("/admin/threads/import/")
    run_jobs()
    (change,) = open_changes(post)
    assert (change.before, change.after) == ("It burned.", "It went out.")
    post.refresh_from_db()
    assert post.latest
    assert "It burned." in post.latest.body
    assert "was edited" in admin_client.get(f"/admin/threads/thread/{thread.pk}/change/").text


def test_one_that_is_under_way_is_not_begun_twice(server: MastodonServer) -> None:
    thread, _ = imported(server, "The lamp.", "It burned.")
    assert refreshing.begin(thread) == refreshing.begin(thread)
    assert Import.objects.filter(state=Import.State.WAITING).count() == 1


def test_what_was_pasted_cannot_be_fetched_again(admin_client: Client) -> None:
    thread = make_thread(account=make_account(platform="none", remote_id="mira"), url="")
    with pytest.raises(CommandError, match="Paste it anew"):
        run("refresh_thread", str(thread.pk))
    page = f"/admin/threads/thread/{thread.pk}/"
    assert "Fetch again" not in admin_client.get(f"{page}change/").text
    assert "Paste it anew" in admin_client.post(f"{page}refresh/", follow=True).text


def test_a_thread_that_is_not_there_is_named() -> None:
    with pytest.raises(CommandError, match=r"There is no thread 4711\."):
        run("refresh_thread", "4711")


def test_a_server_that_is_away_loses_nothing(server: MastodonServer) -> None:
    thread, _ = imported(server, "The lamp.", "It burned.")
    server.fail(503)
    with pytest.raises(CommandError):
        run("refresh_thread", str(thread.pk))
    assert thread.main_line().count() == 2
    assert not Change.objects.exists()
    assert not Import.objects.filter(state=Import.State.WAITING).exists()
