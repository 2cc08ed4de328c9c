"""Feeds as a signal: what is new in them, and nothing else."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from threads.http import FetchLimited, Policy, Web
from threads.sources.base import SourceFormatError
from threads.sources.feeds import ask, read

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:webfeeds="http://webfeeds.org/rss/1.0"
     xmlns:media="http://search.yahoo.com/mrss/">
  <channel>
    <title>Mira Osei</title>
    <link>https://social.example/@mira</link>
    <image><url>https://files.social.example/m.png</url><link>https://social.example/@mira</link></image>
    {items}
  </channel>
</rss>"""
ITEM = """<item>
  <guid isPermaLink="true">https://social.example/@mira/{n}</guid>
  <link>https://social.example/@mira/{n}</link>
  <pubDate>Sun, 01 Mar 2026 09:0{n}:00 +0000</pubDate>
  <description>&lt;p&gt;Lamps &amp;amp; more&lt;/p&gt;</description>
  <media:content url="https://files.social.example/l.png">
    <media:description>A lamp</media:description>
  </media:content>
</item>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom">
  <id>https://social.example/mira</id><title>Mira</title>
  <link rel="self" href="https://social.example/mira.atom"/>
  <entry>
    <id>tag:social.example,2026:7</id>
    <link rel="enclosure" href="https://files.social.example/l.mp3"/>
    <link rel="alternate" href="https://social.example/@mira/7"/>
    <author><uri>https://social.example/@mira</uri><id>no</id></author>
    <updated>2026-03-02T10:00:00Z</updated><published>2026-03-01T10:00:00Z</published>
  </entry>
</feed>"""
JSON = {
    "version": "https://jsonfeed.org/version/1.1",
    "items": [
        {"id": 7, "url": "https://a.example/7", "date_published": "2026-03-01T10:00:00+01:00"},
        {"content_text": "without an id"},
        "rubbish",
    ],
}
BOMB = """<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "lamp"><!ENTITY b "&a;&a;&a;&a;">]>
<rss><channel><item><guid>&b;</guid></item></channel></rss>"""
OUTSIDE = """<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>
<rss><channel><item><guid>&x;</guid></item></channel></rss>"""


def rss(*numbers: int) -> str:
    return RSS.format(items="".join(ITEM.format(n=n) for n in numbers))


def web() -> Web:
    return Web(Policy(("127.0.0.1/32",)))


def test_rss_tells_ids_addresses_and_dates() -> None:
    first, second = read(rss(2, 1).encode())
    assert first.id == first.url == "https://social.example/@mira/2"
    assert first.posted_at == datetime(2026, 3, 1, 9, 2, tzinfo=UTC)
    assert second.id.endswith("/1")


def test_atom_tells_the_page_of_an_entry_and_not_its_enclosure_or_author() -> None:
    (entry,) = read(ATOM.encode())
    assert (entry.id, entry.url) == ("tag:social.example,2026:7", "https://social.example/@mira/7")
    assert entry.posted_at == datetime(2026, 3, 2, 10, tzinfo=UTC)


def test_a_json_feed_is_read_as_well() -> None:
    (entry,) = read(json.dumps(JSON).encode())
    assert (entry.id, entry.url) == ("7", "https://a.example/7")
    assert entry.posted_at == datetime(2026, 3, 1, 9, tzinfo=UTC)


@pytest.mark.parametrize("date", ["yesterday", "", "2026-13-45", "Mon, 99 Foo 2026 00:00:00 GMT"])
def test_a_date_that_is_none_does_not_matter(date: str) -> None:
    body = f"<rss><channel><item><guid>7</guid><pubDate>{date}</pubDate></item></channel></rss>"
    assert [(entry.id, entry.posted_at) for entry in read(body.encode())] == [("7", None)]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (BOMB, "entities of its own"),
        (OUTSIDE, "entities of its own"),
        ("<rss><channel><item>", "cannot be read"),
        ("<html><body><p>A page</p></body></html>", "no feed at this address"),
        ("", "cannot be read"),
        ("no feed", "cannot be read"),
        ('{"items": []}', "it is no feed"),
        ('{"version": "https://jsonfeed.org/version/1"}', "it is no feed"),
        ("{", "no JSON"),
        ('{"a":' * 100_000, "no JSON"),
    ],
)
def test_what_is_no_feed_is_refused_in_words(body: str, said: str) -> None:
    with pytest.raises(SourceFormatError, match=said):
        read(body.encode())


def test_only_what_was_not_listed_before_is_new(httpserver: HTTPServer) -> None:
    httpserver.expect_ordered_request("/rss").respond_with_data(rss(3, 2, 1))
    httpserver.expect_ordered_request("/rss").respond_with_data(rss(3, 2, 1))
    httpserver.expect_ordered_request("/rss").respond_with_data(rss(4, 3, 1))
    httpserver.expect_ordered_request("/rss").respond_with_data(rss(4, 2, 1))
    address = httpserver.url_for("/rss")
    cursor: dict[str, Any] = {}
    new = []
    for _ in range(4):
        signal = ask(address, cursor, web())
        cursor = json.loads(json.dumps(signal.cursor))
        new.append([entry.id[-1] for entry in signal.new])
    assert new == [["3", "2", "1"], [], ["4"], []]


def test_the_question_is_conditional(httpserver: HTTPServer) -> None:
    marks = {"ETag": 'W/"7"', "Last-Modified": "Sun, 01 Mar 2026 09:00:00 GMT"}

    def answer(request: Request) -> Response:
        if request.headers.get("If-None-Match") == marks["ETag"]:
            assert request.headers["If-Modified-Since"] == marks["Last-Modified"]
            return Response(status=304)
        return Response(rss(1), headers=marks)

    httpserver.expect_request("/rss").respond_with_handler(answer)
    first = ask(httpserver.url_for("/rss"), {}, web())
    second = ask(httpserver.url_for("/rss"), first.cursor, web())
    assert len(first.new) == 1
    assert second.new == ()
    assert second.cursor == first.cursor


def test_a_feed_that_asks_for_patience_gets_it(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/rss").respond_with_data(status=429, headers={"Retry-After": "60"})
    with pytest.raises(FetchLimited):
        ask(httpserver.url_for("/rss"), {}, web())


def test_what_cannot_be_sent_back_is_not(httpserver: HTTPServer) -> None:
    def answer(request: Request) -> Response:
        body = json.dumps(
            {"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "\ud800"}]}
        )
        return Response(body, headers={"ETag": "caf\xe9", "Last-Modified": "h\xe9"})

    httpserver.expect_request("/feed").respond_with_handler(answer)
    web = Web(Policy(("127.0.0.1/32",)))
    signal = ask(httpserver.url_for("/feed"), {}, web)
    assert len(signal.new) == 1
    assert ask(httpserver.url_for("/feed"), signal.cursor, web).new == ()
