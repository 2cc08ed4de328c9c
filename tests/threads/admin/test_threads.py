"""Threads, accounts and parts as records, and the trash."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils.timezone import now

from newsletter import drafting
from tests.factories import make_account, make_attachment, make_import, make_thread
from threads.models import Attachment, Status, Thread

pytestmark = pytest.mark.django_db
LIST = "/admin/threads/thread/"


def titles(client: Client, **query: str) -> list[str]:
    changelist = client.get(LIST, query).context["cl"]
    return [thread.title for thread in changelist.result_list]


def chosen(action: str, thread: Thread) -> dict[str, object]:
    return {"action": action, "_selected_action": [thread.pk]}


def test_threads_are_searched_in_all_their_parts(admin_client: Client) -> None:
    make_thread(["Lamps.", "And bells."], title="Lamps")
    make_thread(["Ropes.", "And knots."], title="Ropes")
    assert titles(admin_client, q="bells") == ["Lamps"]


def test_threads_are_filtered(admin_client: Client) -> None:
    other = make_account(remote_id="2", name="Jonas", platform="mastodon")
    make_thread(title="Used and whole")
    make_thread(title="Not whole", complete=False)
    make_thread(title="By another", account=other)
    drafting.compose([Thread.objects.get(title="Used and whole")])
    assert titles(admin_client, use="draft") == ["Used and whole"]
    assert "Used and whole" not in titles(admin_client, use="none")
    assert titles(admin_client, complete__exact="0") == ["Not whole"]
    assert titles(admin_client, platform="mastodon") == ["By another"]
    assert titles(admin_client, account__id__exact=str(other.pk)) == ["By another"]


def test_what_a_running_import_brings_is_hidden(admin_client: Client) -> None:
    make_thread(title="Half", imported_by=make_import(state="running"))
    assert titles(admin_client) == []


def test_a_thread_says_what_became_of_it(admin_client: Client) -> None:
    drafting.compose([make_thread()], title="What keepers knew")
    assert "What keepers knew" in admin_client.get(LIST).text


@pytest.mark.parametrize("page", ["change/", "preview/"])
def test_a_thread_of_one_part_is_told_as_such(admin_client: Client, page: str) -> None:
    answer = admin_client.get(f"{LIST}{make_thread(['All there is.']).pk}/{page}")
    assert "· 1 part ·" in answer.text


def test_a_thread_is_read_part_by_part(admin_client: Client) -> None:
    missing = [{"why": "Part 3 is not in the archive.", "remedy": "Import another one."}]
    thread = make_thread(["First <b>part</b>.", "Second part."], missing=missing)
    first = thread.main_line()[0]
    Attachment.objects.create(
        status=first, position=1, kind="image", state="lost", alt="A lamp", note="not in the file"
    )
    page = admin_client.get(f"{LIST}{thread.pk}/change/").text
    for words in ("Second part.", *missing[0].values(), "Lost picture: A lamp"):
        assert words in page
    assert "<b>part</b>" not in page
    assert f"/threads/{thread.pk}/" in page


def test_a_thread_goes_to_the_trash_and_comes_back(admin_client: Client) -> None:
    thread = make_thread(title="Lamps")
    admin_client.post(LIST, chosen("move_to_trash", thread))
    assert (titles(admin_client), titles(admin_client, trash="yes")) == ([], ["Lamps"])
    admin_client.post(f"{LIST}?trash=yes", chosen("restore", thread))
    assert titles(admin_client) == ["Lamps"]


def test_it_is_deleted_for_good_only_from_the_trash(admin_client: Client) -> None:
    thread = make_thread()
    confirmed = {**chosen("delete_selected", thread), "post": "yes"}
    admin_client.post(LIST, confirmed)
    assert admin_client.post(f"{LIST}{thread.pk}/delete/", {"post": "yes"}).status_code == 403
    assert Thread.objects.exists()

    Thread.objects.update(trashed_at=now())
    admin_client.post(f"{LIST}?trash=yes", confirmed)
    assert not Thread.objects.exists()
    assert not Status.objects.exists()


def test_one_page_deletes_its_parts_too(admin_client: Client) -> None:
    thread = make_thread(trashed_at=now())
    admin_client.post(f"{LIST}{thread.pk}/delete/", {"post": "yes"})
    assert not Status.objects.exists()


def test_a_draft_waits_for_pictures_that_are_on_their_way(admin_client: Client) -> None:
    thread = make_thread()
    make_attachment(thread, "http://127.0.0.1:9/a.jpg", alt="A lamp")
    page = admin_client.post(LIST, chosen("make_draft", thread), follow=True).text
    assert "A picture is still being fetched. Try again in a minute." in page
    assert not thread.posts.exists()
    page = admin_client.get(f"{LIST}{thread.pk}/change/").text
    assert "Yet to be fetched: A lamp" in page


def test_a_thread_that_a_post_uses_cannot_be_deleted(admin_client: Client) -> None:
    thread = make_thread(trashed_at=now())
    drafting.compose([thread])
    admin_client.post(f"{LIST}{thread.pk}/delete/", {"post": "yes"})
    admin_client.post(f"{LIST}?trash=yes", {**chosen("delete_selected", thread), "post": "yes"})
    assert Thread.objects.exists()
    assert Status.objects.count() == 3


def test_parts_in_no_thread_are_listed_on_request(admin_client: Client) -> None:
    thread = make_thread(["In it.", "In it, too."])
    lone = thread.main_line()[1]
    Status.objects.filter(pk=lone.pk).update(thread=None, position=None, text="Alone.")
    changelist = admin_client.get("/admin/threads/status/", {"place": "lone"}).context["cl"]
    assert [status.text for status in changelist.result_list] == ["Alone."]
    changelist = admin_client.get("/admin/threads/status/", {"place": "thread"}).context["cl"]
    assert [status.text for status in changelist.result_list] == ["In it."]
    assert admin_client.get(f"/admin/threads/status/{lone.pk}/change/").status_code == 200


def test_accounts_count_their_threads(admin_client: Client) -> None:
    make_thread()
    make_thread(trashed_at=now())
    page = admin_client.get("/admin/threads/account/").text
    assert "Mira Osei (@miraosei)" in page
    assert ">1</a>" in page


def test_twins_are_one_in_the_list_until_an_editor_parts_them(admin_client: Client) -> None:
    first = make_thread(title="On X")
    twin = make_thread(title="Elsewhere", twin_of=first)
    assert titles(admin_client) == ["On X"]
    assert titles(admin_client, twins="yes") == ["Elsewhere"]
    assert "which stands for both" in admin_client.get(f"{LIST}{twin.pk}/change/").text
    assert "Also on X" in admin_client.get(f"{LIST}{first.pk}/change/").text
    answer = admin_client.post(f"{LIST}{twin.pk}/part/", follow=True)
    assert "two threads again" in answer.text
    assert set(titles(admin_client)) == {"On X", "Elsewhere"}
