"""From threads to a draft, and saving without losing anybody's words."""

from __future__ import annotations

import threading

import pytest
from django.contrib.auth.models import User
from django.db import connection

from newsletter.drafting import (
    KEPT,
    Conflict,
    StillFetching,
    compose,
    merge_revision,
    save_revision,
)
from newsletter.models import Post, Revision
from tests.factories import make_account, make_attachment, make_post, make_thread
from threads.text.html import lost_pictures


@pytest.mark.django_db
def test_a_draft_of_one_thread() -> None:
    thread = make_thread(["Tea or rum. 🧵 1/3", "Tea is hot. 2/3", "Rum is not. 3/3"])
    thread.title = "Tea or rum"
    post = compose([thread])
    assert post.newsletter is None
    assert post.slug == "tea-or-rum"
    assert post.state == Post.State.DRAFT
    assert list(post.threads.all()) == [thread]
    revision = post.latest
    assert revision
    assert (revision.number, revision.title, revision.byline) == (1, "Tea or rum", "Mira Osei")
    assert revision.body == "Tea is hot.\n\nRum is not."
    assert revision.html == "<p>Tea is hot.</p>\n<p>Rum is not.</p>\n"


@pytest.mark.django_db
def test_what_was_left_out_is_kept_with_the_reason() -> None:
    post = compose([make_thread(["Tea. 🧵", "So it goes."])], title="Drinks")
    post.refresh_from_db()
    assert post.left_out == [{"status": "1000", "text": "🧵", "reason": "announces the thread"}]


@pytest.mark.django_db
def test_no_draft_is_made_while_its_pictures_are_on_their_way() -> None:
    thread = make_thread(["Look.", "There."])
    picture = make_attachment(thread, "http://127.0.0.1:9/a.jpg", alt="A lamp")
    with pytest.raises(StillFetching, match=r"^A picture is still being fetched\. Try again"):
        compose([thread])
    assert not Post.objects.exists()
    picture.note = "127.0.0.1 does not answer."  # so it may be days
    picture.save()
    latest = compose([thread]).latest
    assert latest
    assert lost_pictures(latest.body) == ["A lamp, yet to be fetched"]


@pytest.mark.django_db
def test_several_threads_follow_one_another_under_their_titles() -> None:
    first = make_thread(["Tea.", "Hot."])
    second = make_thread(["Of *rum*.", "1. Ale\n\nOk.", "2. Gin\n\nNo.", "3. Rum\n\nOld."])
    other = make_account(remote_id="7", name="", handle="leo")
    third = make_thread(["Milk.", "Cold."], account=other)
    post = compose([second, first, third], title="Drinks")
    assert [source.thread for source in post.sources.all()] == [second, first, third]
    assert post.latest
    assert post.latest.byline == "Mira Osei and leo"
    assert post.latest.body.split("\n\n") == [
        *[r"Of \*rum\*.", "## 1. Ale", "Ok.", "## 2. Gin", "No.", "## 3. Rum", "Old."],
        *["## Tea.", "Hot.", "## Milk.", "Cold."],
    ]
    later = compose([first, second]).latest
    assert later
    assert "\n\n## Of \\*rum\\*.\n\n### 1. Ale\n\n" in later.body


@pytest.mark.django_db
def test_a_title_without_letters_of_an_address_still_has_one() -> None:
    assert compose([make_thread(["土日。", "So."])]).slug == "post"


@pytest.mark.django_db
def test_a_thread_that_says_no_more_than_its_title_keeps_its_words() -> None:
    post = compose([make_thread(["Tea."]), make_thread(["🧵"])])
    assert post.latest
    assert post.latest.body == "Tea.\n\n## 🧵"


@pytest.mark.django_db
def test_each_save_is_a_revision() -> None:
    post = make_post("One.", title="Tea")
    first = post.latest
    second = save_revision(post, base=1, body="Two.", subtitle="So")
    assert (second.number, second.title, second.subtitle) == (2, "Tea", "So")
    assert second.html == "<p>Two.</p>\n"
    post.refresh_from_db()
    assert post.latest == second
    assert first
    first.refresh_from_db()
    assert first.body == "One."


@pytest.mark.django_db
def test_a_save_that_changes_nothing_makes_no_revision() -> None:
    post = make_post("One.")
    assert save_revision(post, base=1, body="One.") == post.latest
    assert post.revisions.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("base", [None, 1, 3])
def test_who_began_from_an_older_revision_is_shown_the_latest(base: int | None) -> None:
    post = make_post("One.")
    theirs = save_revision(post, base=1, body="Theirs.")
    with pytest.raises(Conflict, match="Revision 2 was saved in the meantime") as conflict:
        save_revision(post, base=base, body="Mine.")
    assert conflict.value.latest == theirs
    assert post.revisions.count() == 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.both_databases
def test_of_two_saves_at_once_one_is_told() -> None:
    post = make_post("One.")
    start = threading.Barrier(2)
    results: list[Revision | Conflict] = []

    def save(body: str) -> None:
        mine = Post.objects.get(pk=post.pk)
        start.wait()
        try:
            results.append(save_revision(mine, base=1, body=body))
        except Conflict as conflict:
            results.append(conflict)
        finally:
            connection.close()

    editors = [threading.Thread(target=save, args=[body]) for body in ("Two.", "Three.")]
    for editor in editors:
        editor.start()
    for editor in editors:
        editor.join()
    assert sorted(type(result).__name__ for result in results) == ["Conflict", "Revision"]
    assert Post.objects.get().revisions.count() == 2


