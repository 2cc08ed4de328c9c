"""The one way out to the network: no private addresses, limits on size, time and frequency.

What may be fetched is decided by a `Policy`, which is an argument: the settings give it at the
edges (see `threads.outside`). Nothing of the environment counts here, and no cookie is kept.
"""

from __future__ import annotations

import codecs
import io
import json
import weakref
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from http import HTTPStatus
from typing import IO, Any

import httpcore
import httpx

from threads.guard import Deadline, Forbidden, GuardedBackend, UnknownName
from threads.guard import Policy as Policy
from threads.patience import asked_to_wait_until, none_left_until

REDIRECTS = 3
AGENT = "Unspool"
ACCEPTED_ENCODINGS = {"": 0, "identity": 0, "gzip": 31, "x-gzip": 31, "deflate": 15}  # zlib's wbits
NOT_FOR_PAGES = {"idna", "punycode", "unicode-escape", "raw-unicode-escape"}
DECODED_AT_ONCE = 256 * 1024


@dataclass(frozen=True, slots=True)
class Limit:
    size: int  # bytes, decoded
    seconds: float  # for the whole fetch, redirects included


PAGE = Limit(5 * 1024**2, 10)
PICTURE = Limit(20 * 1024**2, 30)
VIDEO = Limit(200 * 1024**2, 120)


@dataclass(frozen=True, slots=True)
class Answer:
    url: str  # after redirects
    status: int
    headers: Mapping[str, str]  # upper and lower case are the same
    body: bytes = field(repr=False)

    def json(self) -> Any:
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError) as error:
            host = httpx.URL(self.url).host
            raise FetchFailed(f"{host} sent something that is no JSON.", self) from error

    @property
    def text(self) -> str:
        charset = httpx.Headers(dict(self.headers)).get("content-type", "").partition("charset=")[2]
        try:
            name = codecs.lookup(charset.strip("\"' ;") or "utf-8").name
            return self.body.decode("utf-8" if name in NOT_FOR_PAGES else name, "replace")
        except (LookupError, ValueError):
            return self.body.decode("utf-8", "replace")


class FetchError(Exception):
    """The message is for a person, and tells the host alone: no query, no token.

    `answer`: what the server said, where it said anything.
    """

    def __init__(self, message: str, answer: Answer | None = None) -> None:
        super().__init__(message)
        self.answer = answer


class FetchRefused(FetchError):
    """Permanent: not an address that we fetch, too large, too many redirects, or a 4xx."""


class FetchForbidden(FetchRefused):
    """401, 403, 451."""


class FetchGone(FetchRefused):
    """404, 410."""


class FetchTooLarge(FetchRefused):
    """It answers, with more than was asked for."""


class FetchFailed(FetchError):
    """Temporary: no answer, too slow, cut off, 5xx."""


class FetchNowhere(FetchFailed):
    """Nobody knows a host of this name."""


class FetchLimited(FetchFailed):
    """The server wants to be left alone `until` then."""

    def __init__(self, message: str, until: datetime, answer: Answer | None = None) -> None:
        super().__init__(message, answer)
        self.until = until


@dataclass(frozen=True, slots=True)
class _Request:
    method: str
    url: httpx.URL
    headers: Mapping[str, str]
    token: str = ""
    content: bytes | None = None

    def moved_to(self, url: httpx.URL) -> _Request:
        """Whoever lives elsewhere is told nothing that was meant for the first host."""
        same = (url.scheme, url.host, url.port) == (self.url.scheme, self.url.host, self.url.port)
        return _Request("GET", url, self.headers if same else {}, self.token if same else "")


