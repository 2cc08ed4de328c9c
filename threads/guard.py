"""Which addresses may be asked, and until when: what stands between `threads.http` and a socket.

Names are looked up once, every answer is checked, and the connection goes to exactly the
address that was checked. No waiting, for a name or for a byte, outlasts the whole fetch.
"""

# ssrfguard was chosen for this: it pins the checked address underneath httpcore, so that TLS
# and the Host header stay with the name, and it unpacks the IPv4 addresses in NAT64, 6to4 and
# Teredo. microsoft-antissrf is made for requests. Both are young, hence the long table of
# hostile addresses in the tests. Deadlines are ours: it knows none.

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Iterable
from concurrent.futures import Future
from dataclasses import dataclass
from functools import cache
from ipaddress import ip_address, ip_network
from threading import Thread
from typing import Any

import httpcore
import ssrfguard
from ssrfguard.httpx import SafeBackend

USUAL_PORTS = {"http": 80, "https": 443}
ATTEMPTS = 2  # at different addresses of one name
METADATA_NAMES = {"metadata", "metadata.google.internal", "instance-data"}
EVERYWHERE = ssrfguard.AddressTable(
    tuple(
        ssrfguard.Block(ip_network(cidr), "Anywhere", "", ssrfguard.Reach.DENIED)
        for cidr in ("0.0.0.0/0", "::/0")
    )
)
# IPv4 addresses in disguise. A resolver may answer with one, and then what is inside is checked;
# nobody who means well writes one into an address.
DISGUISES = [
    ip_network(cidr) for cidr in ("::ffff:0:0/96", "64:ff9b::/96", "2001::/32", "2002::/16")
]


class Forbidden(Exception):
    """Not an address that is fetched."""


class UnknownName(httpcore.ConnectError):
    """No such name: said for sure, and not for want of somebody to ask."""


@dataclass(frozen=True, slots=True)
class Policy:
    """`allowed`: networks that may be fetched though private, and on any port."""

    allowed: tuple[str, ...] = ()

    def check(self, url: str, scheme: str, host: str, port: int | None) -> None:
        """The address as it is written; what its name stands for is checked on connecting."""
        usual = USUAL_PORTS.get(scheme)
        if usual is None or host.lower() in METADATA_NAMES or _is_disguised(host):
            raise Forbidden
        if not self.allowed and port not in {None, *USUAL_PORTS.values()}:
            raise Forbidden
        try:
            _rules(self.allowed, port or usual).check_url(url)
        except ssrfguard.SSRFGuardError:
            raise Forbidden from None  # its words repeat the whole address


def _is_disguised(host: str) -> bool:
    try:
        address = ip_address(host)
    except ValueError:
        # What the resolver reads as a number all the same: 2130706433, 0x7f.1, 0177.0.0.1
        return host.rpartition(".")[2][:1].isdigit()
    return any(address in network for network in DISGUISES)


@cache
def _rules(allowed: tuple[str, ...], port: int) -> ssrfguard.Policy:
    usual = port in USUAL_PORTS.values()
    return ssrfguard.Policy(
        allowed_ports=frozenset({port}),
        allowed_networks=tuple(ip_network(cidr, strict=False) for cidr in allowed),
        denied_networks=ssrfguard.DEFAULT_DENIED if usual else EVERYWHERE,
        max_connection_attempts=ATTEMPTS,
    )


class Deadline:
    """When the fetch that is under way must be done."""

    def __init__(self) -> None:
        self._at = 0.0

    def set(self, seconds: float) -> None:
        self._at = time.monotonic() + seconds

    def left(self) -> float:
        left = self._at - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the whole fetch took too long")
        return left


class GuardedBackend(httpcore.NetworkBackend):
    """Opens connections for httpcore, to permitted addresses only."""

    def __init__(self, policy: Policy, deadline: Deadline) -> None:
        self._policy, self._deadline = policy, deadline

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        backend = SafeBackend(policy=_rules(self._policy.allowed, port), resolver=self._look_up)
        patience = self._deadline.left() / ATTEMPTS
        try:
            stream = backend.connect_tcp(host, port, patience, local_address, socket_options)
        except ssrfguard.SSRFGuardError as error:
            raise Forbidden from error
        return _Stream(stream, self._deadline)

    def _look_up(self, *question: Any) -> list[Any]:
        """`getaddrinfo` has no timeout of its own: one that stalls is left to itself."""
        answer: Future[list[Any]] = Future()

        def ask() -> None:
            try:
                answer.set_result(socket.getaddrinfo(*question))
            except (OSError, UnicodeError) as error:
                unknown = isinstance(error, socket.gaierror) and error.errno == socket.EAI_NONAME
                kind = UnknownName if unknown else OSError
                answer.set_exception(kind(str(error)))

        Thread(target=ask, daemon=True).start()
        return answer.result(self._deadline.left())


class _Stream(httpcore.NetworkStream):
    """A connection whose every wait ends with the fetch."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream, self._deadline = stream, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.left())

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        left = self._deadline.left()
        return _Stream(self._stream.start_tls(ssl_context, server_hostname, left), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
