"""The library's list and preview, as the server makes them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.utils.timezone import now
from pytest_django import DjangoAssertNumQueries

from newsletter import drafting
from newsletter.models import Post
from tests.factories import make_import, make_thread
from threads import searching
from threads.admin.threads import ThreadAdmin
from threads.models import IndexEntry, Status, Thread

pytestmark = pytest.mark.django_db
LIST = "/admin/threads/thread/"


def titles(client: Client, query: str = "") -> list[str]:
    changelist = client.get(f"{LIST}?{query}").context["cl"]
    return [thread.title for thread in changelist.result_list]


def preview(client: Client, thread: Thread) -> str:
    return client.get(f"{LIST}{thread.pk}/preview/").text


def used_in(state: str, **fields: object) -> Thread:
    thread = make_thread([f"Made into one that is {state}."])
    post = drafting.compose([thread], title=f"A {state} post")
    Post.objects.filter(pk=post.pk).update(state=state, **fields)
    return thread


def test_threads_are_filtered_by_what_became_of_them(admin_client: Client) -> None:
    unused = make_thread(["Nothing yet."])
    draft, scheduled, published = map(used_in, ("draft", "scheduled", "published"))
    thrown = used_in("draft", trashed_at=now())
    assert {*titles(admin_client, "use=none")} == {unused.title, thrown.title}
    assert {*titles(admin_client, "use=draft")} == {draft.title, scheduled.title}
    assert titles(admin_client, "use=published") == [published.title]


def test_an_address_that_names_no_choice_narrows_nothing(admin_client: Client) -> None:
    make_thread(title="Lamps")
    for query in (
        "use=x",
        "year=x",
        "parts=0",
        "account__id__exact=x",
        f"account__id__exact={'9' * 5000}",
        "platform=myspace",
    ):
        assert titles(admin_client, query) == ["Lamps"], query


def test_threads_are_filtered_by_length_and_year(admin_client: Client) -> None:
    make_thread(title="Short", started_at=datetime(2024, 12, 31, 23, 59, tzinfo=UTC))
    make_thread(["Part."] * 9, title="Middling", started_at=datetime(2025, 1, 1, tzinfo=UTC))
    make_thread(title="Long", length=40, started_at=datetime(2025, 6, 1, tzinfo=UTC))
    assert titles(admin_client, "parts=2-4") == ["Short"]
    assert titles(admin_client, "parts=5-9") == ["Middling"]
    assert titles(admin_client, "parts=25") == ["Long"]
    assert titles(admin_client, "year=2024") == ["Short"]
    assert titles(admin_client, "year=2025") == ["Long", "Middling"]
    assert titles(admin_client, "year=2025&parts=5-9&q=part") == ["Middling"]


def test_threads_are_sorted_by_likes_and_those_unknown_come_last(admin_client: Client) -> None:
    for title, likes in (("Few", 1), ("Many", 800), ("Unknown", None)):
        Status.objects.filter(thread=make_thread(title=title)).update(likes=likes)
    assert titles(admin_client, "o=3") == ["Many", "Few", "Unknown"]
    assert titles(admin_client, "o=-3") == ["Unknown", "Few", "Many"]
    assert "2,400" in admin_client.get(LIST).text


def test_a_search_shows_where_its_words_stand(admin_client: Client) -> None:
    make_thread(["Lamps.", "And <i>bells</i>, at noon."], title="Lamps")
    page = admin_client.get(LIST, {"q": "bells"}).text
    assert "And &lt;i&gt;<mark>bells</mark>&lt;/i&gt;, at noon." in page
    assert "No thread is like that" in admin_client.get(LIST, {"q": "nowhere"}).text
    page = admin_client.get(LIST, {"q": "nowhere", "use": "none"}).text
    assert '<a class="button" href="?q=nowhere">Search without filters</a>' in page


def test_pages_follow_each_other_without_counting_all(
    admin_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ThreadAdmin, "list_per_page", 2)
    monkeypatch.setattr("threads.admin.paging.COUNTED", 3)
    for number in range(5):
        make_thread(title=f"Thread {number}")
    first = admin_client.get(LIST)
    assert titles(admin_client) == ["Thread 4", "Thread 3"]
    assert "Next page" in first.text
    assert "Previous page" not in first.text
    assert "More than 3 threads" in first.text
    assert titles(admin_client, "p=3") == ["Thread 0"]
    last = admin_client.get(LIST, {"p": "3"}).text
    assert "5 threads" in last
    assert "Next page" not in last
    assert admin_client.get(LIST, {"p": "9"}).status_code == 302
    assert admin_client.get(LIST, {"p": "0"}).status_code == 302


def test_a_list_takes_the_same_queries_however_long_it_is(
    admin_client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(3):
        make_thread([f"One lamp {number}."])
    searching.index()
    with django_assert_num_queries(9):
        admin_client.get(LIST, {"q": "one"})
    for _ in range(9):
        used_in("draft")
    searching.index()
    with django_assert_num_queries(9):
        admin_client.get(LIST, {"q": "one"})


def test_the_preview_shows_the_text_the_posts_and_related_threads(admin_client: Client) -> None:
    thread = make_thread(
        ["Lighthouse keepers wrote <b>logbooks</b>.", "And kept them."], title="Keepers"
    )
    make_thread(["The logbooks of a lighthouse."], title="On logs")
    for text in ("Bread.", "Trains.", "Glue.", "Maps."):
        make_thread([text])
    drafting.compose([thread], title="One job")
    admin_client.get(LIST)
    page = preview(admin_client, thread)
    for words in ("&lt;b&gt;logbooks", "And kept them.", "One job", "draft", "On logs"):
        assert words in page
    assert "Bread." not in page
    assert "<html" not in page
    own_page = admin_client.get(f"{LIST}{thread.pk}/change/").text
    assert "On logs" in own_page
    assert "Already used in" in own_page
    assert "Merge on the board" in page
    assert "Merge on the board" in own_page


def test_the_preview_of_a_long_thread_ends_somewhere(admin_client: Client) -> None:
    thread = make_thread([f"Part number {number}." for number in range(1, 20)])
    page = preview(admin_client, thread)
    assert "Part number 15." in page
    assert "Part number 16." not in page
    assert "4 more parts" in page


def test_the_preview_is_for_those_who_may_see_threads(client: Client) -> None:
    thread = make_thread()
    user = User.objects.create_user("noor", is_staff=True)
    client.force_login(user)
    address = f"{LIST}{thread.pk}/preview/"
    assert client.get(address).status_code == 403
    user.user_permissions.add(Permission.objects.get(codename="view_thread"))
    page = client.get(address).text
    assert "Two." in page
    assert "Make a draft" not in page
    assert "Merge on the board" not in page
    assert client.post(address).status_code == 405
    hidden = make_thread(imported_by=make_import(state="running"))
    assert client.get(f"{LIST}{hidden.pk}/preview/").status_code == 404


def test_threads_that_were_deleted_meanwhile_make_no_post(admin_client: Client) -> None:
    answer = admin_client.post(LIST, {"action": "merge", "_selected_action": 7}, follow=True)
    assert "not here any more" in answer.text
    assert not Post.objects.exists()


def test_no_page_lies_beyond_what_a_database_counts(admin_client: Client) -> None:
    make_thread(title="Lamps")
    assert admin_client.get(LIST, {"p": "9" * 30}, follow=True).status_code == 200


def test_several_threads_are_merged_on_the_board(admin_client: Client) -> None:
    later = make_thread(["Later."], started_at=datetime(2026, 5, 1, tzinfo=UTC))
    first = make_thread(["First."], started_at=datetime(2026, 1, 1, tzinfo=UTC))
    chosen = {"action": "merge", "_selected_action": [later.pk, first.pk]}
    answer = admin_client.post(LIST, chosen)
    post = Post.objects.get()
    assert answer["Location"] == f"/admin/newsletter/post/{post.pk}/board/"
    assert [source.thread for source in post.sources.all()] == [first, later]
    assert admin_client.get(answer["Location"]).status_code == 200
    assert "merge" not in admin_client.get(LIST, {"trash": "yes"}).text


def test_deleting_a_thread_does_not_speak_of_the_index(admin_client: Client) -> None:
    thread = make_thread(title="Lamps", trashed_at=now())
    searching.index()
    page = admin_client.get(f"{LIST}{thread.pk}/delete/").text
    assert "Lamps" in page
    assert "ndex entr" not in page
    assert "eyword" not in page
    admin_client.post(f"{LIST}{thread.pk}/delete/", {"post": "yes"})
    assert not IndexEntry.objects.exists()
