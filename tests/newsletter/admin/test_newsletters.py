"""The first visit's page, and newsletters as records."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client

from newsletter.admin.newsletters import slug_for
from newsletter.models import Newsletter
from newsletter.models.newsletters import RESERVED_SLUGS
from tests.factories import make_newsletter

pytestmark = pytest.mark.django_db
SETUP = "/admin/newsletter/newsletter/setup/"
ADD = "/admin/newsletter/newsletter/add/"


def test_the_first_visit_asks_for_the_newsletter(admin_client: Client) -> None:
    answer = admin_client.get("/admin/", follow=True)
    assert answer.redirect_chain == [(SETUP, 302)]
    assert "Your newsletter" in answer.text


def test_a_name_is_enough_and_it_never_asks_again(admin_client: Client) -> None:
    answer = admin_client.post(SETUP, {"name": "Slow Signals", "accent": "#123456"}, follow=True)
    assert "Slow Signals is set up" in answer.text
    newsletter = Newsletter.objects.get()
    assert (newsletter.slug, newsletter.accent) == ("slow-signals", "#123456")
    assert admin_client.get("/admin/").status_code == 200
    assert admin_client.get(SETUP).status_code == 302
    admin_client.post(SETUP, {"name": "Another", "accent": "#123456"})
    assert Newsletter.objects.count() == 1


def test_it_asks_for_all_that_a_mail_needs(admin_client: Client) -> None:
    whole = {
        "name": "Slow Signals",
        "accent": "#c2402c",
        "sender_name": "Mira Osei",
        "sender_email": "mira@example.org",
        "reply_to": "mira@example.org",
        "postal_address": "1 Harbour Road",
    }
    admin_client.post(SETUP, whole)
    assert Newsletter.objects.get().missing_for_sending() == []


def test_it_guesses_the_sender(client: Client) -> None:
    client.force_login(
        User.objects.create_superuser("mira", "mira@example.org", first_name="Mira Osei")
    )
    page = client.get(SETUP).text
    assert 'value="Mira Osei"' in page
    assert page.count('value="mira@example.org"') == 2


def test_without_a_name_it_says_so(admin_client: Client) -> None:
    answer = admin_client.post(SETUP, {"accent": "#c2402c"})
    assert "This field is required." in answer.text
    assert not Newsletter.objects.exists()


def test_who_may_not_add_a_newsletter_is_not_asked(client: Client) -> None:
    client.force_login(User.objects.create_user("sam", is_staff=True))
    assert client.get("/admin/").status_code == 200
    assert client.get(SETUP).status_code == 403


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Slow Signals", "slow-signals"),
        ("Überall & überhaupt!", "uberall-uberhaupt"),
        ("灯台", "letters"),
        ("Admin", "admin-letters"),
        ("x" * 99, "x" * 50),
    ],
)
def test_every_name_makes_an_address(name: str, slug: str) -> None:
    assert slug_for(name) == slug


@pytest.mark.parametrize("slug", sorted(slug for slug in RESERVED_SLUGS if "." not in slug))
def test_an_address_of_the_site_itself_is_refused(admin_client: Client, slug: str) -> None:
    fields = {"name": "Ours", "slug": slug, "accent": "#c2402c", "language": "en"}
    assert "is an address of the site itself" in admin_client.post(ADD, fields).text
    assert not Newsletter.objects.exists()


def test_the_list_says_what_keeps_one_from_being_mailed(admin_client: Client) -> None:
    make_newsletter(slug="whole")
    make_newsletter(slug="bare", postal_address="")
    page = admin_client.get("/admin/newsletter/newsletter/").text
    assert "may send" in page
    assert "lacks postal address" in page
