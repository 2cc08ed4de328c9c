"""A page elsewhere becomes Markdown, whatever it says of itself."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_httpserver import HTTPServer
from selectolax.lexbor import LexborHTMLParser

from newsletter.models import Post
from tests.factories import make_post
from threads.text.html import to_html

pytestmark = pytest.mark.django_db


@pytest.fixture
def post() -> Post:
    return make_post()


def made(client: Client, post: Post, url: str, status: int = 200) -> dict[str, str]:
    answer = client.post(f"/admin/newsletter/post/{post.pk}/card/", {"url": url})
    assert answer.status_code == status
    said: dict[str, str] = answer.json()
    return said


def test_a_page_is_asked_once_and_is_a_card(
    admin_client: Client, post: Post, httpserver: HTTPServer
) -> None:
    page = "<title>A [log] *of* <i></title><meta name=description content='> **b** [c](d)'>"
    httpserver.expect_oneshot_request("/log(1)").respond_with_data(page, content_type="text/html")
    url = httpserver.url_for("/log(1)")
    said = made(admin_client, post, url)
    assert "said" not in said
    card = LexborHTMLParser(to_html(said["markdown"])).css_first("p.link-card")
    assert card
    assert card.text() == "A [log] *of* <i>\n> **b** [c](d)"
    assert [link.attributes["href"] for link in card.css("a")] == [url]
    assert made(admin_client, post, url) == said


@pytest.mark.parametrize(
    ("content", "status", "why"),
    [
        ("", 404, "127.0.0.1 knows nothing of this (404). So it is a plain link."),
        ("No title.", 200, "The page does not say what it is. So it is a plain link."),
    ],
)
def test_a_page_that_says_nothing_is_a_plain_link(
    admin_client: Client, post: Post, httpserver: HTTPServer, content: str, status: int, why: str
) -> None:
    httpserver.expect_request("/log").respond_with_data(content, status, content_type="text/html")
    url = httpserver.url_for("/log") + "?of=(1);by=2&at=3"
    said = made(admin_client, post, url)
    assert said == {"markdown": f"<{url}>", "said": why}
    link = LexborHTMLParser(to_html(said["markdown"])).css_first("a")
    assert link
    assert link.attributes["href"] == url


@pytest.mark.parametrize("url", ["", "no address", "javascript:alert(1)", "ftp://e.org/"])
def test_what_is_no_address_of_a_page_is_refused(
    admin_client: Client, post: Post, url: str
) -> None:
    assert "address of a page" in made(admin_client, post, url, 400)["error"]


def test_only_who_may_write_has_pages_asked(client: Client, post: Post) -> None:
    client.force_login(User.objects.create_user("reader", is_staff=True))
    address = f"/admin/newsletter/post/{post.pk}/card/"
    assert client.post(address, {"url": "https://e.org/"}).status_code == 403
    assert client.get(address).status_code == 405
