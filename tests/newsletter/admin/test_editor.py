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
    admin_client.post(address(post), sent(post, body="Mine.", theirs="1"))
    bodies = list(post.revisions.order_by("number").values_list("body", flat=True))
    assert bodies == ["First.", "Theirs.", "Mine.", "Theirs."]


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
