"""Words of accounts that nobody has proven to be ours go out with a reason, and only so."""

from __future__ import annotations

import json
from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.utils.timezone import now

from newsletter import drafting, publishing
from newsletter.models import Excuse, Newsletter, Post, PostSource
from newsletter.publishing import CannotPublish, publish, release
from tests.factories import make_account, make_newsletter, make_subscription, make_thread
from threads.models import Account, Claim

pytestmark = pytest.mark.django_db

REASON = "Bo said yes in a letter of 3 March."


@pytest.fixture
def letters() -> Newsletter:
    return make_newsletter()


def somebody(handle: str = "bo") -> Account:
    names = {"remote_id": f"1-{handle}", "handle": handle, "name": handle.title()}
    return make_account(claim="", claimed_at=None, **names)


def post_of(*accounts: Account) -> Post:
    return drafting.compose([make_thread(account=account) for account in accounts])


def test_they_are_refused_by_name_with_the_ways_out(letters: Newsletter) -> None:
    bo, cleo, mira = somebody(), somebody("cleo"), make_account()
    with pytest.raises(CannotPublish) as refusal:
        publish(post_of(bo, cleo, mira))
    said = str(refusal.value)
    assert "Bo (@bo) on X and Cleo (@cleo) on X" in said
    assert "Mira" not in said
    assert "Import the archive" in said
    assert f"/admin/threads/account/{bo.pk}/claim/" in said
    assert "say why" in said
    assert "\n" not in said
    assert not Post.objects.published().exists()


def test_neither_are_they_mailed_nor_scheduled(letters: Newsletter) -> None:
    make_subscription(letters)
    for how in ({"email": True}, {"at": now() + timedelta(days=1)}):
        with pytest.raises(CannotPublish, match="nobody has proven"):
            publish(post_of(somebody()), **how)
        with pytest.raises(CannotPublish, match="nobody has proven"):
            publish(post_of(somebody()), unclaimed="  ", **how)
    assert not letters.issues.exists()


def test_a_reason_is_kept_with_who_gave_it_and_for_whom(
    letters: Newsletter, admin_user: User, caplog: pytest.LogCaptureFixture
) -> None:
    bo = somebody()
    post = publish(post_of(bo, make_account()), unclaimed=REASON, by=admin_user)
    assert post.state == Post.State.PUBLISHED
    excuse = post.excuses.get()
    assert (excuse.reason, excuse.by, str(excuse)) == (REASON, admin_user, REASON)
    assert list(excuse.accounts.all()) == [bo]
    assert REASON in caplog.text


def test_what_is_ours_or_was_pasted_needs_none(letters: Newsletter) -> None:
    pasted = make_account(platform="none", remote_id="@bo", claim="", claimed_at=None)
    post = publish(post_of(make_account(), pasted), unclaimed="Nobody asked.")
    assert post.state == Post.State.PUBLISHED
    assert not Excuse.objects.exists()


def test_what_is_proven_later_goes_out_without(letters: Newsletter) -> None:
    bo = somebody()
    post = post_of(bo)
    Account.objects.filter(pk=bo.pk).update(claim=Claim.CODE)
    assert publish(post).state == Post.State.PUBLISHED


def test_a_scheduled_post_takes_its_reason_along(letters: Newsletter) -> None:
    post = publish(post_of(somebody()), at=now() + timedelta(days=1), unclaimed=REASON)
    with time_machine.travel(now() + timedelta(days=2)):
        publishing.publish_due()
    post.refresh_from_db()
    assert post.state == Post.State.PUBLISHED


def test_releasing_asks_again_only_where_others_joined(letters: Newsletter) -> None:
    post = publish(post_of(somebody()), unclaimed=REASON)
    drafting.save_revision(post, base=1, body="Edited.")
    assert release(post).live == post.latest
    PostSource.objects.create(post=post, thread=make_thread(account=somebody("cleo")), position=2)
    with pytest.raises(CannotPublish, match=r"Cleo \(@cleo\) on X, and nobody"):
        release(post)
    release(post, unclaimed="Cleo agreed, too.")
    assert [excuse.accounts.get().handle for excuse in post.excuses.all()] == ["bo", "cleo"]


# --- by command ---------------------------------------------------------------------------------


def test_the_command_takes_the_reason(letters: Newsletter) -> None:
    post = post_of(somebody())
    with pytest.raises(CommandError, match="--unclaimed REASON") as refusal:
        call_command("publish", str(post.pk))
    assert refusal.value.returncode == 1
    out = StringIO()
    call_command("publish", str(post.pk), "--unclaimed", REASON, "--json", stdout=out)
    assert json.loads(out.getvalue())["post"] == post.pk
    excuse = Excuse.objects.get()
    assert (excuse.reason, excuse.by) == (REASON, None)


def test_an_empty_reason_is_none(letters: Newsletter) -> None:
    post = post_of(make_account())
    with pytest.raises(CommandError, match="must not be empty"):
        call_command("publish", str(post.pk), "--unclaimed", " ")
    assert not Post.objects.published().exists()
