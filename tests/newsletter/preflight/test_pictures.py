"""Whether the pictures of a post are there, light and described."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from pytest_django.fixtures import DjangoAssertNumQueries

from newsletter.preflight import pictures
from newsletter.preflight.facts import Level
from newsletter.preflight.pictures import LARGEST, is_private
from newsletter.rendering.letter import Letter
from tests.factories import make_post
from tests.newsletter.preflight.looking import candidate, found, said

pytestmark = pytest.mark.django_db


def keep(name: str, size: int = 10) -> str:
    default_storage.save(name, ContentFile(b"x" * size))
    return f"/media/{name}"


def test_described_pictures_of_the_store_are_in_order() -> None:
    lamp, bell = keep("ab/lamp.jpg"), keep("ab/bell.jpg")
    assert said(pictures, f"![A lamp]({lamp})") == [
        (Level.GOOD, "The picture is there, and described.")
    ]
    assert said(pictures, f"![A lamp]({lamp})\n\nSee ![a bell]({bell}).") == [
        (Level.GOOD, "All 2 pictures are there, and described.")
    ]
    assert said(pictures, "No picture.") == []


def test_all_pictures_are_asked_about_together(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    names = [keep(f"ab/{number}.jpg") for number in range(3)]
    post = make_post("\n\n".join(f"![A lamp]({name})" for name in names))
    looked_at = candidate(post)
    with django_assert_num_queries(1):
        assert len(list(pictures.facts(looked_at))) == 1
    with django_assert_num_queries(1):
        blocks = Letter(looked_at.document.html, "https://example.org/").blocks()
    assert len(blocks) == len(names)


def test_what_the_store_lacks_is_a_fault() -> None:
    for address in ("/media/ab/none.jpg", "/media/../settings.py"):
        assert said(pictures, f"![A lamp]({address})") == [
            (Level.FAULT, "A picture is not in the store any more. Put it in anew.")
        ]


def test_the_cover_is_a_picture_too() -> None:
    post = make_post(cover="/media/ab/none.jpg", cover_alt=" ")
    facts = found(pictures, post)
    assert [fact.level for fact in facts] == [Level.FAULT, Level.WARN]
    for fact in facts:
        assert fact.where
        assert fact.where.address.endswith(f"/{post.pk}/change/#id_cover_alt")


def test_a_description_is_asked_for() -> None:
    assert said(pictures, f"![]({keep('ab/lamp.jpg')})") == [
        (Level.WARN, "A picture has no description for those who do not see it.")
    ]


def test_what_a_mail_would_load_is_weighed() -> None:
    heavy, slim = keep("ab/heavy.jpg", LARGEST + 1), keep("ab/wide.jpg", LARGEST + 1)
    keep("ab/wide-1280.jpg")
    assert said(pictures, f"![A lamp]({heavy})") == [
        (Level.WARN, "A picture is 1.0 MB in the mail, slow on a phone.")
    ]
    assert said(pictures, f"![A lamp]({slim})")[0][0] == Level.GOOD


def test_many_pictures_are_heavy_together() -> None:
    names = [keep(f"ab/{number}.jpg", LARGEST) for number in range(5)]
    facts = said(pictures, "\n\n".join(f"![A lamp]({name})" for name in names))
    assert facts[-1] == (
        Level.WARN,
        "The pictures of the mail are 5.0 MB together, slow on a phone.",
    )


@pytest.mark.parametrize(
    ("address", "level", "begins"),
    [
        ("http://localhost:8000/a.png", Level.FAULT, "A picture lies on localhost, which no"),
        ("http://192.168.1.4/a.png", Level.FAULT, "A picture lies on 192.168.1.4, which no"),
        ("http://example.org/a.png", Level.WARN, "A picture of example.org comes without enc"),
        ("https://example.org/a.png", Level.WARN, "A picture lies on example.org: it is not"),
    ],
)
def test_pictures_elsewhere_are_told(address: str, level: str, begins: str) -> None:
    ((found_level, text),) = said(pictures, f"![A lamp]({address})")
    assert (found_level, text[: len(begins)]) == (level, begins)


@pytest.mark.parametrize(
    ("host", "private"),
    [
        ("localhost", True),
        ("desk.local", True),
        ("127.0.0.1", True),
        ("::1", True),
        ("8.8.8.8", False),
        ("example.org", False),
        ("localhost.example", False),
    ],
)
def test_some_hosts_no_reader_can_reach(host: str, private: bool) -> None:
    assert is_private(host) == private
