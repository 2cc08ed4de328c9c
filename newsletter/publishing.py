"""Putting a post before its readers: on the web, and into their mailboxes.

Publishing again releases what was edited since. The slug is settled at the first
publishing and stays, as it stands in mails and in other people's links. Words of accounts
that nobody has proven to be the creator's go out with a reason only, which is kept.
"""

from __future__ import annotations

import logging
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.text import slugify
from django.utils.timezone import now

from newsletter import links, preflight, provenance
from newsletter.drafting import keep
from newsletter.models import Excuse, Issue, Newsletter, Post, Revision
from newsletter.preflight.candidate import Candidate
from newsletter.preflight.history import unproven
from newsletter.sending.freeze import CannotSend, demand_sendable, freeze
from threads.text.html import blanks

logger = logging.getLogger(__name__)

State = Post.State

LONGEST_SLUG, SLUG_ROOM = 100, 90  # with the rest for "-2", where that is needed


class CannotPublish(Exception):
    """Says to an editor what stands in the way."""


class NotProven(CannotPublish):
    """It holds words of accounts that may be somebody else's, and no reason was given."""


def publish(
    post: Post,
    *,
    newsletter: Newsletter | None = None,
    at: datetime | None = None,
    email: bool = False,
    unclaimed: str = "",
    by: User | None = None,
    revision: Revision | None = None,
) -> Post:
    """Show a revision to readers, now or at a time to come; mail it where asked to.

    `revision`: the latest, unless said otherwise. `unclaimed`: why words of `unproven(post)` may
    go out, where there are any.
    """
    with transaction.atomic():
        post.refresh_from_db(from_queryset=Post.objects.select_for_update())
        chosen = _newsletter_of(post, newsletter)
        shown = _demand_finished(post, revision or post.latest)
        _demand_faultless(post, shown, chosen)
        _demand_proof(post, unclaimed.strip(), by)
        _settle_address(post, chosen)
        if at:
            _schedule(post, chosen, at, email=email)
        else:
            _show(post, shown)
        keep(shown)
        post.save()
        if email and not at:
            _freeze(post)
    return post


def release(
    post: Post, *, unclaimed: str = "", by: User | None = None, revision: Revision | None = None
) -> Post:
    """Show readers what was edited since the post was published."""
    if post.state != State.PUBLISHED:
        raise CannotPublish(f"“{post}” is not published yet.")
    return publish(post, unclaimed=unclaimed, by=by, revision=revision)


def unpublish(post: Post) -> Post:
    """Take it off the web, or off the schedule. It keeps its address for the next time."""
    with transaction.atomic():
        post.refresh_from_db(from_queryset=Post.objects.select_for_update())
        if Issue.objects.sending().filter(post=post).exists():
            raise CannotPublish(f"“{post}” is being mailed just now. Pause that first.")
        post.state, post.live, post.publish_at = State.DRAFT, None, None
        post.email_on_publish = False
        post.save()
    return post


def publish_due() -> None:
    """Publish what is scheduled and whose time has come."""
    for pk in list(Post.objects.due().values_list("pk", flat=True)):
        try:
            _publish_if_due(pk)
        except CannotPublish as error:
            # It stays scheduled and is tried each minute, until an editor has seen to it.
            logger.error("A scheduled post cannot be published. %s", error)


def _publish_if_due(pk: int) -> None:
    with transaction.atomic():
        # Asked again under lock: an editor may have taken it off the schedule this second.
        post = Post.objects.due().select_for_update().filter(pk=pk).first()
        if post:
            # Somebody may be typing just now: what was saved by itself since is not meant yet.
            kept = post.revisions.filter(autosaved=False).first()
            publish(post, email=post.email_on_publish, revision=kept)


