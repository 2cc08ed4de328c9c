"""Threads and accounts of a Mastodon server, whatever it shows at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer

from tests.threads.mastodon_archives import MastodonExport
from tests.threads.sources.mastodon_server import MastodonServer, texts
from threads import importing
from threads.http import Policy, Web
from threads.markdown import markdown_of_thread
from threads.models import Thread
from threads.sources import mastodon_conversation
from threads.sources.base import (
    Gap,
    SkipReason,
    SourceAccount,
    SourceError,
    SourceForbiddenError,
    SourceFormatError,
    SourceGoneError,
    SourceLimitedError,
    SourceStatus,
    SourceUnavailableError,
)
from threads.sources.catalog import open_source
from threads.sources.mastodon import MastodonThread, _place, find

TOKEN = "kite-lantern"


@pytest.fixture
def server(httpserver: HTTPServer) -> MastodonServer:
    return MastodonServer(httpserver)


@pytest.fixture
def elsewhere() -> Iterator[MastodonServer]:
    with HTTPServer() as http:
        yield MastodonServer(http)


@pytest.fixture
def web() -> Web:
    return Web(Policy(("127.0.0.1/32", "::1/128")))


def thread_of(url: str, web: Web, token: str = "", *expected: str) -> MastodonThread:
    place = find(url, web)
    assert place
    return MastodonThread(place, web, token, frozenset(expected))


def read(url: str, web: Web, token: str = "", *expected: str) -> list[SourceStatus]:
    return list(thread_of(url, web, token, *expected).statuses())


def numbered(count: int) -> list[str]:
    return [f"Part {number}." for number in range(1, count + 1)]


# --- addresses --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        "/@mira/{id}",
        "/@mira/{id}/embed",
        "/%40mira/{id}?kept=1#here",
        "/users/mira/statuses/{id}",
        "/users/mira/statuses/{id}/activity",
        "/ap/users/109000000000000001/statuses/{id}",
        "/web/statuses/{id}",
        "/web/@mira/{id}",
        "/deck/@mira/{id}/",
        "/@mira/statuses/{id}",
    ],
)
def test_a_status_is_found_by_every_address_it_has(
    server: MastodonServer, web: Web, path: str
) -> None:
    id_ = server.post("Lanterns.")
    place = find(server.base + path.format(id=id_), web)
    assert place is not None
    assert (place.base, place.host, place.id) == (server.base, server.host, id_)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "lanterns",
        "https://[",
        "ftp://social.example/@mira/1",
        "https://social.example/@mira",
        "https://social.example/@mira/lanterns-of-the-north-1",
        "https://x.com/mira/status/1",
        "https://bsky.app/profile/mira.example/post/3k",
    ],
)
def test_what_is_no_address_of_a_status_is_not_even_asked_for(url: str) -> None:
    assert find(url, Web(Policy())) is None


def test_a_server_that_is_no_mastodon_is_told_by_asking_it(
    httpserver: HTTPServer, server: MastodonServer, web: Web
) -> None:
    url = server.url(server.post("Lanterns."))
    server.fail(404, path="/instance")
    assert find(url, web) is None
    server.fail(403, path="/instance")  # with an error in JSON, as the API has it
    assert find(url, web) is not None
    httpserver.clear()
    httpserver.expect_request("/api/v2/instance").respond_with_data("<h1>Hi</h1>")
    httpserver.expect_request("/api/v1/instance").respond_with_data("<h1>No</h1>", status=403)
    assert find(url, web) is None


def test_a_copy_is_read_where_its_author_is(
    server: MastodonServer, elsewhere: MastodonServer, web: Web
) -> None:
    first, second = elsewhere.thread("One.", "Two.")
    copied = server.account("mira", uri=f"{elsewhere.base}/users/mira", acct="mira@other.example")
    copy = server.post("Two.", by=copied, uri=elsewhere.uri(second), url=elsewhere.url(second))
    for url in (f"{server.base}/@mira@other.example/{copy}", f"{server.base}/web/statuses/{copy}"):
        source = thread_of(url, web)
        assert texts(list(source.statuses())) == ["One.", "Two."]
        assert next(source.statuses()).id == elsewhere.uri(first)
        assert source.findings.warnings == []


def test_a_token_never_goes_to_another_server(
    server: MastodonServer, elsewhere: MastodonServer, web: Web, httpserver: HTTPServer
) -> None:
    id_ = elsewhere.post("One.")
    elsewhere.token = TOKEN
    hidden = elsewhere.post("Two.", reply_to=id_, visibility="private")
    server.closed, server.token = True, TOKEN
    copied = server.account("mira", uri=f"{elsewhere.base}/users/mira", acct="mira@other.example")
    copy = server.post("One.", by=copied, uri=elsewhere.uri(id_), url=elsewhere.url(id_))
    found = read(f"{server.base}/@mira@other.example/{copy}", web, TOKEN)
    assert [status.id for status in found] == [elsewhere.uri(id_)]
    assert hidden not in str(found)


def test_where_the_author_lives_may_be_gone_and_the_copy_is_read_with_a_warning(
    server: MastodonServer, elsewhere: MastodonServer, web: Web
) -> None:
    elsewhere.fail(503)
    copied = server.account("mira", uri=f"{elsewhere.base}/users/mira", acct="mira@other.example")
    url = f"{elsewhere.base}/@mira/17"
    copy = server.post("One.", by=copied, uri=f"{elsewhere.base}/users/mira/statuses/17", url=url)
    server.post("Two.", by=copied, reply_to=copy, in_reply_to_account_id=None)
    source = thread_of(f"{server.base}/@mira@other.example/{copy}", web)
    assert texts(list(source.statuses())) == ["One.", "Two."]
    assert "may not have all of it" in source.findings.warnings[0]
    assert not source.findings.complete


def test_a_server_is_not_believed_what_it_tells_of_accounts_elsewhere(
    server: MastodonServer, web: Web
) -> None:
    real = "https://gone.invalid/users/mira"
    forged = server.account("mira", uri=real, url="https://gone.invalid/@mira")
    ids = server.thread("I never said this.", "Nor this.", by=forged)
    for number, id_ in enumerate(ids):
        server.statuses[id_] |= {"uri": f"{real}/statuses/{number}", "url": None}
    source = thread_of(f"{server.base}/@mira/{ids[0]}", web)
    statuses = list(source.statuses())
    assert texts(statuses) == ["I never said this.", "Nor this."]
    ours = f"{server.base}/authorize_interaction?uri="
    assert source.account().remote_id == f"{ours}{real}"
    assert [status.id for status in statuses] == [f"{ours}{real}/statuses/{n}" for n in (0, 1)]
    assert statuses[1].reply_to == statuses[0].id
    assert "may not have all of it" in source.findings.warnings[0]
    assert not source.findings.complete
    # Nor does what it says of them now tell that they were deleted.
    again = thread_of(f"{server.base}/@mira/{ids[0]}", web, "", *(one.id for one in statuses), "x")
    assert [one.skip for one in again.statuses()] == [None, None]


def test_a_status_that_claims_to_be_of_another_server_is_left_out(
    server: MastodonServer, web: Web
) -> None:
    ids = server.thread("One.", "Two.", "Three.")
    server.statuses[ids[1]]["uri"] = "https://other.example/users/bo/statuses/1"
    assert [one.skip for one in read(server.url(ids[0]), web)] == [
        None,
        SkipReason.UNREADABLE,
        None,
    ]


@pytest.mark.parametrize(
    "told",
    [
        {"uri": "https://[broken"},
        {"uri": "x" * 600},
        {"in_reply_to_id": {"a": 1}},
        {"in_reply_to_account_id": []},
        {"visibility": ["public"]},
        {"url": "https://[broken/1", "card": {"url": "http://[x"}, "edited_at": "never"},
        {"media_attachments": 7, "replies_count": "many", "spoiler_text": 8},
        {"reblog": {"id": 1}},
    ],
)
def test_whatever_a_server_answers_is_read_or_refused_in_words(
    server: MastodonServer, web: Web, told: dict[str, object]
) -> None:
    ids = server.thread("One.", "Two.", "Three.")
    server.statuses[ids[1]] |= told
    for id_ in ids[:2]:
        with suppress(SourceError):
            assert "One." in texts(read(f"{server.base}/@mira/{id_}", web))


def test_an_answer_that_is_nested_without_end_is_no_json(httpserver: HTTPServer, web: Web) -> None:
    httpserver.expect_request("/api/v2/instance").respond_with_json({"version": "4.5.0"})
    httpserver.expect_request("/api/v1/statuses/17").respond_with_data("[" * 200_000)
    with pytest.raises(SourceUnavailableError, match="no JSON"):
        read(httpserver.url_for("/@mira/17"), web)


@pytest.mark.parametrize("limit", ["MOST_SECONDS", "MOST_SEEN", "MOST_ASKED"])
def test_a_thread_without_end_is_read_as_far_as_is_reasonable(
    server: MastodonServer, web: Web, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    ids = server.thread(*numbered(100))
    monkeypatch.setattr(mastodon_conversation, limit, 0)
    monkeypatch.setattr(mastodon_conversation, "MOST_PAGES", 0)
    source = thread_of(server.url(ids[0]), web)
    assert 1 < len(list(source.statuses())) < 100
    assert not source.findings.complete
    assert len(server.asked) < 10


def test_no_token_goes_out_unencrypted(web: Web) -> None:
    host = "social.example"
    for url in (
        f"http://{host}/@mira/1",
        f"http://{host}:80/@mira/1",
        f"https://{host}:443/@mira/1",
    ):
        place = _place(url)
        assert place
        assert place.base == f"https://{host}"


# --- threads ----------------------------------------------------------------------------------


def test_a_thread_is_read_from_any_of_its_statuses(server: MastodonServer, web: Web) -> None:
    ids = server.thread(*numbered(5))
    other = server.account("bo", "Bo")
    server.post("Nice!", by=other, reply_to=ids[1])
    for id_ in (ids[0], ids[2], ids[4]):
        found = read(server.url(id_), web)
        assert texts(found) == numbered(5)
        assert [status.reply_to for status in found[1:]] == [status.id for status in found[:-1]]
        assert not any(status.gap for status in found)
    source = thread_of(server.url(ids[0]), web)
    assert source.account() == SourceAccount(
        "mastodon",
        f"{server.base}/users/mira",
        handle=f"mira@{server.host}",
        name="Mira Osei",
        url=f"{server.base}/@mira",
    )


def test_it_is_fetched_once_and_only_when_it_is_used(server: MastodonServer, web: Web) -> None:
    url = server.url(server.thread(*numbered(3))[0])
    source = thread_of(url, web)
    server.asked.clear()
    assert not server.asked
    first = list(source.statuses())
    asked = len(server.asked)
    assert 0 < asked < 4
    server.fail(500)
    assert list(source.statuses()) == first
    assert source.account().name == "Mira Osei"
    assert len(server.asked) == asked


@pytest.mark.parametrize("place", [0, 45, 94])
def test_a_thread_of_95_is_whole_though_a_stranger_sees_20_levels(
    server: MastodonServer, web: Web, place: int
) -> None:
    ids = server.thread(*numbered(95))
    found = read(server.url(ids[place]), web)
    assert texts(found) == numbered(95)
    assert not any(status.gap for status in found)
    assert len(server.asked) < 14


def test_it_is_whole_on_a_server_that_shows_no_lists_too(server: MastodonServer, web: Web) -> None:
    ids = server.thread(*numbered(95))
    server.fail(401, path=r"/accounts/\d+/statuses")
    found = read(server.url(ids[0]), web)
    assert texts(found) == numbered(95)
    assert not any(status.gap for status in found)


def test_a_thread_with_many_answers_of_others_is_whole(server: MastodonServer, web: Web) -> None:
    bo = server.account("bo", "Bo")
    first = server.post("Part 1.")
    for _ in range(130):
        server.post("First!", by=bo, reply_to=first)
    ids = [first]
    for text in numbered(30)[1:]:
        ids.append(server.post(text, reply_to=ids[-1]))
        server.post("Go on!", by=bo, reply_to=ids[-1])
    source = thread_of(server.url(ids[0]), web)
    assert texts(list(source.statuses())) == numbered(30)
    assert source.findings.complete


def test_what_is_not_seen_below_is_told(
    server: MastodonServer, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither below the status, nor in a list of what the author posted."""
    bo = server.account("bo", "Bo")
    first = server.post("Part 1.")
    for _ in range(70):
        server.post("First!", by=bo, reply_to=first)
    server.post("Part 2.", reply_to=first)
    server.fail(401, path=r"/accounts/\d+/statuses")
    source = thread_of(server.url(first), web)
    assert [status.gap for status in source.statuses()] == [Gap.ANSWERS_UNSEEN]
    assert "A token of an account there" in source.findings.warnings[0]
    assert not source.findings.complete