class Web:
    """For one run, and one thread: it remembers what each host has left of its rate limit."""

    def __init__(self, policy: Policy = Policy(), *, agent: str = AGENT) -> None:  # noqa: B008 - frozen
        self._policy = policy
        self._deadline = Deadline()
        self._resting: dict[str, datetime] = {}
        self._agent = agent
        # No client: it would keep cookies, and read addresses of redirects in its own way.
        self._transport = _Transport(GuardedBackend(policy, self._deadline))
        weakref.finalize(self, self._transport.close)

    def get(
        self,
        url: str,
        *,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        token: str = "",
        limit: Limit = PAGE,
    ) -> Answer:
        """`params` are added to those that the address has."""
        request = _Request(
            "GET", _parsed(url).copy_merge_params(params or {}), headers or {}, token
        )
        return self._fetch(request, limit, io.BytesIO())

    def post(
        self,
        url: str,
        *,
        json: Any,
        token: str = "",
        headers: Mapping[str, str] | None = None,
        limit: Limit = PAGE,
    ) -> Answer:
        told = {"Content-Type": "application/json", **(headers or {})}
        request = _Request("POST", _parsed(url), told, token, _as_json(json))
        return self._fetch(request, limit, io.BytesIO())

    def download(self, url: str, file: IO[bytes], limit: Limit) -> str:
        """Writes into `file`, which holds rubbish after an error; the content type comes back."""
        answer = self._fetch(_Request("GET", _parsed(url), {}), limit, file)
        return answer.headers.get("content-type", "").partition(";")[0].strip().lower()

    def _fetch(self, request: _Request, limit: Limit, file: IO[bytes]) -> Answer:
        self._deadline.set(limit.seconds)
        for _ in range(REDIRECTS + 1):
            found = self._ask(request, limit, file)
            if isinstance(found, Answer):
                return found
            request = request.moved_to(found)
        raise FetchRefused(
            f"{request.url.host} sends us from one address to the next, in a circle."
        )

    def _ask(self, request: _Request, limit: Limit, file: IO[bytes]) -> Answer | httpx.URL:
        """One answer, or where to go instead."""
        host = request.url.host
        self._wait_not(request.url)
        try:
            self._policy.check(str(request.url), request.url.scheme, host, request.url.port)
            question = httpx.Request(
                request.method,
                request.url,
                headers=self._headers(request),
                content=request.content,
            )
            with closing(self._transport.handle_request(question)) as response:
                response.request = question
                return self._read(response, limit, file)
        except Forbidden as error:
            raise _not_ours(host) from error
        except httpx.TimeoutException as error:
            raise FetchFailed(f"{host} took too long to answer. Try again later.") from error
        except (httpx.TransportError, zlib.error) as error:
            if isinstance(error.__cause__, UnknownName):
                raise FetchNowhere(f"There is no site called {host}.") from error
            words = f"{host} did not answer, or not to the end. Try again later."
            raise FetchFailed(words) from error

    def _headers(self, request: _Request) -> httpx.Headers:
        headers = httpx.Headers(
            {"User-Agent": self._agent, "Accept": "*/*", "Accept-Encoding": "gzip"}
        )
        headers.update(dict(request.headers))
        if request.token:
            headers["Authorization"] = f"Bearer {request.token}"
        return headers

    def _wait_not(self, url: httpx.URL) -> None:
        until = self._resting.get(_netloc(url))
        if until and datetime.now(UTC) < until:
            raise _limited(url.host, until)

    def _read(self, response: httpx.Response, limit: Limit, file: IO[bytes]) -> Answer | httpx.URL:
        url = response.url
        self._note(response)
        if response.has_redirect_location:
            return _joined(url, response.headers.get("location", ""))
        told = response.headers.get("content-length", "")
        if told.isdecimal() and int(told) > limit.size:
            raise _too_large(url.host, limit)
        keep = file if response.is_success else io.BytesIO()
        for chunk in _decoded(response):
            if keep.tell() + len(chunk) > limit.size:
                raise _too_large(url.host, limit)
            keep.write(chunk)
        body = keep.getvalue() if isinstance(keep, io.BytesIO) else b""
        answer = Answer(_plain(url), response.status_code, response.headers, body)
        if not (response.is_success or response.status_code == HTTPStatus.NOT_MODIFIED):
            raise _refusal(url.host, answer, self._resting.get(_netloc(url)))
        return answer

    def _note(self, response: httpx.Response) -> None:
        now = datetime.now(UTC)
        told = response.status_code == 503 and "retry-after" in response.headers
        if told or response.status_code == 429:
            self._resting[_netloc(response.url)] = asked_to_wait_until(response.headers, now)
        elif until := none_left_until(response.headers, now):
            self._resting[_netloc(response.url)] = until
        else:
            self._resting.pop(_netloc(response.url), None)


