"""The way out: what is fetched, what never is, and how long and how much."""

from __future__ import annotations

import gzip
import io
import socket
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from threading import Event, Thread
from typing import Any

import pytest
import time_machine
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from threads.http import (
    PAGE,
    Answer,
    FetchError,
    FetchFailed,
    FetchForbidden,
    FetchGone,
    FetchLimited,
    FetchNowhere,
    FetchRefused,
    FetchTooLarge,
    Limit,
    Policy,
    Web,
)

HERE = Policy(("127.0.0.1/32",))
SMALL = Limit(1000, 60)
SHORT = Limit(1000, 0.3)


@pytest.fixture
def web() -> Web:
    """May ask the local server, and nothing else that is private."""
    return Web(HERE, agent="Unspool (+https://unspool.example)")


@pytest.fixture
def connected(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Whom anybody connected to."""
    addresses: list[Any] = []
    connect = socket.socket.connect

    def noted(self: socket.socket, address: Any) -> None:
        addresses.append(address)
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", noted)
    return addresses


Names = Callable[..., list[str]]


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> Names:
    """Lets names stand for addresses: each look-up gets the next of the answers."""

    def stand(**answers: list[list[str]]) -> list[str]:
        asked: list[str] = []
        real = socket.getaddrinfo

        def looked_up(host: str, port: int, *rest: Any) -> Any:
            name = host.removesuffix(".example")
            if name not in answers:
                return real(host, port, *rest)
            asked.append(host)
            addresses = answers[name][min(len(asked), len(answers[name])) - 1]
            return [found for address in addresses for found in real(address, port, *rest)]

        monkeypatch.setattr(socket, "getaddrinfo", looked_up)
        return asked

    return stand


# --- what is never fetched --------------------------------------------------------------------

HOSTILE = [
    # this machine
    "http://127.0.0.1/",
    "http://127.9.9.9/",
    "http://localhost/",
    "http://localhost./",
    "http://0.0.0.0/",
    "http://0/",
    "http://[::1]/",
    "http://[::]/",
    # private networks, and those of providers
    "http://10.0.0.8/",
    "http://172.16.5.4/",
    "http://192.168.1.1/router",
    "http://100.64.0.1/",
    "http://[fc00::8]/",
    "http://[fec0::8]/",
    # the network's own and reserved ones
    "http://169.254.1.1/",
    "http://[fe80::1]/",
    "http://[fe80::1%25eth0]/",
    "http://224.0.0.1/",
    "http://[ff02::1]/",
    "http://240.0.0.1/",
    "http://255.255.255.255/",
    "http://192.0.2.7/",
    "http://198.18.0.1/",
    "http://[2001:db8::1]/",
    # where clouds tell their secrets
    "http://169.254.169.254/latest/meta-data/",
    "http://[fd00:ec2::254]/latest/meta-data/",
    "http://169.254.170.2/v2/credentials",
    "http://100.100.100.200/latest/meta-data/",
    "http://metadata.google.internal/computeMetadata/v1/",
    "http://METADATA.google.internal./",
    "http://metadata/",
    # IPv4 in disguise
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1]/",
    "http://[::127.0.0.1]/",
    "http://[64:ff9b::7f00:1]/",
    "http://[64:ff9b::808:808]/",
    "http://[64:ff9b:1::7f00:1]/",
    "http://[2002:7f00:1::]/",
    "http://[2002:808:808::]/",
    "http://[2001:0:4136:e378:8000:63bf:80ff:fffe]/",
    "http://2130706433/",
    "http://017700000001/",
    "http://0x7f000001/",
    "http://0x7f.1/",
    "http://0177.0.0.1/",
    "http://127.1/",
    "http://134744072/",
    "http://127.0.0.1./",
    "http://①②⑦.0.0.1/",
    "http://１２７.0.0.1/",
    "http://127。0。0。1/",
    # other doors
    "http://social.example:22/",
    "http://social.example:8080/",
    "https://social.example:6379/",
    "file:///etc/passwd",
    "ftp://social.example/",
    "gopher://127.0.0.1:6379/_FLUSHALL",
    "data:text/plain,hello",
    "//social.example/",
    "social.example",
    "",
    "http://",
    "http:///path",
    # somebody's name in front, and what programs read differently
    "http://mira@social.example/",
    "http://mira:secret@social.example/",
    "http://social.example@127.0.0.1/",
    "http://127.0.0.1\\@social.example/",
    "http://127.0.0.1#@social.example/",
    "http://127.0.0.1\t/",
    "http://127.0.0.1\r\nHost: social.example/",
    "http://social.example\x00.test/",
    "http://" + "a" * 9000 + ".example/",
]


@pytest.mark.parametrize("url", HOSTILE)
def test_a_hostile_address_is_refused_before_anything_is_connected(
    url: str, connected: list[Any]
) -> None:
    with pytest.raises(FetchRefused) as refusal:
        Web().get(url)
    assert not connected
    assert "secret" not in str(refusal.value)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "169.254.169.254",
        "100.64.0.9",
        "::1",
        "fd00:ec2::254",
        "fe80::1",
        "::ffff:10.0.0.1",
        "64:ff9b::a9fe:a9fe",
        "2002:a00:1::1",
        "2001:0:4136:e378:8000:63bf:80ff:fffe",
        "224.0.0.251",
    ],
)
def test_a_name_that_stands_for_a_hostile_address_is_refused(
    address: str, names: Names, connected: list[Any]
) -> None:
    names(nice=[[address]])
    with pytest.raises(FetchRefused, match=r"nice\.example"):
        Web().get("http://nice.example/")
    assert not connected


def test_one_hostile_address_among_good_ones_spoils_the_name(
    names: Names, connected: list[Any]
) -> None:
    names(both=[["8.8.8.8", "10.0.0.1"]])
    with pytest.raises(FetchRefused):
        Web().get("http://both.example/")
    assert not connected


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.2:8080/",
        "http://10.0.0.1/",
        "http://8.8.8.8:8080/",
        "http://mira@127.0.0.1/",
        "ftp://127.0.0.1/",
    ],
)
def test_what_is_allowed_opens_no_other_door(url: str, web: Web, connected: list[Any]) -> None:
    with pytest.raises(FetchRefused):
        web.get(url)
    assert not connected


def test_an_allowed_network_is_fetched_from_on_any_port(web: Web, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/words", query_string="page=2&limit=40").respond_with_json({"a": 1})
    answer = web.get(httpserver.url_for("/words?page=2"), params={"limit": "40"})
    assert answer.json() == {"a": 1}
    assert answer.headers["CONTENT-type"] == "application/json"
    assert answer.url == httpserver.url_for("/words?page=2&limit=40")


def test_a_name_that_changes_its_mind_cannot_move_the_connection(
    names: Names, httpserver: HTTPServer, connected: list[Any], web: Web
) -> None:
    httpserver.expect_request("/").respond_with_data("here")
    asked = names(rebinding=[["127.0.0.1"], ["127.0.0.2"]])
    assert web.get(f"http://rebinding.example:{httpserver.port}/").text == "here"
    assert asked == ["rebinding.example"]
    assert connected == [("127.0.0.1", httpserver.port)]
    assert httpserver.log[0][0].host == f"rebinding.example:{httpserver.port}"


def test_tls_asks_for_the_name_and_not_for_the_number(names: Names, web: Web) -> None:
    names(secure=[["127.0.0.1"]])
    with speaking(lambda heard, _: b"no TLS here") as (port, heard):
        with pytest.raises(FetchFailed):
            web.get(f"https://secure.example:{port}/")
        assert b"secure.example" in heard[0]


def test_the_environment_names_no_proxy(
    monkeypatch: pytest.MonkeyPatch, web: Web, httpserver: HTTPServer
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")
    httpserver.expect_request("/").respond_with_data("straight")
    assert Web(HERE).get(httpserver.url_for("/")).text == "straight"


# --- redirects --------------------------------------------------------------------------------


def moved(server: HTTPServer, path: str, to: str, status: int = 302) -> None:
    server.expect_request(path).respond_with_data("", status, {"Location": to})


@pytest.mark.parametrize(
    "url",
    [
        "http://169.254.169.254/latest/meta-data/",
        "//10.0.0.1/",
        "http://[::ffff:10.0.0.1]/",
        "http://metadata.google.internal/",
        "http://mira@127.0.0.1/",
        "http://2130706433/",
        "file:///etc/passwd",
    ],
)
def test_a_redirect_to_a_hostile_address_is_not_followed(
    url: str, web: Web, httpserver: HTTPServer, connected: list[Any]
) -> None:
    moved(httpserver, "/", url)
    with pytest.raises(FetchRefused, match="Nothing is fetched from"):
        web.get(httpserver.url_for("/"))
    assert connected == [("127.0.0.1", httpserver.port)]


def test_three_redirects_are_followed_and_no_fourth(web: Web, httpserver: HTTPServer) -> None:
    for step in range(4):
        moved(httpserver, f"/{step}", f"{step + 1}", 301 if step % 2 else 307)
    httpserver.expect_request("/4").respond_with_data("arrived")
    assert web.get(httpserver.url_for("/1")).url == httpserver.url_for("/4")
    with pytest.raises(FetchRefused, match="in a circle"):
        web.get(httpserver.url_for("/0"))


def test_a_circle_of_redirects_ends(web: Web, httpserver: HTTPServer) -> None:
    moved(httpserver, "/round", "/round")
    with pytest.raises(FetchRefused, match="in a circle"):
        web.get(httpserver.url_for("/round"))
    assert len(httpserver.log) == 4


@pytest.mark.parametrize("location", [b"http://[::1", b"http://x:y/", b"mailto:a@b.example"])
def test_a_redirect_to_nowhere_is_refused(location: bytes, web: Web) -> None:
    words = b"HTTP/1.1 302 Found\r\nLocation: " + location + b"\r\nContent-Length: 0\r\n\r\n"
    with speaking(lambda *_: words) as (port, _), pytest.raises(FetchRefused):
        web.get(f"http://127.0.0.1:{port}/")


def test_a_token_stays_with_the_host_that_it_is_for(
    web: Web, httpserver: HTTPServer, names: Names
) -> None:
    names(elsewhere=[["127.0.0.1"]])
    moved(httpserver, "/1", "/2")
    moved(httpserver, "/2", f"http://elsewhere.example:{httpserver.port}/3")
    moved(httpserver, "/3", httpserver.url_for("/4"))
    httpserver.expect_request("/4").respond_with_data("")
    web.get(httpserver.url_for("/1"), token="very-secret", headers={"X-Key": "secret-too"})
    told = [
        (request.headers.get("Authorization"), request.headers.get("X-Key"))
        for request, _ in httpserver.log
    ]
    assert told == [("Bearer very-secret", "secret-too")] * 2 + [(None, None)] * 2


# --- how it asks ------------------------------------------------------------------------------


def test_it_says_who_it_is_and_keeps_no_cookies(web: Web, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/").respond_with_data("", headers={"Set-Cookie": "a=b"})
    web.get(httpserver.url_for("/"))
    web.get(httpserver.url_for("/"), headers={"Accept": "application/activity+json"})
    last = httpserver.log[-1][0].headers
    assert last["User-Agent"] == "Unspool (+https://unspool.example)"
    assert last["Accept"] == "application/activity+json"
    assert "Cookie" not in last


def test_it_posts_json(web: Web, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/said", method="POST", json={"text": "é"}).respond_with_json(["ok"])
    assert web.post(httpserver.url_for("/said"), json={"text": "é"}, token="t").json() == ["ok"]


def test_a_body_in_an_old_charset_is_read() -> None:
    latin = {"content-type": "text/html; charset=ISO-8859-1"}
    assert Answer("http://a.example/", 200, latin, b"caf\xe9").text == "café"
    strange = {"content-type": "text/html; charset=klingon"}
    assert Answer("http://a.example/", 200, strange, "café".encode()).text == "café"


@pytest.mark.parametrize(
    "charset", ["idna", "punycode", "unicode_escape", "base64", "utf-8\0", "undefined", "'"]
)
def test_a_charset_that_is_none_costs_nothing_and_breaks_nothing(charset: str) -> None:
    headers = {"content-type": f"text/html; charset={charset}"}
    assert "caf" in Answer("http://a.example/", 200, headers, b"caf \\u20" * 100_000).text


def test_rubbish_instead_of_json_is_a_failure(web: Web, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/").respond_with_data("<html>")
    with pytest.raises(FetchFailed, match="no JSON"):
        web.get(httpserver.url_for("/")).json()


def test_a_picture_is_written_to_the_file(web: Web, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/a").respond_with_data(b"x" * 999, content_type="Image/PNG; q=1")
    file = io.BytesIO()
    assert web.download(httpserver.url_for("/a"), file, SMALL) == "image/png"
    assert file.getvalue() == b"x" * 999


# --- answers that say no ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (400, FetchRefused),
        (401, FetchForbidden),
        (403, FetchForbidden),
        (404, FetchGone),
        (408, FetchFailed),
        (410, FetchGone),
        (418, FetchRefused),
        (451, FetchForbidden),
        (500, FetchFailed),
        (502, FetchFailed),
        (503, FetchFailed),
        (521, FetchFailed),
    ],
)
def test_an_answer_that_says_no_is_told_apart(
    status: int, error: type[FetchError], web: Web, httpserver: HTTPServer
) -> None:
    httpserver.expect_request("/a").respond_with_json({"error": "No"}, status=status)
    with pytest.raises(FetchError) as refusal:
        web.get(httpserver.url_for("/a?token=secret"))
    assert type(refusal.value) is error
    assert "127.0.0.1" in str(refusal.value)
    assert "secret" not in str(refusal.value)
    assert refusal.value.answer
    assert refusal.value.answer.json() == {"error": "No"}


def test_nobody_at_home_is_a_failure(web: Web) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        port = server.getsockname()[1]
    with pytest.raises(FetchFailed, match="did not answer"):
        web.get(f"http://127.0.0.1:{port}/")


def test_a_name_that_nobody_knows_is_a_failure(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*question: Any) -> Any:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(FetchNowhere, match=r"There is no site called lost\.example"):
        web.get("http://lost.example/")


def test_a_name_that_cannot_be_looked_up_now_may_well_exist(
    web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*question: Any) -> Any:
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", away)
    with pytest.raises(FetchFailed) as failure:
        web.get("http://lost.example/")
    assert not isinstance(failure.value, FetchNowhere)


# --- too much, too slow -----------------------------------------------------------------------


def test_too_much_is_refused_by_its_announced_size(web: Web, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/").respond_with_data(b"x" * 1001)
    file = io.BytesIO()
    with pytest.raises(FetchTooLarge, match="larger than"):
        web.download(httpserver.url_for("/"), file, SMALL)
    assert not file.getvalue()


def test_too_much_without_announcement_is_cut(web: Web, httpserver: HTTPServer) -> None:
    def endless(request: Request) -> Response:
        return Response(iter([b"x" * 600] * 1000))

    httpserver.expect_request("/").respond_with_handler(endless)
    file = io.BytesIO()
    with pytest.raises(FetchTooLarge, match="larger than"):
        web.download(httpserver.url_for("/"), file, SMALL)
    assert len(file.getvalue()) <= 1000


@pytest.mark.parametrize("pack", [gzip.compress, zlib.compress], ids=["gzip", "deflate"])
def test_a_bomb_is_measured_by_what_comes_out_of_it(
    pack: Callable[[bytes], bytes], web: Web, httpserver: HTTPServer
) -> None:
    encoding = "gzip" if pack is gzip.compress else "deflate"
    small, bomb = pack(b"words " * 100), pack(bytes(PAGE.size + 1))
    assert len(bomb) < PAGE.size
    packed = {"Content-Encoding": encoding}
    httpserver.expect_request("/small").respond_with_data(small, headers=packed)
    httpserver.expect_request("/bomb").respond_with_data(bomb, headers=packed)
    httpserver.expect_request("/cut").respond_with_data(small[:-9], headers=packed)
    assert web.get(httpserver.url_for("/small")).text == "words " * 100
    with pytest.raises(FetchRefused, match="larger than 5 MB"):
        web.get(httpserver.url_for("/bomb"))
    with pytest.raises(FetchFailed, match="not to the end"):
        web.get(httpserver.url_for("/cut"))


@pytest.mark.parametrize("encoding", ["br", "gzip, gzip", "zstd"])
def test_what_is_packed_otherwise_is_refused(
    encoding: str, web: Web, httpserver: HTTPServer
) -> None:
    packed = {"Content-Encoding": encoding}
    httpserver.expect_request("/").respond_with_data(b"xx", headers=packed)
    with pytest.raises(FetchRefused, match="packed"):
        web.get(httpserver.url_for("/"))


Speech = Callable[[bytes, Event], bytes]


@contextmanager
def speaking(*speeches: Speech) -> Iterator[tuple[int, list[bytes]]]:
    """A server that answers a connection in the given words, and what it heard."""
    heard: list[bytes] = []
    over = Event()

    def serve(server: socket.socket) -> None:
        with server.accept()[0] as connection:
            heard.append(connection.recv(65536))
            for speech in speeches:
                try:
                    connection.sendall(speech(heard[0], over))
                except OSError:
                    return

    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        thread = Thread(target=serve, args=(server,))
        thread.start()
        try:
            yield server.getsockname()[1], heard
        finally:
            over.set()
            thread.join(5)


def drip(_: bytes, over: Event) -> bytes:
    over.wait(0.05)
    return b"x"


def silence(_: bytes, over: Event) -> bytes:
    over.wait(5)
    return b""


@pytest.mark.parametrize(
    "speeches",
    [
        [silence],
        [lambda *_: b"HTTP/1.1 200 OK\r\nX-Slow: ", *[drip] * 100],
        [lambda *_: b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n", *[drip] * 100],
    ],
    ids=["silence", "dripping head", "dripping body"],
)
def test_the_whole_answer_must_come_in_time(speeches: list[Speech], web: Web) -> None:
    with (
        speaking(*speeches) as (port, _),
        pytest.raises(FetchFailed, match="took too long"),
    ):
        web.get(f"http://127.0.0.1:{port}/", limit=SHORT)


def test_an_answer_that_breaks_off_is_a_failure(web: Web) -> None:
    half = b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"
    with (
        speaking(lambda *_: half) as (port, _),
        pytest.raises(FetchFailed, match="not to the end"),
    ):
        web.get(f"http://127.0.0.1:{port}/")


def test_a_name_that_is_looked_up_forever_is_given_up(
    web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    over = Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_: over.wait(5) and [])
    with pytest.raises(FetchFailed, match="took too long"):
        web.get("http://lost.example/", limit=SHORT)
    over.set()


# --- limits -----------------------------------------------------------------------------------

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "headers",
    [
        {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "2026-11-22T12:05:00.123456Z"},
        {"RateLimit-Remaining": "0", "RateLimit-Reset": str(int(NOW.timestamp()) + 300)},
        {"ratelimit-remaining": "0", "ratelimit-reset": "300"},
        {"x-rate-limit-remaining": "0", "x-rate-limit-reset": str(int(NOW.timestamp()) + 300)},
    ],
    ids=["Mastodon", "Bluesky", "seconds", "X"],
)
def test_when_nothing_is_left_the_next_question_is_not_asked(
    headers: dict[str, str], web: Web, httpserver: HTTPServer
) -> None:
    httpserver.expect_request("/").respond_with_data("last", headers=headers)
    with time_machine.travel(NOW, tick=False) as clock:
        assert web.get(httpserver.url_for("/")).text == "last"
        with pytest.raises(FetchLimited, match=r"22 November, 12:05 UTC") as limit:
            web.get(httpserver.url_for("/"))
        assert limit.value.until.replace(microsecond=0) == NOW + timedelta(minutes=5)
        assert len(httpserver.log) == 1
        clock.shift(301)
        assert web.get(httpserver.url_for("/")).text == "last"


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({"Retry-After": "120"}, 120),
        ({"Retry-After": "Sun, 22 Nov 2026 12:02:00 GMT"}, 120),
        ({"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "2026-11-22T12:02:00Z"}, 120),
        ({"x-rate-limit-remaining": "0", "x-rate-limit-reset": "soon"}, 60),
        ({"Retry-After": "99999999999"}, 24 * 3600),
        ({"Retry-After": "never"}, 60),
        ({}, 60),
    ],
)
def test_whoever_asks_for_patience_gets_it(
    headers: dict[str, str], wait: int, web: Web, httpserver: HTTPServer
) -> None:
    httpserver.expect_request("/").respond_with_data("", 429, headers)
    with time_machine.travel(NOW, tick=False):
        for _ in range(2):
            with pytest.raises(FetchLimited) as limit:
                web.get(httpserver.url_for("/"))
            assert limit.value.until == NOW + timedelta(seconds=wait)
    assert len(httpserver.log) == 1


def test_a_server_that_is_being_mended_says_for_how_long(web: Web, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/").respond_with_data("", 503, {"Retry-After": "30"})
    with time_machine.travel(NOW, tick=False), pytest.raises(FetchLimited) as limit:
        web.get(httpserver.url_for("/"))
    assert limit.value.until == NOW + timedelta(seconds=30)


def test_one_host_at_its_limit_stops_no_other(
    web: Web, httpserver: HTTPServer, names: Names
) -> None:
    names(other=[["127.0.0.1"]])
    httpserver.expect_request("/busy").respond_with_data("", 429)
    httpserver.expect_request("/").respond_with_data("free")
    with pytest.raises(FetchLimited):
        web.get(httpserver.url_for("/busy"))
    assert web.get(f"http://other.example:{httpserver.port}/").text == "free"
