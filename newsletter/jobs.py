"""What the RQ workers run.

The database says what is to be done; RQ only wakes a worker to do it. So a job
takes ids, is safe to run twice, and may be lost: the minute's sweep finds its
rows again. A rule about newsletters belongs one layer down.
"""

from __future__ import annotations

from django_rq import job

from config.queue import wake
from newsletter import linking, publishing, subscribing, thinning
from newsletter.models import Issue, Post, Subscription
from newsletter.preflight import pages
from newsletter.sending import outcomes
from newsletter.sending.deliver import deliver_block
from threads import outside
from threads.text.document import Document

# Longer than the mail server may take for one answer, or the job is cut off while it waits.
SEND_TIMEOUT = 20 * 60
ASKING_TIME = 60  # seconds, after which the next job goes on


@job("mail", timeout=SEND_TIMEOUT)
def send_block(issue_id: int) -> None:
    """Send the next block of an issue, unless other workers have it all."""
    # No rq.Retry: it would retry a bug as readily as a busy mail server. What is worth
    # another try is postponed on its row; the rest fails loudly.
    issue = Issue.objects.sending().select_related("newsletter").filter(pk=issue_id).first()
    if issue and deliver_block(issue):
        wake(send_block, issue_id)


@job("mail")
def send_confirmation(subscription_id: int) -> None:
    subscription = Subscription.objects.filter(pk=subscription_id).first()
    if subscription:
        subscribing.send_confirmation(subscription)


@job("default")
def check_links(post_id: int) -> None:
    """Ask the pages that a draft leads to whether they are there: those that are due.

    No sweep finds a lost one again: the page that wants to know asks for another.
    """
    post = Post.objects.select_related("latest").filter(pk=post_id).first()
    if post is None or post.latest is None:
        return
    due = pages.asked(Document(post.latest.body))
    if not linking.ask_due(due, outside.web(), seconds=ASKING_TIME):
        wake(check_links, post_id)


@job("mail")
def sweep() -> None:
    """Each minute: take up again whatever a lost job or a dead worker left."""
    outcomes.sweep()
    publishing.publish_due()
    for issue in outcomes.idle():
        wake(send_block, issue.pk)
    for subscription in Subscription.objects.confirmation_due():
        wake(send_confirmation, subscription.pk)
    thinning.thin()
