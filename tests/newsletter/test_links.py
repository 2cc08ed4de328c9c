from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.urls import resolve
from django.utils.timezone import now

from newsletter import links
from newsletter.models import Newsletter, Post, Subscription
from tests.factories import make_newsletter, make_subscription
from threads.models import Thread

pytestmark = pytest.mark.django_db


@pytest.fixture
def subscription() -> Subscription:
    return make_subscription(make_newsletter(), confirmation_sent_at=now())


def token_of(url: str) -> str:
    return url.rstrip("/").rpartition("/")[2]


def test_each_link_names_its_subscription(subscription: Subscription) -> None:
    confirmation = links.read_confirm(token_of(links.confirm_url(subscription)))
    assert confirmation.subscription_id == subscription.pk
    assert subscription.confirmation_sent_at
    distance = confirmation.sent_at - subscription.confirmation_sent_at
    assert abs(distance) < timedelta(milliseconds=1)
    assert links.read_unsubscribe(token_of(links.unsubscribe_url(subscription))) == subscription.pk
    assert links.read_preferences(token_of(links.preferences_url(subscription))) == subscription.pk


def test_no_link_holds_the_address(subscription: Subscription) -> None:
    for make in (links.confirm_url, links.unsubscribe_url, links.preferences_url):
        assert "reader" not in make(subscription)
        assert "example.org" not in make(subscription)


def test_a_link_to_one_page_opens_no_other(subscription: Subscription) -> None:
    unsubscribe = token_of(links.unsubscribe_url(subscription))
    preferences = token_of(links.preferences_url(subscription))
    confirm = token_of(links.confirm_url(subscription))
    with pytest.raises(links.BrokenLink):
        links.read_preferences(unsubscribe)
    with pytest.raises(links.BrokenLink):
        links.read_unsubscribe(preferences)
    with pytest.raises(links.BrokenLink):
        links.read_confirm(preferences)
    with pytest.raises(links.BrokenLink):
        links.read_unsubscribe(confirm)


@pytest.mark.parametrize("damage", ["", "1", "1.x", "é", "\0"])
def test_a_damaged_link_is_refused(damage: str) -> None:
    for read in (links.read_confirm, links.read_unsubscribe, links.read_preferences):
        with pytest.raises(links.BrokenLink):
            read(damage)


def test_another_subscription_cannot_be_named_by_hand(subscription: Subscription) -> None:
    token = token_of(links.unsubscribe_url(subscription))
    forged = token.replace(str(subscription.pk), str(subscription.pk + 1), 1)
    with pytest.raises(links.BrokenLink):
        links.read_unsubscribe(forged)


def test_a_confirmation_works_for_two_days_the_others_for_ever(subscription: Subscription) -> None:
    confirm = token_of(links.confirm_url(subscription))
    unsubscribe = token_of(links.unsubscribe_url(subscription))
    with time_machine.travel(now() + timedelta(hours=47)):
        links.read_confirm(confirm)
    with time_machine.travel(now() + timedelta(hours=49)), pytest.raises(links.ExpiredLink):
        links.read_confirm(confirm)
    with time_machine.travel(now() + timedelta(days=4000)):
        assert links.read_unsubscribe(unsubscribe) == subscription.pk


def test_every_address_it_makes_is_one_of_the_site(subscription: Subscription) -> None:
    newsletter = subscription.newsletter
    names = {
        links.confirm_url(subscription): "confirm",
        links.unsubscribe_url(subscription): "unsubscribe",
        links.preferences_url(subscription): "preferences",
        links.newsletter_url(newsletter): "newsletter",
        links.post_url(Post(newsletter=newsletter, slug="hello")): "post",
        links.thread_url(Thread(pk=7)): "thread",
        links.subscribe_url(newsletter): "subscribe",
    }
    for url, name in names.items():
        path = url.removeprefix("http://127.0.0.1:8000").partition("?")[0]
        assert resolve(path).url_name == name


def test_a_post_without_a_newsletter_has_no_address() -> None:
    with pytest.raises(ValueError, match="no address yet"):
        links.post_url(Post(newsletter=None, slug="hello"))


def test_the_links_follow_the_newsletter(db: None) -> None:
    newsletter = Newsletter(slug="weekly")
    assert links.newsletter_url(newsletter) == "http://127.0.0.1:8000/weekly/"
    assert links.subscribe_url(newsletter) == "http://127.0.0.1:8000/subscribe/?newsletter=weekly"
