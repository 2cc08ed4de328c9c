"""What is known of the pages that a post leads to."""

from __future__ import annotations

import pytest
from django.conf import settings

from newsletter.models import LinkedPage
from newsletter.preflight import pages
from newsletter.preflight.facts import Level
from tests.factories import make_post
from tests.newsletter.preflight.looking import places
from threads.text.document import Document

pytestmark = pytest.mark.django_db

BODY = f"""[one](https://e.org/one) and [one again](https://e.org/one#part)

[gone](https://e.org/gone), [mail](mailto:a@e.org), [ours]({settings.BASE_URL}/a/), [here](#s-a)

<https://e.org/away> and [forbidden](https://e.org/refused) and [new](https://e.org/new)
"""


def test_each_page_of_others_is_asked_once() -> None:
    assert [page.url for page in pages.asked(Document(BODY))] == [
        "https://e.org/one",
        "https://e.org/gone",
        "https://e.org/away",
        "https://e.org/refused",
        "https://e.org/new",
    ]


def test_dead_links_are_told_with_their_lines_and_never_block() -> None:
    states = {"one": "answered", "gone": "gone", "away": "failed", "refused": "refused"}
    for name, state in states.items():
        LinkedPage.objects.create(url=f"https://e.org/{name}", state=state, note="404.")
    LinkedPage.objects.create(url="https://e.org/new")
    facts = list(pages.facts(make_post(), Document(BODY + "\n\n[gone](https://e.org/gone)")))
    assert [fact.text for fact in facts] == [
        "e.org/gone is not there. 404.",
        "e.org/away does not answer just now. 404.",
        "e.org/refused could not be asked. 404.",
        "One link answers.",
    ]
    assert places(facts) == ["Line 3", "Line 5", "Line 5"]
    assert {fact.level for fact in facts} == {Level.WARN, Level.GOOD}


def test_a_link_without_an_address_is_told() -> None:
    facts = list(pages.facts(make_post(), Document("One.\n\n[none]() but [a post](/a/)")))
    assert [fact.text for fact in facts] == ["A link has no address."]
    assert places(facts) == ["Line 3"]


def test_a_long_address_is_shortened() -> None:
    url = "https://e.org/" + "x" * 100
    LinkedPage.objects.create(url=url, state="gone")
    (fact,) = pages.facts(make_post(), Document(f"<{url}>"))
    assert fact.text.startswith(f"e.org/{'x' * 63}… is not there")


def test_several_links_that_answer_are_counted() -> None:
    for name in "ab":
        LinkedPage.objects.create(url=f"https://e.org/{name}", state="answered")
    (fact,) = pages.facts(make_post(), Document("<https://e.org/a> <https://e.org/b>"))
    assert fact.text == "2 links answer."
