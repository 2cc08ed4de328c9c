"""provenance, as an operator runs it."""

from __future__ import annotations

import io
import json

import pytest
from django.core.management import CommandError, call_command

from newsletter.drafting import compose, save_revision
from tests.factories import make_post, make_thread

pytestmark = pytest.mark.django_db

LAMPS = ["A lamp wants oil every night.", "The keeper wrote down what it used."]


def run(*args: str) -> str:
    out = io.StringIO()
    call_command("provenance", *args, stdout=out)
    return out.getvalue()


def test_as_json_with_one_entry_for_each_paragraph() -> None:
    thread = make_thread(LAMPS)
    post = compose([thread], title="Lamps")
    body = f"## {LAMPS[1]}\n\n[blank: who?]\n\n- Quite another thing\n- and one more"
    save_revision(post, base=1, body=body)
    second = thread.main_line()[1].remote_id
    assert json.loads(run(str(post.pk), "--json")) == [
        {
            "paragraph": 0,
            "text": f"## {LAMPS[1]}",
            "status": second,
            "thread": thread.pk,
            "score": 1.0,
        },
        {
            "paragraph": 1,
            "text": "- Quite another thing\n- and one more",
            "status": None,
            "thread": None,
            "score": 0.0,
        },
    ]


def test_its_json_is_one_line_whatever_signs_are_in_the_text() -> None:
    post = make_post("One\u2028two\x85three: é.")
    lines = run(str(post.pk), "--json").splitlines()
    assert json.loads(lines[-1])[0]["text"] == "One\u2028two\x85three: é."


def test_in_words_for_people() -> None:
    post = compose([make_thread(LAMPS)], title="Lamps")
    assert post.latest
    save_revision(post, base=1, body=f"{post.latest.body}\n\nQuite another thing.")
    lines = run(str(post.pk)).splitlines()
    assert "100% of thread" in lines[0]
    assert lines[-1].split() == ["2", "new", "Quite", "another", "thing."]


def test_a_post_of_no_thread_is_all_new_and_none_is_an_error() -> None:
    assert json.loads(run(str(make_post("One.").pk), "--json"))[0]["status"] is None
    with pytest.raises(CommandError, match=r"There is no post 99\."):
        run("99")