def _newsletter_of(post: Post, chosen: Newsletter | None) -> Newsletter:
    newsletter = chosen or post.newsletter or Newsletter.objects.sole()
    if newsletter is None:
        slugs = list(Newsletter.objects.order_by("slug").values_list("slug", flat=True))
        if slugs:
            raise CannotPublish(f"Say in which newsletter: {', '.join(slugs)}.")
        place = links.absolute("/admin/newsletter/newsletter/add/")
        raise CannotPublish(f"There is no newsletter yet. Make one at {place}")
    if post.published_at and post.newsletter and newsletter != post.newsletter:
        raise CannotPublish(f"“{post}” was published in “{post.newsletter}” and stays there.")
    return newsletter


def _demand_finished(post: Post, revision: Revision | None) -> Revision:
    if post.trashed_at:
        raise CannotPublish(f"“{post}” is in the trash. Take it out first.")
    if revision is None or not revision.body.strip():
        raise CannotPublish(f"“{post}” has no text yet.")
    if post.live and revision.number < post.live.number:
        raise CannotPublish(f"Readers of “{post}” see a later one already. Look at it again first.")
    open_questions = blanks(revision.body)
    if open_questions:
        raise CannotPublish(f"“{post}” still has blanks to fill: {'; '.join(open_questions)}.")
    return revision


def _demand_faultless(post: Post, revision: Revision, newsletter: Newsletter) -> None:
    faults = preflight.faults(Candidate(post, revision, newsletter))
    if faults:
        found = " ".join(
            f"{fault.text} ({fault.where.words})" if fault.where else fault.text for fault in faults
        )
        raise CannotPublish(f"“{post}” is not ready. {found}")


def _demand_proof(post: Post, reason: str, by: User | None) -> None:
    accounts = list(unproven(post))
    if not accounts:
        return
    names = " and ".join(f"{one} on {one.get_platform_display()}" for one in accounts)
    if not reason:
        places = " and ".join(links.claim_url(one) for one in accounts)
        raise NotProven(
            f"“{post}” was made from threads of {names}, and nobody has proven yet that this is "
            f"you. Import the archive of the account, prove it at {places}, "
            "or say why it may be published all the same."
        )
    excuse = Excuse.objects.create(post=post, reason=reason, by=by)
    excuse.accounts.set(accounts)
    logger.warning("Post %s goes out with words of %s: %s", post.pk, names, reason)


def _settle_address(post: Post, newsletter: Newsletter) -> None:
    """Its newsletter, and the slug that no other post of it has."""
    if post.published_at:
        return
    # One at a time in a newsletter, or two could settle on the same slug.
    post.newsletter = Newsletter.objects.select_for_update().get(pk=newsletter.pk)
    taken = set(newsletter.posts.exclude(pk=post.pk).values_list("slug", flat=True))
    wanted = slugify(post.slug or str(post))[:LONGEST_SLUG].strip("-") or f"post-{post.pk}"
    post.slug, number = wanted, 2
    while post.slug in taken:
        post.slug, number = f"{wanted[:SLUG_ROOM].strip('-')}-{number}", number + 1


def _schedule(post: Post, newsletter: Newsletter, at: datetime, *, email: bool) -> None:
    if at <= now():
        raise CannotPublish(f"{at.isoformat()} is in the past.")
    if post.state == State.PUBLISHED:
        raise CannotPublish(f"“{post}” is published already: only what is not can be scheduled.")
    if email:
        _demand_sendable(newsletter)
    post.state, post.publish_at, post.email_on_publish = State.SCHEDULED, at, email


def _show(post: Post, revision: Revision) -> None:
    post.state, post.live, post.publish_at = State.PUBLISHED, revision, None
    post.published_at = post.published_at or now()
    post.email_on_publish = False
    # Found out once, not by every reader's page.
    post.credits = provenance.credited(post, revision.body)


def _freeze(post: Post) -> None:
    try:
        freeze(post)
    except CannotSend as error:
        raise CannotPublish(str(error)) from error


def _demand_sendable(newsletter: Newsletter) -> None:
    try:
        demand_sendable(newsletter)
    except CannotSend as error:
        raise CannotPublish(str(error)) from error
