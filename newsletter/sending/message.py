"""The mail itself: one message per delivery, as the bytes that go over the wire.

The headers are written here line by line: the email package folds long addresses into
encoded words, which breaks one-click unsubscribing. The body is left to the package.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.header import Header
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr
from hashlib import sha256
from html import escape

from django.utils.timezone import now

from newsletter import links, provenance, rendering
from newsletter.addresses import deliverable
from newsletter.models import Delivery, Issue, Newsletter, Post, Revision, Subscription

LINE = 76
LONGEST_WORD = 50
BODY = SMTP.clone(max_line_length=LINE)
# Line ends of every kind: what one reader takes for a space ends the header for another.
BREAKS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


EXAMPLE = Newsletter(
    name="Example letters",
    slug="example",
    sender_name="Example letters",
    sender_email="letters@example.org",
    reply_to="letters@example.org",
    postal_address="1 Example Street, Exampleton",
    list_id="letters.example.org",
)


class BadHeader(ValueError):
    """A value that would break out of its header line."""


@dataclass(frozen=True)
class Links:
    """What differs from reader to reader within the body."""

    unsubscribe: str
    preferences: str


@dataclass(frozen=True)
class Letter:
    """What all messages of an issue have in common."""

    newsletter: Newsletter
    list_id: str
    issue: str
    subject: str
    html: str
    text: str

    def to(self, address: str, message_id: str, links: Links) -> bytes:
        """The message to one reader. Raises BadHeader."""
        headers = "".join(self._headers(address, message_id, links))
        return headers.encode() + self._body(links).as_bytes()

    def _headers(self, address: str, message_id: str, reader: Links) -> Iterator[str]:
        newsletter = self.newsletter
        sender = deliverable(newsletter.sender_email)
        yield _mailbox("From", newsletter.sender_name, sender)
        yield _plain("Reply-To", deliverable(newsletter.reply_to))
        yield _plain("To", address)
        yield _words("Subject", self.subject)
        yield _plain("Date", format_datetime(now()))
        yield _plain("Message-ID", message_id)
        yield _mailbox("List-Id", newsletter.name, self.list_id)
        yield _plain("List-Unsubscribe", f"<{reader.unsubscribe}>")
        yield _plain("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")
        yield _plain("List-Archive", f"<{links.newsletter_url(newsletter)}>")
        yield _plain("Precedence", "bulk")
        yield _plain("Feedback-ID", f"{self.issue}:{newsletter.slug}:issue:{_sender_id(self)}")

    def faces(self, links: Links) -> rendering.MailFaces:
        """What one reader sees."""
        html = _personal(self.html, Links(escape(links.unsubscribe), escape(links.preferences)))
        return rendering.MailFaces(html, _personal(self.text, links))

    def _body(self, links: Links) -> EmailMessage:
        faces = self.faces(links)
        body = EmailMessage(policy=BODY)
        body.set_content(faces.text, cte="quoted-printable")
        body.add_alternative(faces.html, subtype="html", cte="quoted-printable")
        return body


def letter(issue: Issue) -> Letter:
    newsletter = issue.newsletter
    return Letter(
        newsletter, newsletter.list_id, str(issue.pk), issue.subject, issue.html, issue.text
    )


def for_delivery(letter: Letter, delivery: Delivery, subscription: Subscription) -> bytes:
    reader = Links(links.unsubscribe_url(subscription), links.preferences_url(subscription))
    return letter.to(deliverable(delivery.address), delivery.message_id, reader)


def nobodys_links(name: str = links.EXAMPLE) -> Links:
    """Of the right form, and without a signature: nobody is unsubscribed by them."""
    return Links(links.absolute(f"/u/{name}/"), links.absolute(f"/s/{name}/"))


def example(letter: Letter) -> bytes:
    """The message to an invented reader."""
    return letter.to("reader@example.com", "<example@example.org>", nobodys_links())


def draft(revision: Revision, newsletter: Newsletter | None) -> Letter:
    """As it would be mailed today. What the newsletter lacks stands there as in an example."""
    newsletter = newsletter or EXAMPLE
    if revision.post.show_sources:
        revision.post.credits = provenance.credited(revision.post, revision.body)
    faces = rendering.mail(revision, newsletter)
    sender = EXAMPLE if newsletter.missing_for_sending() else newsletter
    list_id = newsletter.list_id or EXAMPLE.list_id
    subject = revision.subject or revision.title
    return Letter(sender, list_id, "0", subject, faces.html, faces.text)


def example_message(post: Post) -> bytes:
    """The post as it would be mailed today, to an invented reader."""
    if post.latest is None:
        raise ValueError(f"“{post}” has no text yet.")
    return example(draft(post.latest, post.newsletter or Newsletter.objects.sole()))


def _sender_id(letter: Letter) -> str:
    """Stable for years: mailbox providers count complaints by it."""
    return sha256(letter.list_id.encode()).hexdigest()[:12]


def _personal(text: str, links: Links) -> str:
    return text.replace(rendering.UNSUBSCRIBE_URL, links.unsubscribe).replace(
        rendering.PREFERENCES_URL, links.preferences
    )


# --- header lines -----------------------------------------------------------------------------


def _plain(name: str, value: str) -> str:
    """A value that is written as it is and never folded."""
    return f"{name}: {_checked(name, value)}\r\n"


def _words(name: str, value: str) -> str:
    return f"{name}: {_encoded(name, value)}\r\n"


def _mailbox(name: str, phrase: str, address: str) -> str:
    if _is_plain(phrase):
        return _plain(name, formataddr((phrase, address)))
    # On a line of its own: encoded words fill theirs to the last place.
    return f"{name}: {_encoded(name, phrase)}\r\n <{_checked(name, address)}>\r\n"


def _encoded(name: str, value: str) -> str:
    charset = None if _is_plain(value) else "utf-8"
    header = Header(_checked(name, value), charset, maxlinelen=LINE, header_name=name)
    return header.encode(linesep="\r\n")


def _is_plain(value: str) -> bool:
    # "=?" begins an encoded word, so a literal one has to be encoded itself. And a long word
    # is moved to a line of its own, where some take the break for a space.
    words = value.split(" ")
    return value.isascii() and "=?" not in value and max(map(len, words)) <= LONGEST_WORD


def _checked(name: str, value: str) -> str:
    if BREAKS.search(value):
        raise BadHeader(f"{name} holds a line break or a control character: {value!r}.")
    return value
