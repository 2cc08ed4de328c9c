"""The same thread on two platforms is one for the editor, with the best of both."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils.timezone import now

from newsletter.drafting import compose
from tests.factories import make_account, make_thread
from threads.importing.twins import recognise, words_of
from threads.models import Account, Attachment, Import, Platform, Thread

pytestmark = pytest.mark.django_db

TEXTS = [
    "What lighthouse keepers knew about writing things down 🧵",
    "Every harbour had a book, and the book was read by the next one on duty.",
    "So nobody lied in it. That is the whole secret.",
]
TOOTS = [
    "<p>1/ What lighthouse keepers knew about writing things down</p>",
    "<p>Every harbour had a book, and the book was read by the next one on duty.</p>"
    "<p>So nobody lied in it. That is the whole secret. "
    '<a href="https://harbour.example/book">harbour.example/book</a></p>',
]


def on_mastodon(texts: list[str] = TOOTS, **fields: Any) -> Thread:
    account = make_account(
        platform=Platform.MASTODON, remote_id="https://social.example/users/mira", claimed_at=None
    )
    thread = make_thread(texts, account=account, **fields)
    thread.statuses.update(format="html")
    return thread


def picture(thread: Thread, position: int, **fields: Any) -> Attachment:
    status = thread.statuses.get(position=position)
    place = status.attachments.count() + 1
    return Attachment.objects.create(status=status, position=place, kind="image", **fields)


def test_what_differs_between_platforms_is_no_difference() -> None:
    plain, html = "3/12 It burned https://a.example/b @ada", "<p>It&nbsp;burned</p>"
    assert words_of(plain) == words_of(html) == ["it", "burned"]


def test_the_one_that_is_claimed_stands_for_both() -> None:
    toots, tweets = on_mastodon(), make_thread(TEXTS)
    assert recognise(tweets.account) == 1
    assert list(Thread.objects.visible()) == [tweets]
    assert list(tweets.twins.all()) == [toots]


def test_the_one_that_a_post_was_made_of_stands_for_both() -> None:
    toots, tweets = on_mastodon(), make_thread(TEXTS)
    compose([toots])
    assert recognise(tweets.account) == 1
    assert list(Thread.objects.visible()) == [toots]


def test_two_that_posts_were_made_of_stay_two() -> None:
    toots, tweets = on_mastodon(), make_thread(TEXTS)
    compose([toots, tweets])
    assert recognise(tweets.account) == 0


def test_other_words_are_another_thread() -> None:
    on_mastodon([TOOTS[0], "<p>And now for the weather, which was bad all week long.</p>" * 3])
    tweets = make_thread(TEXTS)
    assert recognise(tweets.account) == 0


def test_what_a_stranger_had_unrolled_is_no_twin_of_what_is_proven() -> None:
    toots, tweets = on_mastodon(), make_thread(TEXTS)
    picture(toots, 2, state="present", file="ab/scam.jpg", alt="Buy this", width=9000)
    picture(tweets, 2, state="present", file="ab/book.jpg", alt="", width=300)
    Import.objects.filter(pk=toots.imported_by_id).update(options={"mention": 1})
    assert recognise(toots.account) == recognise(tweets.account) == 0
    kept = Attachment.objects.get(status__thread=tweets)
    assert (kept.file.name, kept.alt) == ("ab/book.jpg", "")
    Account.objects.filter(pk=toots.account_id).update(claim="code", claimed_at=now())
    assert recognise(tweets.account) == 1


def test_an_editor_parts_them_for_good() -> None:
    toots, tweets = on_mastodon(), make_thread(TEXTS)
    recognise(tweets.account)
    Thread.objects.filter(pk=toots.pk).update(twin_of=None, stands_alone=True)
    assert recognise(tweets.account) == 0


def test_a_page_is_the_twin_of_the_archive_that_came_later() -> None:
    tweets = make_thread(TEXTS)
    page = make_thread(TEXTS)
    Thread.objects.filter(pk=page.pk).update(remote_id="page:0123456789abcdef:1")
    assert recognise(tweets.account) == 1
    assert list(Thread.objects.visible()) == [tweets]


def test_the_same_words_twice_on_one_platform_are_two_threads() -> None:
    make_thread(TEXTS)
    assert recognise(make_thread(TEXTS).account) == 0


def test_lost_pictures_and_descriptions_come_from_the_other() -> None:
    toots, tweets = on_mastodon(), make_thread(TEXTS)
    picture(toots, 2, state="present", file="ab/book.jpg", alt="A book", width=1200)
    picture(toots, 2, state="present", file="ab/small.jpg", alt="A page", width=300)
    picture(tweets, 2, state="lost")
    picture(tweets, 2, state="present", file="ab/large.jpg", alt="", width=900)
    recognise(tweets.account)
    first, second = Attachment.objects.filter(status__thread=tweets).order_by("position")
    assert (first.state, first.file.name, first.alt) == ("present", "ab/book.jpg", "A book")
    assert (second.file.name, second.alt) == ("ab/large.jpg", "A page")
    tweets.refresh_from_db()
    assert tweets.complete


def test_pictures_that_only_the_other_has_join_the_part_with_their_words() -> None:
    toots, tweets = on_mastodon(), make_thread(TEXTS)
    picture(toots, 1, state="present", file="ab/lamp.jpg", alt="A lamp")
    recognise(tweets.account)
    (found,) = Attachment.objects.filter(status__thread=tweets)
    assert (found.status.position, found.alt) == (1, "A lamp")
    assert Attachment.objects.filter(status__thread=toots).count() == 1


def test_with_one_platform_nothing_is_compared(django_assert_num_queries: Any) -> None:
    account = make_thread(TEXTS).account
    with django_assert_num_queries(1):
        recognise(account)