@pytest.mark.django_db
def test_what_two_editors_wrote_comes_together(admin_user: User) -> None:
    post = make_post("One.\n\nTwo.", title="Tea")
    save_revision(post, base=1, body="One, theirs.\n\nTwo.", title="Tea, theirs")
    saved = merge_revision(
        post, base=1, by=admin_user, title="Tea", body="One.\n\nTwo, mine.", subtitle="Mine"
    )
    assert words(saved.mine) == ("Tea", "Mine", "One.\n\nTwo, mine.")
    assert words(saved.latest) == ("Tea, theirs", "Mine", "One, theirs.\n\nTwo, mine.")
    assert (saved.mine.number, saved.latest.number) == (3, 4)
    assert (saved.mine.autosaved, saved.latest.autosaved) == (True, False)
    # Who typed on meanwhile begins from their own words, and nothing comes twice.
    again = merge_revision(
        post, base=3, by=admin_user, body="One.\n\nTwo, mine, too.", autosaved=True
    )
    assert words(again.latest) == ("Tea, theirs", "Mine", "One, theirs.\n\nTwo, mine, too.")
    assert again.latest.autosaved


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("theirs", "mine"),
    [
        ({"body": "Hot.\n\nTheirs."}, {"body": "Hot.\n\nMine."}),
        ({"title": "Theirs"}, {"title": "Mine"}),
    ],
)
def test_what_both_changed_is_for_a_person_to_decide(
    admin_user: User, theirs: dict[str, str], mine: dict[str, str]
) -> None:
    post = make_post("Hot.\n\nTea.", title="Tea")
    latest = save_revision(post, base=1, autosaved=False, by=None, subtitle="Added", **theirs)
    with pytest.raises(Conflict) as conflict:
        merge_revision(post, base=1, by=admin_user, autosaved=False, **mine)
    assert conflict.value.latest == latest
    # What does not clash is there already.
    whole = {"title": "Tea", "subtitle": "Added", "body": "Hot.\n\nTea."}
    assert conflict.value.words == {**dict.fromkeys(KEPT, ""), **whole, **mine}
    assert post.revisions.count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize("base", [None, 1])
def test_without_the_revision_it_began_from_nothing_is_merged(
    admin_user: User, base: int | None
) -> None:
    post = make_post("One.")
    latest = save_revision(post, base=1, body="One.\n\nTheirs.")
    post.revisions.filter(number=1).delete()
    with pytest.raises(Conflict) as conflict:
        merge_revision(post, base=base, by=admin_user, body="One, mine.")
    assert (conflict.value.latest, conflict.value.words) == (latest, {"body": "One, mine."})


@pytest.mark.django_db
def test_what_is_sent_again_is_known_again(admin_user: User) -> None:
    post = make_post("One.")
    mine = merge_revision(post, base=1, by=admin_user, body="Mine.", autosaved=True).mine
    # The answer was lost: the page sends the same again from its old base.
    again = merge_revision(post, base=1, by=admin_user, body="Mine.", autosaved=True)
    assert (again.mine, again.latest) == (mine, mine)
    theirs = save_revision(post, base=2, body="Mine.\n\nTheirs.")
    again = merge_revision(post, base=1, by=admin_user, body="Mine.", autosaved=True)
    assert (again.mine, again.latest) == (mine, theirs)
    assert post.revisions.count() == 3


@pytest.mark.django_db
def test_an_autosave_is_kept_once_it_is_saved_on_purpose(admin_user: User) -> None:
    post = make_post("One.")
    for base, autosaved in [(1, True), (2, True), (2, False), (2, True)]:
        saved = merge_revision(post, base=base, by=admin_user, body="Two.", autosaved=autosaved)
    assert (saved.mine.number, saved.mine.autosaved) == (2, False)
    # Others had saved on top of it already.
    merge_revision(post, base=2, by=admin_user, body="Three.", autosaved=True)
    save_revision(post, base=3, body="Four.")
    assert not merge_revision(post, base=2, by=admin_user, body="Three.").mine.autosaved
    assert list(post.revisions.values_list("autosaved", flat=True)) == [False] * 4


@pytest.mark.django_db(transaction=True)
@pytest.mark.both_databases
def test_of_two_merges_at_once_both_are_there(admin_user: User) -> None:
    post = make_post("One.\n\nTwo.\n\nThree.")
    start = threading.Barrier(2)

    def save(body: str) -> None:
        mine = Post.objects.get(pk=post.pk)
        start.wait()
        merge_revision(mine, base=1, by=admin_user, body=body, autosaved=True)
        connection.close()

    bodies = ["One, first.\n\nTwo.\n\nThree.", "One.\n\nTwo.\n\nThree, second."]
    editors = [threading.Thread(target=save, args=[body]) for body in bodies]
    for editor in editors:
        editor.start()
    for editor in editors:
        editor.join()
    latest = Post.objects.get().latest
    assert latest
    assert (latest.number, latest.body) == (4, "One, first.\n\nTwo.\n\nThree, second.")


def words(revision: Revision) -> tuple[str, str, str]:
    return revision.title, revision.subtitle, revision.body
