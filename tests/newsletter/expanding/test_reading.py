"""Further reading: earlier posts about the same things."""

from __future__ import annotations

import pytest

from newsletter import drafting, publishing
from newsletter.expanding import Kind
from newsletter.models import Newsletter, Post
from newsletter.publishing import publish
from tests.factories import make_account, make_newsletter, make_post, make_thread
from tests.newsletter.expanding.drafts import draft, expand, proposed, write

pytestmark = pytest.mark.django_db

ROPES = "Mooring ropes whisper before they part. Splice the strands while the ropes are dry."
SOUP = "Onions keep for months aboard, cabbage for weeks. The galley feeds the watch first."


@pytest.fixture
def newsletter() -> Newsletter:
    return make_newsletter()


def published(newsletter: Newsletter, title: str, body: str) -> Post:
    return publish(make_post(body, title=title), newsletter=newsletter)


def test_earlier_posts_that_share_rare_words_are_listed(newsletter: Newsletter) -> None:
    published(newsletter, "Supper [at sea]", SOUP)
    ropes = published(newsletter, "Reading ropes", f"{ROPES} {ROPES}")
    post = draft("Tides.", "Our mooring ropes whisper, and the strands of them part.")
    new = expand(post, Kind.READING)
    assert new == (
        "Our mooring ropes whisper, and the strands of them part.\n\n"
        f"## Further reading\n\n- [Reading ropes](http://127.0.0.1:8000/letters/{ropes.slug}/)"
    )
    assert proposed(post, Kind.READING) == []


def test_what_is_linked_to_already_is_not_listed(newsletter: Newsletter) -> None:
    ropes = published(newsletter, "Reading ropes", ROPES)
    post = draft("Tides.", "Ropes.")
    write(post, f"{ROPES} See http://127.0.0.1:8000/letters/{ropes.slug}/")
    assert proposed(post, Kind.READING) == []


def test_neither_drafts_nor_other_newsletters_nor_itself_are_listed(newsletter: Newsletter) -> None:
    make_post(ROPES, newsletter=newsletter)
    other = make_newsletter(slug="other")
    published(other, "Elsewhere", ROPES)
    post = draft("Tides.", ROPES)
    assert proposed(post, Kind.READING) == []
    post = publish(post, newsletter=newsletter)
    assert proposed(post, Kind.READING) == []


def test_related_threads_are_listed_by_their_post_or_where_they_were_posted(
    newsletter: Newsletter,
) -> None:
    for number in range(6):
        make_thread(["Lamps burn.", f"Oil number {number} is cheap."])
    ropes = [make_thread([f"{name}.", "Hawsers chafe on fairleads."]) for name in ("One", "Two")]
    make_thread(["Zero.", "Hawsers are long."])  # one word in common is chance
    stranger = make_account(remote_id="7", handle="imre")
    make_thread(["Three.", "Hawsers chafe on fairleads."], account=stranger)
    used = publish(drafting.compose([ropes[0]], title="On hawsers"), newsletter=newsletter)
    write(used, "Words of quite another kind.")
    publishing.release(used)
    post = draft("Four.", "Fairleads and hawsers.")
    (proposal,) = proposed(post, Kind.READING)
    assert proposal.markdown == (
        "## Further reading\n\n"
        f"- [Two.]({ropes[1].url})\n"
        f"- [On hawsers](http://127.0.0.1:8000/letters/{used.slug}/)"
    )


def test_words_that_are_everywhere_make_no_threads_related(newsletter: Newsletter) -> None:
    for number in range(6):
        make_thread(["Lamps burn.", f"Oil number {number} is cheap."])
    make_thread(["Egg.", "How can the egg be gone?"])
    assert proposed(draft("Four.", "How can the tide be late?"), Kind.READING) == []