def test_with_a_token_a_long_thread_takes_one_question(server: MastodonServer, web: Web) -> None:
    ids = server.thread(*numbered(95))
    server.token = TOKEN
    place = find(server.url(ids[0]), web)
    assert place
    server.asked.clear()
    assert texts(list(MastodonThread(place, web, TOKEN).statuses())) == numbered(95)
    assert len(server.asked) == 2


def test_branches_are_read_and_answers_under_others_too(server: MastodonServer, web: Web) -> None:
    first, second = server.thread("One.", "Two.")
    branch = server.post("Beside.", reply_to=first)
    bo = server.account("bo", "Bo")
    theirs = server.post("Why?", by=bo, reply_to=second)
    answer = server.post("Because.", reply_to=theirs)
    found = {status.id: status for status in read(server.url(second), web)}
    assert found.keys() == {server.uri(id_) for id_ in (first, second, branch, answer)}
    assert found[server.uri(answer)].reply_to == server.uri(theirs)
    assert found[server.uri(answer)].reply_to_account == f"{server.base}/users/bo"


def test_a_chain_under_somebody_else_begins_below_them(server: MastodonServer, web: Web) -> None:
    bo = server.account("bo", "Bo")
    mine = server.post("One.")
    theirs = server.post("What of it?", by=bo, reply_to=mine)
    two = server.post("Two.", reply_to=theirs)
    three = server.post("Three.", reply_to=two)
    assert texts(read(server.url(three), web)) == ["Two.", "Three."]


