"""Mail addresses as readers write them, and the key that finds the same reader again. Pure."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

LONGEST = 254  # RFC 5321, section 4.5.3.1.3, with the errata that counts the brackets
LONGEST_LOCAL_PART = 64

# Dots that stand for the ASCII one in a domain name (RFC 3490, section 3.1).
DOTS = str.maketrans("。．｡", "...")
LOCAL_PART = re.compile(r"[^\s\"(),:;<>@\[\\\].]+(\.[^\s\"(),:;<>@\[\\\].]+)*", re.ASCII)
LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)")


class BadAddress(ValueError):
    """Not an address that mail can be sent to; says to its writer what is wrong."""


class Address(NamedTuple):
    address: str
    key: str


def normalise(written: str) -> Address:
    """The address as written, and its key: case-folded, the domain in ASCII."""
    address = unicodedata.normalize("NFC", written.strip())
    if not address:
        raise BadAddress("Write an email address.")
    if not address.isprintable():
        raise BadAddress("The address holds a line break or an invisible character.")
    local_part, at, domain = address.rpartition("@")
    if not at:
        raise BadAddress("An email address has an @ in it, such as name@example.org.")
    if len(local_part) > LONGEST_LOCAL_PART or not LOCAL_PART.fullmatch(local_part):
        raise BadAddress("The part before the @ is not one of an email address.")
    ascii_domain = to_ascii(domain)
    key = f"{local_part.casefold()}@{ascii_domain}"
    if max(len(address), len(key)) > LONGEST:
        raise BadAddress(f"The address is too long: at most {LONGEST} characters.")
    return Address(address, key)


def to_ascii(domain: str) -> str:
    """The domain as the mail servers write it (RFC 5890); raises BadAddress for what is none."""
    labels = [_ascii_label(label) for label in domain.translate(DOTS).lower().split(".")]
    if len(labels) < 2 and labels != ["localhost"]:
        raise BadAddress("The part after the @ lacks its ending, such as .org.")
    if not all(map(LABEL.fullmatch, labels)) or labels[-1].isdecimal():
        raise BadAddress("The part after the @ is not the name of a domain.")
    return ".".join(labels)


def deliverable(address: str) -> str:
    """The address with its domain in ASCII, for the envelope and the headers of a mail."""
    local_part, _, domain = address.rpartition("@")
    return f"{local_part}@{to_ascii(domain)}"


def masked(address: str) -> str:
    """Enough for its owner to know it again, too little for whom the mail was forwarded to."""
    local_part, _, domain = address.rpartition("@")
    return f"{local_part[:2] if len(local_part) > 3 else local_part[:1]}…@{domain}"


def _ascii_label(label: str) -> str:
    # Not Python's "idna" codec: it follows the rules of 2003, which make another domain of ß.
    return label if label.isascii() else "xn--" + label.encode("punycode").decode()
