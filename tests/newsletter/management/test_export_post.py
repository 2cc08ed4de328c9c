"""export_post, as an operator runs it."""

from __future__ import annotations

import email
import email.policy
import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from newsletter.models import Newsletter, Post
from tests.factories import make_newsletter, make_post

pytestmark = pytest.mark.django_db


@pytest.fixture
def post() -> Post:
    return make_post(
        "It is *hot*.\n\n[lost picture: a cat]",
        title="Tea & *rum*",
        subtitle="Or milk",
        byline="Ada",
        cover="/media/ab/a.jpg",
        cover_alt="a cup",
    )


def run(post: Post, face: str, *args: str) -> str:
    out = io.StringIO(newline="")
    call_command("export_post", str(post.pk), "--as", face, *args, stdout=out)
    return out.getvalue()


def test_markdown(post: Post) -> None:
    assert run(post, "markdown").split("\n\n") == [
        r"# Tea & \*rum\*",
        "*Or milk*",
        "By Ada",
        "![a cup](/media/ab/a.jpg)",
        "It is *hot*.",
        "[lost picture: a cat]\n",
    ]


def test_markdown_of_a_post_with_nothing_around_it() -> None:
    assert run(make_post("Hot.", title="Tea"), "markdown") == "# Tea\n\nHot.\n"


def test_html_is_one_whole_document(post: Post) -> None:
    html = run(post, "html")
    assert "<title>Tea &amp; *rum*</title>" in html
    assert '<p class="soft">Or milk</p>\n<p class="soft">By Ada</p>' in html
    assert 'alt="a cup"' in html
    assert "<p>It is <em>hot</em>.</p>" in html
    assert "a cat" not in html


def test_html_is_in_the_newsletter_s_language(post: Post) -> None:
    Post.objects.update(newsletter=make_newsletter(language="de"))
    assert '<html lang="de">' in run(post, "html")


def test_text(post: Post) -> None:
    assert run(post, "text").startswith("Tea & *rum*\n\nOr milk\n\nBy Ada\n\n")


def test_email_is_a_whole_message(post: Post, tmp_path: Path) -> None:
    path = tmp_path / "tea.eml"
    answer = json.loads(run(post, "email", "--output", str(path), "--json"))
    raw = path.read_bytes()
    assert answer == {"output": str(path), "bytes": len(raw)}
    message = email.message_from_bytes(raw, policy=email.policy.default)
    assert message["Subject"] == "Tea & *rum*"
    assert [part.get_content_type() for part in message.walk()] == [
        "multipart/alternative",
        "text/plain",
        "text/html",
    ]
    assert raw.count(b"\n") == raw.count(b"\r\n")


def test_it_works_without_any_newsletter(post: Post) -> None:
    assert not Newsletter.objects.exists()
    assert "List-Unsubscribe" in run(post, "email")


def test_a_post_that_is_not_there() -> None:
    with pytest.raises(CommandError, match="There is no post 4711"):
        call_command("export_post", "4711", "--as", "text")
    empty = Post.objects.create(slug="empty")
    with pytest.raises(CommandError, match=f"There is no post {empty.pk}"):
        call_command("export_post", str(empty.pk), "--as", "text")