def test_a_deleted_parent_is_told_as_a_gap(server: MastodonServer, web: Web) -> None:
    ids = server.thread(*numbered(4))
    server.delete(ids[1])
    third, fourth = read(server.url(ids[3]), web)
    assert (third.text, third.gap) == ("Part 3.", Gap.PARENT_DELETED)
    assert third.reply_to
    assert third.reply_to_account == f"{server.base}/users/mira"
    assert fourth.reply_to == third.id


def test_what_only_followers_see_leaves_a_gap(server: MastodonServer, web: Web) -> None:
    one = server.post("One.")
    two = server.post("Two.", reply_to=one, visibility="private")
    three = server.post("Three.", reply_to=two)
    for start in (one, three):
        found = read(server.url(start), web)
        assert texts(found) == ["One.", "Three."]
        assert [status.gap for status in found] == [None, Gap.PARENT_PRIVATE]
        assert found[1].reply_to == server.uri(two)
    server.token = TOKEN  # whose account follows them
    found = read(server.url(one), web, TOKEN)
    assert texts(found) == ["One.", "", "Three."]
    assert [status.skip for status in found] == [None, SkipReason.FOLLOWERS_ONLY, None]
    assert found[2].gap is Gap.PARENT_PRIVATE


def test_an_edited_status_is_read_as_it_is_now(server: MastodonServer, web: Web) -> None:
    ids = server.thread("One.", "Two.")
    server.edit(ids[1], "Two, better.")
    two = read(server.url(ids[0]), web)[1]
    assert two.text == "Two, better."
    assert two.edited_at == server.clock


