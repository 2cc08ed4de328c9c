"""Footnotes that say where something was first said."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from newsletter import drafting
from newsletter.expanding import Kind
from tests.factories import make_thread
from tests.newsletter.expanding.drafts import body_of, draft, expand, proposed, write
from threads.models import Status
from threads.text.html import to_html

pytestmark = pytest.mark.django_db

STORM = "The storm of 1987 took six boats."
MARCH = datetime(2026, 3, 12, 9, tzinfo=UTC)


def test_what_can_be_looked_up_gets_its_source() -> None:
    post = draft("Tides.", "Ropes talk.", STORM, first_id=500, started_at=MARCH)
    new = expand(post, Kind.FOOTNOTE)
    assert new == (
        f"Ropes talk.\n\n{STORM}[^1]\n\n"
        "[^1]: Mira Osei, 12 March 2026, <https://x.com/miraosei/status/502>"
    )
    assert 'class="footnotes"' in to_html(new)
    assert proposed(post, Kind.FOOTNOTE) == []


def test_numbers_go_on_from_those_that_are_there() -> None:
    post = draft("Tides.", "Ropes talk.", STORM)
    write(post, f"Ropes talk.[^4]\n\n{STORM}\n\n[^4]: They do.")
    assert proposed(post, Kind.FOOTNOTE)[0].mark == "[^5]"
    assert expand(post, Kind.FOOTNOTE).startswith(
        f"Ropes talk.[^4]\n\n{STORM}[^5]\n\n[^4]: They do."
    )


def test_another_thread_is_named_where_it_begins() -> None:
    threads = [make_thread(["Tides.", "Moons pull."]), make_thread(["Ropes.", "Rings rust here."])]
    post = drafting.compose(threads)
    write(post, "Moons pull.\n\nRings rust here.")
    (footnote,) = proposed(post, Kind.FOOTNOTE)
    assert (footnote.line, footnote.why) == (3, "Another thread begins here.")


def test_there_are_few_and_none_for_what_has_no_address() -> None:
    texts = [f"In 19{year} the storm took boat number {year} of ours." for year in range(70, 85)]
    post = draft("Tides.", *texts)
    assert len(proposed(post, Kind.FOOTNOTE)) == 6
    expand(post, Kind.FOOTNOTE)
    assert proposed(post, Kind.FOOTNOTE) == []
    Status.objects.update(url="")
    write(post, body_of(draft("Tides.", *texts, first_id=90000)))
    assert proposed(post, Kind.FOOTNOTE) == []


def test_the_address_of_a_part_says_nothing_but_where_it_leads() -> None:
    post = draft("Tides.", STORM)
    Status.objects.update(url="https://social.example/1> **sold**\n\n# Sold")
    assert expand(post, Kind.FOOTNOTE).endswith(
        ", <https://social.example/1%3E%20**sold**%0A%0A#%20Sold>"
    )
    assert proposed(post, Kind.FOOTNOTE) == []
