"""The editor's page: every save is a revision, and nobody's words are overwritten."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from newsletter import drafting
from newsletter.models import Post
from tests.factories import make_newsletter, make_post, make_thread

pytestmark = pytest.mark.django_db


def address(post: Post, page: str = "change") -> str:
    return f"/admin/newsletter/post/{post.pk}/{page}/"


def sent(post: Post, **fields: object) -> dict[str, object]:
    """What the form sends of the post as it is, with these changes."""
    latest = post.latest
    assert latest is not None
    form = {name: getattr(latest, name) for name in drafting.KEPT}
    return form | {"base": latest.number, "slug": post.slug, "show_origin": "on"} | fields


def picture(name: str = "lamp.png") -> SimpleUploadedFile:
    content = BytesIO()
    Image.new("RGB", (30, 20), "navy").save(content, "PNG")
    return SimpleUploadedFile(name, content.getvalue(), "image/png")


def numbers(post: Post) -> list[int]:
    return list(post.revisions.order_by("number").values_list("number", flat=True))


def test_a_save_is_a_new_revision(admin_client: Client, admin_user: User) -> None:
    post = make_post("Before.")
    answer = admin_client.post(
        address(post),
        sent(post, body="After.", subtitle="A line", tags="sea, light, sea ,"),
        follow=True,
    )
    post.refresh_from_db()
    assert post.latest is not None
    assert (post.latest.number, post.latest.body, post.latest.by) == (2, "After.", admin_user)
    assert (post.latest.subtitle, post.tags) == ("A line", ["sea", "light"])
    assert "Saved as revision 2" in answer.text


def test_the_script_hears_what_to_begin_from_next(admin_client: Client) -> None:
    post = make_post("Before.")
    answer = admin_client.post(
        address(post), sent(post, body="After."), headers={"X-Saved-By": "script"}
    )
    assert answer.json()["base"] == 2


def test_an_autosave_is_one_until_it_is_saved_on_purpose(admin_client: Client) -> None:
    post = make_post("Before.")
    kinds = []
    for headers in ({"X-Saved-By": "autosave"}, {"X-Saved-By": "script"}):
        admin_client.post(address(post), sent(post, body="After."), headers=headers)
        post.refresh_from_db()
        assert post.latest is not None
        kinds.append((post.latest.number, post.latest.autosaved))
    assert kinds == [(2, True), (2, False)]


def test_who_saved_meanwhile_is_in_the_answer(admin_client: Client) -> None:
    post = make_post("One.\n\nTwo.")
    mine = sent(post, body="One.\n\nTwo, mine.", tags="mine", **{"initial-tags": ""})
    bo = User.objects.create_user("bo", first_name="Bo", last_name="Lind")
    drafting.save_revision(post, base=1, by=bo, body="One, theirs.\n\nTwo.")
    Post.objects.filter(pk=post.pk).update(show_origin=False)
    mine |= {"initial-slug": post.slug, "initial-show_origin": "True"}

    answer = admin_client.post(address(post), mine, headers={"X-Saved-By": "autosave"}).json()

    assert answer["base"] == 3
    assert answer["saved"].startswith("Saved as revision 4 at ")
    assert (answer["news"]["base"], answer["news"]["by"]) == (4, "Bo Lind")
    assert answer["news"]["words"]["body"] == "One, theirs.\n\nTwo, mine."
    # What only the other changed is theirs, beside the words, too.
    others = {"show_origin": False, "show_sources": False, "link_paragraphs": False}
    assert answer["post"] == {"slug": post.slug} | others
    post.refresh_from_db()
    assert (post.tags, post.show_origin) == (["mine"], False)


def test_an_autosave_that_clashes_only_says_so(admin_client: Client) -> None:
    post = make_post("The lamp burned.")
    mine = sent(post, body="The lamp burned all night.")
    drafting.save_revision(post, base=1, body="The lamp went out.")
    answer = admin_client.post(address(post), mine, headers={"X-Saved-By": "autosave"})
    assert answer.status_code == 409
    assert answer.json()["clash"].startswith("Not saved yet: another window changed the same")
    assert numbers(post) == [1, 2]


def test_an_autosave_with_a_mistake_says_which(admin_client: Client) -> None:
    post = make_post()
    headers = {"X-Saved-By": "autosave"}
    answer = admin_client.post(address(post), sent(post, title=" "), headers=headers)
    assert answer.status_code == 400
    assert answer.json()["refused"] == "Not saved yet. Title: This field is required."


def test_after_a_conflict_the_desk_hears_which_journal_is_saved(admin_client: Client) -> None:
    post = make_post("The lamp burned.")
    mine = sent(post, body="The lamp burned all night.", journal="unspool/1/1/42")
    drafting.save_revision(post, base=1, body="The lamp went out.")
    page = admin_client.post(address(post), mine)
    assert '<input type="hidden" name="journal" value="unspool/1/1/42">' in page.text
    decided = admin_client.post(address(post), mine | {"base": 2})
    assert decided.headers["Location"].endswith("/change/?saved=unspool%2F1%2F1%2F42")


def test_saving_the_same_again_makes_no_revision(admin_client: Client) -> None:
    post = make_post("One.\n\nTwo.")
    admin_client.post(address(post), sent(post, body="One.\r\n\r\nTwo."))
    assert numbers(post) == [1]


def test_two_editors_see_both_texts_and_lose_none(admin_client: Client) -> None:
    post = make_post("The lamp burned.")
    mine = sent(post, body="The lamp burned all night.", tags="mine")
    drafting.save_revision(post, base=1, body="The lamp went out.")

    answer = admin_client.post(address(post), mine)

    assert answer.status_code == 409
    assert "The lamp burned all night." in answer.text
    assert "<ins>went</ins>" in answer.text
    post.refresh_from_db()
    assert (numbers(post), str(post.tags)) == ([1, 2], "[]")


def test_an_empty_line_at_the_start_reaches_the_browser(admin_client: Client) -> None:
    post = make_post("\nBefore.")
    kept = ">\n\n{}</textarea>"  # the first newline behind the tag is not of the text
    assert kept.format("Before.") in admin_client.get(address(post)).text
    drafting.save_revision(post, base=1, body="\nTheirs.")
    conflict = admin_client.post(address(post), sent(post, base=1, body="\nMine."))
    assert kept.format("Mine.") in conflict.text


def test_an_editor_saves_on_top_after_having_looked(admin_client: Client) -> None:
    post = make_post("First.")
    drafting.save_revision(post, base=1, body="Theirs.")
    post.refresh_from_db()
    admin_client.post(address(post), sent(post, body="Theirs and mine.", mine="1"))
    post.refresh_from_db()
    assert post.latest is not None
    assert (post.latest.number, post.latest.body) == (3, "Theirs and mine.")


def test_keeping_theirs_keeps_mine_among_the_revisions(admin_client: Client) -> None:
    post = make_post("First.")
    drafting.save_revision(post, base=1, body="Theirs.")
    post.refresh_from_db()
    admin_client.post(address(post), sent(post, body="Mine.", tags="mine", theirs="1"))
    bodies = list(post.revisions.order_by("number").values_list("body", flat=True))
    assert bodies == ["First.", "Theirs.", "Mine.", "Theirs."]
    post.refresh_from_db()
    assert post.tags == ["mine"]


def test_where_theirs_is_not_there_any_more_both_are_shown_again(admin_client: Client) -> None:
    post = make_post("First.")
    drafting.save_revision(post, base=1, body="Theirs.")
    post.refresh_from_db()
    answer = admin_client.post(address(post), sent(post, base=7, body="Mine.", theirs="1"))
    assert answer.status_code == 409
    assert "Mine." in answer.text
    assert answer.text.count('name="theirs"') == 1  # to be pressed, not pressed already
    assert numbers(post) == [1, 2]


def test_tags_of_two_editors_come_together(admin_client: Client) -> None:
    post = make_post()
    mine = sent(post, tags="mine, sea, log", **{"initial-tags": "sea, log, lamp"})
    Post.objects.filter(pk=post.pk).update(tags=["log", "theirs", "lamp"])
    admin_client.post(address(post), mine)
    post.refresh_from_db()
    assert post.tags == ["mine", "log", "theirs"]


def test_a_title_has_no_signs_that_show_nothing(admin_client: Client) -> None:
    admin_client.post("/admin/newsletter/post/add/", {"title": " Lam\0ps\nat sea"})
    assert str(Post.objects.get()) == "Lamps at sea"


def test_a_mistake_is_told_and_the_words_stay(admin_client: Client) -> None:
    post = make_post("Before.")
    answer = admin_client.post(address(post), sent(post, title=" ", body="Long work."))
    assert answer.status_code == 400
    assert "Not saved yet" in answer.text
    assert "Long work." in answer.text
    assert numbers(post) == [1]


def test_the_address_stays_once_published(admin_client: Client) -> None:
    post = make_post(newsletter=make_newsletter(), slug="lamps", published_at="2026-03-01T09:00Z")
    admin_client.post(address(post), sent(post, slug="other"))
    post.refresh_from_db()
    assert post.slug == "lamps"


def test_two_posts_of_a_newsletter_cannot_share_an_address(admin_client: Client) -> None:
    newsletter = make_newsletter()
    make_post(newsletter=newsletter, slug="lamps")
    post = make_post(newsletter=newsletter, slug="lights")
    answer = admin_client.post(address(post), sent(post, slug="lamps"))
    assert "Another post of this newsletter has this address." in answer.text


def test_an_uploaded_cover_comes_home(admin_client: Client) -> None:
    post = make_post()
    admin_client.post(address(post), sent(post, cover_file=picture(), cover_alt="A lamp"))
    post.refresh_from_db()
    assert post.latest is not None
    assert post.latest.cover.startswith("/media/")
    assert post.latest.cover_alt == "A lamp"


@pytest.mark.parametrize("cover", ["https://elsewhere.example/a.png", "javascript:alert(1)"])
def test_a_cover_from_elsewhere_is_refused(admin_client: Client, cover: str) -> None:
    post = make_post()
    assert admin_client.post(address(post), sent(post, cover=cover)).status_code == 400


def test_a_picture_answers_the_markdown_to_insert(admin_client: Client) -> None:
    post = make_post()
    answer = admin_client.post(
        address(post, "pictures"), {"picture": picture(), "alt": "A [lamp]\nat night"}
    )
    assert answer.json()["markdown"].startswith("![A \\[lamp\\] at night](/media/")


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"alt": "A lamp"}, "required"),
        ({"picture": picture()}, "Say what the picture shows."),
        ({"picture": SimpleUploadedFile("a.png", b"no picture"), "alt": "A"}, "a.png"),
    ],
)
def test_a_picture_that_cannot_be_taken_says_why(
    admin_client: Client, fields: dict[str, object], problem: str
) -> None:
    answer = admin_client.post(address(make_post(), "pictures"), fields)
    assert answer.status_code == 400
    assert problem in answer.json()["error"]


def test_a_post_begins_with_a_title(admin_client: Client) -> None:
    admin_client.post("/admin/newsletter/post/add/", {"title": "Lamps and  lights"})
    post = Post.objects.get()
    assert (str(post), post.slug, numbers(post)) == ("Lamps and lights", "lamps-and-lights", [1])


def test_chosen_threads_become_a_draft_the_earliest_first(admin_client: Client) -> None:
    later = make_thread(["Later one.", "Later two."], started_at=moment(2))
    earlier = make_thread(["Earlier one.", "Earlier two."], started_at=moment(1))
    answer = admin_client.post(
        "/admin/threads/thread/",
        {"action": "make_draft", "_selected_action": [later.pk, earlier.pk]},
        follow=True,
    )
    post = Post.objects.get()
    assert [source.thread for source in post.sources.all()] == [earlier, later]
    assert answer.redirect_chain[-1][0] == address(post)


def test_the_text_cannot_be_opened_without_the_right(client: Client) -> None:
    client.force_login(User.objects.create_user("reader", is_staff=True))
    post = make_post()
    pages = ["change", "revisions", "publish", "preview/web"]
    assert [client.get(address(post, page)).status_code for page in pages] == [403] * 4


def moment(day: int) -> datetime:
    return datetime(2026, 3, day, tzinfo=UTC)
