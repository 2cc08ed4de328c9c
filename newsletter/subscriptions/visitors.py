"""How often one visitor may try. Their address is kept as a keyed hash, for an hour."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from newsletter.models import SignUpAttempt

TRIES_PER_HOUR = 20


def tries_too_often(request: HttpRequest) -> bool:
    """Counts this try."""
    visitor = salted_hmac(
        "newsletter.visitor", _network(_came_from(request)), algorithm="sha256"
    ).hexdigest()
    return SignUpAttempt.objects.count_one(visitor) > TRIES_PER_HOUR


def _came_from(request: HttpRequest) -> str:
    # Behind https stands a proxy. Only what it added itself, the last entry, can be believed.
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.HTTPS else ""
    return forwarded.rpartition(",")[2].strip() or str(request.META.get("REMOTE_ADDR", ""))


def _network(address: str) -> str:
    """Whom one visitor can pretend to be: one IPv4 address, or 2^64 IPv6 addresses."""
    try:
        ip = ip_address(address)
    except ValueError:
        return address
    if isinstance(ip, IPv6Address) and not ip.ipv4_mapped:
        return str(ip_network((ip, 64), strict=False))
    return str(ip)
