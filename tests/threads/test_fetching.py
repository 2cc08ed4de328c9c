"""Imports from an address: from what the editor gives to the thread that stands here."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils.timezone import now
from pytest_django import Settings
from pytest_httpserver import HTTPServer

from config.queue import wake
from tests.queue import run_jobs
from tests.threads.archives import Archive
from tests.threads.sources.x_server import TOKEN, XServer, problem
from threads import fetching, importing
from threads.jobs import PATIENCE, run_import, sweep
from threads.models import Account, Import, Thread
from threads.sources import x_asking
from threads.sources.catalog import open_source

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def x(httpserver: HTTPServer, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> XServer:
    monkeypatch.setattr(x_asking, "BREATH", 0)
    server = XServer(httpserver)
    settings.X_URL, settings.X_TOKEN = server.url, TOKEN
    return server


def address(id_: str) -> str:
    return f"x.com/miraosei/status/{id_}?s=20"


def begun(id_: str, **options: object) -> Import:
    return fetching.begin(address(id_), options=options)


def test_an_address_becomes_a_thread(x: XServer, queue: None, admin_client: Client) -> None:
    ids = x.thread("A lamp, one.", "Two.", "Three.")
    page = admin_client.post(
        "/admin/threads/import/add/address/", {"address": f" {address(ids[1])} "}, follow=True
    ).text
    assert "Waiting for its turn" in page
    run_jobs()
    thread = Thread.objects.visible().get()
    assert [status.text for status in thread.main_line()] == ["A lamp, one.", "Two.", "Three."]
    import_ = Import.objects.get()
    assert (import_.state, import_.kind) == ("done", "x_api")
    assert import_.source == f"x.com/miraosei/status/{ids[1]}"
    page = admin_client.get(f"/admin/threads/import/{import_.pk}/change/").text
    assert "3 posts were read from X, for about $0.01." in page
    assert "a thread on X" in page


def test_an_address_in_the_text_box_is_understood(admin_client: Client, x: XServer) -> None:
    form = {"text": f"<{address('20')}>\r\n", "how": "auto"}
    admin_client.post("/admin/threads/import/add/paste/", form)
    assert Import.objects.get().address == "https://x.com/miraosei/status/20"


def test_what_cannot_be_fetched_is_told_at_the_box(admin_client: Client) -> None:
    for written, words in {
        "x.com/miraosei/status/20": "upload the author’s archive",
        "x.com/miraosei": "is an account: follow it instead",
        "lamps": "This is no address.",
    }.items():
        form = {"address": written}
        answer = admin_client.post("/admin/threads/import/add/address/", form)
        assert answer.status_code == 400
        assert words in answer.text
        assert f'value="{written}"' in answer.text
    assert not Import.objects.exists()


def test_an_address_needs_the_right(client: Client) -> None:
    client.force_login(User.objects.create_user("reader", is_staff=True))
    for page in ("add/address/", "1/price/"):
        assert client.post(f"/admin/threads/import/{page}").status_code == 403


def test_replies_to_others_come_in_when_asked_for(x: XServer) -> None:
    above = x.post("Why do lamps turn?", by="20")
    first = x.post("@bo Because.", reply_to=above)
    x.post("And slowly.", reply_to=first)
    run_import(begun(first).pk)
    assert not Thread.objects.exists()
    run_import(begun(first, with_replies=True).pk)
    assert Thread.objects.visible().get().length == 2


# --- again, later -----------------------------------------------------------------------------


def test_what_is_temporary_is_tried_again(x: XServer, queue: None, admin_client: Client) -> None:
    ids = x.thread("One.", "Two.")
    x.instead[f"/tweets/{ids[0]}"] = problem(503, "Over capacity")
    import_ = begun(ids[0])
    run_import(import_.pk)
    import_.refresh_from_db()
    assert (import_.state, import_.tries) == ("waiting", 1)
    page = admin_client.get(f"/admin/threads/import/{import_.pk}/change/").text
    assert "It waits." in page
    assert "X did not answer" in page

    x.instead.clear()
    run_import(import_.pk)
    assert not fetching.due(now() - PATIENCE).exists()
    Import.objects.update(try_at=now())
    sweep()
    run_jobs()
    import_.refresh_from_db()
    assert (import_.state, import_.error) == ("done", "")


def test_a_limit_is_waited_for(x: XServer) -> None:
    later = now() + timedelta(hours=3)
    reset = {
        "x-rate-limit-remaining": "0",
        "x-rate-limit-reset": str(int(later.timestamp())),
    }
    x.instead["/tweets/20"] = problem(429, "Too Many", reset)
    import_ = begun("20")
    run_import(import_.pk)
    import_.refresh_from_db()
    assert import_.try_at is not None
    assert abs(import_.try_at - later) < timedelta(seconds=2)


def test_it_is_not_tried_for_ever(x: XServer) -> None:
    x.instead["/tweets/20"] = problem(503, "Over capacity")
    import_ = begun("20")
    for _ in range(fetching.TRIES):
        Import.objects.update(try_at=None)
        run_import(import_.pk)
    import_.refresh_from_db()
    assert (import_.state, import_.tries) == ("failed", fetching.TRIES)
    assert "X did not answer" in import_.error


def test_what_is_permanent_is_refused_at_once(x: XServer) -> None:
    import_ = begun("20")
    run_import(import_.pk)
    import_.refresh_from_db()
    assert import_.state == "failed"
    assert "it was deleted, or never there" in import_.error


def test_a_job_that_comes_twice_pays_once(x: XServer, queue: None) -> None:
    ids = x.thread("One.", "Two.")
    import_ = begun(ids[0])
    assert fetching.lease(import_)
    run_import(import_.pk)
    assert x.asked == []
    Import.objects.update(try_at=None)
    wake(run_import, import_.pk)
    wake(run_import, import_.pk)
    run_jobs()
    assert x.asked.count(f"/tweets/{ids[0]}") == 1


def test_an_address_whose_job_was_lost_is_found_again(x: XServer, queue: None) -> None:
    begun(x.thread("One.", "Two.")[0])
    Import.objects.update(started_at=now() - PATIENCE - timedelta(seconds=1))
    sweep()
    run_jobs()
    assert Import.objects.get().state == "done"


# --- money ------------------------------------------------------------------------------------


def test_what_costs_much_is_asked_first(
    x: XServer, queue: None, settings: Settings, admin_client: Client
) -> None:
    settings.X_ASK_ABOVE = 0.02
    ids = x.thread(*(f"Part {number}." for number in range(6)))
    import_ = begun(ids[0])
    run_import(import_.pk)
    assert "/tweets/search/all" not in x.asked
    page = admin_client.get(f"/admin/threads/import/{import_.pk}/change/").text
    assert "Reading about 6 posts from X costs about $0.03." in page
    Import.objects.update(started_at=now() - PATIENCE - timedelta(seconds=1))
    assert not fetching.due(now() - PATIENCE).exists()

    admin_client.post(f"/admin/threads/import/{import_.pk}/price/", {"yes": "1"})
    run_jobs()
    assert Thread.objects.visible().get().length == 6


def test_what_costs_much_may_be_left(x: XServer, settings: Settings, admin_client: Client) -> None:
    settings.X_ASK_ABOVE = 0
    import_ = begun(x.thread("One.", "Two.")[0])
    run_import(import_.pk)
    url = f"/admin/threads/import/{import_.pk}/price/"
    assert "nothing came in" in admin_client.post(url, follow=True).text
    assert admin_client.post(url, {"yes": "1"}).status_code == 404
    run_import(import_.pk)
    assert not Thread.objects.exists()


# --- the archive of the same author -----------------------------------------------------------


@pytest.mark.parametrize("first", ["archive", "x"])
def test_the_archive_and_x_tell_the_same_of_the_same_posts(
    x: XServer, tmp_path: Path, first: str
) -> None:
    """But for alternative texts, quoted words, polls and what lies behind short addresses."""
    archive = Archive()
    tell_both(archive, x)
    path = archive.zip(tmp_path / "archive.zip")

    def from_archive() -> Import:
        source = open_source(path)
        return importing.run(importing.begin("archive.zip", kind=source.kind), source)

    def from_x() -> Import:
        import_ = begun(next(iter(x.posts)))
        fetching.run(import_)
        import_.refresh_from_db()
        return import_

    ways = [from_archive, from_x] if first == "archive" else [from_x, from_archive]
    before, after = [way() for way in ways]
    assert (before.created, before.error) == (4, "")
    assert (after.created, after.updated, after.unchanged) == (0, 0, 4)
    assert after.account == before.account


def tell_both(archive: Archive, x: XServer) -> None:
    links = {"https://t.co/a": "https://example.org/a?b=1&c=2"}
    opening = 'Lamps <turn> & burn, @bo: https://t.co/a "🕯" #lamps'
    marks = {"links": links, "mentions": ["bo"], "hashtags": ["lamps"], "likes": 3}
    first = archive.tweet(opening, **marks)  # type: ignore[arg-type]  # the same for both
    assert first == x.post(opening, **marks)  # type: ignore[arg-type]
    second = archive.tweet("With a picture.", reply_to=first, photos=[None])
    photo = {"url": f"{archive.pictures}/P{second[-6:]}0.jpg", "width": 40, "height": 30}
    x.post("With a picture.", reply_to=first, media=[photo])
    quote = {"https://t.co/q": f"https://twitter.com/miraosei/status/{first}"}
    third = archive.tweet("See https://t.co/q", reply_to=second, links=quote)
    x.post("See https://t.co/q", reply_to=second, links=quote, quotes=first)
    cut, whole = "A long one & more …", "A long one & more, to its <end>: https://t.co/n"
    note = {"https://t.co/n": "https://example.org/n"}
    fourth = archive.tweet(cut, reply_to=third)
    at = whole.index("https://t.co/n")
    url = {"fromIndex": str(at), "toIndex": str(at + 14), "shortUrl": "https://t.co/n"}
    archive.note(whole, for_tweet=fourth, urls=[url | {"expandedUrl": note["https://t.co/n"]}])
    assert fourth == x.post(cut, reply_to=third, note=whole)
    x.posts[fourth]["note_tweet"]["entities"] = {
        "urls": [
            {"start": at, "end": at + 14, "url": "https://t.co/n", "expanded_url": v}
            for v in note.values()
        ]
    }


def test_what_breaks_us_is_fetched_a_few_times_and_then_given_up(
    x: XServer, settings: Settings
) -> None:
    import_ = begun(x.thread("One.", "Two.")[0])
    settings.NETWORK_ALLOWED = ["no network"]  # stands for any error that nobody foresaw
    for _ in range(fetching.TRIES):
        Import.objects.update(try_at=None)
        with pytest.raises(ValueError, match="network"):
            run_import(import_.pk)
        import_.refresh_from_db()
        assert import_.state == "waiting"
    Import.objects.update(try_at=None)
    run_import(import_.pk)
    import_.refresh_from_db()
    assert (import_.state, import_.finished_at is None) == ("failed", False)
    assert "broken off" in import_.error


@pytest.mark.parametrize(
    ("platform", "fields", "address", "owned"),
    [
        ("bluesky", {"remote_id": "did:plc:mira", "handle": "mira.example"}, "mira.example", True),
        ("bluesky", {"remote_id": "did:plc:mira"}, "did:plc:mira", True),
        ("bluesky", {"remote_id": "did:plc:mira", "handle": ""}, "bo.example", False),
        ("x", {"remote_id": "17", "handle": "profile"}, "bo.example", False),
        ("x", {"remote_id": "17", "handle": "mira.example"}, "mira.example", False),
    ],
)
def test_only_a_proven_account_on_bluesky_lifts_what_it_asked_for(
    platform: str, fields: dict[str, str], address: str, owned: bool
) -> None:
    account = Account.objects.create(platform=platform, **fields)
    url = f"https://bsky.app/profile/{address}/post/3kabcdefghi2a"
    assert not fetching.is_owned(url)
    Account.objects.filter(pk=account.pk).update(claim="code", claimed_at=now())
    assert fetching.is_owned(url) is owned
