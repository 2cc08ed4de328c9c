"""The ledger is written once, whole, and by nobody twice."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from newsletter.models import Delivery, Issue, Newsletter, Post, Subscription
from newsletter.publishing import publish
from newsletter.sending.freeze import CannotSend, demand_sendable, freeze
from tests.factories import make_issue, make_newsletter, make_post, make_subscription

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def test_every_active_reader_gets_one_row_and_nobody_else(letters: Newsletter) -> None:
    make_subscription(letters, "Ada@Example.org")
    for state in set(Subscription.State.values) - {"active"}:
        make_subscription(letters, f"{state}@example.org", state=state)
    make_subscription(make_newsletter(slug="notes"), "elsewhere@example.org")
    issue = make_issue(letters, "bob@example.org")
    assert issue.expected == 2
    rows = issue.deliveries.order_by("address_key")
    assert [(row.address, row.address_key) for row in rows] == [
        ("Ada@Example.org", "ada@example.org"),
        ("bob@example.org", "bob@example.org"),
    ]
    assert {row.state for row in rows} == {Delivery.State.WAITING}
    assert issue.deliveries.due().count() == 2


def test_each_row_has_a_message_id_of_our_own_domain(letters: Newsletter) -> None:
    issue = make_issue(letters, "a@example.org", "b@example.org")
    ids = list(issue.deliveries.values_list("message_id", flat=True))
    assert len(set(ids)) == 2
    for message_id in ids:
        assert re.fullmatch(rf"<{issue.pk}\.\d+\.[0-9a-f]{{16}}@letters\.example>", message_id)


def test_the_mail_is_rendered_once_and_kept(letters: Newsletter) -> None:
    issue = make_issue(letters, "a@example.org", body="As it was.", subject="The subject")
    assert (issue.subject, issue.revision) == ("The subject", issue.post.live)
    assert "As it was." in issue.html
    assert "As it was." in issue.text


def test_the_title_is_the_subject_where_there_is_none(letters: Newsletter) -> None:
    assert make_issue(letters, "a@example.org", title="The title").subject == "The title"


def test_freezing_again_gives_the_same_issue(letters: Newsletter) -> None:
    issue = make_issue(letters, "a@example.org")
    make_subscription(letters, "late@example.org")
    assert freeze(issue.post) == issue
    assert issue.deliveries.count() == 1


def test_it_takes_as_many_queries_for_many_readers_as_for_one(letters: Newsletter) -> None:
    counts = []
    for number in (1, 60):
        for reader in range(number):
            make_subscription(letters, f"{number}.{reader}@example.org")
        post = publish(make_post())
        with CaptureQueriesContext(connection) as queries:
            freeze(post)
        counts.append(len(queries))
    assert counts[0] >= counts[1]


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"postal_address": " \n"}, r"its postal address is missing\."),
        ({"sender_email": "", "reply_to": ""}, r"its sender address and reply-to address are"),
        ({"sender_email": "ädä@example.org"}, "before the @"),
        ({"reply_to": "ädä@example.org"}, "before the @"),
        ({"sender_email": "ada@[127.0.0.1]"}, "not an address to mail from"),
        ({}, "no confirmed reader"),
    ],
)
def test_what_is_missing_is_said_at_once(fields: dict[str, str], refusal: str) -> None:
    newsletter = make_newsletter(**fields)
    with pytest.raises(CannotSend, match=refusal):
        demand_sendable(newsletter)


def test_what_is_not_published_cannot_be_mailed(letters: Newsletter) -> None:
    with pytest.raises(CannotSend, match="not published yet"):
        freeze(make_post())


def test_a_subject_that_would_break_out_of_its_line_is_refused(letters: Newsletter) -> None:
    make_subscription(letters)
    post = publish(make_post(subject="Hello\r\nBcc: everybody@example.org"))
    with pytest.raises(CannotSend, match="Subject holds a line break"):
        freeze(post)
    assert not Issue.objects.exists()
    assert not Delivery.objects.exists()


def test_the_list_id_is_made_once_and_survives_every_change(letters: Newsletter) -> None:
    first = make_issue(letters, "a@example.org")
    list_id = first.newsletter.list_id
    assert re.fullmatch(r"letters\.[a-z]{8}\.letters\.example", list_id)
    letters.refresh_from_db()
    letters.slug, letters.sender_email = "renamed", "ada@elsewhere.example"
    letters.save()
    assert make_issue(letters).newsletter.list_id == list_id


@pytest.mark.django_db(transaction=True)
def test_twenty_clicks_at_once_make_one_issue(letters: Newsletter) -> None:
    for number in range(30):
        make_subscription(letters, f"{number}@example.org")
    post = publish(make_post())
    ready = Barrier(20)

    def click(_: int) -> int:
        ready.wait()
        try:
            return freeze(Post.objects.get(pk=post.pk)).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as clicks:
        issues = set(clicks.map(click, range(20)))
    assert issues == {Issue.objects.get().pk}
    assert Delivery.objects.count() == 30
