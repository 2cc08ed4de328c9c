"""Publishing: what is refused, which address a post gets, what readers see."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils.timezone import now

from newsletter import publishing
from newsletter.drafting import save_revision
from newsletter.models import Delivery, Issue, Newsletter, Post
from newsletter.publishing import CannotPublish, publish, release, unpublish
from newsletter.sending import control, outcomes
from tests.factories import make_issue, make_newsletter, make_post, make_subscription

pytestmark = pytest.mark.django_db
State = Post.State
TOMORROW = timedelta(days=1)


@pytest.fixture
def letters() -> Newsletter:
    return make_newsletter()


def edit(post: Post, **fields: Any) -> None:
    post.refresh_from_db()
    assert post.latest
    save_revision(post, base=post.latest.number, **fields)


# --- whether --------------------------------------------------------------------------------------


def test_what_is_broken_for_every_reader_is_refused_and_named(letters: Newsletter) -> None:
    post = make_post("One.\n\n![A lamp](/media/ab/none.jpg)")
    with pytest.raises(CannotPublish, match=r"not in the store any more.* \(Line 3\)"):
        publish(post)
    assert not Post.objects.published().exists()


def test_what_should_only_be_looked_at_is_published(letters: Newsletter) -> None:
    body = "#### Deep\n\n![](https://example.org/a.png)\n\n[lost picture: a ledger]"
    assert publish(make_post(body)).state == State.PUBLISHED


def test_the_command_refuses_the_same(letters: Newsletter) -> None:
    post = make_post("![A lamp](http://localhost/a.png)")
    with pytest.raises(CommandError, match="A picture lies on localhost") as refusal:
        call_command("publish", str(post.pk))
    assert refusal.value.returncode == 1


# --- where to -----------------------------------------------------------------------------------


def test_the_only_newsletter_is_the_default(letters: Newsletter) -> None:
    post = publish(make_post())
    post.refresh_from_db()
    assert (post.newsletter, post.state, post.live) == (letters, State.PUBLISHED, post.latest)
    assert post.published_at


def test_what_readers_were_shown_is_kept_for_good(letters: Newsletter) -> None:
    post = make_post()
    edit(post, body="Saved by itself.", autosaved=True)
    publish(post)
    post.refresh_from_db()
    assert post.live
    assert not post.live.autosaved


def test_with_several_newsletters_one_must_be_named(letters: Newsletter) -> None:
    notes = make_newsletter(slug="notes")
    with pytest.raises(CannotPublish, match=r"Say in which newsletter: letters, notes\."):
        publish(make_post())
    assert publish(make_post(), newsletter=notes).newsletter == notes


def test_without_a_newsletter_it_says_where_to_make_one() -> None:
    with pytest.raises(CannotPublish, match=r"Make one at http.*/newsletter/add/"):
        publish(make_post())


def test_a_published_post_stays_in_its_newsletter(letters: Newsletter) -> None:
    post = publish(make_post(), newsletter=letters)
    with pytest.raises(CannotPublish, match="stays there"):
        publish(post, newsletter=make_newsletter(slug="notes"))


# --- what is refused ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "fields", "refusal"),
    [
        ("Text.\n\n[blank: how many?]\n\n[blank: since when?]", {}, "how many[?]; since when[?]"),
        ("  \n", {}, "has no text"),
        ("Text.", {"trashed_at": datetime.fromisoformat("2026-01-01T00:00Z")}, "in the trash"),
    ],
)
def test_what_is_not_ready_is_refused(
    letters: Newsletter, body: str, fields: dict[str, object], refusal: str
) -> None:
    post = make_post(body, **fields)
    with pytest.raises(CannotPublish, match=refusal):
        publish(post)
    post.refresh_from_db()
    assert (post.state, post.newsletter, post.live) == (State.DRAFT, None, None)


def test_a_post_without_any_revision_is_refused(letters: Newsletter) -> None:
    with pytest.raises(CannotPublish, match="has no text"):
        publish(Post.objects.create(slug="empty"))


def test_what_cannot_be_mailed_is_not_published_either(letters: Newsletter) -> None:
    post = make_post()
    with pytest.raises(CannotPublish, match="no confirmed reader"):
        publish(post, email=True)
    post.refresh_from_db()
    assert post.state == State.DRAFT


# --- its address --------------------------------------------------------------------------------


def test_posts_of_one_newsletter_never_share_a_slug(letters: Newsletter) -> None:
    slugs = [publish(make_post(slug="same", title="Same")).slug for _ in range(3)]
    assert slugs == ["same", "same-2", "same-3"]
    notes = make_newsletter(slug="notes")
    assert publish(make_post(slug="same"), newsletter=notes).slug == "same"


def test_a_long_slug_stays_as_the_draft_has_it_unless_it_is_taken(letters: Newsletter) -> None:
    slug = "keeper-" * 14 + "of"
    assert [publish(make_post(slug=slug)).slug for _ in range(2)] == [slug, f"{slug[:90]}-2"]


def test_a_slug_is_made_of_the_title_and_else_of_the_number(letters: Newsletter) -> None:
    assert publish(make_post(slug="", title="Größe & Wert!")).slug == "groe-wert"
    japanese = publish(make_post(slug="", title="灯台"))
    assert japanese.slug == f"post-{japanese.pk}"


def test_the_address_stays_when_the_post_is_published_again(letters: Newsletter) -> None:
    post = publish(make_post(slug="kept"))
    publish(make_post(slug="other"))
    edit(post, title="Another title")
    unpublish(post)
    assert publish(post).slug == "kept"


# --- again, and back ----------------------------------------------------------------------------


def test_edits_stay_invisible_until_they_are_released(letters: Newsletter) -> None:
    post = publish(make_post("First."))
    published_at = post.published_at
    edit(post, body="Second.")
    assert post.live
    assert post.live.body == "First."
    release(post)
    assert post.live.body == "Second."
    assert post.published_at == published_at


def test_only_what_is_published_can_be_released(letters: Newsletter) -> None:
    with pytest.raises(CannotPublish, match="not published yet"):
        release(make_post())


def test_a_published_post_can_be_taken_back(letters: Newsletter) -> None:
    post = unpublish(publish(make_post()))
    post.refresh_from_db()
    assert (post.state, post.live) == (State.DRAFT, None)
    assert not Post.objects.published()


def test_a_post_is_not_taken_back_while_it_is_mailed(letters: Newsletter) -> None:
    issue = make_issue(letters, "a@example.org")
    with pytest.raises(CannotPublish, match="Pause that first"):
        unpublish(issue.post)
    control.pause(issue)
    assert unpublish(issue.post).state == State.DRAFT


# --- later --------------------------------------------------------------------------------------


def test_a_scheduled_post_is_published_and_mailed_when_its_time_has_come(
    letters: Newsletter,
) -> None:
    make_subscription(letters)
    post = publish(make_post(), at=now() + TOMORROW, email=True)
    publishing.publish_due()
    post.refresh_from_db()
    assert (post.state, post.live, Issue.objects.count()) == (State.SCHEDULED, None, 0)
    with time_machine.travel(now() + TOMORROW * 2):
        publishing.publish_due()
        publishing.publish_due()
        post.refresh_from_db()
        assert list(outcomes.idle()) == [post.issue]
    assert (post.state, post.publish_at) == (State.PUBLISHED, None)
    assert Delivery.objects.count() == 1


def test_what_is_half_typed_when_its_time_has_come_does_not_go_out(letters: Newsletter) -> None:
    post = publish(make_post("As it was scheduled."), at=now() + TOMORROW)
    assert post.latest
    kept = save_revision(post, base=1, body="As it was kept.")
    save_revision(post, base=2, body="As it was kept. And hal", autosaved=True)
    with time_machine.travel(now() + TOMORROW * 2):
        publishing.publish_due()
    post.refresh_from_db()
    assert (post.live, post.state) == (kept, State.PUBLISHED)


def test_what_was_scheduled_right_after_it_was_saved_by_itself_goes_out(
    letters: Newsletter,
) -> None:
    post = make_post("One.")
    by_itself = save_revision(post, base=1, body="Two.", autosaved=True)
    publish(post, at=now() + TOMORROW)
    with time_machine.travel(now() + TOMORROW * 2):
        publishing.publish_due()
    post.refresh_from_db()
    assert post.live == by_itself


def test_what_was_taken_off_the_schedule_stays_a_draft(letters: Newsletter) -> None:
    post = publish(make_post(), at=now() + TOMORROW)
    unpublish(post)
    with time_machine.travel(now() + TOMORROW * 2):
        publishing.publish_due()
        publishing._publish_if_due(post.pk)
    post.refresh_from_db()
    assert post.state == State.DRAFT


def test_a_scheduled_post_goes_out_without_mail_where_none_was_asked_for(
    letters: Newsletter,
) -> None:
    make_subscription(letters)
    publish(make_post(), at=now() + TOMORROW)
    with time_machine.travel(now() + TOMORROW * 2):
        publishing.publish_due()
    assert Post.objects.published().count() == 1
    assert not Issue.objects.exists()


def test_a_scheduled_post_that_fails_waits_and_keeps_no_other_back(
    letters: Newsletter, caplog: pytest.LogCaptureFixture
) -> None:
    post = publish(make_post(title="Unready"), at=now() + TOMORROW)
    edit(post, body="[blank: what?]")
    publish(make_post(title="Ready"), at=now() + TOMORROW)
    with time_machine.travel(now() + TOMORROW * 2):
        publishing.publish_due()
        assert "“Unready” still has blanks to fill: what?" in caplog.text
        assert [str(published) for published in Post.objects.published()] == ["Ready"]
        edit(post, body="Filled.")
        publishing.publish_due()
    assert Post.objects.published().count() == 2


def test_only_the_future_can_be_scheduled_and_only_what_is_not_published(
    letters: Newsletter,
) -> None:
    with pytest.raises(CannotPublish, match="in the past"):
        publish(make_post(), at=now() - TOMORROW)
    with pytest.raises(CannotPublish, match="only what is not"):
        publish(publish(make_post()), at=now() + TOMORROW)


def test_scheduling_a_mail_that_cannot_be_sent_is_refused_at_once(letters: Newsletter) -> None:
    with pytest.raises(CannotPublish, match="no confirmed reader"):
        publish(make_post(), at=now() + TOMORROW, email=True)


# --- by command ---------------------------------------------------------------------------------


def command(*arguments: str) -> dict[str, object]:
    out = StringIO()
    call_command("publish", *arguments, "--json", stdout=out)
    answer: dict[str, object] = json.loads(out.getvalue())
    return answer


def test_the_command_publishes_on_the_web_by_itself(letters: Newsletter) -> None:
    post = make_post(slug="first")
    answer = command(str(post.pk))
    assert answer == {
        "post": post.pk,
        "url": f"{settings.BASE_URL}/letters/first/",
        "issue": None,
    }


def test_the_command_takes_the_newsletter_by_its_slug(letters: Newsletter) -> None:
    make_newsletter(slug="notes")
    answer = command(str(make_post(slug="first").pk), "--newsletter", "notes")
    assert str(answer["url"]).endswith("/notes/first/")


def test_the_command_writes_the_rows_though_no_queue_answers(letters: Newsletter) -> None:
    make_subscription(letters)
    answer = command(str(make_post().pk), "--email")
    issue = Issue.objects.get()
    assert answer["issue"] == issue.pk
    assert issue.deliveries.get().state == Delivery.State.WAITING
    assert issue.post.state == State.PUBLISHED


def test_mailing_again_by_command_says_that_nobody_gets_it_again(letters: Newsletter) -> None:
    issue = make_issue(letters, "a@example.org")
    out, err = StringIO(), StringIO()
    call_command("publish", str(issue.post_id), "--email", stdout=out, stderr=err)
    assert f"It was mailed as issue {issue.pk} before" in err.getvalue()
    assert f"Mailed as issue {issue.pk} to 1 readers." in out.getvalue()
    assert issue.deliveries.count() == 1


def test_the_command_schedules(letters: Newsletter) -> None:
    post = make_post()
    out = StringIO()
    call_command("publish", str(post.pk), "--at", "2999-12-24T09:00+01:00", stdout=out)
    post.refresh_from_db()
    assert (post.state, post.publish_at) == (
        State.SCHEDULED,
        datetime.fromisoformat("2999-12-24T08:00Z"),
    )
    assert "2999" in out.getvalue()


@pytest.mark.parametrize(
    ("arguments", "refusal"),
    [
        (["99"], r"There is no post 99\."),
        (["{post}", "--newsletter", "notes"], r"no newsletter notes\. There are: letters\."),
        (["{post}", "--at", "2001-01-01T00:00Z"], "in the past"),
        (["{post}", "--email"], "no confirmed reader"),
    ],
)
def test_what_the_command_cannot_do_is_one_line_and_status_1(
    letters: Newsletter, arguments: list[str], refusal: str
) -> None:
    post = make_post()
    with pytest.raises(CommandError, match=refusal) as caught:
        call_command("publish", *[part.format(post=post.pk) for part in arguments])
    assert caught.value.returncode == 1
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("when", ["soon", "2999-12-24T09:00"])
def test_a_time_that_is_none_is_a_wrong_argument(letters: Newsletter, when: str) -> None:
    with pytest.raises(CommandError, match="argument --at"):
        call_command("publish", str(make_post().pk), "--at", when)


def test_the_report_balances(letters: Newsletter) -> None:
    issue = make_issue(letters, "a@example.org", "b@example.org")
    out = StringIO()
    call_command("send_report", str(issue.pk), "--json", stdout=out)
    report = json.loads(out.getvalue())
    assert report == {
        "expected": 2,
        "sent": 0,
        "failed": 0,
        "skipped": 0,
        "unknown": 0,
        "waiting": 2,
    }
    out = StringIO()
    call_command("send_report", str(issue.pk), stdout=out)
    assert out.getvalue().splitlines()[0].split() == ["expected", "2"]
    with pytest.raises(CommandError, match=r"There is no issue 99\."):
        call_command("send_report", "99")