# --- what was there before --------------------------------------------------------------------


def test_what_is_gone_is_told_as_deleted_and_what_follows_it_is_still_read(
    server: MastodonServer, web: Web
) -> None:
    ids = server.thread(*numbered(6))
    uris = [server.uri(id_) for id_ in ids]
    server.delete(ids[2])
    server.delete(ids[5])
    found = {status.id: status for status in read(server.url(ids[0]), web, "", *uris)}
    assert found.keys() == set(uris)
    skipped = {id_: status.skip for id_, status in found.items() if status.skip}
    assert skipped == dict.fromkeys((uris[2], uris[5]), SkipReason.DELETED)
    assert found[uris[3]].gap is Gap.PARENT_DELETED
    assert found[uris[4]].reply_to == uris[3]


def test_a_thread_whose_beginning_is_gone_is_read_from_what_there_is(
    server: MastodonServer, web: Web
) -> None:
    ids = server.thread(*numbered(3))
    uris, url = [server.uri(id_) for id_ in ids], server.url(ids[0])
    server.delete(ids[0])
    found = read(url, web, "", *uris)
    assert [(status.text, status.skip) for status in found] == [
        ("Part 2.", None),
        ("Part 3.", None),
        ("", SkipReason.DELETED),
    ]
    server.delete(ids[1])
    server.delete(ids[2])
    with pytest.raises(SourceGoneError, match="does not have this"):
        read(url, web, "", *uris)


def test_what_merely_fails_is_not_told_as_deleted(server: MastodonServer, web: Web) -> None:
    ids = server.thread(*numbered(2))
    url, missing = server.url(ids[0]), f"{server.base}/users/mira/statuses/77"
    server.fail(500, path="/statuses/77$")
    with pytest.raises(SourceUnavailableError):
        read(url, web, "", missing)
    server.fail(403, path="/statuses/77$")
    assert len(read(url, web, "", missing, "https://other.example/users/mira/statuses/1")) == 2