class _Transport(httpx.HTTPTransport):
    """httpx over connections that the guard opens."""

    def __init__(self, backend: GuardedBackend) -> None:
        super().__init__(verify=_certificates(), trust_env=False)
        self._pool = httpcore.ConnectionPool(
            ssl_context=_certificates(), keepalive_expiry=5, network_backend=backend
        )


@cache
def _certificates() -> Any:
    return httpx.create_ssl_context(trust_env=False)  # reading them takes 20 ms


def _as_json(value: Any) -> bytes:
    return json.dumps(value).encode()


def _decoded(response: httpx.Response) -> Iterator[bytes]:
    """httpx would decode whatever a chunk unpacks to, and encodings within encodings."""
    encoding = response.headers.get("content-encoding", "").strip().lower()
    if encoding not in ACCEPTED_ENCODINGS:
        raise FetchRefused(
            f"{response.url.host} sent an answer packed in a way that we do not read."
        )
    bits = ACCEPTED_ENCODINGS[encoding]
    return _unpacked(response.iter_raw(), bits) if bits else response.iter_raw()


def _unpacked(chunks: Iterable[bytes], bits: int) -> Iterator[bytes]:
    unpacking = zlib.decompressobj(bits)
    for chunk in chunks:
        rest = chunk
        while rest and not unpacking.eof:
            yield unpacking.decompress(rest, DECODED_AT_ONCE)
            rest = unpacking.unconsumed_tail
    if not unpacking.eof:
        raise zlib.error("cut off")


# --- addresses --------------------------------------------------------------------------------


def _parsed(url: str) -> httpx.URL:
    try:
        return _without_dot(httpx.URL(url))
    except (httpx.InvalidURL, ValueError) as error:
        raise FetchRefused("This is not an address that can be fetched.") from error


def _joined(url: httpx.URL, location: str) -> httpx.URL:
    try:
        return _without_dot(url.join(location))
    except (httpx.InvalidURL, ValueError) as error:
        raise FetchRefused(f"{url.host} sends us to what is no address.") from error


def _without_dot(url: httpx.URL) -> httpx.URL:
    """`social.example.` is `social.example`, and a number with a dot is a number."""
    return url.copy_with(host=url.host.rstrip("."))


def _netloc(url: httpx.URL) -> str:
    return url.netloc.decode("ascii")


def _plain(url: httpx.URL) -> str:
    return str(url.copy_with(fragment=None))


# --- errors in words --------------------------------------------------------------------------


def _not_ours(host: str) -> FetchRefused:
    return FetchRefused(
        f"Nothing is fetched from {host or 'there'}: only public addresses that begin with http://"
        " or https:// are, without a user name and an unusual port."
    )


def _too_large(host: str, limit: Limit) -> FetchTooLarge:
    return FetchTooLarge(f"What {host} sent is larger than {limit.size // 1024**2} MB.")


def _limited(host: str, until: datetime, answer: Answer | None = None) -> FetchLimited:
    when = f"{until:%-d %B, %H:%M} UTC"
    return FetchLimited(f"{host} wants to be asked again only after {when}.", until, answer)


def _refusal(host: str, answer: Answer, until: datetime | None) -> FetchError:
    match answer.status:
        case 401 | 403 | 451:
            return FetchForbidden(f"{host} does not show this to us ({answer.status}).", answer)
        case 404 | 410:
            return FetchGone(f"{host} knows nothing of this ({answer.status}).", answer)
        case 429 | 503 if until:
            return _limited(host, until, answer)
        case 408 | 425 | 429 | 500 | 502 | 503 | 504:
            words = f"{host} cannot answer just now ({answer.status}). Try again later."
            return FetchFailed(words, answer)
        case status if status >= 500:
            return FetchFailed(f"{host} has an error of its own ({status}).", answer)
        case status:
            return FetchRefused(f"{host} did not accept the question ({status}).", answer)
