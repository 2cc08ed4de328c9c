"""Context boxes for what is quoted and linked to."""

from __future__ import annotations

import pytest

from newsletter.expanding import Kind
from newsletter.models import LinkedPage
from tests.newsletter.expanding.drafts import draft, expand, proposed, write

pytestmark = pytest.mark.django_db

RINGS = "The rings were old, see https://harbour.example/rings for the rest."


def test_a_bare_address_is_asked_about_by_its_site() -> None:
    post = draft("Tides.", RINGS, "Ropes talk.")
    new = expand(post, Kind.CONTEXT)
    question = (
        "[blank: What should a reader know of the page at harbour.example without opening it?]"
    )
    assert new == (
        "The rings were old, see <https://harbour.example/rings> for the rest.\n\n"
        f"{question}\n\nRopes talk."
    )


def test_a_page_whose_title_is_known_gets_a_box() -> None:
    LinkedPage.objects.create(
        url="https://harbour.example/rings", state="answered", title="Rings & rust [2019]"
    )
    post = draft("Tides.", RINGS)
    (box,) = proposed(post, Kind.CONTEXT)
    assert box.markdown == (
        "> **[Rings & rust \\[2019\\]](https://harbour.example/rings)**\n\n"
        "[blank: What should a reader know of “Rings & rust (2019)” without opening it?]"
    )


def test_what_only_begins_like_an_address_of_ours_is_not_ours() -> None:
    post = draft("Tides.", "The rings were old, see https://x.com/mirabel/rings for the rest.")
    post.threads.get().account.__class__.objects.update(url="https://x.com/mira")
    assert proposed(post, Kind.CONTEXT)


def test_words_of_somebody_else_are_asked_about() -> None:
    post = draft("Tides.", "Ropes talk.")
    quote = {"kind": "quote", "url": "https://x.com/imre/status/7", "text": "Rust never sleeps."}
    quote |= {"author": "Imre Halász", "posted_at": "2026-03-01T09:00:00+00:00", "format": "plain"}
    status = post.threads.get().main_line()[1]
    status.extras = [quote]
    status.markdown = ""
    status.save()
    write(post, draft_again(post))
    (box,) = proposed(post, Kind.CONTEXT)
    assert box.markdown == (
        "[blank: Who is speaking here (“Imre Halász, 1 March 2026”), and what about?]"
    )
    assert box.line == len(draft_again(post).split("\n"))


def draft_again(post: object) -> str:
    return (
        "Ropes talk.\n\n> Rust never sleeps.\n>\n"
        "> — [Imre Halász, 1 March 2026](https://x.com/imre/status/7)"
    )


@pytest.mark.parametrize(
    ("words", "url"),
    [
        ("@imre", "https://x.com/imre"),
        ("#tides", "https://x.com/hashtag/tides"),
        ("Mira Osei (@miraosei), 2026", "https://social.example/9"),
        ("what I said", "https://x.com/miraosei/status/9"),
        ("before", "http://127.0.0.1:8000/letters/tides/"),
    ],
)
def test_names_and_one_s_own_words_need_none(words: str, url: str) -> None:
    post = draft("Tides.", f"Ask about it in the morning, or read {words} at low water.")
    write(post, f"Ask about it in the morning, or read [{words}]({url}) at low water.")
    assert proposed(post, Kind.CONTEXT) == []


def test_a_link_is_asked_about_once_and_not_where_the_answer_stands() -> None:
    post = draft("Tides.", RINGS, "Ropes talk of rings and of rust.")
    write(post, f"{RINGS}\n\nRopes talk of rings and of rust.\n\n{RINGS}")
    assert len(proposed(post, Kind.CONTEXT)) == 1
    write(post, f"{RINGS}\n\nThat page was my diary in the year of the flood.\n\nRopes talk.")
    assert proposed(post, Kind.CONTEXT) == []
