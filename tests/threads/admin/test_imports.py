"""How an import went, and undoing it."""

from __future__ import annotations

import pytest
from django.test import Client

from newsletter import drafting
from tests.factories import make_attachment, make_import, make_thread
from threads import importing
from threads.models import Import, Thread
from threads.sources.base import Format
from threads.sources.pasted import PastedSource

pytestmark = pytest.mark.django_db(transaction=True)
LIST = "/admin/threads/import/"


@pytest.fixture
def import_() -> Import:
    source = PastedSource(["One lamp.", "Two lamps."], author="Mira", format=Format.PLAIN)
    return importing.run(importing.begin("Pasted: One lamp.", kind=source.kind), source)


def test_it_says_what_was_found_and_what_was_left_out(admin_client: Client) -> None:
    thread = make_thread(title="Lamps", complete=False)
    import_ = make_import(
        skipped={"retweet": 1128, "deleted": 3},
        warnings=["tweets-part2.js is not there."],
        thread_ids=[thread.pk],
        created=3,
    )
    page = admin_client.get(f"{LIST}{import_.pk}/change/").text
    for words in ("Lamps", "incomplete", "retweets of others", "1,128", "tweets-part2.js"):
        assert words in page


def test_an_import_without_threads_leads_to_its_lone_parts(admin_client: Client) -> None:
    page = admin_client.get(f"{LIST}{make_import().pk}/change/").text
    assert "/admin/threads/status/?place=lone" in page


def test_while_it_runs_the_page_asks_again(admin_client: Client) -> None:
    import_ = make_import(state="running")
    assert 'hx-trigger="every 1s"' in admin_client.get(f"{LIST}{import_.pk}/change/").text
    Import.objects.update(state="done")
    assert "hx-trigger" not in admin_client.get(f"{LIST}{import_.pk}/change/").text


def test_a_running_import_shows_how_far_it_is_and_can_be_cancelled(admin_client: Client) -> None:
    import_ = make_import(state="running", done=1500, total=4000)
    address = f"{LIST}{import_.pk}/change/"
    page = admin_client.get(address).text
    assert 'value="1500" max="4000"' in page
    assert "1,500 of 4,000 parts" in page
    assert admin_client.get(f"{LIST}{import_.pk}/cancel/").status_code == 405
    page = admin_client.post(f"{LIST}{import_.pk}/cancel/", follow=True).text
    assert "Ending …" in page
    import_.refresh_from_db()
    assert import_.cancel_asked_at


def test_an_import_that_waits_is_cancelled_at_once(admin_client: Client) -> None:
    import_ = make_import(state="waiting")
    page = admin_client.post(f"{LIST}{import_.pk}/cancel/", follow=True).text
    assert "This import was cancelled" in page
    assert "hx-trigger" not in page


def test_the_list_has_them_all(admin_client: Client, import_: Import) -> None:
    make_import(state="failed", source="holiday.zip", error="No archive.")
    page = admin_client.get(LIST).text
    assert "Pasted: One lamp." in page
    assert "holiday.zip" in page


def test_an_import_says_how_its_pictures_fared(admin_client: Client, import_: Import) -> None:
    waiting = make_attachment(Thread.objects.get(), "http://127.0.0.1:9/a.jpg")
    page = admin_client.get(f"{LIST}{import_.pk}/change/").text
    assert "1 picture yet to be fetched" in page
    assert 'hx-select="#media"' in page
    waiting.state, waiting.note = "lost", "social.example knows nothing of this (404)."
    waiting.save()
    page = admin_client.get(f"{LIST}{import_.pk}/change/").text
    assert "1 picture could not be had: social.example knows nothing of this (404)." in page
    assert 'hx-select="#media"' not in page


@pytest.mark.usefixtures("queue")
def test_what_could_not_be_had_can_be_asked_for_again(
    admin_client: Client, import_: Import
) -> None:
    thread = Thread.objects.get()
    lost = make_attachment(thread, "http://127.0.0.1:9/a.jpg", state="refused", note="No room.")
    nowhere = make_attachment(thread, state="lost")
    page = admin_client.post(f"{LIST}{import_.pk}/media/", follow=True).text
    assert "1 picture yet to be fetched" in page
    lost.refresh_from_db()
    nowhere.refresh_from_db()
    assert (lost.state, lost.note, nowhere.state) == ("waiting", "", "lost")


def test_undoing_asks_first_and_then_deletes(admin_client: Client, import_: Import) -> None:
    assert "Undo the import of" in admin_client.get(f"{LIST}{import_.pk}/undo/").text
    assert Thread.objects.exists()
    page = admin_client.post(f"{LIST}{import_.pk}/undo/", follow=True).text
    assert "The import is undone." in page
    assert not Thread.objects.exists()
    assert admin_client.get(f"{LIST}{import_.pk}/undo/").status_code == 404


def test_what_posts_use_is_not_undone_and_they_are_named(
    admin_client: Client, import_: Import
) -> None:
    drafting.compose([Thread.objects.get()], title="What keepers knew")
    page = admin_client.post(f"{LIST}{import_.pk}/undo/", follow=True).text
    assert "What keepers knew" in page
    assert Thread.objects.exists()
