"""expand, as an operator runs it."""

from __future__ import annotations

import io
import json

import pytest
from django.core.management import CommandError, call_command

from newsletter.models import Post
from tests.newsletter.expanding.drafts import body_of, draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def post() -> Post:
    return draft("Tides.", "First, keep the log. Daily.", "Second, ask the MHW. The MHW errs.")


def run(*args: str) -> str:
    out = io.StringIO()
    call_command("expand", *args, stdout=out, stderr=io.StringIO())
    return out.getvalue()


def test_it_puts_the_structure_in_and_says_so(post: Post) -> None:
    out = run(str(post.pk))
    assert out == "Put in, as revision 2: heading 2, introduction 1.\nBlanks to fill: 1.\n"
    assert body_of(post).startswith("## Keep the log\n\nFirst, keep the log. Daily.\n\n[blank: ")


def test_as_json_of_chosen_kinds(post: Post) -> None:
    out = run(str(post.pk), "--kinds", "heading", "definition", "--json")
    added = {"heading": 2, "definition": 1}
    assert json.loads(out) == {"post": post.pk, "revision": 2, "added": added, "blanks": 1}


def test_a_second_time_it_adds_nothing(post: Post) -> None:
    run(str(post.pk), "--kinds", "heading")
    out = run(str(post.pk), "--kinds", "heading", "--json")
    assert json.loads(out) == {"post": post.pk, "revision": 2, "added": {}, "blanks": 0}


def test_a_post_that_is_not_there_is_named() -> None:
    with pytest.raises(CommandError, match="There is no post 7"):
        run("7")
