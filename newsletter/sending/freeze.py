"""Writing the ledger: who gets an issue, decided once and for all in one transaction."""

from __future__ import annotations

from secrets import token_hex

from django.db import connection, transaction

from newsletter import rendering
from newsletter.addresses import BadAddress, deliverable, to_ascii
from newsletter.models import Issue, Newsletter, Post, Subscription
from newsletter.sending import message

INSERT = """
INSERT INTO newsletter_delivery
    (issue_id, subscriber_id, address, address_key, message_id, state, reason,
     due_at, attempts, worker, fence, enhanced_code, reply)
SELECT
    issue.id, reader.id, reader.address, reader.address_key, %s || reader.id || %s, 'waiting', '',
    issue.frozen_at, 0, '', 0, '', ''
FROM newsletter_issue AS issue
JOIN newsletter_subscription AS subscription
    ON subscription.newsletter_id = issue.newsletter_id AND subscription.state = 'active'
JOIN newsletter_subscriber AS reader ON reader.id = subscription.subscriber_id
WHERE issue.id = %s
"""


class CannotSend(Exception):
    """Says to an editor what is missing."""


def freeze(post: Post) -> Issue:
    """The post's issue, its deliveries written. Who asks again gets the same issue."""
    with transaction.atomic():
        post = Post.objects.select_for_update().get(pk=post.pk)
        frozen = Issue.objects.filter(post=post).first()
        return frozen or _write_issue(post)


def demand_sendable(newsletter: Newsletter) -> None:
    """Raises CannotSend with everything that an editor has to see to first."""
    demand_sender(newsletter)
    if not Subscription.objects.active().filter(newsletter=newsletter).exists():
        raise CannotSend(f"“{newsletter}” has no confirmed reader yet, so there is nobody to mail.")


def demand_sender(newsletter: Newsletter) -> None:
    """The same, but for readers: what every mail of it needs."""
    missing = newsletter.missing_for_sending()
    if missing:
        raise CannotSend(
            f"“{newsletter}” cannot be mailed yet: its {_listed(missing)} "
            f"{'is' if len(missing) == 1 else 'are'} missing."
        )
    for address in (newsletter.sender_email, newsletter.reply_to):
        _demand_usable(address)


def _demand_usable(address: str) -> None:
    """An address of ours stands in every mail, also in those to servers that read ASCII only."""
    try:
        usable = deliverable(address).isascii()
    except BadAddress as error:
        raise CannotSend(f"{address} is not an address to mail from: {error}") from error
    if not usable:
        raise CannotSend(
            f"{address} has letters before the @ that many mail servers refuse. "
            "Take an address in plain letters."
        )


def _write_issue(post: Post) -> Issue:
    if post.live is None or post.newsletter is None:
        raise CannotSend(f"“{post}” is not published yet.")
    demand_sendable(post.newsletter)
    post.newsletter.keep_list_id()
    faces = rendering.mail(post.live, post.newsletter)
    issue = Issue.objects.create(
        post=post,
        revision=post.live,
        newsletter=post.newsletter,
        subject=post.live.subject or post.live.title,
        html=faces.html,
        text=faces.text,
    )
    _prove(issue)
    issue.expected = _write_deliveries(issue)
    issue.save(update_fields=["expected"])
    return issue


def _prove(issue: Issue) -> None:
    """Find out now, and not at the thousandth reader, whether a message can be made of it."""
    try:
        message.example(message.letter(issue))
    except message.BadHeader as error:
        raise CannotSend(f"The mail cannot be written: {error}") from error


def _write_deliveries(issue: Issue) -> int:
    domain = to_ascii(issue.newsletter.sender_email.rpartition("@")[2])
    # Issues may be numbered from 1 again after a fresh start, Message-IDs may not.
    before, after = f"<{issue.pk}.", f".{token_hex(8)}@{domain}>"
    with connection.cursor() as cursor:
        cursor.execute(INSERT, [before, after, issue.pk])
        return int(cursor.rowcount)


def _listed(words: list[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