# --- what goes wrong --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "kind", "message"),
    [
        (401, SourceForbiddenError, "Put a token of an account there into MASTODON_TOKENS"),
        (403, SourceForbiddenError, "only to those who are logged in"),
        (404, SourceGoneError, "does not have this"),
        (410, SourceGoneError, "does not have this"),
        (429, SourceLimitedError, "wants to be asked again only after"),
        (500, SourceUnavailableError, "cannot answer just now"),
        (503, SourceUnavailableError, "Try again later"),
        (418, SourceFormatError, "did not accept"),
    ],
)
def test_a_refusal_is_told_in_one_line_with_what_to_do(
    server: MastodonServer, web: Web, status: int, kind: type[SourceError], message: str
) -> None:
    source = thread_of(server.url(server.post("One.")), web)
    server.fail(status, path="/statuses")
    with pytest.raises(kind, match=message) as caught:
        source.account()
    assert type(caught.value) is kind
    assert "\n" not in str(caught.value)


def test_a_server_that_rests_says_until_when(server: MastodonServer, web: Web) -> None:
    source = thread_of(server.url(server.thread(*numbered(60))[0]), web)
    server.left = 2
    with pytest.raises(SourceLimitedError) as caught:
        list(source.statuses())
    assert caught.value.until > datetime.now(UTC) + timedelta(minutes=4)
    assert server.left == 0  # it was not asked once more


def test_a_server_that_wants_a_log_in_is_read_with_a_token(
    server: MastodonServer, web: Web
) -> None:
    url = server.url(server.thread("One.", "Two.")[0])
    server.closed, server.token = True, TOKEN
    with pytest.raises(SourceForbiddenError, match="MASTODON_TOKENS"):
        read(url, web)
    assert texts(read(url, web, TOKEN)) == ["One.", "Two."]
    with pytest.raises(SourceForbiddenError, match="does not accept our token") as caught:
        read(url, web, "worn-out")
    assert "worn-out" not in str(caught.value)


@pytest.mark.parametrize("body", ["[]", "{}", '{"id": 7}', "no JSON"])
def test_an_answer_of_another_shape_is_no_crash(
    httpserver: HTTPServer, server: MastodonServer, web: Web, body: str
) -> None:
    source = thread_of(server.url(server.post("One.")), web)
    httpserver.clear()
    httpserver.expect_request("/api/v1/statuses/1").respond_with_data("x")
    for path in ("", "/context"):
        id_ = next(iter(server.statuses))
        httpserver.expect_request(f"/api/v1/statuses/{id_}{path}").respond_with_data(body)
    with pytest.raises(SourceError):
        list(source.statuses())


def test_a_status_that_cannot_be_read_is_counted(server: MastodonServer, web: Web) -> None:
    first = server.post("One.")
    server.post("Two.", reply_to=first, created_at="soon")
    found = read(server.url(first), web)
    assert [status.skip for status in found] == [SkipReason.UNREADABLE, None]


# --- on its way into the database -------------------------------------------------------------


@pytest.mark.django_db
def test_a_thread_is_imported_by_its_address_and_told_anew_by_its_archive(
    server: MastodonServer, web: Web, tmp_path: Path
) -> None:
    """Both find the same rows, and what only one of them knows stays."""
    ids = server.thread("🧵 Kites 1/3", "2/3 You need:\n- paper\n- wind", "3/3 Fly! #kites")
    import_ = importing.run(importing.begin("x"), thread_of(server.url(ids[1]), web))
    assert (import_.created, import_.skipped) == (3, {})
    thread = Thread.objects.get()
    assert (thread.title, thread.length) == ("Kites", 3)
    assert markdown_of_thread(thread).markdown == (
        "Kites\n\nYou need:\n\n- paper\n- wind\n\nFly! #kites"
    )
    export = MastodonExport(actor=f"{server.base}/users/mira")
    above = None
    for id_ in ids:
        row = server.statuses[id_]
        told = {"id": row["uri"], "published": row["created_at"], "content": row["content"]}
        export.post("", reply_to=above, url=row["url"], likes={"totalItems": 0}, **told)
        above = row["uri"]
    again = importing.run(importing.begin("y"), open_source(export.zip(tmp_path / "a.zip")))
    assert (again.created, again.updated, again.unchanged) == (0, 0, 3)
