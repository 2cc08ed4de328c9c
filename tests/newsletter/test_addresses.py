from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsletter.addresses import BadAddress, deliverable, masked, normalise


@pytest.mark.parametrize(
    ("written", "address", "key"),
    [
        ("anna@example.org", "anna@example.org", "anna@example.org"),
        ("  anna@example.org\n", "anna@example.org", "anna@example.org"),
        ("Anna.B@Example.ORG", "Anna.B@Example.ORG", "anna.b@example.org"),
        ("anna+news@example.org", "anna+news@example.org", "anna+news@example.org"),
        ("o'hara@example.org", "o'hara@example.org", "o'hara@example.org"),
        ("anna@münchen.example", "anna@münchen.example", "anna@xn--mnchen-3ya.example"),
        ("anna@MÜNCHEN.example", "anna@MÜNCHEN.example", "anna@xn--mnchen-3ya.example"),
        ("anna@xn--mnchen-3ya.example",) * 2 + ("anna@xn--mnchen-3ya.example",),
        ("anna@faß.example", "anna@faß.example", "anna@xn--fa-hia.example"),
        ("anna@例え。テスト", "anna@例え。テスト", "anna@xn--r8jz45g.xn--zckzah"),
        ("jose\u0301@example.org", "josé@example.org", "josé@example.org"),
        ("用户@example.org", "用户@example.org", "用户@example.org"),
        ("reader@localhost", "reader@localhost", "reader@localhost"),
    ],
)
def test_it_keeps_what_was_written_and_makes_one_key_of_it(
    written: str, address: str, key: str
) -> None:
    assert normalise(written) == (address, key)


@pytest.mark.parametrize(
    ("written", "complaint"),
    [
        ("", "Write an email address"),
        ("   ", "Write an email address"),
        ("anna", "has an @ in it"),
        ("@example.org", "before the @"),
        ("anna@", "after the @"),
        ("anna@example", "lacks its ending"),
        ("anna@example..org", "not the name of a domain"),
        ("anna@-example.org", "not the name of a domain"),
        ("anna@exam ple.org", "not the name of a domain"),
        ("anna@exam_ple.org", "not the name of a domain"),
        ("anna@127.0.0.1", "not the name of a domain"),
        ("anna@[127.0.0.1]", "not the name of a domain"),
        ("Anna <anna@example.org>", "before the @"),
        ("<anna@example.org>", "before the @"),
        ('"anna b"@example.org', "before the @"),
        ("anna b@example.org", "before the @"),
        ("anna@b@example.org", "before the @"),
        (".anna@example.org", "before the @"),
        ("an..na@example.org", "before the @"),
        ("anna@example.org, berta@example.org", "before the @"),
        ("anna@example.org\nBcc: berta@example.org", "line break"),
        ("an\rna@example.org", "line break"),
        ("an\0na@example.org", "line break"),
        ("an\u202ena@example.org", "invisible"),
        ("a" * 65 + "@example.org", "before the @"),
        ("a@" + "b." * 130 + "org", "too long"),
        ("a@" + "b" * 64 + ".org", "not the name of a domain"),
    ],
)
def test_it_says_what_is_wrong(written: str, complaint: str) -> None:
    with pytest.raises(BadAddress, match=complaint):
        normalise(written)


@given(st.text())
def test_whatever_it_takes_is_safe_in_a_header_and_finds_itself_again(written: str) -> None:
    try:
        address, key = normalise(written)
    except BadAddress:
        return
    assert not set("\r\n\0<>, ") & set(address + key)
    assert key.rpartition("@")[2].isascii()
    assert normalise(address) == (address, key)
    assert normalise(key).key == key


def test_for_the_envelope_only_the_domain_changes() -> None:
    assert deliverable("Anna@münchen.example") == "Anna@xn--mnchen-3ya.example"


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("annabella@example.org", "an…@example.org"),
        ("ann@example.org", "a…@example.org"),
        ("a@example.org", "a…@example.org"),
    ],
)
def test_a_masked_address_tells_its_owner_enough(address: str, shown: str) -> None:
    assert masked(address) == shown
